import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspection, task } from '@zhijian/contracts/http';
import { aPrincipal } from '@zhijian/testing';
import { chongqing, commission, district, person } from './colours.fixture.js';
import { coloured, colouredRoom, rectificationFacts } from './rectification.fixture.js';

let room: Awaited<ReturnType<typeof colouredRoom>>;
beforeAll(async () => { room = await colouredRoom(); });
afterAll(() => room?.stop());

const at = (instant: string) => room.clock.set(instant);
const factsOf = (type: string, institutionId: string) => rectificationFacts(room, type, institutionId);
/** A red body whose report was accepted on the day of publication, in a year of its own. */
async function accepted(year: number, report: object = {}, on = `${year}-09-24T09:00:00+08:00`) {
  const { play, institutionId } = await coloured(room, { on, year });
  await play.report(institutionId, { ...report });
  await play.accept(institutionId);
  return { play, institutionId };
}

describe('[CQ-2024-20] a limit for rectifying', () => {
  it('is written by whom the reports go to, as its own order where the text gives none (AMB-CQ-9), extended, and stated each time', async () => {
    const { play, institutionId } = await accepted(2024);
    expect(await play.duty(institutionId)).toMatchObject({ limitOn: null, limits: [], mayLimit: true, mayVerify: true });
    const first = await play.limit(institutionId, '2024-12-20');
    expect(first).toMatchObject({ status: 201, body: { limitOn: '2024-12-20', state: 'accepted', limits: [{ limitOn: '2024-12-20', agency: '市卫生健康委', basis: 'own-order', reading: 'AMB-CQ-9', document: '（测）责改〔2024〕1号' }] } });
    expect(await play.limit(institutionId, '2024-12-31', { document: '（测）责改〔2024〕2号' })).toMatchObject({ status: 201, body: { limitOn: '2024-12-31', limits: [{ limitOn: '2024-12-20' }, { limitOn: '2024-12-31' }] } });
    expect((await factsOf('limited', institutionId)).map(({ data }) => [data['before'], data['limitOn'], data['dueAt'], data['basis'], data['reading']])).toEqual([
      [null, '2024-12-20', '2024-12-21T00:00:00+08:00', 'own-order', 'AMB-CQ-9'], ['2024-12-20', '2024-12-31', '2025-01-01T00:00:00+08:00', 'own-order', 'AMB-CQ-9'],
    ]);
    const { rectificationId } = (await play.duty(institutionId))!;
    const certificates = await room.database.query<{ body: string }>('inspection', `select body from certificate where kind = 'remedy-date' and subject = $1 order by at, id`, [rectificationId]);
    expect(certificates.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([{ basis: 'person', outcome: { limitOn: '2024-12-20' }, clauses: [{ id: 'CQ-2024-20' }] }, { outcome: { limitOn: '2024-12-31' } }]);
  });

  it('is refused with its field, and changes nothing', async () => {
    const { play, institutionId } = await accepted(2023);
    expect(await play.limit(institutionId, '2023-09-23')).toMatchObject({ status: 422, problem: { code: 'rectification-limit-past', clauses: ['CQ-2024-20'], errors: [{ path: '/limitOn' }] } });
    expect(await play.limit(institutionId, '2023-12-20', { document: ' ' })).toMatchObject({ status: 400, problem: { errors: [{ path: '/document' }] } });
    expect(await play.limit(institutionId, '2023-12-20', {}, district)).toMatchObject({ status: 422, problem: { code: 'agency-other' } });
    expect(await play.limit(institutionId, '2023-12-20', {}, person(institutionId))).toMatchObject({ status: 403 });
    expect((await play.duty(institutionId))!.limits).toEqual([]);
    const waiting = await play.body();
    await play.published(waiting, 'red');
    expect(await play.limit(waiting, '2023-12-20')).toMatchObject({ status: 409, problem: { code: 'rectification-limit-no-report' } });
    expect(await play.duty(waiting)).toMatchObject({ mayLimit: false, mayVerify: false });
    expect(await play.duty(institutionId, district)).toMatchObject({ mayLimit: false, mayVerify: false });
  });

  it('that has ended is stated as missed once, by the sweep of its day, and is not moved any more', async () => {
    const { play, institutionId } = await accepted(2022);
    await play.limit(institutionId, '2022-10-10');
    const [kept, unlimited] = [await play.body(), await play.body()];
    for (const id of [kept, unlimited]) {
      await play.published(id, 'yellow');
      await play.report(id, { items: [{ problem: '原始记录缺少签名', measure: '培训', correctedOn: '2022-09-24', correctBy: null }] });
      await play.accept(id);
    }
    await play.limit(kept, '2022-10-10');
    expect(await play.verify(kept, '2022-09-24')).toMatchObject({ status: 201, body: { rectifiedOn: '2022-09-24', verification: { inTime: true, from: { kind: 'report' } }, mayLimit: false, mayVerify: false } });
    at('2022-10-10T23:30:00+08:00');
    expect((await play.do('nextConsequence')).next).toMatchObject({ kind: 'sweep', dueAt: '2022-10-11T00:00:00+08:00', passed: false });
    expect((await play.do('sweepReports')).did).toBeUndefined();
    at('2022-10-11T00:00:00+08:00');
    expect(await play.do('sweepReports')).toMatchObject({ did: [{ kind: 'sweep', counts: { missed: 1 } }], next: { kind: 'year-end' } });
    expect((await play.do('sweepReports')).did).toBeUndefined();
    expect(await factsOf('missed', institutionId)).toMatchObject([{ jurisdiction: chongqing, data: { limitOn: '2022-10-10', policy: { clauses: ['CQ-2024-20'] } } }]);
    for (const id of [kept, unlimited]) expect(await factsOf('missed', id)).toEqual([]);
    const { rectificationId, ...duty } = (await play.duty(institutionId))!;
    expect(duty).toMatchObject({ missedAt: expect.stringContaining('2022-10-11T00:00'), state: 'accepted', mayLimit: false, mayVerify: true });
    expect(await play.limit(institutionId, '2022-12-31')).toMatchObject({ status: 409, problem: { code: 'rectification-limit-missed' } });
    const [certificate] = await room.database.query<{ body: string }>('inspection', `select body from certificate where kind = 'lateness' and subject = $1 and body::jsonb #>> '{rule,name}' = 'rectification-state'`, [rectificationId]);
    expect(JSON.parse(certificate!.body)).toMatchObject({ basis: 'rule', outcome: 'overdue', inputs: { rectified: false, limit: 'passed' } });
    const { body } = await room.call(task.listTasks, { as: commission, query: { room: 'inspection' } });
    expect(body.items.find(({ taskId }) => taskId === `rectification-limit/${rectificationId}`)).toMatchObject({ title: expect.stringContaining('限期未整改'), dueOn: '2022-10-10', link: `/rectifications/${rectificationId}` });
  });
});

describe('that a body has rectified', () => {
  it('is recorded from a check; within the limit and written down later it was never missed', async () => {
    const { play, institutionId } = await accepted(2021);
    await play.limit(institutionId, '2021-10-08');
    at('2021-10-08T15:00:00+08:00');
    const { body: { checkId } } = await play.check(institutionId);
    at('2021-10-09T00:00:00+08:00');
    expect(await play.do('sweepReports')).toMatchObject({ did: [{ counts: { missed: 1 } }] });
    at('2021-10-12T09:00:00+08:00');
    const from = { kind: 'check', checkId };
    expect(await play.verify(institutionId, '2021-10-09', from)).toMatchObject({ status: 422, problem: { code: 'rectification-check-earlier', errors: [{ path: '/from' }] } });
    expect(await play.verify(institutionId, '2021-10-13', from)).toMatchObject({ status: 422, problem: { code: 'rectification-verified-in-future', errors: [{ path: '/rectifiedOn' }] } });
    expect(await play.verify(institutionId, '2021-10-08', { kind: 'check', checkId: 'none' })).toMatchObject({ status: 422, problem: { code: 'rectification-check-unknown' } });
    expect(await play.verify(institutionId, '2021-10-08', { kind: 'report' })).toMatchObject({ status: 422, problem: { code: 'rectification-report-unfinished', errors: [{ path: '/from' }] } });
    expect(await play.verify(institutionId, '2021-10-08', from, district)).toMatchObject({ status: 422, problem: { code: 'agency-other' } });
    expect(await play.verify(institutionId, '2021-10-08', from)).toMatchObject({ status: 201, body: { rectifiedOn: '2021-10-08', missedAt: null, verification: { inTime: true, from, verifiedBy: ['测试核实员'] } } });
    expect(await play.verify(institutionId, '2021-10-08', from)).toMatchObject({ status: 409, problem: { code: 'rectification-verified' } });
    expect(await factsOf('verified', institutionId)).toMatchObject([{ data: { rectifiedOn: '2021-10-08', from: 'check', limitOn: '2021-10-08', inTime: true } }]);
    expect((await play.duty(institutionId, aPrincipal('institution', '500103', institutionId)))!.verification!.verifiedBy).not.toEqual(['测试核实员']); // a name is shown to those who need it
    const other = await play.body();
    await play.published(other, 'red');
    await play.report(other);
    expect(await play.verify(other, '2021-10-12', from)).toMatchObject({ problem: { code: 'rectification-check-unknown' } }); // of another body
  });

  it('is guarded by the version that was read', async () => {
    const { play, institutionId } = await accepted(2020);
    const { rectificationId, version } = (await play.duty(institutionId))!;
    const write = (ifMatch: number, limitOn: string) => room.call(inspection.limitRectification, { as: commission, params: { rectificationId }, ifMatch, body: { limitOn, reason: '限期整改', document: '（测）责改〔2020〕1号' } });
    const both = await Promise.all([write(version, '2020-12-20'), write(version, '2020-12-28')]);
    expect(both.map(({ status }) => status).sort()).not.toEqual([201, 201]);
    expect(await play.duty(institutionId)).toMatchObject({ version: version + 1, limits: [{}] });
    expect((await write(version, '2020-12-31')).status).toBe(412);
  });

  it('is asked no more once the colour that obliged is corrected', async () => {
    const { play, institutionId } = await accepted(2019);
    await play.limit(institutionId, '2019-12-20');
    await play.published(institutionId, 'green', { before: 'red' });
    expect(await play.duty(institutionId)).toMatchObject({ state: 'released', limitOn: null, limits: [{ limitOn: '2019-12-20' }], mayLimit: false, mayVerify: false });
    at('2019-12-21T00:00:00+08:00');
    expect((await play.do('sweepReports')).did).toBeUndefined();
  });
});
