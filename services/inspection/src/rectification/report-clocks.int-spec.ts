import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '@zhijian/contracts';
import { calendarLoaded, calendarProposed } from '@zhijian/contracts/facts';
import { gateway } from '@zhijian/contracts/http';
import { aFact, aPrincipal } from '@zhijian/testing';
import { theRoom } from '../campaign/campaign.fixture.js';
import { commission, district, inTree, person, Year } from './colours.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
let play: Year;
let bodies: string[];

/** Four bodies whose reports fall due in 2027, a year whose holidays are not known; one has sent its report, one is green. */
beforeAll(async () => {
  room = await theRoom('2026-12-14T09:00:00+08:00');
  await inTree(room);
  play = new Year(room, 2026);
  await play.opened();
  bodies = [await play.body(), await play.body(), await play.body(), await play.body()];
  for (const [at, colour] of ['red', 'yellow', 'red', 'green'].entries()) await play.published(bodies[at]!, colour);
  await play.report(bodies[2]!);
});
afterAll(() => room?.stop());

const notice = { year: 2027, number: '示例〔2026〕7号', title: null, off: ['2027-01-20', '2027-01-21'], workdays: [] };
const preview = (noticeId: string, as = commission) => room.call(gateway.getCalendarPreview, { as, params: { noticeId } });
const days = async () => Object.fromEntries(await Promise.all(bodies.slice(0, 3).map(async (id) => {
  const { rectificationId, dueOn, firm } = (await play.duty(id))!;
  return [`rectification/${rectificationId}`, `${dueOn} ${firm}`] as const;
})));

it('stand in the calendar on their day, by place, provisional where it is; a campaign that is asked for has none of them', async () => {
  const asked = async (query: Record<string, string> = {}, as = commission) => (await room.call(gateway.listClocks, { as, query: { from: '2027-01-01', to: '2027-03-31', ...query } })).body.items;
  const dueOn = (await play.duty(bodies[0]!))!.dueOn!;
  const [line, ...more] = await asked();
  expect(more).toEqual([]);
  expect(line).toMatchObject({ kind: 'rectification-report', campaignId: null, title: '2026年度整改报告', unit: '500103', dueOn, firm: false, planned: false, open: 2, overdue: 0, done: 1, clauses: ['CQ-2024-17'], pack: 'chongqing/colour-2024@1' });
  expect([await asked({ campaignId: newId() }), await asked({}, aPrincipal('county', '500104'))]).toEqual([[], []]);
});

it('a holiday notice that is entered lists each report that is not in with its body and both days; confirmed it moves exactly those', async () => {
  const before = await days();
  const noticeId = newId();
  await room.hear(aFact(calendarProposed, '2027', { noticeId, ...notice }));
  const { body: { moved, kept } } = await preview(noticeId);
  expect(kept).toEqual([]);
  expect(await days()).toEqual(before);
  await room.hear(aFact(calendarLoaded, '2027', { noticeId, ...notice, calendar: 'c' }));
  const after = await days();
  const changed = Object.keys(before).filter((clock) => before[clock] !== after[clock]);
  expect(changed).toHaveLength(2);
  expect(moved.map((line) => [line.clock, `${line.old} false`, `${line.new} ${line.firm}`]).sort()).toEqual(changed.map((clock) => [clock, before[clock], after[clock]]).sort());
  expect(moved.map(({ institutionId }) => institutionId).sort()).toEqual(bodies.slice(0, 2).sort());
  expect(moved[0]).toMatchObject({ kind: 'rectification-report', title: '2026年度整改报告', place: '500103', institution: expect.stringMatching(/^测试/), bodies: 1, clauses: ['CQ-2024-17'], pack: 'chongqing/colour-2024@1' });
  const stated = (await room.facts<{ noticeId: string; moved: { clock: string }[] }>('inspection.report-clocks-previewed')).filter(({ data }) => data.noticeId === noticeId);
  expect(stated.flatMap(({ data }) => data.moved.map(({ clock }) => clock)).sort()).toEqual(changed.sort());
});

it('a firm day that a correction would bring forward is listed as kept', async () => {
  const before = await days();
  const noticeId = newId();
  await room.hear(aFact(calendarProposed, '2027', { noticeId, ...notice, off: ['2027-01-20'] }));
  expect((await preview(noticeId)).body).toMatchObject({ moved: [], kept: [{ why: 'shortened' }, { why: 'shortened' }] });
  await room.hear(aFact(calendarLoaded, '2027', { noticeId, ...notice, off: ['2027-01-20'], calendar: 'c' }));
  expect(await days()).toEqual(before);
});

it('is shown to the places concerned only, and to no body', async () => {
  const noticeId = newId();
  await room.hear(aFact(calendarProposed, '2027', { noticeId, ...notice, off: ['2027-01-20', '2027-01-21', '2027-01-22'] }));
  expect((await preview(noticeId, district)).body.moved).toHaveLength(2);
  expect((await preview(noticeId, aPrincipal('county', '500104'))).body.moved).toEqual([]);
  expect((await preview(noticeId, person(bodies[0]!))).status).toBe(403);
});

it('a report that came in on a provisional day, behind the day that a notice makes certain, is listed for review with its body and both days; one in time is not', async () => {
  room.clock.set('2026-12-14T09:00:00+08:00');
  const [late, inTime] = [await play.body(), await play.body()];
  for (const body of [late, inTime]) await play.published(body, 'red');
  const old = (await play.duty(late))!.dueOn!;
  await play.report(inTime);
  room.clock.set(`${old}T10:00:00+08:00`); // the last day, as far as anybody knew
  await play.report(late);
  const noticeId = newId();
  const worked = { year: 2027, number: '示例〔2026〕8号', title: null, off: ['2027-01-01'], workdays: ['2027-01-09', '2027-01-10'] };
  await room.hear(aFact(calendarProposed, '2027', { noticeId, ...worked }));
  expect((await preview(noticeId)).body.review).toEqual([]);
  await room.hear(aFact(calendarLoaded, '2027', { noticeId, ...worked, calendar: 'c' }));
  const { body: { review } } = await preview(noticeId);
  expect(review).toMatchObject([{ kind: 'rectification-report', title: '2026年度整改报告', place: '500103', institutionId: late, institution: expect.stringMatching(/^测试/), old, firm: true, doneAt: new Date(`${old}T10:00:00+08:00`).toISOString() }]);
  expect(review[0]!.new < old).toBe(true);
  expect((await preview(noticeId, aPrincipal('county', '500104'))).body.review).toEqual([]);
});
