/** What a file is by its bytes; its name and content type are not believed. */
export type FileKind = 'xlsx' | 'xls' | 'csv';

export type FileKindResult = { readonly ok: true; readonly kind: FileKind } | { readonly ok: false; readonly message: string };

const refuse = (message: string): FileKindResult => ({ ok: false, message });
const zip = [0x50, 0x4b, 0x03, 0x04];
const emptyZip = [0x50, 0x4b, 0x05, 0x06];
const compoundFile = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/** Gives what the file is, or why it is refused, in Chinese. */
export function fileKindOf(bytes: Uint8Array): FileKindResult {
  if (bytes.length === 0) return refuse('文件是空的（0字节）');
  if (begins(bytes, zip)) return { ok: true, kind: 'xlsx' };
  if (begins(bytes, emptyZip)) return refuse('文件不是 Excel 表格（xlsx）');
  if (begins(bytes, compoundFile)) return compound(bytes);
  const head = bytes.subarray(0, 4_096);
  if (head.some((byte) => byte === 0) || looksForeign(head)) return refuse('文件类型不对，只接受 xlsx、xls、csv');
  return { ok: true, kind: 'csv' };
}

/** The old container holds .xls, but also a xlsx behind a password, Word documents and macros. */
function compound(bytes: Uint8Array): FileKindResult {
  if (holds(bytes, 'EncryptedPackage')) return refuse('文件已加密，请去掉密码后再上传');
  if (holds(bytes, '_VBA_PROJECT') || holds(bytes, '_VBA_PROJECT_CUR')) return refuse('文件含有宏，请另存为不含宏的 xlsx');
  if (!holds(bytes, 'Workbook') && !holds(bytes, 'Book')) return refuse('文件不是 Excel 表格（xls）');
  return { ok: true, kind: 'xls' };
}

const begins = (bytes: Uint8Array, magic: readonly number[]): boolean => magic.every((byte, i) => bytes[i] === byte);

/** Does the directory of a compound file name this stream? Names there are UTF-16. */
const holds = (bytes: Uint8Array, name: string): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(`${name}\0`, 'utf16le'));

/** Pages, markup and pictures saved under the name of a table. */
const looksForeign = (head: Uint8Array): boolean => /^(?:%PDF|\{\\rtf|\s*<|\u0089PNG|\u00ff\u00d8\u00ff|GIF8|Rar!|7z\u00bc)/u.test(Buffer.from(head).toString('latin1').replace('\u00ef\u00bb\u00bf', ''));
