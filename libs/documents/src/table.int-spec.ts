import { describe, expect, it } from '@jest/globals';
import { write, utils } from '@e965/xlsx';
import exceljs from 'exceljs';
import { creditCodeOf } from '@zhijian/policy';
import { readTable, registerTable, writeTable, type TableLayout } from './index.js';

const code = (n: number): string => creditCodeOf(`1233010600000${String(n).padStart(4, '0')}`);
const good = {
  creditCode: code(1), name: '示例第一医院', kind: 'health-examination', jurisdiction: '330106', address: '示例路1号', contactPost: '体检中心主任岗',
  filingNumber: '示例备〔2022〕1号', filedOn: '2022-03-04', categories: ['接触粉尘类', '接触物理因素类'], items: ['胸片', '听力'], outreach: true, invented: true,
};
const second = { ...good, creditCode: code(2), name: '𠮷田医院（示例）', kind: 'hospital', filedOn: null, filingNumber: null, contactPost: null, categories: [], items: [], outreach: false, invented: null };

/** The register with one cell changed. */
async function spoiled(address: string, value: exceljs.CellValue, numFmt?: string): Promise<Uint8Array> {
  const book = new exceljs.Workbook();
  await book.xlsx.load((await writeTable(registerTable, [good, second])).slice().buffer);
  const cell = book.getWorksheet('名单')?.getCell(address);
  if (!cell) throw new Error('no sheet');
  if (numFmt) cell.numFmt = numFmt;
  cell.value = value;
  return new Uint8Array(await book.xlsx.writeBuffer());
}

const titles = registerTable.columns.map(({ title }) => title);
const line = [code(3), '示例三院', '职业健康检查机构', '330106', '示例路3号', '', '', '2023年4月12日', '接触粉尘类，其他类', '', '是', ''];
const csv = (lines: string[][]): string => lines.map((cells) => cells.map((cell) => (/[",\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')).join('\r\n');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the register of institutions', () => {
  it('comes back as it was written', async () => {
    expect(await readTable(registerTable, await writeTable(registerTable, [good, second]))).toEqual({ rows: [{ row: 2, value: good }, { row: 3, value: second }], errors: [] });
  });

  it('has a template without entries', async () => {
    expect(await readTable(registerTable, await writeTable(registerTable, []))).toEqual({ rows: [], errors: [] });
  });

  it('refuses to write a key it lacks', async () => {
    await expect(writeTable(registerTable, [{ phone: '1' }])).rejects.toThrow('没有“phone”一栏');
  });

  it('may have its columns in another order', async () => {
    const order = [10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11];
    const { rows, errors } = await readTable(registerTable, utf8(csv([titles, line].map((cells) => order.map((i) => cells[i] ?? '')))));
    expect(errors).toEqual([]);
    expect(rows[0]?.value).toMatchObject({ creditCode: code(3), outreach: true, filedOn: '2023-04-12', categories: ['接触粉尘类', '其他类'], items: [] });
  });

  it('passes over blank lines and counts lines as the officer sees them', async () => {
    const { rows, errors } = await readTable(registerTable, utf8(csv([titles, [], line, ['', ' ', '　'], []])));
    expect({ errors, lines: rows.map(({ row }) => row) }).toEqual({ errors: [], lines: [3] });
  });
});

describe('a bad cell is told with its address and reason', () => {
  const bad: [string, string, exceljs.CellValue, string, string?][] = [
    ['no credit code', 'A2', null, '未填写“统一社会信用代码”'],
    ['a wrong check digit', 'A2', `${code(1).slice(0, 17)}${code(1).endsWith('0') ? '1' : '0'}`, '校验码不符'],
    ['a short credit code', 'A2', '12330106', '应为18位'],
    ['a credit code with the letter O', 'A2', `O${code(1).slice(1)}`, '不含 I、O、Z、S、V'],
    ['a credit code kept as a number', 'A2', 123301060000000000, '数字超过15位'],
    ['the same credit code twice', 'A3', code(1), '“统一社会信用代码”与名单!A2重复'],
    ['no name', 'B2', '　 ', '未填写“机构名称”'],
    ['a name too long', 'B2', '长'.repeat(201), '最多200字，实为201字'],
    ['a hidden character', 'B2', '示例\u202E医院', '不可见的控制字符'],
    ['no kind', 'C2', null, '未填写“机构类别”'],
    ['an unknown kind', 'C2', '体检机构', '“职业病诊断机构”'],
    ['a division of five digits', 'D2', 33010, '区划代码应为6位数字'],
    ['a formula', 'E2', { formula: 'A1&"路"', result: '示例路' }, '单元格是公式'],
    ['an error value', 'E2', { error: '#N/A' }, '单元格是错误值'],
    ['a truth value', 'E2', true, '单元格是逻辑值'],
    ['a date where a text belongs', 'G2', new Date(Date.UTC(2023, 3, 12)), '单元格是日期', 'yyyy-mm-dd'],
    ['a day that does not exist', 'H2', '2023-02-29', '日期“2023-02-29”不存在'],
    ['a date in words', 'H2', '去年三月', '日期应填写为'],
    ['a month without day', 'H2', '2023.4', '日期应填写为'],
    ['a number that is not shown as a date', 'H2', 45000, '日期应填写为', '0'],
    ['a date with a time', 'H2', new Date(Date.UTC(2023, 3, 12, 9, 30)), '日期不应带有时间', 'yyyy-mm-dd hh:mm'],
    ['an empty entry of a list', 'I2', '接触粉尘类、、其他类', '分隔符之间有空项'],
    ['an entry twice', 'I2', '接触粉尘类、接触粉尘类', '第2项与第1项重复'],
    ['neither 是 nor 否', 'K2', '有', '应填“是”或“否”'],
    ['no answer on outreach', 'K2', null, '未填写“外出服务（是/否）”'],
    ['something beside the table', 'N2', '备用电话', '该列没有列名'],
  ];
  it.each(bad.map(([situation, address, value, message, numFmt = '']) => ({ situation, address, value, message, numFmt })))('$situation', async ({ address, value, message, numFmt }) => {
    const { rows, errors } = await readTable(registerTable, await spoiled(address, value, numFmt));
    expect(errors).toEqual([{ path: `名单!${address}`, message: expect.stringContaining(message) }]);
    expect(rows.map(({ row }) => row)).toEqual([address.endsWith('3') ? 2 : 3]);
  });
});

describe('words in a bad cell', () => {
  const name = '欧阳骞翊';
  it.each(['A2', 'C2', 'D2', 'H2', 'K2', 'L2', 'A1', 'B1', 'M1', 'N2'])('are not said back, whatever column they stand in: %s', async (address) => {
    const { errors } = await readTable(registerTable, await spoiled(address, name));
    expect(errors.length).toBeGreaterThan(0);
    expect(JSON.stringify(errors)).not.toContain(name);
  });

  it('nor are those of a list, the name of a sheet or of a sheet too many, or a number of a person; figures are', async () => {
    const told = await Promise.all([spoiled('I2', `${name}、${name}`), writeTable({ ...registerTable, sheet: name }, [good]), spoiled('H2', '13812345678'), spoiled('H2', '2023.4.31')].map(async (bytes) => (await readTable(registerTable, await bytes)).errors));
    expect(told.map(([fault]) => fault?.message)).toEqual(['第2项与第1项重复', '缺少工作表“名单”', '日期应填写为 2023-04-12、2023/4/12 或 2023年4月12日', '日期应填写为 2023-04-12、2023/4/12 或 2023年4月12日，实为“2023.4.31”']);
    const book = new exceljs.Workbook();
    await book.xlsx.load((await writeTable(registerTable, [good])).slice().buffer);
    book.addWorksheet(name).getCell('A1').value = 1;
    expect((await readTable(registerTable, new Uint8Array(await book.xlsx.writeBuffer()))).errors).toEqual([{ path: '文件', message: '第2张有内容的工作表多余，文件只应有“名单”' }]);
  });
});

describe('column names', () => {
  const names: [string, string, exceljs.CellValue, { path: string; message: string }[]][] = [
    ['a wrong name is unknown, and the right one missing', 'B1', '单位名', [{ path: '名单!B1', message: '不认识的列名' }, { path: '名单!M1', message: '缺少列“机构名称”' }]],
    ['a doubled name', 'F1', '地址', [{ path: '名单!F1', message: '列名“地址”重复，已见于名单!E1' }, { path: '名单!M1', message: '缺少列“联系岗位”' }]],
    ['a name too many', 'M1', '备注', [{ path: '名单!M1', message: '不认识的列名' }]],
  ];
  it.each(names)('%s: no row is read', async (_case, address, value, errors) => {
    expect(await readTable(registerTable, await spoiled(address, value))).toEqual({ rows: [], errors });
  });

  it('may differ in spaces, line breaks and the width of brackets', async () => {
    expect((await readTable(registerTable, await spoiled('K1', '外出服务\n(是/否)'))).errors).toEqual([]);
  });

  it.each([['G1', '备案编号'], ['G1', '资质证书编号'], ['H1', '发证日期'], ['I1', '业务范围'], ['J1', '诊断的病种'], ['K1', '外出体检（是/否）']])('may be what a kind of institution calls it: %s %s', async (address, name) => {
    expect(await readTable(registerTable, await spoiled(address, name))).toMatchObject({ errors: [], rows: [{ row: 2, value: good }, { row: 3 }] });
  });

  it('on another sheet are not looked for', async () => {
    const bytes = await writeTable({ ...registerTable, sheet: '台账' }, [good]);
    expect(await readTable(registerTable, bytes)).toEqual({ rows: [], errors: [{ path: '文件', message: '缺少工作表“名单”' }] });
  });
});

describe('what officers type', () => {
  const visits: TableLayout = { title: '台账', columns: [{ key: 'on', title: '日期', parse: 'date' }, { key: 'count', title: '人数', parse: 'integer', max: 9_999 }, { key: 'phone', title: '电话', parse: 'code' }] };
  const read = (cells: string[]) => readTable(visits, utf8(csv([['日期', '人数', '电话'], cells])));

  it.each(['2023-04-12', '2023/4/12', '2023年4月12日', '２０２３年４月１２日', ' 2023-4-12 '])('takes the day %s', async (text) => {
    expect((await read([text, '１２', ' 0571 0000 '])).rows).toEqual([{ row: 2, value: { on: '2023-04-12', count: 12, phone: '05710000' } }]);
  });

  it.each(['-1', '1.5', '1,000', '约十人', '1e3', '10000'])('refuses %s as a number of people', async (text) => {
    expect((await read(['', text, ''])).errors).toEqual([{ path: 'csv!B2', message: expect.stringMatching(/应为非负整数|不应大于9999/u) }]);
  });

  it('takes a real date of a sheet, counted from 1900 or 1904', async () => {
    for (const date1904 of [false, true]) {
      const book = new exceljs.Workbook();
      book.properties.date1904 = date1904;
      const sheet = book.addWorksheet('台账');
      sheet.addRow(['日期', '人数', '电话']);
      sheet.addRow([new Date(Date.UTC(2023, 3, 12)), 3, '1']).getCell(1).numFmt = 'yyyy"年"m"月"d"日"';
      expect(await readTable(visits, new Uint8Array(await book.xlsx.writeBuffer()))).toEqual({ rows: [{ row: 2, value: { on: '2023-04-12', count: 3, phone: '1' } }], errors: [] });
    }
  });

  it('has at most so many lines', async () => {
    const lines = Array.from({ length: 20_001 }, () => ['2023-04-12', '1', '']);
    expect(await readTable(visits, utf8(csv([['日期', '人数', '电话'], ...lines])))).toEqual({ rows: [], errors: [{ path: 'csv!A20002', message: '表格有20001行，最多20000行，请拆分' }] });
  });
});

describe('files of old', () => {
  const expected = { rows: [{ row: 2, value: expect.objectContaining({ name: '示例三院', filedOn: '2023-04-12' }) }], errors: [] };

  it('reads csv in UTF-8, with BOM, and in GB18030', async () => {
    const text = csv([titles, line]);
    expect(await readTable(registerTable, utf8(text))).toEqual(expected);
    expect(await readTable(registerTable, utf8(`\uFEFF${text}`))).toEqual(expected);
    const gb = Buffer.concat([...text].map((char) => gb18030.get(char) ?? Buffer.from(char, 'ascii')));
    expect(await readTable(registerTable, gb)).toEqual(expected);
  });

  it('reads csv with quotes, line breaks and our own sign before formula characters', async () => {
    const bytes = utf8(csv([titles, line.with(4, '示例路3号,"西"楼\n二层').with(1, "'=示例三院")]));
    expect((await readTable(registerTable, bytes)).rows[0]?.value).toMatchObject({ name: '=示例三院', address: '示例路3号,"西"楼\n二层' });
  });

  it('tells a formula and an open quote in csv', async () => {
    expect((await readTable(registerTable, utf8(csv([titles, line.with(4, '=1+1')])))).errors).toEqual([{ path: 'csv!E2', message: expect.stringContaining('公式') }]);
    expect((await readTable(registerTable, utf8(`${csv([titles])}\r\n"未完`))).errors).toEqual([{ path: '文件', message: 'csv 第2行的引号不成对' }]);
  });

  it('reads xls', async () => {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet([titles, line]), '名单');
    expect(await readTable(registerTable, new Uint8Array(write(book, { type: 'array', bookType: 'biff8' }) as ArrayBuffer))).toEqual(expected);
  });
});

/** Characters of the sample in GB18030, found by decoding: Node has no encoder. */
const gb18030 = new Map<string, Buffer>();
for (let high = 0x81; high <= 0xfe; high += 1) {
  for (let low = 0x40; low <= 0xfe; low += 1) {
    const bytes = Buffer.from([high, low]);
    const char = low === 0x7f ? '' : new TextDecoder('gb18030').decode(bytes);
    if ([...char].length === 1 && char !== '\uFFFD') gb18030.set(char, bytes);
  }
}
