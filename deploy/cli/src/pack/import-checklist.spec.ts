import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { builtInPacks } from '@zhijian/policy';
import exceljs from 'exceljs';
import { ask, emptyFolder } from '../asked.fixture.js';

jest.setTimeout(60_000); // each file is read in a process of its own

const hangzhou = 'hangzhou/exam-campaign-2023';
type Rows = (string | number | null)[][];

async function workbook(sheets: Record<string, Rows>, name = 'check.xlsx'): Promise<string> {
  const book = new exceljs.Workbook();
  for (const [title, rows] of Object.entries(sheets)) book.addWorksheet(title).addRows(rows);
  const file = join(emptyFolder(), name);
  await book.xlsx.writeFile(file);
  return file;
}
const importing = async (sheets: Record<string, Rows>, ...more: string[]) => ask(['pack', 'import-checklist', await workbook(sheets), '--json', ...more]);
const head = ['编号', '类别', '检查内容', '性质', '条款'];
const good: Rows = [['职业健康检查自查表'], head, [1, '备案', '备案管理情况', '违法违规', 'HZ-2023-02'], [2, null, '外出体检备案情况', '问题和差距', 'HZ-2023-02、HZ-2023-03'], ['A3', '人员', '主检医师情况', null, 'HZ-2023-02']];

describe('pack import-checklist', () => {
  it("reads an officer's list: title above, merged categories, numbers as ids", async () => {
    const { code, json } = await importing({ 自查表: good }, '--id', 'self-check', '--used-by', 'site-check', '--pack', hangzhou);
    expect({ code, checklist: json.checklist }).toEqual({ code: 0, checklist: {
      id: 'self-check', title: '职业健康检查自查表', usedBy: ['site-check'], groups: { 'group-1': '备案', 'group-2': '人员' },
      items: [
        { id: 'item-1', group: 'group-1', class: 'violation', text: '备案管理情况', clauses: ['HZ-2023-02'] },
        { id: 'item-2', group: 'group-1', class: 'gap', text: '外出体检备案情况', clauses: ['HZ-2023-02', 'HZ-2023-03'] },
        { id: 'A3', group: 'group-2', text: '主检医师情况', clauses: ['HZ-2023-02'] },
      ],
    } });
  });

  it('reads two plain columns with one clause for all, and what it writes is a checklist of a pack', async () => {
    const file = await workbook({ Sheet1: [['序号', '自查项目'], [1, '职业健康检查机构备案管理情况'], [2, '职业健康检查服务档案管理情况']] });
    const folder = join(emptyFolder(), 'pack');
    cpSync(join(builtInPacks, hangzhou, '1'), folder, { recursive: true });
    rmSync(join(folder, 'checklists'), { recursive: true });
    mkdirSync(join(folder, 'checklists'));
    const out = join(folder, 'checklists/self-check.yaml');
    const asked = ['pack', 'import-checklist', file, '--id', 'self-check', '--used-by', 'self-check-report', '--clause', 'HZ-2023-02', '--title', '自查', '--out', out];
    expect((await ask(asked)).out).toContain('2 项已写入');
    expect((await ask(asked)).err).toContain('不覆盖');
    expect(readFileSync(out, 'utf8')).toContain('text: 职业健康检查机构备案管理情况');
    const { json } = await ask(`pack check ${folder} --json`);
    expect(json.findings.filter(({ kind }) => ['schema', 'quote-missing'].includes(kind))).toEqual([]);
  });

  it('takes 检查项目 as the category where 检查内容 stands beside it, and a column left for the spot', async () => {
    const { json } = await importing({ 表: [['序号', '检查项目', '检查内容', '条款', '检查结果'], [1, '备案', '备案情况', 'HZ-2023-02'], [2, null, '外出体检', 'HZ-2023-02']] });
    expect(json.checklist).toMatchObject({ groups: { 'group-1': '备案' }, items: [{ group: 'group-1', text: '备案情况' }, { group: 'group-1', text: '外出体检' }] });
  });

  it('reads an XLSForm: groups, labels, the title of its settings', async () => {
    const { code, json } = await importing({
      survey: [['type', 'name', 'label', 'required', 'clauses'], ['begin group', 'filing', '备案', null, null], ['select_one ok', 'filed', '备案管理情况', 'yes', 'HZ-2023-02'], ['end group', null, null, null, null], ['text', 'other', '其他情况', null, 'HZ-2023-02']],
      choices: [['list_name', 'name', 'label'], ['ok', 'yes', '合格']], settings: [['form_title', 'form_id'], ['现场检查表', 'visit']],
    });
    expect(code).toBe(0);
    expect(json.checklist).toMatchObject({ title: '现场检查表', groups: { filing: '备案' }, items: [{ id: 'filed', group: 'filing', text: '备案管理情况' }, { id: 'other', text: '其他情况' }] });
    expect(json.checklist!.items[1]).not.toHaveProperty('group');
  });

  it.each<[string, Rows, string, string]>([
    ['a clause under 检查内容', [head, [1, '备案', 'HZ-2023-02', null, 'HZ-2023-02']], '表!C2', '应填在“条款”一栏'],
    ['words under 条款', [head, [1, '备案', '备案情况', null, '应当备案']], '表!E2', '条款编号应形如'],
    ['a class under 类别', [head, [1, '违法违规', '备案情况', null, 'HZ-2023-02']], '表!B2', '应填在“性质”一栏'],
    ['words under 性质', [head, [1, '备案', '备案情况', '严重', 'HZ-2023-02']], '表!D2', '应为“违法违规”'],
    ['words under 编号', [head, ['备案情况', '备案', '备案', null, 'HZ-2023-02']], '表!A2', '应为数字'],
    ['a number under 检查内容', [head, [1, '备案', 12, null, 'HZ-2023-02']], '表!C2', '应填在“编号”一栏'],
    ['a value outside every column', [head, [1, '备案', '备案情况', null, 'HZ-2023-02', '备注']], '表!F2', '该列没有列名'],
    ['an item without words', [head, [1, '备案', null, null, 'HZ-2023-02']], '表!C2', '未填写“检查内容”'],
    ['an item without a clause', [head, [1, '备案', '备案情况', null, null]], '表!E2', '未填写“条款”'],
    ['an unknown column', [['编号', '检查内容', '条款', '得分'], [1, '备案情况', 'HZ-2023-02', 5]], '表!D1', '不认识的列名“得分”'],
    ['a condition of XLSForm', [['type', 'name', 'label', 'relevant', 'clauses'], ['text', 'a', '备案情况', '${b} = 1', 'HZ-2023-02']], '表!D2', '没有这种用法'],
    ['a type that is no item', [['type', 'name', 'label', 'clauses'], ['calculate', 'a', '备案情况', 'HZ-2023-02']], '表!A2', '不能用于检查清单'],
    ['a group never closed', [['type', 'name', 'label', 'clauses'], ['begin group', 'g', '备案', null], ['text', 'a', '备案情况', 'HZ-2023-02']], '表!A3', '没有 end group'],
    ['the same words twice', [head, [1, '备案', '备案情况', null, 'HZ-2023-02'], [2, null, '备案情况', null, 'HZ-2023-02']], '表!C3', '与 表!C2 重复'],
    ['a column that is missing, and what is wrong beside it', [['编号', '检查内容'], [1, 'HZ-2023-02']], '表!B2', '应填在“条款”一栏'],
    ['what belongs on the spot', [['编号', '检查内容', '条款', '检查结果'], [1, '备案情况', 'HZ-2023-02', '合格']], '表!D2', '留待现场填写'],
  ])('names the cell of %s', async (_what, rows, path, message) => {
    const { code, json } = await importing({ 表: rows });
    expect({ code, checklist: json.checklist }).toEqual({ code: 1, checklist: null });
    expect(json.errors).toContainEqual({ path, message: expect.stringContaining(message) });
  });

  it('refuses a second sheet, a clause the pack does not have, a formula, and what is no table', async () => {
    expect((await importing({ 表: good.slice(1), 备注: [['另见附件']] })).json.errors).toEqual([{ path: '备注!A1', message: expect.stringContaining('多出工作表') }]);
    expect((await importing({ 表: good.slice(1, 3) }, '--pack', hangzhou)).code).toBe(0);
    expect((await importing({ 表: [head, [1, '备案', '备案情况', null, 'HZ-2023-77']] }, '--pack', hangzhou)).json.errors[0]!.message).toContain('没有条款 HZ-2023-77');
    expect((await importing({ 表: [head, [1, '备案', { formula: 'A1', result: '备案' } as never, null, 'HZ-2023-02']] })).json.errors).toContainEqual({ path: '表!C2', message: '单元格是公式，请改为填写文字' });
    const page = join(emptyFolder(), 'check.xlsx');
    writeFileSync(page, '<html>');
    expect(await ask(['pack', 'import-checklist', page])).toMatchObject({ code: 1, out: expect.stringContaining('文件类型不对') });
  });

  it.each([['--id', '自查'], ['--clause', '第三条'], ['--used-by', 'lunch']])('a wrong %s is a wrong question', async (name, value) => {
    expect((await ask(['pack', 'import-checklist', 'x.xlsx', name, value])).code).toBe(2);
  });
});
