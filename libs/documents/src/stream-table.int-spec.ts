import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import exceljs from 'exceljs';
import { streamTable, writeTable, type DocumentFault, type RowLimits, type TableLayout, type TableRow } from './index.js';

const layout: TableLayout = { title: '评分', sheet: '评分', columns: [{ key: 'code', title: '代码', required: true, parse: 'code' }, { key: 'score', title: '得分', parse: 'code' }, { key: 'note', title: '说明', parse: 'text', optional: true }] };

interface Streamed { rows: TableRow[]; faults: DocumentFault[]; whole: DocumentFault[] }
async function streamed(bytes: Uint8Array, limits: Partial<RowLimits> = {}): Promise<Streamed> {
  const got: Streamed = { rows: [], faults: [], whole: [] };
  got.whole = await streamTable(layout, bytes, { rows: (rows) => { got.rows.push(...rows); }, faults: (faults) => { got.faults.push(...faults); } }, limits);
  return got;
}
/** A workbook as an officer makes it. */
async function workbook(fill: (sheet: exceljs.Worksheet, book: exceljs.Workbook) => void, name = '评分'): Promise<Uint8Array> {
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet(name);
  sheet.addRow(['代码', '得分', '说明']);
  fill(sheet, book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

describe('a large table', () => {
  it('is read line by line, and gives what a small one gives', async () => {
    const rows = Array.from({ length: 2_345 }, (_, at) => ({ code: `A${at}`, score: '9.5', note: at % 3 ? null : `第${at}行 <&>` }));
    const got = await streamed(await writeTable(layout, rows));
    expect(got.faults).toEqual([]);
    expect(got.rows.map(({ value }) => value)).toEqual(rows.map(({ code, score, note }) => ({ code, score, note })));
    expect(got.rows.at(-1)?.row).toBe(2_346);
  });

  it('gives numbers as people see them, and a formula, a day, a yes-no and an error value as what they are', async () => {
    const got = await streamed(await workbook((sheet) => {
      sheet.addRow(['A1', 9.7]);
      sheet.addRow(['A2', { formula: '1+1', result: 2 }]);
      sheet.addRow(['A3', new Date(Date.UTC(2026, 0, 5))]);
      sheet.addRow(['A4', true]);
      sheet.addRow(['A5', { error: '#N/A' }]);
      sheet.addRow(['A6', { richText: [{ text: '8' }, { text: '.5' }] }]);
    }));
    expect(got.rows.map(({ value }) => value['score'])).toEqual(['9.7', '8.5']);
    expect(got.faults.map(({ path, message }) => `${path} ${message}`)).toEqual([
      '评分!B3 单元格是公式，请改为填写数值或文字', '评分!B4 单元格是日期，请把该列设为文本后重新填写', '评分!B5 单元格是逻辑值，请填写文字', '评分!B6 单元格是错误值',
    ]);
  });

  it('names merged cells: in the header the file as a whole, in a line that line', async () => {
    expect((await streamed(await workbook((sheet) => { sheet.mergeCells('B1:C1'); }))).whole).toMatchObject([{ path: '评分!B1', message: expect.stringContaining('表头有合并的单元格（B1:C1）') as unknown }]);
    const got = await streamed(await workbook((sheet) => { sheet.addRows([['A1', 1], ['A2', 2], ['A3', 3], ['A4', 4]]); sheet.mergeCells('B3:B4'); }));
    expect(got.rows.map(({ value }) => value['code'])).toEqual(['A1', 'A4']);
    expect(got.faults.map(({ path }) => path)).toEqual(['评分!B3:B4', '评分!B3:B4']);
  });

  it('with a second sheet, another name or another header gives one clear sentence and counts for nothing', async () => {
    expect((await streamed(await workbook((sheet, book) => { sheet.addRow(['A1', 1]); book.addWorksheet('备用').addRow(['x']); }))).whole).toMatchObject([{ path: '文件', message: '第2张有内容的工作表多余，文件只应有“评分”' }]);
    expect((await streamed(await workbook(() => undefined, '别的'))).whole).toMatchObject([{ message: '缺少工作表“评分”' }]);
    expect((await streamed(await workbook((sheet) => { sheet.getCell('A1').value = '编号'; }))).whole).toMatchObject([{ path: '评分!A1', message: '不认识的列名' }, { message: '缺少列“代码”' }]);
  });

  it('of more lines or cells than it may have is refused', async () => {
    const bytes = await workbook((sheet) => { sheet.addRows([['A1', 1], ['A2', 2], ['A3', 3]]); });
    expect((await streamed(bytes, { rows: 3 })).whole).toEqual([{ path: '文件', message: '表格超过3行，请拆分后再上传' }]);
    expect((await streamed(bytes, { cells: 5 })).whole).toEqual([{ path: '文件', message: '表格超过5个单元格' }]);
    expect((await streamed(bytes, { milliseconds: 1 })).whole).toEqual([{ path: '文件', message: '文件读取超时，请拆分后再上传' }]);
  });

  it('that is no xlsx is refused in one sentence', async () => {
    expect((await streamed(new TextEncoder().encode('代码,得分\nA1,9\n'))).whole).toEqual([{ path: '文件', message: '只接受 xlsx，请用 Excel 或 WPS 另存为 xlsx' }]);
    expect((await streamed(bytesOf([{ name: 'xl/workbook.xml', data: '<workbook' }]))).whole).toEqual([{ path: '文件', message: '文件已损坏，无法作为表格读取' }]);
  });

  it('of 413 KB does not become a gigabyte', async () => {
    const sheet = parts('<row r="1"><c r="A1"><v>1</v></c></row>');
    const spaces = (declared?: number): Part => ({ name: 'xl/sharedStrings.xml', data: Buffer.alloc(16 * 1_048_576, ' '), ...(declared ? { declared } : {}) });
    const messages = await Promise.all([spaces(2 ** 30), spaces(), spaces(4_000)].map(async (part) => (await streamed(bytesOf([...sheet, part]))).whole[0]?.message));
    expect(messages).toEqual(['文件解压后超过200 MB', '文件压缩比超过100倍，疑似压缩炸弹', '文件解压后大于其声明的大小，疑似压缩炸弹']);
  }, 30_000);

  it('with entities, or lines out of order, is no table', async () => {
    expect((await streamed(bytesOf(parts('<row r="1"><c r="A1"><v>1</v></c></row>', '<!DOCTYPE a [<!ENTITY b "c">]>')))).whole).toMatchObject([{ message: '文件含有不允许的 XML 声明' }]);
    expect((await streamed(bytesOf(parts('<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>')))).whole).toMatchObject([{ message: '文件已损坏，无法作为表格读取' }]);
  });
});

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const parts = (rows: string, prolog = ''): Part[] => [
  { name: 'xl/workbook.xml', data: `<workbook xmlns="${main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="评分" sheetId="1" r:id="rId1"/></sheets></workbook>` },
  { name: 'xl/_rels/workbook.xml.rels', data: '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>' },
  { name: 'xl/worksheets/sheet1.xml', data: `${prolog}<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>` },
];
interface Part { name: string; data: string | Buffer; declared?: number }
/** A zip made by hand, so that its directory may lie. */
function bytesOf(files: Part[]): Uint8Array {
  const [local, directory]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const { name, data, declared } of files) {
    const [plain, label] = [Buffer.from(data), Buffer.from(name)];
    const packed = deflateRawSync(plain);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0); header.writeUInt16LE(8, 8); header.writeUInt32LE(packed.length, 18); header.writeUInt32LE(declared ?? plain.length, 22); header.writeUInt16LE(label.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0); header.copy(entry, 6, 4, 30); entry.writeUInt32LE(offset, 42);
    local.push(header, label, packed);
    directory.push(entry, label);
    offset += 30 + label.length + packed.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0); end.writeUInt16LE(files.length, 8); end.writeUInt16LE(files.length, 10); end.writeUInt32LE(listing.length, 12); end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, listing, end]);
}
