import { deflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { CFB } from '@e965/xlsx';
import { readSafely, registerTable, writeTable, type ReadLimits } from './index.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const messageOf = async (file: Uint8Array, limits: Partial<ReadLimits> = {}): Promise<string> => {
  const result = await readSafely(file, limits);
  return result.ok ? '读出' : result.errors.map(({ path, message }) => `${path}：${message}`).join('');
};

interface Part { name: string; data: Uint8Array; flags?: number; declared?: number }

/** A zip made by hand, so that its directory may lie. */
function zip(parts: Part[]): Uint8Array {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, flags = 0, declared = data.length } of parts) {
    const [packed, label] = [deflateRawSync(data), Buffer.from(name)];
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0); header.writeUInt16LE(flags, 6); header.writeUInt16LE(8, 8);
    header.writeUInt32LE(packed.length, 18); header.writeUInt32LE(declared, 22); header.writeUInt16LE(label.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0); header.copy(entry, 6, 4, 30); entry.writeUInt32LE(offset, 42);
    local.push(header, label, packed);
    directory.push(entry, label);
    offset += 30 + label.length + packed.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0); end.writeUInt16LE(parts.length, 8); end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listing.length, 12); end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, listing, end]);
}

const rels = (type: string, target: string): Uint8Array => bytes(`<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/></Relationships>`);
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** The least workbook, with this as the inside of its only sheet. */
const workbook = (sheetData: string, more: Part[] = []): Part[] => [
  { name: '[Content_Types].xml', data: bytes('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>') },
  { name: '_rels/.rels', data: rels('officeDocument', 'xl/workbook.xml') },
  { name: 'xl/_rels/workbook.xml.rels', data: rels('worksheet', 'worksheets/sheet1.xml') },
  { name: 'xl/workbook.xml', data: bytes(`<?xml version="1.0"?><workbook xmlns="${main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>`) },
  { name: 'xl/worksheets/sheet1.xml', data: bytes(`<?xml version="1.0"?><worksheet xmlns="${main}"><sheetData>${sheetData}</sheetData></worksheet>`) },
  ...more,
];
const cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>示例</t></is></c></row>';
interface CompoundFile { utils: { cfb_new(): object; cfb_add(file: object, name: string, data: Buffer): void }; write(file: object, options: { type: 'buffer' }): Buffer }
const compound = (name: string): Uint8Array => {
  const container = CFB as CompoundFile;
  const file = container.utils.cfb_new();
  container.utils.cfb_add(file, name, Buffer.alloc(5_000, 0xab));
  return container.write(file, { type: 'buffer' });
};

describe('a file from outside', () => {
  let honest: Uint8Array;
  beforeAll(async () => { honest = await writeTable(registerTable, []); });

  it('is read when it is what it says', async () => {
    expect(await readSafely(zip(workbook(cell)))).toEqual({ ok: true, sheets: [{ name: '名单', cells: [{ row: 0, column: 0, kind: 'text', value: '示例' }] }] });
  });

  const refused: [string, () => Uint8Array, string][] = [
    ['nothing at all', () => new Uint8Array(), '文件：文件是空的（0字节）'],
    ['more than 10 MB', () => new Uint8Array(10 * 1_048_576 + 1).fill(65), '文件：文件超过10 MB'],
    ['a PDF', () => bytes('%PDF-1.7\n1 0 obj'), '文件：文件类型不对，只接受 xlsx、xls、csv'],
    ['a picture', () => new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), '文件类型不对'],
    ['a page saved as xls', () => bytes('<html><table><tr><td>1</td></tr></table></html>'), '文件类型不对'],
    ['a zip that is no workbook', () => zip([{ name: 'readme.txt', data: bytes('hello') }]), '文件不是 Excel 表格（xlsx）'],
    ['half a workbook', () => honest.subarray(0, honest.length / 2), '文件已损坏'],
    ['a workbook with macros', () => zip(workbook(cell, [{ name: 'xl/vbaProject.bin', data: bytes('x') }])), '文件含有宏'],
    ['an old workbook with macros', () => compound('/_VBA_PROJECT_CUR/x'), '文件含有宏'],
    ['a workbook behind a password', () => compound('/EncryptedPackage'), '文件已加密'],
    ['a Word document', () => compound('/WordDocument'), '文件不是 Excel 表格（xls）'],
    ['an old workbook of nonsense', () => compound('/Workbook'), '文件已损坏'],
    ['an encrypted part', () => zip(workbook(cell, [{ name: 'xl/a.xml', data: bytes('x'), flags: 1 }])), '文件已加密'],
    ['201 parts', () => zip(workbook(cell, Array.from({ length: 196 }, (_, i) => ({ name: `xl/${i}.xml`, data: bytes('x') })))), '文件内部有201个部分，最多200个'],
    ['one part twice', () => zip(workbook(cell, [{ name: 'xl/workbook.xml', data: bytes('x') }])), '文件已损坏'],
    ['a bomb of 30 MB', () => zip(workbook(cell, [{ name: 'xl/a.xml', data: new Uint8Array(30 * 1_048_576) }])), '疑似压缩炸弹'],
    ['a directory that names 300 MB', () => zip(workbook(cell, [{ name: 'xl/a.xml', data: bytes('x'), declared: 300 * 1_048_576 }])), '文件解压后超过200 MB'],
    ['a bomb whose directory lies', () => zip(workbook(cell, [{ name: 'xl/a.xml', data: new Uint8Array(30 * 1_048_576), declared: 100 }])), '文件解压后大于其声明的大小'],
    ['entities', () => zip(workbook(cell, [{ name: 'xl/a.xml', data: bytes('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>') }])), '不允许的 XML 声明'],
    ['a formula the parser does not show', () => zip(workbook('<row r="1"><c r="A1"><f t="shared" si="7"/><v>5</v></c></row>')), '无法辨认的公式'],
    ['neither UTF-8 nor GB18030', () => new Uint8Array([0x61, 0xff, 0xff, 0x2c, 0x62]), 'csv 的文字编码无法识别'],
  ];
  it.each(refused)('is refused: %s', async (_case, file, message) => {
    expect(await messageOf(file())).toContain(message);
  });

  it('is refused with more cells than can be a ledger', async () => {
    expect(await messageOf(zip(workbook('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>')), { cells: 1 })).toContain('超过1个单元格');
  });

  it('only ends its own process when it takes too long', async () => {
    expect(await messageOf(honest, { milliseconds: 1 })).toContain('文件读取超时');
  });

  it('only ends its own process when it takes too much memory', async () => {
    const noise = Array.from({ length: 300_000 }, (_, i) => `<row r="${i + 1}"><c r="A${i + 1}" t="inlineStr"><is><t>${(i * 7_919) % 104_729}甲${i}</t></is></c></row>`).join('');
    expect(await messageOf(zip(workbook(noise)), { heapMegabytes: 24 })).toContain('内存不足');
  }, 60_000);

  it('cannot reach the prototype of an object', async () => {
    await readSafely(zip(workbook(cell).map((part) => (part.name === 'xl/workbook.xml' ? { ...part, data: bytes(new TextDecoder().decode(part.data).replace('名单', '__proto__')) } : part))));
    expect(({} as Record<string, unknown>)['A1']).toBeUndefined();
  });
});
