import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@zhijian/contracts';
import { gateway, inspection } from '@zhijian/contracts/http';
import { wholeCampaign } from '@zhijian/contracts/workflows';
import { aPrincipal, samplesOf, type TestAnswer } from '@zhijian/testing';
import { county } from '../campaign/campaign.fixture.js';
import { city, loaded, noticeA, noticeB, proposed, Rehearsal, theRoom } from './calendar.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom(); });
afterAll(() => room?.stop());
beforeEach(() => room.clock.set('2026-10-20T09:00:00+08:00'));

const running = (units = 1) => new Rehearsal(room, units).approved();
/** Until the self-check is open: the report binds each body of the roster. */
async function open(until = '2027-04-10T09:00:00+08:00') {
  const play = await running();
  const bodies = await play.has(['in', 'in']);
  await play.to(until);
  return { play, bodies };
}
const unconfirmed = { report: '05-10?', 'report-form': '05-21?', visit: '06-28?' };
const underA = { report: '05-08', 'report-form': '05-21', visit: '06-26' };
const underB = { report: '05-11', 'report-form': '05-21', visit: '06-28' };
const preview = (noticeId: string) => room.call(gateway.getCalendarPreview, { as: city, params: { noticeId } });
const own = <T extends { clock: string }>(play: Rehearsal, clocks: readonly T[]): T[] => clocks.filter(({ clock }) => clock.startsWith(`campaign/${play.campaignId}/`));
const short = (play: Rehearsal, { body }: Awaited<ReturnType<typeof preview>>) => own(play, body.moved).map(({ clock, old, new: next, firm }) => `${clock.split('/').slice(2).join('/')} ${old} ${next} ${firm}`).sort();
const amendments = async (play: Rehearsal) => (await room.call(inspection.listAmendments, { as: city, params: { campaignId: play.campaignId } })).body.items;
const amendedFacts = async (play: Rehearsal) => (await room.facts<{ campaignId: string; kind: string; units: string[]; reason: string }>('inspection.campaign-amended')).filter(({ data }) => data.campaignId === play.campaignId);
const taken = async (play: Rehearsal) => (await room.audit(play.campaignId)).filter(({ action }) => action === 'calendar taken over').map(({ detail }) => detail as Record<string, unknown[]>);
const ok = <A>(answer: TestAnswer<A>): A => { expect([answer.status, answer.problem?.errors]).toEqual([answer.status < 300 ? answer.status : 200, undefined]); return answer.body; };

describe('a date in a year whose notice is not loaded', () => {
  it('is provisional, and every duty that rests on it says so', async () => {
    const { play } = await open();
    expect(await play.days()).toEqual(unconfirmed);
    expect((await play.obligations()).map(({ duty, dueOn, firm }) => [duty, dueOn, firm]).sort()).toEqual([['report', '2027-05-10', false], ['report', '2027-05-10', false], ['report-form', '2027-05-21', false]]);
  });

  it('makes nobody late, though it has passed; the unit waits and asks again a day later', async () => {
    const { play, bodies: [early, none] } = await open();
    await play.to('2027-05-09T09:00:00+08:00');
    room.clock.set('2027-05-20T09:00:00+08:00');
    const step = await play.next();
    expect(step).toMatchObject({ kind: 'sweep', duty: 'report', passed: false, wakeAt: '2027-05-21T09:00:00.000+08:00' });
    expect(await play.step(step)).not.toHaveProperty('did');
    expect(ok(await play.submit(early!))).toMatchObject({ late: null });
    expect((await play.obligations({ duty: 'report' })).map(({ institutionId, state, lateAt }) => [institutionId, state, lateAt]).sort()).toEqual([[early, 'done', null], [none, 'open', null]].sort());
    expect(await room.facts('inspection.obligation-overdue')).toEqual([]);
  });

  it('acts once the notice is confirmed, at its legal instant; what was done meanwhile stays done and is listed for review', async () => {
    const { play, bodies: [late, none] } = await open();
    await play.to('2027-05-09T09:00:00+08:00');
    room.clock.set('2027-05-20T09:00:00+08:00');
    await play.submit(late!);
    const noticeId = newId();
    await room.hear(loaded(noticeB, noticeId));
    expect((await play.to('2027-05-20T09:00:00+08:00')).at(-1)).toMatchObject({ kind: 'sweep', duty: 'report', counts: { overdue: 1 } }); // due 12 May 00:00
    const report = await play.obligations({ duty: 'report' });
    expect(report.find(({ institutionId }) => institutionId === none)).toMatchObject({ state: 'overdue', dueOn: '2027-05-11', firm: true, lateAt: '2027-05-11T16:00:00.000Z' });
    expect(report.find(({ institutionId }) => institutionId === late)).toMatchObject({ state: 'done', lateAt: null, dueOn: '2027-05-10', firm: false });
    expect((await taken(play))[0]!['review']).toMatchObject([{ duty: 'report', unit: play.unit, firmDueOn: '2027-05-11' }]);
    const line = { kind: 'duty', title: expect.stringMatching(/^测试专项检查：/), place: play.unit, institutionId: late, institution: expect.stringMatching(/^测试/), old: '2027-05-10', new: '2027-05-11', doneAt: '2027-05-20T01:00:00.000Z' };
    expect(own(play, (await preview(noticeId)).body.review)).toMatchObject([line]);
    expect((await room.call(gateway.getCalendarPreview, { as: aPrincipal('county', '990099'), params: { noticeId } })).body.review).toEqual([]);
  });
});

describe('a notice that is entered', () => {
  it('is answered with each clock it would move, and moves none', async () => {
    const play = await running(2);
    const before = await Promise.all([...play.codes, wholeCampaign].map((unit) => play.days(unit)));
    const id = newId();
    expect((await preview(id)).status).toBe(404);
    await room.hear(proposed(noticeA, id));
    const heard = await preview(id);
    expect(short(play, heard)).toEqual([
      `*/roll-up 2027-07-12 2027-07-12 true`,
      ...play.codes.flatMap((unit) => [`${unit}/report 2027-05-10 2027-05-08 true`, `${unit}/report-form 2027-05-21 2027-05-21 true`, `${unit}/visit 2027-06-28 2027-06-26 true`]),
    ].sort());
    expect(own(play, heard.body.moved)[0]).toMatchObject({ clauses: [expect.stringMatching(/^TEST-2027-/)], pack: 'testland/plan-2027@1', title: expect.anything() });
    expect(heard.body.calendar).toMatch(/^CN-2014\.\.2027#/);
    const facts = (await room.facts<{ noticeId: string; campaignId: string; moved: { clock: string }[] }>('inspection.clocks-previewed')).filter(({ data }) => data.noticeId === id && data.campaignId === play.campaignId);
    expect(facts.flatMap(({ data }) => data.moved)).toHaveLength(7);
    expect(await Promise.all([...play.codes, wholeCampaign].map((unit) => play.days(unit)))).toEqual(before);
    expect([await amendments(play), await amendedFacts(play), await taken(play)]).toEqual([[], [], []]);
  });

  it('is not told to institutions', async () => {
    expect((await room.call(gateway.getCalendarPreview, { as: aPrincipal('institution', '990001', newId()), params: { noticeId: newId() } })).status).toBe(403);
  });
});

describe('a notice that is confirmed', () => {
  it('moves every open clock of a campaign at once, records who and why, and has the workflows ask again', async () => {
    const play = await running(2);
    const pinned = (await room.call(inspection.getCampaign, { as: city, params: { campaignId: play.campaignId } })).body;
    await room.hear(loaded(noticeA));
    expect(await Promise.all(play.codes.map((unit) => play.days(unit)))).toEqual([underA, underA]);
    expect(await play.rollUp()).toEqual({ 'roll-up': '07-12' });
    const { calendar, packVersion } = (await room.call(inspection.getCampaign, { as: city, params: { campaignId: play.campaignId } })).body;
    expect([packVersion, calendar]).toEqual([pinned.packVersion, expect.stringMatching(/^CN-2014\.\.2027#/)]);
    const reason = '国务院办公厅通知 示例〔2026〕1号';
    expect(await amendments(play)).toMatchObject([{ kind: 'calendar', reason, units: expect.arrayContaining([...play.codes, wholeCampaign]) }]);
    expect(await amendedFacts(play)).toMatchObject([{ data: { kind: 'calendar', reason, units: [...play.codes].sort() } }]);
    expect(await taken(play)).toMatchObject([{ before: pinned.calendar, after: calendar, kept: [], review: [] }]);
    expect((await play.next()).dueAt).toBe('2027-04-06T00:00:00+08:00');
  });

  it('moves exactly what its preview listed, by unit and with the bodies it binds, no more and no less', async () => {
    const { play, bodies } = await open();
    const units = [play.unit, wholeCampaign];
    const before = await Promise.all(units.map((unit) => play.days(unit)));
    const id = newId();
    await room.hear(proposed(noticeB, id));
    const listed = own(play, (await preview(id)).body.moved);
    await room.hear(loaded(noticeB, id));
    const after = await Promise.all(units.map((unit) => play.days(unit)));
    const changed = units.flatMap((unit, at) => Object.entries(after[at]!).flatMap(([duty, on]) => (before[at]![duty] === on ? [] : [`${unit}/${duty} ${before[at]![duty]!.replace('?', '')} ${on}`])));
    expect(listed.map(({ clock, old, new: next, firm }) => `${clock.split('/').slice(2).join('/')} ${old.slice(5)} ${next.slice(5)}${firm ? '' : '?'}`).sort()).toEqual(changed.sort());
    expect(changed.length).toBeGreaterThan(3);
    expect(listed.map(({ clock, place, placeName, bodies: bound }) => [clock.split('/').at(-1), place, placeName, bound]).sort()).toEqual([
      ['report', play.unit, expect.stringMatching(/^测试/), bodies.length], ['report-form', play.unit, expect.anything(), 0], ['roll-up', '990000', '全行动', 0], ['visit', play.unit, expect.anything(), 0],
    ]);
  });

  it('reaches obligations that are open already, and their reminders', async () => {
    const { play } = await open();
    await room.hear(loaded(noticeB));
    expect((await play.obligations({ duty: 'report' })).map(({ dueOn, firm }) => [dueOn, firm])).toEqual([['2027-05-11', true], ['2027-05-11', true]]);
    expect((await play.next()).dueAt).toBe('2027-05-08T00:00:00+08:00');
    expect((await play.to('2027-05-11T23:59:59+08:00')).map(({ kind }) => kind)).toEqual(['remind']);
    expect((await play.to('2027-05-12T00:00:00+08:00')).map(({ kind }) => kind)).toEqual(['sweep']);
    expect(await play.states('report')).toEqual({ overdue: 2 });
  });

  it('heard twice moves once; a notice that changes no date leaves no trace', async () => {
    const play = await running();
    const fact = loaded(noticeA);
    await room.hear(fact);
    await room.hear(fact);
    await room.hear(loaded(noticeA));
    expect([await amendments(play), await taken(play)].map(({ length }) => length)).toEqual([1, 1]);
  });

  it('corrected and corrected back gives the first dates again', async () => {
    const play = await running();
    await room.hear(loaded(noticeA));
    const first = await play.days();
    await room.hear(loaded(noticeB));
    expect([first, await play.days()]).toEqual([underA, underB]);
    await room.hear(loaded(noticeA));
    expect(await play.days()).toEqual(first);
    const { body: { campaign } } = await room.call(inspection.getUnit, { as: city, params: { campaignId: play.campaignId, unit: play.unit } });
    const calendars = (await taken(play)).map(({ after }) => after);
    expect([calendars.length, calendars[2], campaign.calendar]).toEqual([3, calendars[0], calendars[0]]);
  });

  it('never shortens a firm day that binds somebody already; what binds nobody yet moves', async () => {
    const { play } = await open();
    await room.hear(loaded(noticeB));
    const id = newId();
    await room.hear(proposed(noticeA, id));
    expect(own(play, (await preview(id)).body.kept)).toMatchObject([{ old: '2027-05-11', new: '2027-05-08', why: 'shortened' }]);
    await room.hear(loaded(noticeA, id));
    expect(await play.days()).toEqual({ ...underA, report: '05-11' });
    expect((await taken(play)).at(-1)!['kept']).toMatchObject([{ unit: play.unit, duty: 'report', old: '2027-05-11', new: '2027-05-08', why: 'shortened' }]);
  });

  it('never changes a firm day that has passed', async () => {
    const { play } = await open();
    await room.hear(loaded(noticeA));
    await play.to('2027-05-20T09:00:00+08:00');
    expect(await play.states('report')).toEqual({ overdue: 2 });
    await room.hear(loaded(noticeB));
    expect([await play.days(), await play.states('report')]).toEqual([{ ...underB, report: '05-08' }, { overdue: 2 }]);
    expect((await taken(play)).at(-1)!['kept']).toMatchObject([{ duty: 'report', old: '2027-05-08', new: '2027-05-11', why: 'passed' }]);
  });

  it('leaves recorded amendments and filed own dates as they are; a drafted plan counts for nothing', async () => {
    const { play } = await open();
    ok(await play.amend({ kind: 'replace-date', duty: 'report-form', on: '2027-05-25' }));
    const file = async (on: string, filed: boolean) => ok(await room.call(inspection.filePlan, { as: county(play.unit), params: { campaignId: play.campaignId, unit: play.unit }, ifMatch: await play.version(), body: { text: '本区方案', dates: [{ duty: 'report', on }], file: filed } }));
    await file('2027-05-07', true);
    await file('2027-04-30', false);
    await room.hear(loaded(noticeA));
    expect(await play.days()).toEqual({ ...underA, report: '05-07', 'report-form': '05-25' });
  });

  it('reaches a campaign that is still a draft, without a word to any workflow', async () => {
    const play = await new Rehearsal(room, 1).drafted();
    await room.hear(loaded(noticeA));
    expect([await play.days(), await amendments(play), await amendedFacts(play)]).toEqual([underA, [], []]);
  });

  it('moves nothing in a campaign that has ended, and one that fails holds up no other', async () => {
    const [ended, broken, well] = [await running(), await running(), await running()];
    await room.dataSource.query(`update campaign set state = 'finished' where id = $1`, [ended.campaignId]);
    await room.dataSource.query(`update campaign set pack = 'testland/gone' where id = $1`, [broken.campaignId]);
    const fact = loaded(noticeA);
    await expect(room.hear(fact)).rejects.toThrow('没有安装这个政策包');
    expect(await Promise.all([ended, broken, well].map((play) => play.days()))).toEqual([unconfirmed, unconfirmed, underA]);
    await room.dataSource.query(`update campaign set pack = 'testland/plan-2027' where id = $1`, [broken.campaignId]);
    await room.hear(fact);
    expect([await broken.days(), (await taken(well)).length]).toEqual([underA, 1]);
  });

  it.each([...samplesOf('gateway.calendar-proposed'), ...samplesOf('gateway.calendar-loaded')])('is read from the kept sample %s', async (_, sample) => {
    await expect(room.hear(sample)).resolves.toBeUndefined();
  });
});
