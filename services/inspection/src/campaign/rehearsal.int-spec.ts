import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { builtInCalendar } from '@zhijian/calendar';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { rehearse, type RehearsedBody } from '@zhijian/policy';
import { PackShelf } from '@zhijian/service-kit';
import { inspection } from '@zhijian/contracts/http';
import { Action, pack as heshui, unit } from '../duty/heshui.fixture.js';
import { aReport, jiangsu, pack, person, Play, theRoom } from './campaign.fixture.js';

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

interface Row { city: string; duty: string; institution: string | null; dueOn: string }
const owed = (campaignId: string) => room.database.query<Row>('inspection', `select unit as city, duty, institution_id as institution, due_on::text as "dueOn" from obligation where campaign_id = $1 and due_on is not null and state <> 'cancelled'`, [campaignId]);
const written = (it: Row) => `${it.dueOn} ${it.city} ${it.duty} ${it.institution ?? ''}`;
const seat = (jurisdiction: string) => (it: Row): Row => ({ ...it, city: it.city === wholeCampaign ? jurisdiction : it.city });

it('the same in Jiangsu, where checks bind whom a sample names: those by place, number and day, all others row by row', async () => {
  room.clock.set('2014-08-25T09:00:00+08:00');
  const play = await new Play(room, 2, jiangsu).approved();
  const bodies: RehearsedBody[] = [];
  for (const city of play.codes) for (const id of await play.has(['in', 'in', 'in', 'in'], city)) bodies.push({ id, name: id, kind: jiangsu.kind, city, inspectors: ['a', 'b'] });
  for (const city of play.codes) { room.clock.set('2014-08-25T09:00:00+08:00'); await play.to('2014-09-10T09:00:00+08:00', city); }
  for (const { id, city } of bodies) await room.call(inspection.submitSelfCheck, { as: person(id, city), params: { campaignId: play.campaignId }, body: aReport(id, { volumes: null }) });
  await room.call(inspection.drawInstitutions, { as: jiangsu.lead, params: { campaignId: play.campaignId, sample: 'enforcement-visits' } });
  for (const unit of [...play.codes, wholeCampaign]) { room.clock.set('2014-09-10T10:00:00+08:00'); await play.to('2015-01-10T00:00:00+08:00', unit); }

  const published = await new PackShelf().get(jiangsu.pack);
  const real = (await owed(play.campaignId)).map(seat(published.jurisdiction));
  const sampled = new Set(published.campaign!.stages.flatMap(({ duties }) => duties).filter(({ sample }) => sample).map(({ id }) => id));
  const { deadlines } = rehearse(published, builtInCalendar, { bodies, assumptions: { late: 0 } });
  const fixed = (rows: readonly Row[]) => rows.filter(({ duty }) => !sampled.has(duty)).map(written).sort();
  const bySample = (rows: readonly Row[]) => rows.filter(({ duty }) => sampled.has(duty)).map(({ dueOn, city, duty }) => `${dueOn} ${city} ${duty}`).sort();
  expect(real.length).toBeGreaterThan(8);
  expect(fixed(deadlines)).toEqual(fixed(real));
  expect(bySample(deadlines)).toEqual(bySample(real));
  expect(bySample(real).length).toBeGreaterThan(0);
});

it('the same in Heshui, over two years: row by row what has a day; what has none is owed all the same and stands in no deadline', async () => {
  room.clock.set('2024-01-02T09:00:00+08:00');
  const kinds = ['health-examination', 'disease-control-centre', 'occupational-health-service'] as const;
  const action = await new Action(room, kinds).approved();
  await action.to('2026-01-05T00:00:00+08:00', unit);
  const published = await new PackShelf().get(heshui);
  const bodies = action.institutions.map((id, at): RehearsedBody => ({ id, name: id, kind: kinds[at]!, city: unit, inspectors: ['a', 'b'] }));
  const real = (await owed(action.campaignId)).map(seat(published.jurisdiction));
  const { deadlines, undated } = rehearse(published, builtInCalendar, { bodies, assumptions: { late: 0 } });
  expect(real.length).toBeGreaterThan(3);
  expect(deadlines.map(written).sort()).toEqual(real.map(written).sort());
  expect(undated.map(({ duty }) => duty)).toContain('baseline-register');
});
