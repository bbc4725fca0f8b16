/** What the central directory of a zip says about one file in it. */
export interface ArchiveEntry {
  readonly name: string; readonly method: 0 | 8; readonly offset: number;
  readonly compressed: number; readonly uncompressed: number;
}

export interface ArchiveLimits { readonly entries: number; readonly uncompressedBytes: number; readonly ratio: number }

export type ArchiveResult = { readonly ok: true; readonly entries: readonly ArchiveEntry[] } | { readonly ok: false; readonly message: string };

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const damaged: ArchiveResult = { ok: false, message: '文件已损坏，无法作为表格读取' };
const refuse = (message: string): ArchiveResult => ({ ok: false, message });

/** Reads the central directory of a zip and judges it before anything is unpacked. Gives its files, or why not, in Chinese. */
export function readDirectory(bytes: Uint8Array, limits: ArchiveLimits): ArchiveResult {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(data);
  if (end < 0) return damaged;
  const count = data.getUint16(end + 10, true);
  if (count === 0xffff) return refuse('不接受 ZIP64 格式的文件');
  if (count > limits.entries) return refuse(`文件内部有${count}个部分，最多${limits.entries}个`);
  const entries: ArchiveEntry[] = [];
  let at = data.getUint32(end + 16, true);
  for (let i = 0; i < count; i += 1) {
    const entry = entryAt(bytes, data, at);
    if (entry === null) return damaged;
    if (entry.encrypted) return refuse('文件已加密，请去掉密码后再上传');
    if (entry.method !== 0 && entry.method !== 8) return refuse('文件的压缩方式不受支持，请用 Excel 或 WPS 另存为 xlsx');
    entries.push({ ...entry, method: entry.method });
    at = entry.next;
  }
  return judged(entries, limits);
}

function judged(entries: readonly ArchiveEntry[], limits: ArchiveLimits): ArchiveResult {
  const packed = entries.reduce((sum, it) => sum + it.compressed, 0);
  const unpacked = entries.reduce((sum, it) => sum + it.uncompressed, 0);
  if (unpacked > limits.uncompressedBytes) return refuse(`文件解压后超过${Math.round(limits.uncompressedBytes / 1_048_576)} MB`);
  if (unpacked > limits.ratio * Math.max(packed, 1_024)) return refuse(`文件压缩比超过${limits.ratio}倍，疑似压缩炸弹`);
  const names = entries.map((it) => it.name.toLowerCase());
  if (new Set(names).size < names.length) return damaged;
  if (names.some((name) => /vbaproject|vbadata|\/macrosheets\/|\/activex\//u.test(name))) return refuse('文件含有宏，请另存为不含宏的 xlsx');
  if (!names.includes('xl/workbook.xml')) return refuse('文件不是 Excel 表格（xlsx）');
  return { ok: true, entries };
}

/** The last end record whose comment ends with the file, as readers look for it from the back; -1 when there is none. */
function endOfDirectory(data: DataView): number {
  for (let at = data.byteLength - 22; at >= Math.max(0, data.byteLength - 65_557); at -= 1) {
    if (data.getUint32(at, true) === endSignature) return at;
  }
  return -1;
}

function entryAt(bytes: Uint8Array, data: DataView, at: number) {
  if (at + 46 > bytes.length || data.getUint32(at, true) !== entrySignature) return null;
  const [nameLength, extra, comment] = [data.getUint16(at + 28, true), data.getUint16(at + 30, true), data.getUint16(at + 32, true)];
  const next = at + 46 + nameLength + extra + comment;
  const compressed = data.getUint32(at + 20, true);
  const offset = data.getUint32(at + 42, true);
  if (next > bytes.length || offset + 30 + compressed > bytes.length) return null;
  return {
    name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
    encrypted: (data.getUint16(at + 8, true) & 0x2041) !== 0,
    method: data.getUint16(at + 10, true), compressed, uncompressed: data.getUint32(at + 24, true), offset, next,
  };
}
