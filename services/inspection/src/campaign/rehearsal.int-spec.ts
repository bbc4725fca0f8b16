import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { builtInCalendar } from '@zhijian/calendar';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { rehearse, type RehearsedBody } from '@zhijian/policy';
import { PackShelf } from '@zhijian/service-kit';
import { pack, Play, theRoom } from './campaign.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom(); });
afterAll(() => room?.stop());

it('the deadlines of a rehearsal are the obligations and the timers of the real run, no more and no less', async () => {
  room.clock.set('2023-01-20T09:00:00+08:00');
  const play = await new Play(room, 2).approved();
  const bodies: RehearsedBody[] = [];
  for (const city of play.codes) for (const id of await play.has(['in', 'in', 'in', 'idle'], city)) bodies.push({ id, name: id, kind: 'health-examination', city, inspectors: [] });
  for (const unit of [...play.codes, wholeCampaign]) await play.to('2023-12-02T00:00:00+08:00', unit);

  const real = await room.database.query<{ city: string; duty: string; institution: string | null; dueOn: string }>('inspection',
    `select unit as city, duty, institution_id as institution, due_on::text as "dueOn" from obligation where campaign_id = $1`, [play.campaignId]);
  const inside = new Set(real.map(({ institution }) => institution));
  const published = await new PackShelf().get(pack);
  const { deadlines } = rehearse(published, builtInCalendar, { bodies: bodies.filter(({ id }) => inside.has(id)) });
  const line = (it: { city: string; duty: string; institution: string | null; dueOn: string }) => `${it.dueOn} ${it.city} ${it.duty} ${it.institution ?? ''}`;
  expect(inside.size).toBe(3 * 2 + 1); // three in each unit, and the unit itself
  expect(deadlines.map(line).sort()).toEqual(real.map((it) => line({ ...it, city: it.city === wholeCampaign ? published.jurisdiction : it.city })).sort());

  const timers = await room.database.query<{ unit: string; on: string }>('inspection',
    `select distinct unit, to_char((due_at - interval '1 second') at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as on from moment where campaign_id = $1 and kind in ('sweep', 'close-stage') and state = 'done'`, [play.campaignId]);
  const ends = new Set(timers.map(({ unit, on }) => `${unit === wholeCampaign ? published.jurisdiction : unit} ${on}`));
  expect(deadlines.filter(({ city, dueOn }) => !ends.has(`${city} ${dueOn}`))).toEqual([]);
});
