/**
 * Runs in a process of its own with bounded memory and no rights to write, so that a hostile table can only end this
 * process. Plain JavaScript outside `src`: the same file serves tests and production, without a build.
 * Takes one message { kind, bytes, entries?, mostCells }, answers one message, ends.
 */
import { inflateRawSync } from 'node:zlib';
import { read, SSF, set_cptable, utils } from '@e965/xlsx';
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs';

set_cptable(codePages);

class Refusal extends Error {}

/** The XML parts of a xlsx, unpacked to no more than the directory says, put into a plain zip: nothing else reaches the parser. */
function repack(bytes, entries) {
  const files = [];
  for (const entry of entries) {
    if (!/\.(?:xml|rels)$/i.test(entry.name)) continue;
    const view = bytes.subarray(entry.offset);
    if (view.readUInt32LE(0) !== 0x04034b50) throw new Refusal('文件已损坏，无法作为表格读取');
    const start = 30 + view.readUInt16LE(26) + view.readUInt16LE(28);
    const packed = view.subarray(start, start + entry.compressed);
    files.push({ name: Buffer.from(entry.name, 'utf8'), data: entry.method === 0 ? packed : unpack(packed, entry.uncompressed) });
  }
  for (const { data } of files) if (data.includes('<!DOCTYPE') || data.includes('<!ENTITY')) throw new Refusal('文件含有不允许的 XML 声明');
  return { zip: stored(files), formulas: files.reduce((sum, { name, data }) => sum + (name.includes('worksheets/') ? formulasIn(data) : 0), 0) };
}

function unpack(packed, size) {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    throw new Refusal(error.code === 'ERR_BUFFER_TOO_LARGE' ? '文件解压后大于其声明的大小，疑似压缩炸弹' : '文件已损坏，无法作为表格读取');
  }
}

const formulasIn = (xml) => xml.toString('latin1').match(/<f[\s/>]/g)?.length ?? 0;

/** A zip whose files are stored as they are. */
function stored(files) {
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const { name, data } of files) {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0); local.writeUInt16LE(20, 4);
    local.writeUInt32LE(data.length, 18); local.writeUInt32LE(data.length, 22); local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0); entry.writeUInt16LE(20, 6);
    entry.writeUInt32LE(data.length, 20); entry.writeUInt32LE(data.length, 24); entry.writeUInt16LE(name.length, 28); entry.writeUInt32LE(offset, 42);
    parts.push(local, name, data);
    directory.push(entry, name);
    offset += 30 + name.length + data.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0); end.writeUInt16LE(files.length, 8); end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listing.length, 12); end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listing, end]);
}

/** A cell as plain data; a date is recognised by its number format and never passes through a time zone. */
function plainCell(cell, date1904) {
  if (cell.f !== undefined || cell.F !== undefined) return { kind: 'formula', value: String(cell.f ?? '').slice(0, 200) };
  if (cell.t === 's' || cell.t === 'str') return { kind: 'text', value: String(cell.v ?? '') };
  if (cell.t === 'b') return { kind: 'boolean', value: Boolean(cell.v) };
  if (cell.t === 'e') return { kind: 'error', value: String(cell.w ?? '') };
  if (cell.t !== 'n') return { kind: 'error', value: '' };
  if (!SSF.is_date(String(cell.z ?? ''))) return { kind: 'number', value: cell.v };
  const day = SSF.parse_date_code(cell.v, { date1904 });
  if (!day || cell.v < 1) return { kind: 'error', value: '' };
  const two = (n) => String(n).padStart(2, '0');
  return { kind: 'date', value: `${String(day.y).padStart(4, '0')}-${two(day.m)}-${two(day.d)}`, time: day.H + day.M + day.S > 0 };
}

function sheetsOf(book, mostCells) {
  const date1904 = Boolean(book.Workbook?.WBProps?.date1904);
  let left = mostCells;
  return book.SheetNames.map((name) => {
    const cells = [];
    for (const [address, cell] of Object.entries(book.Sheets[name] ?? {})) {
      if (address.startsWith('!') || cell.t === 'z' || (cell.t === 's' && cell.v === '')) continue;
      if ((left -= 1) < 0) throw new Refusal(`表格超过${mostCells}个单元格`);
      const { r: row, c: column } = utils.decode_cell(address);
      cells.push({ row, column, ...plainCell(cell, date1904) });
    }
    return { name, cells };
  });
}

function answer({ kind, bytes, entries, mostCells }) {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { zip, formulas } = kind === 'xlsx' ? repack(content, entries) : { zip: content, formulas: 0 };
  const book = read(zip, { type: 'buffer', cellFormula: true, cellNF: true, cellText: false, cellHTML: false, bookVBA: false, codepage: 936 });
  const sheets = sheetsOf(book, mostCells);
  if (sheets.length === 0) throw new Refusal('文件已损坏，无法作为表格读取');
  const found = sheets.reduce((sum, { cells }) => sum + cells.filter((it) => it.kind === 'formula').length, 0);
  if (formulas > found) throw new Refusal('文件含有无法辨认的公式，请改为填写数值');
  return { ok: true, sheets };
}

process.once('message', (message) => {
  let result;
  try {
    result = answer(message);
  } catch (error) {
    const locked = /password|encrypt/i.test(String(error?.message));
    result = { ok: false, message: error instanceof Refusal ? error.message : locked ? '文件已加密，请去掉密码后再上传' : '文件已损坏，无法作为表格读取' };
  }
  process.send(result, () => process.disconnect());
});
