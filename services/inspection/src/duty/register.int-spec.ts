import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspection } from '@zhijian/contracts/http';
import { readForm, writeTable } from '@zhijian/documents';
import { Packs } from '@zhijian/policy';
import { aPrincipal } from '@zhijian/testing';
import { jiangsu, Play, theRoom } from '../campaign/campaign.fixture.js';
import { Action, officer, pack, unit } from './heshui.fixture.js';
import { issueTable } from './issue-table.rules.js';

let room: Awaited<ReturnType<typeof theRoom>>;
let action: Action;
beforeAll(async () => {
  room = await theRoom('2024-01-02T09:00:00+08:00');
  action = await new Action(room, ['health-examination', 'occupational-health-service']).approved();
  await action.to('2024-08-20T10:00:00+08:00', unit);
});
afterAll(() => room?.stop());

const nameOf = async (at: number) => (await room.call(inspection.getInstitutionInCampaign, { as: officer, params: { campaignId: action.campaignId, institutionId: action.institutions[at]! } })).body.name;
const imported = async (rows: Record<string, unknown>[]) => {
  const { forms, checklists } = await new Packs().get(pack);
  const file = await writeTable(issueTable(forms['HS-F1']!, checklists['capability-gaps']), rows);
  return room.call(inspection.importDutyRecord, { as: officer, params: { campaignId: action.campaignId, duty: 'baseline-register' }, query: { unit, doneOn: '2024-08-20' }, file });
};

describe('the baseline register', () => {
  it('[HS-2024-12] is entered line by line: the body, the side of its capability, the standard, the gap; a gap alone needs no plan', async () => {
    const { status, body } = await room.call(inspection.recordDuty, { as: officer, params: { campaignId: action.campaignId, duty: 'baseline-register' }, body: { unit, doneOn: '2024-08-20', issues: [{ institutionId: action.institutions[0], item: 'equipment', standard: '能力建设标准', text: '缺少检测设备两台' }] } });
    expect([status, body.issues, body.late]).toEqual([201, [expect.objectContaining({ institutionId: action.institutions[0], item: 'equipment', text: '缺少检测设备两台' })], null]);
    const stranger = await room.call(inspection.recordDuty, { as: officer, params: { campaignId: action.campaignId, duty: 'baseline-register' }, body: { unit, doneOn: '2024-08-20', issues: [{ institutionId: '01a20f11-53a8-7d04-a555-302c6d91b204', item: 'staff', text: '人员不足' }] } });
    expect(stranger).toMatchObject({ status: 422, problem: { code: 'duty-not-in-roster', errors: [{ path: '/issues/0/institutionId' }] } });
  });

  it('comes from a spreadsheet in the columns of the pack\'s form', async () => {
    const { status, body } = await imported([{ 'institution-name': await nameOf(0), 'issue-item': 'staff', 'issue-text': '专业人员不足', 'issue-standard': '不少于三人' }, { 'institution-name': await nameOf(1), 'issue-item': 'premises', 'issue-text': '用房面积不足', 'issue-state': '2024-08-01 已整改' }]);
    expect([status, body.issues.map(({ item, correctedOn }) => [item, correctedOn])]).toEqual([201, [['staff', null], ['premises', '2024-08-01']]]);
  });

  it('what a spreadsheet says in words has a commitment, by which it can be named for erasure', async () => {
    const text = '档案员诸葛珩琰离岗';
    expect((await imported([{ 'institution-name': await nameOf(0), 'issue-item': 'staff', 'issue-text': text, 'issue-responsible': '质控岗' }])).status).toBe(201);
    expect(await room.database.query('inspection', 'select body, salt is not null as opens from kept_text where body = any($1) order by length(body)', [['质控岗', text]])).toEqual([{ body: '质控岗', opens: true }, { body: text, opens: true }]);
  });

  it('a faulty spreadsheet changes nothing; every fault names its cell', async () => {
    const { status, problem } = await imported([
      { 'institution-name': '没有这家', 'issue-item': 'staff', 'issue-text': '一' }, { 'institution-name': await nameOf(0), 'issue-item': 'staff', 'issue-text': '' }, { 'institution-name': await nameOf(0), 'issue-item': 'nonsense', 'issue-text': '二', 'issue-state': '差不多了' },
    ]);
    expect([status, problem.code]).toEqual([422, 'duty-file']);
    expect(problem.errors.map(({ path }) => path).sort()).toEqual(['技术能力自查问题清单!B2', '技术能力自查问题清单!C4', '技术能力自查问题清单!E3', '技术能力自查问题清单!J4']);
    const future = await imported([{ 'institution-name': await nameOf(0), 'issue-item': 'staff', 'issue-text': '三', 'issue-state': '2025-01-01 已整改' }]);
    expect(future.problem).toMatchObject({ code: 'duty-issues-refused', errors: [{ path: '技术能力自查问题清单!J2', message: '纠正日期不能晚于今天' }] });
  });
});

describe('the form of one body', () => {
  it('[HS-2024-13] shows the list it sent, on screen and as printed', async () => {
    const institutionId = action.institutions[0]!;
    const where = { campaignId: action.campaignId, institutionId, form: 'HS-F1' };
    expect((await room.call(inspection.getInstitutionForm, { as: officer, params: where })).body.draft).toMatchObject({ rows: [], remarks: [{ row: 0, text: '该机构尚未报送' }] });
    const own = aPrincipal('institution', unit, institutionId);
    await room.call(inspection.recordDuty, { as: own, params: { campaignId: action.campaignId, duty: 'issue-list' }, body: { unit, institutionId, doneOn: '2024-08-20', issues: [{ item: 'equipment', text: '检测设备不足', standard: '能力标准', cause: '经费', measure: '购置', responsible: '技术负责人', due: '2024-12-31' }] } });
    const { body } = await room.call(inspection.getInstitutionForm, { as: own, params: where });
    expect(body.draft.rows).toEqual([[1, await nameOf(0), '仪器设备配置', '能力标准', '检测设备不足', '经费', '购置', '技术负责人', '2024-12-31', '未整改']]);
    const file = await room.call(inspection.downloadInstitutionForm, { as: own, params: where });
    expect(await readForm((await new Packs().get(pack)).forms['HS-F1']!, new Uint8Array(file.bytes))).toMatchObject({ ok: true, rows: body.draft.rows });
    expect((await room.call(inspection.getInstitutionForm, { as: aPrincipal('institution', unit, action.institutions[1]), params: where })).status).toBe(404);
  });

  it('[JS-2014-37] the list that goes with a self-check report is filled from the report', async () => {
    room.clock.set('2014-06-01T09:00:00+08:00');
    const play = await new Play(room, 1, jiangsu).approved();
    const [body] = await play.has(['in']);
    await play.to('2014-08-20T09:00:00+08:00');
    const sent = await play.submit(body!, { noProblems: false, volumes: null, items: [{ source: 'self', checklistItem: 'other', class: 'gap', text: '质量手册未更新', measure: '修订手册', responsible: '质量负责人', correctedOn: null, correctBy: '2014-09-30' }] });
    expect(sent.status).toBe(201);
    const where = { campaignId: play.campaignId, institutionId: body!, form: 'JS-F1' };
    expect((await room.call(inspection.getInstitutionForm, { as: jiangsu.lead, params: where })).body.draft.rows).toEqual([[1, '其他', '问题和差距', '质量手册未更新', '修订手册', '质量负责人', '2014-09-30', '未整改']]);
  });
});
