import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspection } from '@zhijian/contracts/http';
import { city, noticeA, Rehearsal, theRoom } from '../calendar/calendar.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
let play: Rehearsal;
let bodies: string[];
const feedback = () => play.obligations({ duty: 'feedback' });
const why = async (obligationId: string) => (await room.call(inspection.getObligationDue, { as: city, params: { campaignId: play.campaignId, obligationId } })).body;
/** A visit to a body, written down the same day. */
const visited = async (institutionId: string | undefined) => {
  const { body } = await play.open({ institutionId });
  return play.recorded({ ...body, verifications: [] });
};

const notices = mkdtempSync(join(tmpdir(), 'notices-'));
const before = process.env['CALENDAR_DIR'];

beforeAll(async () => {
  writeFileSync(join(notices, '2027.json'), JSON.stringify({ year: 2027, ...noticeA })); // confirmed, as the gateway keeps it
  process.env['CALENDAR_DIR'] = notices;
  room = await theRoom();
  play = await new Rehearsal(room, 1).approved();
  bodies = await play.has(['in', 'in']);
  await play.to('2027-06-01T09:00:00+08:00');
});
afterAll(async () => {
  await room?.stop();
  if (before === undefined) delete process.env['CALENDAR_DIR']; else process.env['CALENDAR_DIR'] = before;
  rmSync(notices, { recursive: true });
});

describe('a duty that is due so long after a visit', () => {
  it('is not there before one was held, though its stage is open', async () => {
    expect((await play.obligations()).map(({ duty }) => duty)).toContain('visit');
    expect(await feedback()).toEqual([]);
  });

  it('is opened by the visit, in the same command, with the day counted from it', async () => {
    room.clock.set('2027-06-03T10:00:00+08:00');
    await visited(bodies[0]);
    const [one, ...more] = await feedback();
    expect(more).toEqual([]);
    expect(one).toMatchObject({ state: 'open', dueOn: '2027-06-17', firm: true, institutionId: null });
    expect(await why(one!.obligationId)).toMatchObject({ dueOn: '2027-06-17', ruleOn: '2027-06-17', start: { event: 'visit-held', on: '2027-06-03' }, counted: expect.arrayContaining(['2027-06-04', '2027-06-17']) });
  });

  it('keeps the day of the first visit when a second one follows', async () => {
    room.clock.set('2027-06-08T10:00:00+08:00');
    await visited(bodies[1]);
    expect((await feedback()).map(({ dueOn }) => dueOn)).toEqual(['2027-06-17']);
  });

  it('is swept when its day has ended, also after the dates of the stage were changed', async () => {
    await play.amend({ kind: 'extend', stage: 'visits', on: '2027-06-30' });
    const { body } = await room.call(inspection.listMoments, { as: city, params: { campaignId: play.campaignId, unit: play.unit } });
    expect(body.items.filter(({ duty, state }) => duty === 'feedback' && state === 'pending')).toMatchObject([{ kind: 'sweep', dueAt: '2027-06-18T00:00:00+08:00', because: expect.stringContaining('期限自“现场检查”起算') }]);
    const [swept] = (await play.to('2027-06-18T09:00:00+08:00')).filter(({ duty }) => duty === 'feedback');
    expect(swept).toMatchObject({ kind: 'sweep', counts: { overdue: 1 } });
    expect(await feedback()).toMatchObject([{ state: 'overdue', lateAt: '2027-06-17T16:00:00.000Z' }]);
  });
});

it('no day is made up for an event that has not happened', async () => {
  const [one] = await feedback();
  await room.dataSource.query('update obligation set due_on = null, limit_on = null, due_at = null, firm = false where id = $1', [one!.obligationId]); // as opened in former times
  const told = await why(one!.obligationId);
  expect(told).toMatchObject({ dueOn: null, ruleOn: null, firm: false, start: { event: 'visit-held', on: null } });
  expect(told.because).toContain('该事件尚未发生');
});
