import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@zhijian/contracts';
import { inspection } from '@zhijian/contracts/http';
import { measureTable, writeTable } from '@zhijian/documents';
import { aPrincipal } from '@zhijian/testing';
import { theRoom } from '../campaign/campaign.fixture.js';
import { Action, officer, unit } from '../duty/heshui.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
let action: Action;
beforeAll(async () => {
  room = await theRoom('2024-01-02T09:00:00+08:00');
  room.byHand.add('visit.state (a case or none)'); // visits are rows of the test
  action = await new Action(room, ['health-examination', 'health-examination', 'occupational-health-service']).approved();
  await action.to('2024-09-20T10:00:00+08:00', unit);
});
afterAll(() => room?.stop());

const targets = async () => (await room.call(inspection.listTargets, { as: officer, params: { campaignId: action.campaignId }, query: {} })).body.items;
const target = async (id: string) => (await targets()).find((it) => it.target === id)!;
const enter = (measure: string, count: number, more: Record<string, unknown> = {}) =>
  room.call(inspection.enterMeasure, { as: officer, params: { campaignId: action.campaignId }, body: { unit, measure, kind: 'health-examination', count, asOf: '2024-09-20', source: '示例：信息系统导出', ...more } });
/** A recorded visit of any campaign. */
const visited = (institutionId: string, on: string, campaignId = action.campaignId) => room.dataSource.query(
  `insert into visit (id, campaign_id, unit, kind, institution_id, subject_name, filed_elsewhere, visit_on, inspectors, state, clauses, recorded_at) values ($1, $2, $3, 'site-check', $4, '示例', false, $5, '["甲","乙"]', 'recorded', '[]', now())`,
  [newId(), campaignId, unit, institutionId, on]);

describe('targets of a running campaign', () => {
  it('[HS-2024-07] coverage is counted live, by kind and in all, and leads to the bodies behind it', async () => {
    expect(await target('supervision')).toMatchObject({ total: { numerator: 0, denominator: 3, state: 'not-met' } });
    await visited(action.institutions[0]!, '2024-03-05');
    await visited(action.institutions[0]!, '2024-06-05');
    await visited(action.institutions[2]!, '2024-04-01', newId()); // in another campaign: it counts all the same
    const found = await target('supervision');
    expect(found.total).toMatchObject({ numerator: 2, denominator: 3, percent: '66.66', state: 'not-met' });
    expect(found.kinds.find(({ kind }) => kind === 'occupational-health-service')).toMatchObject({ numerator: 1, denominator: 1, state: 'met' });
    const bodies = await room.call(inspection.listTargetBodies, { as: officer, params: { campaignId: action.campaignId, target: 'supervision' }, query: { kind: 'health-examination' } });
    expect(bodies.body.items.map(({ institutionId, counted, on }) => [institutionId, counted, on])).toEqual([[action.institutions[0], true, '2024-03-05'], [action.institutions[1], false, null]]);
    expect(found.clauses).toContain('HS-2024-07');
  });

  it('[HS-2024-07] a visit before the period does not count', async () => {
    await visited(action.institutions[1]!, '2023-12-31');
    expect((await target('supervision')).total).toMatchObject({ numerator: 2 });
  });

  it('[HS-2024-06] nothing to count is not applicable', async () => {
    expect((await target('diagnosis-reports')).total).toMatchObject({ denominator: 0, percent: null, state: 'not-applicable' });
  });

  it('[HS-2024-05] what this system does not have is undetermined until it is entered with its source', async () => {
    expect((await target('examination-reports')).total).toMatchObject({ state: 'undetermined', missing: ['case-reports-made', 'case-reports-due'] });
    await enter('case-reports-due', 1000);
    await enter('case-reports-made', 949);
    expect((await target('examination-reports')).total).toMatchObject({ percent: '94.90', state: 'not-met', sources: [{ source: '示例：信息系统导出' }, {}] });
    await enter('case-reports-made', 950);
    expect((await target('examination-reports')).total).toMatchObject({ percent: '95.00', state: 'met' });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['what the system counts itself', { measure: 'institutions-inspected' }, 'measure-not-entered'], ['an unknown measure', { measure: 'no-such-measure' }, 'measure-not-entered'],
    ['another kind of body', { measure: 'case-reports-due', kind: 'disease-diagnosis' }, 'measure-kind'], ['a day to come', { measure: 'case-reports-due', asOf: '2024-09-21' }, 'measure-in-future'],
  ])('%s cannot be entered', async (_, more, code) => {
    const answer = await enter('case-reports-due', 1, more);
    expect(answer).toMatchObject({ status: 422, problem: { code } });
    expect(JSON.stringify(answer)).not.toContain('no-such'); // whatever was typed for a measure is not said back
  });

  it('an officer of another county enters nothing', async () => {
    expect(await room.call(inspection.enterMeasure, { as: aPrincipal('county', '621023'), params: { campaignId: action.campaignId }, body: { unit, measure: 'case-reports-due', kind: 'health-examination', count: 1, asOf: '2024-09-20', source: '示例' } })).toMatchObject({ status: 404 });
  });

  it('a table is taken whole or not at all, every fault with its cell', async () => {
    const line = { measure: 'service-cards-due', kind: 'occupational-health-service', count: 40, asOf: '2024-09-20', source: '示例：报送系统' };
    const send = async (rows: Record<string, unknown>[]) => room.call(inspection.importMeasures, { as: officer, params: { campaignId: action.campaignId }, query: { unit }, file: Buffer.from(await writeTable(measureTable, rows)) });
    const bad = await send([line, { ...line, measure: 'institutions' }, { ...line, kind: 'hospital' }]);
    expect(bad).toMatchObject({ status: 422, problem: { code: 'measure-file', errors: [{ path: '统计数据!A3' }, { path: '统计数据!B4' }] } });
    expect((await target('service-cards')).total).toMatchObject({ state: 'undetermined' });
    expect((await send([line, { ...line, measure: 'service-cards-uploaded' }])).body).toMatchObject({ imported: 2 });
    expect((await target('service-cards')).total).toMatchObject({ numerator: 40, denominator: 40, state: 'met' });
  });

  it('whom a table names as its source stands in the row, and in facts and entries as a commitment only', async () => {
    const source = '监督科欧阳骞翊提供';
    const line = { measure: 'service-cards-due', kind: 'occupational-health-service', count: 41, asOf: '2024-09-20', source };
    const { body } = await room.call(inspection.importMeasures, { as: officer, params: { campaignId: action.campaignId }, query: { unit }, file: Buffer.from(await writeTable(measureTable, [line])) });
    expect(body).toMatchObject({ imported: 1, items: [{ source }] });
    const [kept] = await room.database.query<{ commitment: string; subject: string }>('inspection', 'select commitment, subject from kept_text where body = $1', [source]);
    expect(kept).toMatchObject({ subject: body.items[0]!.measureId });
    const left = JSON.stringify([await room.facts(), await room.database.query('inspection', 'select body from command_entry')]);
    expect([left.includes(kept!.commitment), left.includes(source)]).toEqual([true, false]);
  });
});
