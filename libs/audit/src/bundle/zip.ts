import yauzl from 'yauzl';
import yazl from 'yazl';
import { bundleLimits, isBundlePath } from './format.js';

/** A file that is no bundle: what is wrong with it, in one Chinese sentence. */
export class NoBundle extends Error {}

/** The files as one zip; the same files give the same bytes. */
export async function zipped(files: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [path, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) zip.addBuffer(content, path, { mtime: new Date('1980-01-01T00:00:00Z'), forceDosTimestamp: true });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/**
 * The files of a bundle, in memory only: nothing is written to disk.
 * @throws NoBundle for what is truncated, too large, packed too well, outside itself, of a name no bundle holds, or twice there
 */
export async function unzipped(bytes: Buffer): Promise<Map<string, Buffer>> {
  if (bytes.length > bundleLimits.file) throw new NoBundle(`文件超过 ${bundleLimits.file / 1_000_000} MB，不是核验包`);
  const zip = await opened(bytes);
  const files = new Map<string, Buffer>();
  let total = 0;
  if (zip.entryCount > bundleLimits.entries) throw new NoBundle(`压缩包内有 ${zip.entryCount} 个文件，超过 ${bundleLimits.entries} 个`);
  for (let entry = await next(zip); entry; entry = await next(zip)) {
    const path = entry.fileName;
    if (path.startsWith('/') || path.includes('\\') || path.split('/').includes('..') || /^[A-Za-z]:/.test(path)) throw new NoBundle(`压缩包内的路径 ${path} 指向包外`);
    if (!isBundlePath(path)) throw new NoBundle(`压缩包内有不认识的文件 ${path}`);
    if (files.has(path)) throw new NoBundle(`压缩包内的文件 ${path} 出现两次`);
    if (entry.isEncrypted()) throw new NoBundle(`压缩包内的文件 ${path} 已加密`);
    total += entry.uncompressedSize;
    if (entry.uncompressedSize > bundleLimits.entry || total > bundleLimits.unpacked || entry.uncompressedSize > Math.max(100_000, entry.compressedSize * bundleLimits.ratio)) throw new NoBundle(`压缩包内的文件 ${path} 解压后过大，疑为压缩炸弹`);
    files.set(path, await contentOf(zip, entry));
  }
  return files;
}

function opened(bytes: Buffer): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => yauzl.fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true, strictFileNames: false, decodeStrings: true }, (error, zip) => {
    if (error) reject(new NoBundle(bytes.length === 0 ? '文件是空的' : '文件残缺或不是压缩包'));
    else resolve(zip);
  }));
}

function next(zip: yauzl.ZipFile): Promise<yauzl.Entry | null> {
  return new Promise((resolve, reject) => {
    const done = (): void => { zip.removeAllListeners(); };
    zip.once('entry', (entry: yauzl.Entry) => { done(); resolve(entry); });
    zip.once('end', () => { done(); resolve(null); });
    zip.once('error', (error: Error) => { done(); reject(new NoBundle(/relative path|absolute path|invalid characters/.test(error.message) ? `压缩包内的路径指向包外：${error.message.split(': ').at(-1)}` : '文件残缺，目录不能读取')); });
    zip.readEntry();
  });
}

/** The size that the directory states is not trusted: reading stops where it lies. */
function contentOf(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Buffer> {
  return new Promise((resolve, reject) => zip.openReadStream(entry, (error, stream) => {
    const broken = (): void => reject(new NoBundle(`压缩包内的文件 ${entry.fileName} 残缺`));
    if (error) return broken();
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.once('error', broken);
    stream.once('end', () => resolve(Buffer.concat(chunks)));
  }));
}
