import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@zhijian/contracts';
import { gateway, inspection } from '@zhijian/contracts/http';
import { person } from '../campaign/campaign.fixture.js';
import { city, loaded, proposed, Rehearsal, theRoom } from './calendar.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom(); });
afterAll(() => room?.stop());
beforeEach(() => room.clock.set('2026-10-20T09:00:00+08:00'));

/** An invented notice of 2027: Monday 4 January is off too. */
const notice = { number: '示例〔2026〕3号', off: ['2027-01-01', '2027-01-04'], workdays: [] };
/** The same with one more day off, by which a firm day comes later. */
const corrected = { number: '示例〔2026〕4号', off: ['2027-01-01', '2027-01-04', '2027-01-05'], workdays: [] };

/** Two bodies visited on 15 December 2026: fifteen and twenty working days later lie in 2027. */
async function visited() {
  const play = await new Rehearsal(room, 1, 'testland/visits-2026').approved();
  const bodies = await play.has(['in', 'in']);
  await play.to('2026-12-15T10:00:00+08:00');
  for (const institutionId of bodies) {
    const { body } = await play.open({ institutionId });
    expect((await play.recorded({ ...body, verifications: [] })).status).toBe(201);
  }
  return { play, bodies };
}
type Played = Awaited<ReturnType<typeof visited>>;
const days = async ({ play }: Played) => (await play.obligations()).filter(({ duty }) => duty !== 'visit').map(({ duty, dueOn, firm, state }) => `${duty} ${dueOn}${firm ? '' : '?'} ${state}`).sort();
const moments = async ({ play }: Played) => (await room.call(inspection.listMoments, { as: city, params: { campaignId: play.campaignId, unit: play.unit } })).body.items
  .filter(({ duty, kind, state }) => kind === 'sweep' && state === 'pending' && duty !== 'visit').map(({ duty, dueAt, firm }) => `${duty} ${dueAt.slice(0, 10)}${firm ? '' : '?'}`).sort();
const provisional = ['feedback 2027-01-06? open', 'plan 2027-01-13? open', 'plan 2027-01-13? open'];
const certain = ['feedback 2027-01-07 open', 'plan 2027-01-14 open', 'plan 2027-01-14 open'];

describe('a day that a visit gave, in a year whose notice is not loaded', () => {
  it('is provisional and makes nobody late; it holds up nothing else of its unit, which waits for it and asks each day when it is all that is left', async () => {
    const it = await visited();
    expect(await days(it)).toEqual(provisional);
    expect(await moments(it)).toEqual(['feedback 2027-01-07?', 'plan 2027-01-14?']);
    expect((await it.play.to('2027-01-06T09:00:00+08:00')).map(({ kind }) => kind)).toEqual(['close-stage']);
    room.clock.set('2027-01-20T09:00:00+08:00');
    const step = await it.play.next();
    expect(step).toMatchObject({ kind: 'sweep', duty: 'feedback', passed: false, wakeAt: '2027-01-21T09:00:00.000+08:00' });
    expect(await it.play.step(step)).not.toHaveProperty('did');
    expect(await days(it)).toEqual(provisional);
    expect((await room.facts<{ campaignId: string }>('inspection.obligation-overdue')).filter(({ data }) => data.campaignId === it.play.campaignId)).toEqual([]);
  });

  it('lets what comes after it in the unit happen at its own instant', async () => {
    const it = await visited();
    await it.play.amend({ kind: 'extend', stage: 'visits', on: '2027-01-15' });
    room.clock.set('2027-01-16T00:00:00+08:00');
    const step = await it.play.next();
    expect(step).toMatchObject({ kind: 'close-stage', passed: true });
    expect((await it.play.step(step)).did).toMatchObject([{ kind: 'close-stage' }]);
    expect(await days(it)).toEqual(provisional);
  });

  it('is listed by place and body when a notice is entered, moves when it is confirmed, and is swept at its legal instant', async () => {
    const it = await visited();
    const noticeId = newId();
    await room.hear(proposed(notice, noticeId));
    const { body } = await room.call(gateway.getCalendarPreview, { as: city, params: { noticeId } });
    const own = body.moved.filter(({ clock }) => clock.startsWith(`campaign/${it.play.campaignId}/${it.play.unit}/`));
    const obligations = (await it.play.obligations()).filter(({ duty }) => duty !== 'visit');
    expect(own.map(({ clock, institutionId, old, new: next, firm }) => ({ clock: clock.split('/').slice(3).join('/'), institutionId, old, new: next, firm })).sort((a, b) => a.clock.localeCompare(b.clock)))
      .toEqual(obligations.map(({ duty, obligationId, institutionId }) => ({ clock: `${duty}/${obligationId}`, institutionId, old: duty === 'plan' ? '2027-01-13' : '2027-01-06', new: duty === 'plan' ? '2027-01-14' : '2027-01-07', firm: true })).sort((a, b) => a.clock.localeCompare(b.clock)));
    expect(own.filter(({ institutionId }) => institutionId !== null)).toMatchObject([{ place: it.play.unit, institution: expect.stringMatching(/^测试/), bodies: 1 }, { institution: expect.stringMatching(/^测试/) }]);
    expect(await days(it)).toEqual(provisional);
    await room.hear(loaded(notice, noticeId));
    expect([await days(it), await moments(it)]).toEqual([certain, ['feedback 2027-01-08', 'plan 2027-01-15']]);
    const taken = (await room.audit(it.play.campaignId)).filter(({ action }) => action === 'calendar taken over').map(({ detail }) => detail as { moved: object[] });
    expect(taken.map(({ moved }) => moved.length)).toEqual([3]);
    expect((await room.facts<{ campaignId: string; kind: string; units: string[] }>('inspection.campaign-amended')).filter(({ data }) => data.campaignId === it.play.campaignId)).toMatchObject([{ data: { kind: 'calendar', units: [it.play.unit] } }]);
    const swept = await it.play.to('2027-01-15T00:00:00+08:00');
    expect(swept.filter(({ kind }) => kind === 'sweep').map(({ counts, ...one }) => [(one as { duty?: string }).duty, counts])).toEqual([['feedback', { overdue: 1 }], ['plan', { overdue: 2 }]]);
    expect((await it.play.obligations({ duty: 'feedback' }))[0]).toMatchObject({ state: 'overdue', lateAt: '2027-01-07T16:00:00.000Z' });
  });

  it('once firm is lengthened by a correction while it runs, never shortened, and stays when it has ended', async () => {
    const it = await visited();
    await room.hear(loaded(notice));
    await room.hear(loaded(corrected));
    expect([await days(it), await moments(it)]).toEqual([['feedback 2027-01-08 open', 'plan 2027-01-15 open', 'plan 2027-01-15 open'], ['feedback 2027-01-09', 'plan 2027-01-16']]);
    const back = newId();
    await room.hear(proposed(notice, back));
    const { body } = await room.call(gateway.getCalendarPreview, { as: city, params: { noticeId: back } });
    expect(body.kept.filter(({ clock }) => clock.includes(it.play.campaignId)).map(({ why }) => why)).toEqual(['shortened', 'shortened', 'shortened']);
    await room.hear(loaded(notice, back));
    expect(await days(it)).toEqual(['feedback 2027-01-08 open', 'plan 2027-01-15 open', 'plan 2027-01-15 open']);
  });
});

const planSent = async ({ play, bodies }: Played, at: string, body = 0) => {
  room.clock.set(at);
  const institutionId = bodies[body]!;
  return (await room.call(inspection.recordDuty, { as: person(institutionId, play.unit), params: { campaignId: play.campaignId, duty: 'plan' }, body: { unit: play.unit, institutionId, doneOn: at.slice(0, 10), note: '示例整改计划' } })).body;
};

describe('what is recorded of a duty whose day a visit gave', () => {
  it('is in time or late by that day, not without one; who was in time is not late for sending it again', async () => {
    const it = await visited();
    await room.hear(loaded(notice));
    expect(await planSent(it, '2027-01-14T23:00:00+08:00')).toMatchObject({ dueOn: '2027-01-14', late: false });
    expect(await planSent(it, '2027-01-15T00:00:00+08:00', 1)).toMatchObject({ dueOn: '2027-01-14', late: true });
    expect(await planSent(it, '2027-01-18T09:00:00+08:00')).toMatchObject({ late: false, state: 'current' });
    expect((await days(it)).filter((day) => day.startsWith('plan'))).toEqual(['plan 2027-01-14 done', 'plan 2027-01-14 late']);
    expect((await room.facts<{ campaignId: string; late: boolean }>('inspection.duty-recorded')).filter(({ data }) => data.campaignId === it.play.campaignId).map(({ data }) => data.late)).toEqual([false, true, false]);
  });

  it('on a provisional day is neither, and is listed for an officer where the day that becomes certain lies before it', async () => {
    const it = await visited();
    expect(await planSent(it, '2027-01-14T10:00:00+08:00')).toMatchObject({ dueOn: '2027-01-13', late: null });
    expect(await planSent(it, '2027-01-15T10:00:00+08:00', 1)).toMatchObject({ dueOn: '2027-01-13', late: null });
    const noticeId = newId();
    await room.hear(loaded(notice, noticeId));
    const taken = (await room.audit(it.play.campaignId)).filter(({ action }) => action === 'calendar taken over').at(-1)!;
    expect(taken.detail['review']).toMatchObject([{ duty: 'plan', unit: it.play.unit, doneAt: '2027-01-15T02:00:00.000Z', firmDueOn: '2027-01-14' }]);
    const { body: { review } } = await room.call(gateway.getCalendarPreview, { as: city, params: { noticeId } });
    expect(review.filter(({ clock }) => clock.includes(it.play.campaignId))).toMatchObject([{ institutionId: it.bodies[1], place: it.play.unit, old: '2027-01-13', new: '2027-01-14', doneAt: '2027-01-15T02:00:00.000Z' }]);
    expect((await days(it)).filter((day) => day.startsWith('plan'))).toEqual(['plan 2027-01-13? done', 'plan 2027-01-13? done']);
  });
});
