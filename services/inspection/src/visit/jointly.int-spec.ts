import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspection } from '@zhijian/contracts/http';
import { aPrincipal } from '@zhijian/testing';
import { theRoom } from '../campaign/campaign.fixture.js';
import { Action, officer, unit } from '../duty/heshui.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
let action: Action;
beforeAll(async () => {
  room = await theRoom('2024-01-02T09:00:00+08:00');
  action = await new Action(room, ['health-examination', 'disease-control-centre', 'pneumoconiosis-rehabilitation']).approved();
  await action.to('2024-05-20T10:00:00+08:00', unit);
});
afterAll(() => room?.stop());

const visited = async (at: number, findings: unknown[] = [], on = '2024-05-20') => {
  const opened = await room.call(inspection.openVisit, { as: officer, params: { campaignId: action.campaignId }, body: { unit, kind: 'site-check', institutionId: action.institutions[at]!, visitOn: on, inspectors: ['甲', '乙'] } });
  return room.call(inspection.recordVisit, { as: officer, params: { visitId: opened.body.visitId }, ifMatch: opened.body.version, body: { verifications: [], findings: findings as never } });
};
const target = async (id: string) => (await room.call(inspection.listTargets, { as: officer, params: { campaignId: action.campaignId }, query: {} })).body.items.find((it) => it.target === id)!;

describe('the county checks every body of the action', () => {
  it('[HS-2024-19] a gap is no case, an offence is one; its conclusion fills the target of [HS-2024-10]', async () => {
    expect(await visited(1, [{ kind: 'archives', text: '仪器档案不全', serious: false, class: 'gap' }])).toMatchObject({ status: 201, body: { caseId: null } });
    expect((await target('cases')).total).toMatchObject({ denominator: 0, state: 'not-applicable' });
    const offence = await visited(0, [{ kind: 'false-certificate', text: '两份报告没有原始记录', serious: true, class: 'violation' }]);
    expect(offence.body.caseId).not.toBeNull();
    expect((await target('cases')).total).toMatchObject({ numerator: 0, denominator: 1, state: 'not-met' });
    expect((await action.decided(offence.body.caseId!, [{ kind: 'warning' }], unit)).status).toBe(201);
    expect((await target('cases')).total).toMatchObject({ numerator: 1, denominator: 1, state: 'met' });
    expect((await target('supervision')).total).toMatchObject({ numerator: 2, denominator: 3 });
  });

  it('who may go on with a visit and what its record asks for is said with the visit, by the agencies and tables of the pack', async () => {
    const { visitId } = (await room.call(inspection.listVisits, { as: officer, params: { campaignId: action.campaignId }, query: {} })).body.items[0]!;
    const seen = async (as: typeof officer) => (await room.call(inspection.getVisit, { as, params: { visitId } })).body;
    expect(await seen(officer)).toMatchObject({ mayAct: true, asks: { class: true, archives: false } });
    expect(await seen(aPrincipal('county', '621023'))).toMatchObject({ status: 404 }); // of another county: it is not there
    expect(await seen(aPrincipal('auditor', unit))).toMatchObject({ mayAct: false });
    const doing = async (as: typeof officer) => (await room.call(inspection.getUnit, { as, params: { campaignId: action.campaignId, unit } })).body.mayDo;
    expect([(await doing(officer)).includes('site-check'), await doing(aPrincipal('county', '621023'))]).toEqual([true, undefined]);
  });

  it('nothing is said of a finding that nobody classed; nothing changes', async () => {
    expect(await visited(2, [{ kind: 'archives', text: '档案不全', serious: false }])).toMatchObject({ status: 422, problem: { code: 'finding-unclassed', errors: [{ path: '/findings/0/class' }] } });
    expect((await target('supervision')).total).toMatchObject({ numerator: 2 });
  });

  it('a visit by another county, or before the action, is refused', async () => {
    const open = (as: typeof officer, visitOn: string) => room.call(inspection.openVisit, { as, params: { campaignId: action.campaignId }, body: { unit, kind: 'site-check', institutionId: action.institutions[2]!, visitOn, inspectors: ['甲', '乙'] } });
    expect(await open(aPrincipal('county', '621023'), '2024-05-20')).toMatchObject({ status: 404 });
    expect(await open(officer, '2023-12-31')).toMatchObject({ status: 422, problem: { code: 'visit-outside-window', clauses: expect.arrayContaining(['HS-2024-07']) } });
  });
});
