import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspection } from '@zhijian/contracts/http';
import { city, loaded, noticeA, Rehearsal, theRoom } from '../calendar/calendar.fixture.js';

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

beforeAll(async () => {
  room = await theRoom();
  play = await new Rehearsal(room, 1).approved();
  bodies = await play.has(['in', 'in']);
  await room.hear(loaded(noticeA));
  await play.to('2027-06-01T09:00:00+08:00');
});
afterAll(() => room?.stop());

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
    expect(one).toMatchObject({ state: 'open', dueOn: '2027-06-17', institutionId: null });
    expect(await why(one!.obligationId)).toMatchObject({ dueOn: '2027-06-17', ruleOn: '2027-06-17', start: { event: 'visit-held', on: '2027-06-03' }, counted: expect.arrayContaining(['2027-06-04', '2027-06-17']) });
  });

  it('keeps the day of the first visit when a second one follows', async () => {
    room.clock.set('2027-06-08T10:00:00+08:00');
    await visited(bodies[1]);
    expect((await feedback()).map(({ dueOn }) => dueOn)).toEqual(['2027-06-17']);
  });
});

it('no day is made up for an event that has not happened', async () => {
  const [one] = await feedback();
  await room.dataSource.query('update obligation set due_on = null, limit_on = null, due_at = null, firm = false where id = $1', [one!.obligationId]); // as opened in former times
  const told = await why(one!.obligationId);
  expect(told).toMatchObject({ dueOn: null, ruleOn: null, firm: false, start: { event: 'visit-held', on: null } });
  expect(told.because).toContain('该事件尚未发生');
});
