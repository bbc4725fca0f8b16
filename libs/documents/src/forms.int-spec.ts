import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import exceljs from 'exceljs';
import fc from 'fast-check';
import { leavesOf, printedText, readForm, writeForm, type Cell, type FormLayout } from './index.js';

const form = (file: string): FormLayout => JSON.parse(readFileSync(new URL(`../../policy/packs/hangzhou/exam-campaign-2023/1/forms/${file}.json`, import.meta.url), 'utf8')) as FormLayout;
const [first, second] = [form('hz-f1'), form('hz-f2')];
const head = { 填报单位: '示例区卫生健康行政执法队', 填表人: '监督岗', 联系电话: '0000-00000000' };
const row = (...cells: Cell[]): Cell[] => [...cells, ...new Array<Cell>(13).fill(null)].slice(0, 13);

async function open(bytes: Uint8Array) {
  const book = new exceljs.Workbook();
  await book.xlsx.load(bytes.slice().buffer);
  const sheet = book.worksheets[0];
  if (!sheet) throw new Error('no sheet');
  return { book, sheet };
}

async function altered(layout: FormLayout, rows: Cell[][], change: (sheet: exceljs.Worksheet, book: exceljs.Workbook) => void): Promise<Uint8Array> {
  const { book, sheet } = await open(await writeForm(layout, { head, rows }));
  change(sheet, book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

describe('the forms as printed', () => {
  it('prints Form 2 with two lines of headers, groups merged over their columns', async () => {
    const { sheet } = await open(await writeForm(second, { head, rows: [row(1, '示例医院')] }));
    expect(sheet.name).toBe('附表2');
    expect(sheet.model.merges).toEqual(expect.arrayContaining(['A1:M1', 'A2:M2', 'A4:A5', 'B4:B5', 'C4:K4', 'L4:M4', 'A7:M7']));
    expect(sheet.getCell('A2').value).toBe('职业健康检查执业行为专项治理情况登记表');
    expect(sheet.getCell('C4').value).toBe('不合格情况');
    expect(sheet.getCell('M5').value).toBe('罚款（万元）');
    expect(sheet.getCell('A7').value).toBe('备注：职业健康检查机构包括本辖区备案机构以及通过延伸检查处罚的本辖区以外备案的机构。');
    expect(leavesOf(second)).toHaveLength(13);
  });

  it('prints Form 1 with its eight columns, the line 填报单位/填表人/联系电话 above and 说明 below', async () => {
    const { sheet } = await open(await writeForm(first, { head, rows: [] }));
    const line = (n: number): unknown[] => (sheet.getRow(n).values as unknown[]).slice(1);
    expect(new Set(line(3))).toEqual(new Set(['填报单位：示例区卫生健康行政执法队', '填表人：监督岗', '联系电话：0000-00000000']));
    expect(line(4)).toEqual(['序号', '职业健康检查机构名称', '地址', '检查类别', '外出体检（是/否）', '职业健康检查家数', '职业健康检查人数', '自查发现问题']);
    expect(sheet.getCell('A10').value).toBe('说明：1、本表2023年4月20日前报送市执法队。');
    expect(sheet.getCell('A11').value).toBe('2、检查家数和人数按照2022年以来（截至2023年3月30日）的全部业务量上报。');
  });

  it('prints on A4 across, one page wide, the headers on every page', async () => {
    const { sheet } = await open(await writeForm(second, { head, rows: [row(1, '示例医院')] }));
    expect(sheet.pageSetup).toMatchObject({ paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: '4:5', printArea: 'A1:M7' });
    expect(sheet.getCell('A2').font.name).toBe('黑体');
    expect(sheet.getCell('B6').font.name).toBe('仿宋');
    expect(sheet.getCell('M6').border.bottom?.style).toBe('thin');
  });
});

describe('a form read back', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 20 }),
    fc.tuple(fc.constantFrom('=', '+', '-', '@', '\t', '＝', '＋', '－', '＠', '=cmd|', '𠮷', '㐂', '\u{30EDE}', '_x0041_', '\u0000', '\uFFFE', '第一行\n第二行', '<&">'), fc.string({ maxLength: 20 })).map((parts) => parts.join('')),
    fc.constant('长'.repeat(5_000)),
  );
  const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(10 ** 12).map((fen) => fen / 1_000_000));
  const cell = fc.oneof(text, number, fc.constant(null));
  /** What is nothing to the eye is nothing; line ends are \n. */
  const seen = (it: Cell): Cell => (typeof it !== 'string' ? it : printedText(it).trim() === '' ? null : printedText(it));

  it('equals what was written, whatever the texts begin with or hold', async () => {
    const content = fc.record({
      head: fc.record({ 填报单位: text, 填表人: text, 联系电话: text }),
      rows: fc.array(fc.array(cell, { minLength: 13, maxLength: 13 }), { minLength: 1, maxLength: 8 }).map((rows) => rows.map((it, i) => [i + 1, ...it.slice(1)])),
    });
    await fc.assert(fc.asyncProperty(content, async (it) => {
      const result = await readForm(second, await writeForm(second, it));
      const expected = { ok: true, head: Object.fromEntries(Object.entries(it.head).map(([label, value]) => [label, printedText(value)])), rows: it.rows.map((cells) => cells.map(seen)) };
      expect(result).toEqual({ ...expected, rows: expected.rows.map((cells) => cells.map((value) => (Object.is(value, -0) ? 0 : value))) });
    }), { numRuns: 15 });
  }, 120_000);

  it('never becomes a formula', async () => {
    const starts = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠', ' =', "'="];
    const payloads = starts.flatMap((start) => ['1+1', 'HYPERLINK("http://example.com")', "cmd|'/C calc'!A0", 'SUM(A1:A9)'].map((rest) => start + rest));
    const { sheet } = await open(await writeForm(second, { head: { 填报单位: '=1+1' }, rows: payloads.map((it, i) => row(i + 1, it)) }));
    sheet.eachRow((line) => { line.eachCell((it) => { expect(it.type).not.toBe(exceljs.ValueType.Formula); }); });
  });

  it('has no rows when only the empty lines were printed', async () => {
    expect(await readForm(first, await writeForm(first, { head, rows: [] }))).toEqual({ ok: true, head, rows: [] });
  });

  it('refuses to write a row of another length, a strange head label and a number that is none', async () => {
    await expect(writeForm(first, { head, rows: [[1, '示例']] })).rejects.toThrow('第1行有2格');
    await expect(writeForm(first, { head: { 盖章: '无' }, rows: [] })).rejects.toThrow('表头没有“盖章”');
    await expect(writeForm(second, { head, rows: [row(NaN)] })).rejects.toThrow('不是数');
    await expect(writeForm(second, { head, rows: [row('长'.repeat(40_000))] })).rejects.toThrow('超过32767个字符');
  });
});

describe('a form that is not as printed', () => {
  const rows = [row(1, '示例医院')];
  const faults: [string, (sheet: exceljs.Worksheet, book: exceljs.Workbook) => void, string, string][] = [
    ['another annex number', (sheet) => { sheet.getCell('A1').value = '附表3'; }, '附表2!A1', '应为“附表2”，实为“附表3”'],
    ['another title', (sheet) => { sheet.getCell('A2').value = '登记表'; }, '附表2!A2', '应为“职业健康检查执业行为专项治理情况登记表”'],
    ['a wrong header in a group', (sheet) => { sheet.getCell('D5').value = '主检医生不符合要求'; }, '附表2!D5', '应为“主检医师不符合要求”，实为“主检医生不符合要求”'],
    ['a missing header', (sheet) => { sheet.getCell('L4').value = null; }, '附表2!L4', '应为“行政处罚情况”，实为“”'],
    ['a column too many', (sheet) => { sheet.getCell('N5').value = '没收'; }, '附表2!N5', '此处不应有内容'],
    ['a missing head label', (sheet) => { sheet.getCell('A3').value = '单位：示例区'; }, '附表2!A3', '应以“填报单位：”开头'],
    ['a changed note', (sheet) => { sheet.getCell('A7').value = '备注：无'; }, '附表2!A7', '应为“备注：职业健康检查机构包括'],
    ['a line below the note', (sheet) => { sheet.getCell('B9').value = '另一家'; }, '附表2!A9', '应为“备注'],
    ['a formula among the entries', (sheet) => { sheet.getCell('M6').value = { formula: '1+1', result: 2 }; }, '附表2!M6', '单元格是公式'],
    ['a date among the entries', (sheet) => { sheet.getCell('C6').value = new Date(Date.UTC(2023, 3, 1)); sheet.getCell('C6').numFmt = 'yyyy-mm-dd'; }, '附表2!C6', '日期请以文字填写'],
    ['a truth value among the entries', (sheet) => { sheet.getCell('C6').value = true; }, '附表2!C6', '实为逻辑值'],
    ['an entry right of the table', (sheet) => { sheet.getCell('P6').value = '漏看'; }, '附表2!P6', '此处不应有内容'],
    ['another sheet with content', (_sheet, book) => { book.addWorksheet('草稿').getCell('B2').value = 1; }, '文件', '第2张有内容的工作表多余，文件只应有“附表2”'],
    ['a renamed sheet', (sheet) => { sheet.name = 'Sheet1'; }, '文件', '缺少工作表“附表2”'],
  ];
  it.each(faults)('is told at its cell: %s', async (_case, change, path, message) => {
    const result = await readForm(second, await altered(second, rows, change));
    expect(result.ok).toBe(false);
    expect(result).toMatchObject({ errors: expect.arrayContaining([{ path, message: expect.stringContaining(message) }]) });
  });

  it('is read when only line breaks and spaces differ from the print', async () => {
    const bytes = await altered(second, rows, (sheet) => { sheet.getCell('M5').value = '罚款\n（万元）'; });
    expect(await readForm(second, bytes)).toEqual({ ok: true, head, rows });
  });
});
