/**
 * Reads the rows of a large xlsx in a process of its own, part by part: no sheet is ever whole in memory. Bounded heap, no
 * rights to write. Plain JavaScript outside `src`, like read-cells.mjs.
 * Takes one message { bytes, entries, mostRows, mostCells, mostText }; answers { sheet, merges } for each sheet with content,
 * then its rows in batches { rows } (each asked for by the message 'more'), at last { done } or { refused }.
 * A row is [number, column, kind, value, column, kind, value …], numbers from 0.
 */
import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { createInflateRaw } from 'node:zlib';
import { SaxesParser } from 'saxes';

class Refusal extends Error {}
const damaged = '文件已损坏，无法作为表格读取';
const batchOf = 1_000;

/** The bytes of a part, unpacked bit by bit, never more than its directory says. */
async function* unpacked(bytes, entry) {
  const view = bytes.subarray(entry.offset);
  if (view.readUInt32LE(0) !== 0x04034b50) throw new Refusal(damaged);
  const start = 30 + view.readUInt16LE(26) + view.readUInt16LE(28);
  const packed = view.subarray(start, start + entry.compressed);
  let left = entry.uncompressed;
  for await (const chunk of entry.method === 0 ? [packed] : slices(packed).pipe(createInflateRaw())) {
    if ((left -= chunk.length) < 0) throw new Refusal('文件解压后大于其声明的大小，疑似压缩炸弹');
    yield chunk;
  }
}

/** Packed bytes handed on in small pieces, so that unpacking does not run ahead of reading. */
const slices = (packed) => Readable.from((function* () { for (let at = 0; at < packed.length; at += 16_384) yield packed.subarray(at, at + 16_384); })());

/** A part as parsed XML: `on` says what to do at the begin and end of elements and with text. Between chunks `rest` may wait. */
async function parsed(bytes, entry, on, rest = async () => undefined) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parser = new SaxesParser();
  parser.on('error', () => { throw new Refusal(damaged); });
  parser.on('doctype', () => { throw new Refusal('文件含有不允许的 XML 声明'); });
  parser.on('opentag', ({ name, attributes }) => on.open?.(local(name), attributes));
  parser.on('closetag', ({ name }) => on.close?.(local(name)));
  parser.on('text', (text) => on.text?.(text));
  parser.on('cdata', (text) => on.text?.(text));
  for await (const chunk of unpacked(bytes, entry)) {
    parser.write(decoder.decode(chunk, { stream: true }));
    await rest();
  }
  parser.write(decoder.decode());
  parser.close();
}
const local = (name) => name.slice(name.indexOf(':') + 1);

const partNamed = (entries, name) => entries.find((entry) => entry.name.toLowerCase() === name.toLowerCase().replace(/^\//, ''));

/** The sheets of the workbook in order, each with its part. */
async function sheetsOf(bytes, entries) {
  const found = [];
  const targets = new Map();
  let date1904 = false;
  await parsed(bytes, partNamed(entries, 'xl/workbook.xml'), {
    open(name, attributes) {
      if (name === 'workbookPr') date1904 = ['1', 'true'].includes(attributes.date1904);
      if (name === 'sheet') found.push({ name: attributes.name ?? '', id: Object.entries(attributes).find(([key]) => local(key) === 'id' && key.includes(':'))?.[1] });
    },
  });
  const relations = partNamed(entries, 'xl/_rels/workbook.xml.rels');
  if (relations) await parsed(bytes, relations, { open(name, { Id, Target, Type = '' }) { if (name === 'Relationship' && Type.endsWith('/worksheet')) targets.set(Id, Target.startsWith('/') ? Target : `xl/${Target}`); } });
  return { date1904, sheets: found.flatMap(({ name, id }) => { const entry = targets.has(id) && partNamed(entries, targets.get(id)); return entry ? [{ name, entry }] : []; }) };
}

/** The texts that cells point at, in order; phonetic readings are left out. */
async function sharedTexts(bytes, entries, mostText) {
  const entry = partNamed(entries, 'xl/sharedStrings.xml');
  const texts = [];
  if (!entry) return texts;
  let [current, inText, phonetic, left] = ['', false, 0, mostText];
  await parsed(bytes, entry, {
    open(name) { if (name === 'si') current = ''; else if (name === 't') inText = true; else if (name === 'rPh') phonetic += 1; },
    text(text) { if (inText && phonetic === 0) current += text; },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic -= 1;
      else if (name === 'si') { if ((left -= current.length) < 0) throw new Refusal('表格中的文字过多，请拆分后再上传'); texts.push(current); }
    },
  });
  return texts;
}

/** Built-in number formats that show days or times. */
const dayFormats = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58]);
const showsDay = (code) => /[ymdhs年月日]/i.test(code.replaceAll(/"[^"]*"|\\.|\[[^\]hms]*\]|_./gi, ''));

/** Which styles of cells show days. */
async function dayStyles(bytes, entries) {
  const entry = partNamed(entries, 'xl/styles.xml');
  const [own, styles] = [new Map(), []];
  let inCells = false;
  if (entry) {
    await parsed(bytes, entry, {
      open(name, { numFmtId, formatCode = '' }) {
        if (name === 'numFmt') own.set(Number(numFmtId), showsDay(formatCode));
        else if (name === 'cellXfs') inCells = true;
        else if (name === 'xf' && inCells) styles.push(Number(numFmtId ?? 0));
      },
      close(name) { if (name === 'cellXfs') inCells = false; },
    });
  }
  return styles.map((format) => own.get(format) ?? dayFormats.has(format));
}

/** Ranges of merged cells: they stand behind the rows, and are needed before them. */
async function mergesOf(bytes, entry) {
  const merges = [];
  let tail = '';
  for await (const chunk of unpacked(bytes, entry)) {
    const text = tail + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
    for (const [, range] of text.matchAll(/<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"/g)) if (merges.length < 10_000) merges.push(range);
    tail = text.slice(Math.max(0, text.lastIndexOf('<'))).slice(-500);
    if (/^<(?:\w+:)?mergeCell\s[^>]*>/.test(tail)) tail = ''; // counted already
  }
  return merges;
}

const day = 86_400_000;
/** A day counted from the epoch of the workbook, as a date; 1900 had a 29 February there. */
function dateOf(serial, date1904) {
  if (!(serial >= 1) || serial > 2_958_465) return null;
  const from = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  return new Date(from + Math.floor(serial) * day).toISOString().slice(0, 10);
}

/** `BC12` → 54; -1 when it is no address. */
function columnIn(address) {
  let at = 0;
  for (let i = 0; i < address.length; i += 1) {
    const code = address.charCodeAt(i);
    if (code < 65 || code > 90) return i > 0 && i <= 3 ? at - 1 : -1;
    at = at * 26 + code - 64;
  }
  return -1;
}

/** Cells of a sheet as plain data. A formula's result is not told. */
class RowReader {
  rows = [];
  row = -1;
  #cells = [];
  #cell = null;
  #value = '';
  #taking = false;
  #phonetic = 0;

  constructor(book, limits) { Object.assign(this, { book, limits, leftCells: limits.mostCells, leftRows: limits.mostRows }); }

  open(name, attributes) {
    if (name === 'row') this.#begin(attributes.r);
    else if (name === 'c') this.#enter(attributes);
    else if (this.#cell === null) return;
    else if (name === 'v' || name === 't') this.#taking = true;
    else if (name === 'f') this.#cell.formula = true;
    else if (name === 'rPh') this.#phonetic += 1;
  }

  text(text) { if (this.#taking && this.#phonetic === 0) this.#value += text; }

  close(name) {
    if (name === 'v' || name === 't') this.#taking = false;
    else if (name === 'rPh') this.#phonetic -= 1;
    else if (name === 'c') this.#leave();
    else if (name === 'row') this.#end();
  }

  #begin(r) {
    const row = r === undefined ? this.row + 1 : Number(r) - 1;
    if (!Number.isInteger(row) || row <= this.row || row > 1_048_575) throw new Refusal(damaged);
    this.row = row;
    this.#cells = [row];
    this.column = -1;
  }

  #enter({ r, t = 'n', s }) {
    const column = r === undefined ? this.column + 1 : columnIn(r);
    if (column <= this.column || column > 16_383) throw new Refusal(damaged);
    this.column = column;
    this.#cell = { type: t, style: s, formula: false };
    this.#value = '';
  }

  #leave() {
    const { type, style, formula } = this.#cell;
    const [kind, value] = formula ? ['formula', ''] : this.#plain(type, style, this.#value);
    this.#cell = null;
    if (kind === null) return;
    if ((this.leftCells -= 1) < 0) throw new Refusal(`表格超过${this.limits.mostCells}个单元格`);
    this.#cells.push(this.column, kind, value);
  }

  #plain(type, style, value) {
    if (type === 's') return textCell(this.book.texts[Number(value)] ?? '');
    if (type === 'inlineStr' || type === 'str') return textCell(value);
    if (value === '') return [null, null];
    if (type === 'b') return ['boolean', value === '1' || value === 'true'];
    if (type === 'd') return /^\d{4}-\d{2}-\d{2}/.test(value) ? ['date', value.slice(0, 10)] : ['error', ''];
    const number = Number(value);
    if (type !== 'n' || !Number.isFinite(number)) return ['error', ''];
    if (style === undefined || !this.book.days[Number(style)]) return ['number', number];
    const date = dateOf(number, this.book.date1904);
    return date === null ? ['error', ''] : [number % 1 === 0 ? 'date' : 'date-time', date];
  }

  #end() {
    if (this.#cells.length === 1) return;
    if ((this.leftRows -= 1) < 0) throw new Refusal(`表格超过${this.limits.mostRows}行，请拆分后再上传`);
    this.rows.push(this.#cells);
  }
}
const textCell = (text) => (text.trim() === '' ? [null, null] : ['text', text]);

let asked = () => undefined;
process.on('message', (message) => { if (message === 'more') asked(); else void answer(message); });
/** Told, and asked for more. */
const told = (message) => new Promise((resolve) => { asked = resolve; process.send(message); });

async function answer({ bytes, entries, ...limits }) {
  let last;
  try {
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { date1904, sheets } = await sheetsOf(content, entries);
    if (sheets.length === 0) throw new Refusal(damaged);
    const book = { date1904, texts: await sharedTexts(content, entries, limits.mostText), days: await dayStyles(content, entries) };
    for (const { name, entry } of sheets) await read(content, name, entry, book, limits);
    last = { done: true };
  } catch (error) {
    last = { refused: error instanceof Refusal ? error.message : damaged };
  }
  process.send(last, () => process.disconnect());
}

async function read(content, name, entry, book, limits) {
  const reader = new RowReader(book, limits);
  let announced = false;
  const hand = async (least) => {
    while (reader.rows.length >= least) {
      if (!announced) { announced = true; await told({ sheet: name, merges: await mergesOf(content, entry) }); }
      await told({ rows: reader.rows.splice(0, batchOf) });
    }
  };
  await parsed(content, entry, { open: (tag, attributes) => reader.open(tag, attributes), text: (text) => reader.text(text), close: (tag) => reader.close(tag) }, () => hand(batchOf));
  await hand(1);
}
