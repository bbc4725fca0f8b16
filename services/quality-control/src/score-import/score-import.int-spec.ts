import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@zhijian/contracts';
import type { InstitutionRef } from '@zhijian/contracts/facts';
import { operations, qualityControl } from '@zhijian/contracts/http';
import { streamTable, writeTable } from '@zhijian/documents';
import { aPrincipal, zipBomb } from '@zhijian/testing';
import exceljs from 'exceljs';
import { aBody, aPlan, evaluationRoom, place, scorer, second, stranger, wholeSheet, type Room } from '../evaluation/evaluation.fixture.js';
import { scoreTable, type ScoreLine } from './score-table.js';

let room: Room;
let planId: string;
beforeAll(async () => {
  room = await evaluationRoom();
  planId = await aPlan(room);
});
afterAll(() => room?.finish());

const scores = [['1', '38.5'], ['2', '32'], ['3', '10.5'], ['4', '0.5']] as const;
const linesOf = ({ creditCode, name }: InstitutionRef, change: (line: ScoreLine) => ScoreLine = (line) => line): ScoreLine[] => scores.map(([item, score]) => change({
  creditCode, name, line: 'occupational-health-service', year: 2025, served: true, item, score, notApplicable: null, keyPassed: item === '4' ? true : null, note: null,
}));
const fileOf = (lines: ScoreLine[]) => writeTable(scoreTable, lines.map((line) => ({ ...line })));
const uploadFile = (file: Uint8Array, as = scorer) => room.call(qualityControl.importScores, { as, params: { planId }, file, query: { fileName: '评分表.xlsx' } });
const upload = async (lines: ScoreLine[], as = scorer) => uploadFile(await fileOf(lines), as);
const confirm = (importId: string, as = scorer) => room.call(qualityControl.confirmScoreImport, { as, params: { importId } });
const sheetOf = async ({ institutionId }: InstitutionRef) => (await room.call(qualityControl.getEvaluationSheet, { as: scorer, params: { planId, institutionId } })).body;

describe('importing a sheet of scores', () => {
  it('shows good lines and bad cells first, and enters only what is good when confirmed', async () => {
    const [one, two] = [await aBody(room), await aBody(room)];
    const { status, body } = await upload([...linesOf(one), ...linesOf(two, (line) => (line.item === '2' ? { ...line, score: '40.5' } : line))]);
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'preview', rows: 8, good: 7, bodies: 2, faults: 1, errors: [{ path: '评分表!H7', message: '得分 40.5 高于该项满分 40' }], entered: null });
    expect((await sheetOf(one)).state).toBeNull();
    const rows = (await room.call(qualityControl.listScoreRows, { as: scorer, params: { importId: body.importId }, query: { limit: 5 } })).body;
    expect(rows).toMatchObject({ next: '6', items: [{ row: 2, name: one.name, item: 'system', score: '38.5' }, {}, {}, { item: 'honest', failed: false }, { row: 6 }] });

    expect((await confirm(body.importId)).body).toMatchObject({ state: 'confirmed', entered: 2, unchanged: 0, passedOver: 0, version: 2 });
    expect((await confirm(body.importId)).body).toMatchObject({ entered: 2 });
    expect(await sheetOf(one)).toMatchObject({ state: 'draft', outcome: { score: '81.5', missing: [] } });
    expect(await sheetOf(two)).toMatchObject({ state: 'draft', outcome: { score: null, missing: ['survey'] } });
    expect((await room.audit(body.importId)).map(({ action }) => action)).toEqual(['score import previewed', 'score import confirmed']);
  });

  it('the same file a second time changes nothing', async () => {
    const lines = linesOf(await aBody(room));
    await confirm((await upload(lines)).body.importId);
    expect((await confirm((await upload(lines)).body.importId)).body).toMatchObject({ entered: 0, unchanged: 1 });
  });

  it('confirmed by two at once is entered once', async () => {
    const { body } = await upload(linesOf(await aBody(room)));
    const [one, two] = await Promise.all([confirm(body.importId), confirm(body.importId)]);
    expect([one.body.entered, two.body.entered]).toEqual([1, 1]);
    expect(await room.query('quality_control', `select version from evaluation where id in (select id from evaluation order by id desc limit 1)`)).toEqual([{ version: 1 }]);
  });

  it('passes over sheets that have been handed on meanwhile, and counts them', async () => {
    const body = await aBody(room);
    const begun = (await room.call(qualityControl.beginEvaluation, { as: second, params: { planId }, body: { institutionId: body.institutionId, served: true, entries: wholeSheet } })).body;
    const { importId } = (await upload(linesOf(body, (line) => ({ ...line, score: '0' })))).body;
    await room.call(qualityControl.submitEvaluations, { as: second, params: { planId }, body: { sheets: [{ evaluationId: begun.evaluationId!, version: 1 }] } });
    expect((await confirm(importId)).body).toMatchObject({ entered: 0, unchanged: 0, passedOver: 1 });
    expect((await sheetOf(body)).outcome.score).toBe('81.5');
  });

  it('takes a line without an item for a year without service', async () => {
    const body = await aBody(room);
    const [line] = linesOf(body);
    await confirm((await upload([{ ...line!, served: false, item: null, score: null }])).body.importId);
    expect(await sheetOf(body)).toMatchObject({ state: 'draft', served: false, entries: [] });
  });

  it('names formulas, days and error values by their cells, and lets the other lines pass', async () => {
    const body = await aBody(room);
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet('评分表');
    sheet.addRow(scoreTable.columns.map(({ title }) => title));
    for (const { creditCode, name, item, score, keyPassed } of linesOf(body)) sheet.addRow([creditCode, name, '职业卫生技术服务机构', 2025, '是', item, null, Number(score), null, keyPassed ? '是' : null]);
    sheet.getCell('H3').value = { formula: 'SUM(1,2)', result: 3 };
    sheet.getCell('H4').value = { error: '#DIV/0!' };
    sheet.getCell('L5').value = '列外';
    const { body: shown } = await uploadFile(new Uint8Array(await book.xlsx.writeBuffer()));
    expect(shown).toMatchObject({ rows: 4, good: 1, faults: 3 });
    expect(shown.errors.map(({ path, message }) => `${path} ${message}`)).toEqual(['评分表!H3 单元格是公式，请改为填写数值或文字', '评分表!H4 单元格是错误值', '评分表!L5 该列没有列名，此处不应有内容']);
  });

  it('a file that is no table, or has another header, gives one clear fault and no line', async () => {
    expect((await uploadFile(new TextEncoder().encode('PK\u0003\u0004 not a table'))).body).toMatchObject({ rows: 0, good: 0, errors: [{ path: '文件' }] });
    const other = { ...scoreTable, columns: scoreTable.columns.filter(({ key }) => key !== 'score') };
    const { score: _, ...line } = linesOf(await aBody(room))[0]!;
    const { body } = await uploadFile(await writeTable(other, [line]));
    expect(body).toMatchObject({ rows: 0, good: 0, errors: [{ message: '缺少列“得分”' }] });
    expect(await confirm(body.importId)).toMatchObject({ status: 409, problem: { code: 'score-import-empty' } });
  });

  it('a workbook that is a zip bomb is named as one and gives no line; nothing is entered', async () => {
    const bomb = zipBomb(32);
    expect(bomb.length).toBeLessThan(50_000);
    const { status, body } = await uploadFile(bomb);
    expect([status, body]).toMatchObject([201, { rows: 0, good: 0, errors: [{ path: '文件', message: '文件压缩比超过100倍，疑似压缩炸弹' }] }]);
    expect(await confirm(body.importId)).toMatchObject({ status: 409, problem: { code: 'score-import-empty' } });
  });

  it('the table to download reads back what has been entered', async () => {
    const body = await aBody(room);
    await confirm((await upload(linesOf(body))).body.importId);
    const { bytes, headers } = await room.call(qualityControl.getScoreTable, { as: scorer, params: { planId } });
    expect(String(headers['content-disposition'])).toContain('xlsx');
    const read: unknown[] = [];
    const whole = await streamTable(scoreTable, bytes, { rows: (rows) => { read.push(...rows.map(({ value }) => value)); }, faults: () => undefined });
    expect(whole).toEqual([]);
    expect(read).toEqual(expect.arrayContaining([expect.objectContaining({ creditCode: body.creditCode, item: '1', score: '38.5' })]));
  });

  it('a body that another place evaluates already is passed over, and cannot be begun', async () => {
    const body = await aBody(room, { jurisdiction: '880101', serves: [place] });
    await room.query('quality_control', `insert into evaluation_plan (id, jurisdiction, concerns, year, line, set_id, title, pack, pack_version, pack_hash, opened_at, opened_by) values ('plan-elsewhere', '880100', '{880100,880101}', 2025, 'occupational-health-service', 'x', 'x', 'x/x', 1, 'h', now(), 'x');
      insert into evaluation (id, plan_id, institution_id, jurisdiction, home, line, year, state, served, entries, missing, scorers) values ('sheet-elsewhere', 'plan-elsewhere', '${body.institutionId}', '880100', '880101', 'occupational-health-service', 2025, 'draft', true, '[]', 4, '{x}')`);
    expect((await confirm((await upload(linesOf(body))).body.importId)).body).toMatchObject({ entered: 0, unchanged: 0, passedOver: 1 });
    expect(await room.call(qualityControl.beginEvaluation, { as: scorer, params: { planId }, body: { institutionId: body.institutionId, served: true, entries: [] } })).toMatchObject({ status: 409, problem: { code: 'evaluation-elsewhere' } });
  });

  it('what its lines say in words can be named and erased, in lines that wait and in sheets; a refused line leaves no words', async () => {
    const [one, two] = [await aBody(room), await aBody(room)];
    const [entered, waiting, refused] = ['联系人诸葛珩琰未到场', 'OK', '欧阳骞翊'];
    const before = room.clock.now();
    await confirm((await upload(linesOf(one, (line) => (line.item === '1' ? { ...line, note: entered } : line)))).body.importId);
    const { body } = await upload(linesOf(two, (line) => (line.item === '1' ? { ...line, note: waiting } : line.item === '2' ? { ...line, score: refused } : line)));
    expect(body).toMatchObject({ good: 3, errors: [{ path: '评分表!H3' }] });
    const holding = async (text: string) => (await Promise.all(['score_import', 'score_row', 'evaluation', 'handled', 'kept_text', 'outbox', 'command_entry', 'certificate'].map(async (table) => ((await room.query('quality_control', `select 1 from ${table} t where strpos(t::text, '${text}') > 0 limit 1`)).length ? [table] : [])))).flat();
    expect(await holding(refused)).toEqual([]);
    expect(await holding(entered)).toEqual(['score_row', 'evaluation', 'kept_text']);
    const security = aPrincipal('security-admin', place);
    room.clock.set('2031-02-01T09:00:00+08:00');
    for (const text of [entered, waiting]) {
      const [kept] = await room.query<{ commitment: string }>('quality_control', `select commitment from kept_text where body = '${text}'`);
      expect(await room.call(operations.eraseKeptTexts, { as: security, params: { room: 'quality-control' }, body: { commitments: [kept?.commitment ?? ''], request: '示例〔2031〕1号' } })).toMatchObject({ status: 201, body: { erased: 1 } });
    }
    room.clock.set(before);
    expect(await holding(entered)).toEqual([]);
    expect((await sheetOf(one)).entries[0]).toMatchObject({ item: 'system', note: '（已依法删除）' });
    expect((await room.call(qualityControl.listScoreRows, { as: scorer, params: { importId: body.importId }, query: {} })).body.items[0]).toMatchObject({ note: '（已依法删除）' });
  });

  it('is of no concern to another place', async () => {
    const { body } = await upload(linesOf(await aBody(room)));
    expect((await upload([], stranger)).status).toBe(404);
    expect((await room.call(qualityControl.getScoreImport, { as: stranger, params: { importId: body.importId } })).status).toBe(404);
    expect((await confirm(body.importId, stranger)).status).toBe(404);
    expect((await confirm(newId())).status).toBe(404);
  });
});
