import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { builtInCalendar } from '@zhijian/calendar';
import { newId, type Fact } from '@zhijian/contracts';
import { calendarLoaded, colourPublished, colourWithdrawn } from '@zhijian/contracts/facts';
import { inspection } from '@zhijian/contracts/http';
import { aFact, aPrincipal, samplesOf } from '@zhijian/testing';
import { aReport, chongqing, commission, district, person, Year } from './colours.fixture.js';
import { coloured as aColoured, colouredRoom, rectificationFacts } from './rectification.fixture.js';

let room: Awaited<ReturnType<typeof colouredRoom>>;
beforeAll(async () => { room = await colouredRoom(); });
afterAll(() => room?.stop());

const at = (instant: string) => room.clock.set(instant);
const factsOf = (type: string, institutionId: string) => rectificationFacts(room, type, institutionId);
/** A red body of its own year, published on 24 September 2024. */
const coloured = (colour = 'red', on = '2024-09-24T09:00:00+08:00', year = 2024) => aColoured(room, { colour, on, year });

describe('[CQ-2024-17] the duty to report', () => {
  it.each(['red', 'yellow'])('binds a %s body for 30 working days from the day after publication', async (colour) => {
    const { play, institutionId } = await coloured(colour);
    expect(await play.duty(institutionId)).toMatchObject({
      colour, dueOn: '2024-11-08', firm: true, state: 'open', board: 'awaited', publishedOn: '2024-09-24', daysLeft: 31, clauses: ['CQ-2024-17'], pack: 'chongqing/colour-2024@1', calendar: builtInCalendar.version, mayDecide: true,
    });
    expect(await factsOf('ordered', institutionId)).toMatchObject([{ jurisdiction: chongqing, data: { dueOn: '2024-11-08', dueAt: '2024-11-09T00:00:00+08:00', colour, because: 'published' } }]);
  });

  it('binds no green body', async () => {
    const { play, institutionId } = await coloured('green');
    expect(await play.duty(institutionId)).toBeUndefined();
  });

  it('is seen by the body and its district, and by nobody else', async () => {
    const { play, institutionId } = await coloured();
    expect(await play.duty(institutionId, person(institutionId))).toMatchObject({ mayDecide: false });
    expect(await play.duty(institutionId, district)).toMatchObject({ mayDecide: false });
    expect(await play.duty(institutionId, aPrincipal('county', '500104'))).toBeUndefined();
    expect(await play.duty(institutionId, aPrincipal('institution', '500103', 'another'))).toBeUndefined();
  });

  it('the same fact heard again, or an older revision, orders nothing twice', async () => {
    const { play, institutionId } = await coloured();
    await play.published(institutionId, 'green', { revision: 0 });
    expect(await play.duty(institutionId)).toMatchObject({ colour: 'red', state: 'open' });
    expect(await factsOf('ordered', institutionId)).toHaveLength(1);
  });
});

describe('why the report is due on that day', () => {
  it('[CQ-2024-17] is told in a sentence with each working day that was counted, National Day left out and the make-up days in', async () => {
    const { play, institutionId } = await coloured();
    const { because, counted, dueOn } = (await play.duty(institutionId))!;
    expect(because).toContain('30个工作日');
    expect([counted.length, counted[0], counted.at(-1)]).toEqual([30, '2024-09-25', dueOn]);
    expect(counted).toEqual(expect.arrayContaining(['2024-09-29', '2024-10-12']));
    expect(counted).not.toContain('2024-10-01');
  });
});

describe('a report', () => {
  it('is handed in by the body, returned with reasons, handed in again and accepted', async () => {
    const { play, institutionId } = await coloured();
    at('2024-11-01T10:00:00+08:00');
    expect(await play.report(institutionId)).toMatchObject({ status: 201, body: { state: 'submitted', board: 'to-review', late: false, history: [{ report: 1, late: false, state: 'submitted' }] } });
    expect(await play.returned(institutionId, ['缺少整改照片'])).toMatchObject({ status: 201, body: { state: 'returned', history: [{ state: 'returned', reasons: ['缺少整改照片'] }] } });
    at('2024-11-20T10:00:00+08:00'); // in time once, in time for good
    expect(await play.report(institutionId, { summary: '补充照片' })).toMatchObject({ status: 201, body: { late: false, history: [{}, { report: 2, late: false }] } });
    expect(await play.accept(institutionId)).toMatchObject({ status: 201, body: { state: 'accepted', board: 'accepted', history: [{ state: 'returned' }, { state: 'accepted' }] } });
    expect(await play.report(institutionId)).toMatchObject({ status: 409, problem: { code: 'rectification-accepted' } });
    expect((await factsOf('submitted', institutionId)).map(({ data }) => data['version'])).toEqual([1, 2]);
    expect(await factsOf('accepted', institutionId)).toMatchObject([{ data: { version: 2 } }]);
    expect(JSON.stringify(await factsOf('returned', institutionId))).not.toContain('缺少整改照片'); // free words leave as commitments only
  });

  it.each([['at the last moment of the due day', '2024-11-08T23:59:59+08:00', false], ['when the due day has ended', '2024-11-09T00:00:00+08:00', true]])('handed in %s is late: %s', async (_, instant, late) => {
    const { play, institutionId } = await coloured();
    at(instant);
    expect(await play.report(institutionId)).toMatchObject({ status: 201, body: { late } });
    expect(await factsOf('submitted', institutionId)).toMatchObject([{ data: { late } }]);
  });

  it('replaces one that nobody has decided yet', async () => {
    const { play, institutionId } = await coloured();
    await play.report(institutionId);
    expect((await play.report(institutionId)).body.history.map(({ state }) => state)).toEqual(['superseded', 'submitted']);
  });

  it('of another body is nobody’s business', async () => {
    const { play, institutionId } = await coloured();
    const other = await play.body();
    expect(await play.report(institutionId, {}, person(other))).toMatchObject({ status: 404 });
    expect((await play.duty(institutionId))!.history).toEqual([]);
  });

  it('from paper counts from its receipt, is entered by the receiver, and lifts what was overdue wrongly', async () => {
    const { play, institutionId } = await coloured();
    at('2024-11-09T00:00:00+08:00');
    await play.do('sweepReports');
    expect(await play.duty(institutionId)).toMatchObject({ board: 'overdue' });
    at('2024-11-12T10:00:00+08:00');
    const onBehalf = { receivedOn: '2024-11-07', reason: '邮寄纸质报告' };
    expect(await play.report(institutionId, { onBehalf }, district)).toMatchObject({ status: 422, problem: { code: 'agency-other', clauses: ['CQ-2024-17'] } });
    expect(await play.report(institutionId, { onBehalf })).toMatchObject({ status: 422, problem: { code: 'rectification-behalf-needs-officer', errors: [{ path: '/onBehalf' }] } });
    expect(await play.report(institutionId, {}, commission)).toMatchObject({ status: 422, problem: { code: 'rectification-behalf-unstated', errors: [{ path: '/onBehalf' }] } });
    expect(await play.report(institutionId, { onBehalf: { ...onBehalf, receivedOn: '2024-11-13' } }, commission)).toMatchObject({ status: 422, problem: { code: 'rectification-received-in-future', errors: [{ path: '/onBehalf/receivedOn' }] } });
    expect(await play.report(institutionId, { onBehalf: { ...onBehalf, receivedOn: '2024-09-23' } }, commission)).toMatchObject({ status: 422, problem: { code: 'rectification-before-publication' } });
    expect(await play.report(institutionId, { onBehalf }, commission)).toMatchObject({ status: 201, body: { late: false, overdueAt: null, board: 'to-review', history: [{ onBehalf }] } });
  });

  it.each([
    ['no problem', { items: [] }, 400, 'bad-input', '/items'], ['a problem that is not dated', { items: [{ problem: '缺少签名', measure: '培训', correctedOn: null, correctBy: null }] }, 422, 'rectification-dates', '/items/0/correctBy'],
    ['a problem corrected tomorrow', { items: [{ problem: '缺少签名', measure: '培训', correctedOn: '2024-09-25', correctBy: null }] }, 422, 'rectification-dates', '/items/0/correctedOn'],
    ['a day that does not exist', { items: [{ problem: '缺少签名', measure: '培训', correctedOn: '2024-02-30', correctBy: null }] }, 400, 'bad-input', '/items/0/correctedOn'], ['no seal', { sealedBy: ' ' }, 400, 'bad-input', '/sealedBy'],
  ])('with %s is refused and changes nothing', async (_, change, status, code, path) => {
    const { play, institutionId } = await coloured();
    const answer = await play.report(institutionId, change);
    expect(answer).toMatchObject({ status, problem: { code, errors: [{ path }] } });
    expect(await play.duty(institutionId)).toMatchObject({ state: 'open', version: 1 });
  });

  it('is decided by whom the pack names, as it was read, once there is one', async () => {
    const { play, institutionId } = await coloured();
    expect(await play.accept(institutionId)).toMatchObject({ status: 409, problem: { code: 'rectification-not-submitted' } });
    await play.report(institutionId);
    const { rectificationId, version } = (await play.duty(institutionId))!;
    const accept = (as: typeof commission, ifMatch: number) => room.call(inspection.acceptRectification, { as, params: { rectificationId }, ifMatch, body: {} });
    expect(await accept(district, version)).toMatchObject({ status: 422, problem: { code: 'agency-other' } });
    expect((await accept(aPrincipal('province', '510000'), version)).status).toBe(404);
    expect((await accept(commission, version - 1)).status).toBe(412);
    expect((await play.returned(institutionId, [])).status).toBe(400);
    expect((await accept(commission, version)).status).toBe(201);
    expect((await room.call(inspection.acceptRectification, { as: person(institutionId), params: { rectificationId }, ifMatch: version, body: {} })).status).toBe(403);
  });
});

describe('as time goes by', () => {
  it('a step waits until as many colours have arrived as the notice published', async () => {
    const { play, institutionId } = await coloured('red', '2023-09-25T09:00:00+08:00', 2023);
    await expect(play.do('takeColours', { noticeId: 'notice-2023', published: 2 })).rejects.toThrow('1 of 2');
    await play.published(await play.body(), 'green');
    expect(await play.do('takeColours', { noticeId: 'notice-2023', published: 2 })).toMatchObject({ pack: 'chongqing/colour-2024@1', next: { kind: 'remind', dueAt: '2023-11-03T00:00:00+08:00', passed: false, clauses: ['CQ-2024-17'] } });
    await expect(new Year(room, 2019).do('nextConsequence')).rejects.toThrow('has not arrived yet');
    expect(await play.duty(institutionId)).toMatchObject({ dueOn: '2023-11-10' });
  });

  it('a body that a correction leaves without a colour has been heard of too, as publication states it', async () => {
    const [published, taken] = [colourPublished, colourWithdrawn].map(({ type }) => samplesOf(type)[0]![1]) as [Fact, Fact];
    const play = new Year(room, (taken.data as { year: number }).year);
    const [kept, without] = [await play.body(), await play.body()];
    const of = (fact: Fact, institutionId: string): Fact => ({ ...fact, id: newId(), subject: institutionId, data: { ...(fact.data as object), noticeId: 'notice-corrected', jurisdiction: chongqing, year: play.year, institutionId } });
    await room.hear(of(published, kept));
    const told = { noticeId: 'notice-corrected', published: 2 };
    await expect(play.do('takeColours', told)).rejects.toThrow('1 of 2');
    await room.hear(of(taken, without));
    expect(await play.do('takeColours', told)).toMatchObject({ pack: 'chongqing/colour-2024@1' });
  });

  it('[CQ-2024-17] [CQ-2024-20] reminds seven days before, states who is overdue when the day has ended, and nothing before', async () => {
    const { play, institutionId } = await coloured('red', '2022-09-26T09:00:00+08:00', 2022);
    const reported = await play.body();
    await play.published(reported, 'yellow');
    await play.report(reported);
    const { dueOn } = (await play.duty(institutionId))!;
    expect(dueOn).toBe('2022-11-10');
    expect((await play.do('remindReports')).did).toBeUndefined();
    at('2022-11-03T00:00:00+08:00');
    expect(await play.do('remindReports')).toMatchObject({ did: [{ kind: 'remind', counts: { reminded: 1 } }], next: { kind: 'sweep', dueAt: '2022-11-11T00:00:00+08:00' } });
    expect(await play.duty(institutionId)).toMatchObject({ remindedAt: '2022-11-03T00:00:00.000+08:00' });
    at('2022-11-10T23:30:00+08:00');
    expect((await play.do('sweepReports')).did).toBeUndefined();
    at('2022-11-10T23:59:57+08:00');
    await expect(play.do('sweepReports')).rejects.toMatchObject({ type: 'NotYet', nextRetryDelay: 3000 });
    at('2022-11-11T00:00:00+08:00');
    expect(await play.do('sweepReports')).toMatchObject({ did: [{ kind: 'sweep', counts: { overdue: 1 } }], next: { kind: 'year-end' } });
    expect(await factsOf('overdue', institutionId)).toMatchObject([{ jurisdiction: chongqing, data: { dueOn: '2022-11-10' } }]);
    expect(await factsOf('overdue', reported)).toEqual([]);
    expect(await play.duty(institutionId)).toMatchObject({ board: 'overdue', daysLeft: null });
    expect(await play.report(institutionId)).toMatchObject({ body: { late: true, board: 'to-review' } });
  });

  it('[CQ-2024-17] [CQ-2024-20] a report sent in time, returned and not sent again falls due with the last day, as one never sent; sent again, it is lifted', async () => {
    const { play, institutionId } = await coloured('red', '2020-09-24T09:00:00+08:00', 2020);
    const [after, accepted] = [await play.body(), await play.body()];
    for (const id of [after, accepted]) await play.published(id, 'yellow');
    const { dueOn } = (await play.duty(institutionId))!;
    at(`${dueOn}T09:00:00+08:00`);
    for (const id of [institutionId, after, accepted]) await play.report(id);
    await play.returned(institutionId, ['没有写明整改措施']);
    await play.accept(accepted);
    expect(await play.duty(institutionId)).toMatchObject({ board: 'returned', daysLeft: 1 });
    expect((await play.do('nextConsequence')).next).toMatchObject({ kind: 'remind', passed: true });
    expect(await play.do('remindReports')).toMatchObject({ did: [{ counts: { reminded: 1 } }], next: { kind: 'sweep', passed: false } });
    at('2021-02-01T09:00:00+08:00');
    expect(await play.do('sweepReports')).toMatchObject({ did: [{ kind: 'sweep', counts: { overdue: 1 } }] });
    expect(await play.duty(institutionId)).toMatchObject({ state: 'returned', board: 'overdue', daysLeft: null });
    expect(await factsOf('overdue', institutionId)).toMatchObject([{ data: { dueOn } }]);
    await play.returned(after, ['没有写明整改措施']);
    expect((await play.do('nextConsequence')).next).toMatchObject({ kind: 'sweep', passed: true });
    expect(await play.do('sweepReports')).toMatchObject({ did: [{ counts: { overdue: 1 } }] });
    expect(await factsOf('overdue', accepted)).toEqual([]);
    const overdue = await room.call(inspection.listRectifications, { as: commission, query: { jurisdiction: chongqing, year: 2020, board: 'overdue' } });
    expect(overdue.body.items.map((one) => one.institutionId).sort()).toEqual([institutionId, after].sort());
    expect(await play.report(institutionId)).toMatchObject({ body: { late: false, overdueAt: null, board: 'to-review' } });
  });

  it('a day of a year whose holidays are not known is marked; nobody is late on it; a notice that is loaded makes it certain', async () => {
    const { play, institutionId } = await coloured('red', '2026-12-14T09:00:00+08:00', 2026);
    const provisional = (await play.duty(institutionId))!;
    expect(provisional).toMatchObject({ firm: false, board: 'awaited' });
    at('2027-03-30T09:00:00+08:00');
    expect((await play.do('sweepReports')).did).toBeUndefined();
    expect(await play.duty(institutionId)).toMatchObject({ board: 'awaited', overdueAt: null });
    const other = await play.body();
    at('2026-12-14T10:00:00+08:00');
    await play.published(other, 'red');
    at('2027-03-30T09:00:00+08:00');
    expect(await play.report(other)).toMatchObject({ body: { late: null } });
    const noticeId = newId();
    const notice = { noticeId, year: 2027, number: '国办发明电〔2026〕7号', title: null, off: ['2027-01-20', '2027-01-21'], workdays: [], calendar: 'c' };
    await room.hear(aFact(calendarLoaded, noticeId, notice));
    const firm = (await play.duty(institutionId))!;
    expect(firm).toMatchObject({ firm: true, board: 'awaited' });
    expect(firm.dueOn! > provisional.dueOn!).toBe(true);
    expect((await factsOf('ordered', institutionId)).at(-1)).toMatchObject({ data: { firm: true, because: 'calendar', dueOn: firm.dueOn } });
    expect(await play.do('sweepReports')).toMatchObject({ did: [{ counts: { overdue: 1 } }] });
  });
});

describe('a colour that is corrected', () => {
  it('to green releases the duty; what was done stays with a note', async () => {
    const { play, institutionId } = await coloured('yellow');
    await play.report(institutionId);
    at('2024-12-20T09:00:00+08:00');
    await play.published(institutionId, 'green', { before: 'yellow' });
    expect(await play.duty(institutionId)).toMatchObject({ state: 'released', board: 'released', history: [{ report: 1 }], notes: [{ text: '颜色更正为绿色，不再要求提交整改报告' }] });
    expect(await factsOf('released', institutionId)).toMatchObject([{ data: { reason: '颜色更正为绿色，不再要求提交整改报告' } }]);
    expect(await play.report(institutionId)).toMatchObject({ status: 409, problem: { code: 'rectification-released', title: expect.stringContaining('绿色') } });
    await play.published(institutionId, 'red', { before: 'green' });
    expect(await play.duty(institutionId)).toMatchObject({ state: 'submitted', colour: 'red' });
  });

  it('from green to red orders it, counted from the correction’s own publication', async () => {
    const { play, institutionId } = await coloured('green');
    at('2024-12-16T09:00:00+08:00');
    await play.published(institutionId, 'red', { before: 'green' });
    expect(await play.duty(institutionId)).toMatchObject({ dueOn: '2025-01-27', state: 'open' });
  });

  it('from yellow to red has its days counted anew while nothing is in, and leaves alone what was accepted', async () => {
    const { play, institutionId } = await coloured('yellow');
    const accepted = await play.body();
    await play.published(accepted, 'yellow');
    await play.report(accepted);
    await play.accept(accepted);
    at('2024-11-09T00:00:00+08:00');
    await play.do('sweepReports');
    expect(await play.duty(institutionId)).toMatchObject({ board: 'overdue' });
    at('2024-12-16T09:00:00+08:00');
    for (const id of [institutionId, accepted]) await play.published(id, 'red', { before: 'yellow' });
    expect(await play.duty(institutionId)).toMatchObject({ board: 'awaited', dueOn: '2025-01-27', colour: 'red', overdueAt: null });
    expect(await play.duty(accepted)).toMatchObject({ state: 'accepted', dueOn: '2024-11-08', colour: 'red', notes: [{ text: expect.stringContaining('继续有效') }] });
  });

  it('that is withdrawn releases', async () => {
    const { play, institutionId } = await coloured();
    await play.withdrawn(institutionId, 'red');
    expect(await play.duty(institutionId)).toMatchObject({ state: 'released' });
  });
});

it('the board is filtered by what stands where', async () => {
  const { play, institutionId } = await coloured('red', '2021-09-24T09:00:00+08:00', 2021);
  const done = await play.body();
  await play.published(done, 'red');
  await play.report(done);
  const board = async (column: string) => (await room.call(inspection.listRectifications, { as: commission, query: { jurisdiction: chongqing, year: 2021, board: column } })).body.items.map((one) => one.institutionId);
  expect([await board('awaited'), await board('to-review'), await board('overdue')]).toEqual([[institutionId], [done], []]);
  const late = await play.body();
  await play.published(late, 'red');
  at('2022-02-01T09:00:00+08:00');
  await play.do('sweepReports');
  await play.report(late);
  await play.returned(late, ['没有写明整改措施']);
  expect(await play.duty(late)).toMatchObject({ state: 'returned', board: 'returned', late: true }); // it did come, late
  expect([await board('overdue'), await board('returned')]).toEqual([[institutionId], [late]]);
  expect((await room.call(inspection.listRectifications, { as: commission, query: { board: 'lost' } })).status).toBe(400);
  expect(aReport()).toMatchObject({ onBehalf: null });
});
