import { describe, expect, it } from '@jest/globals';
import yazl from 'yazl';
import { NoBundle, unzipped, zipped } from './zip.js';

const some = new Map([['manifest.json', Buffer.from('{}')], ['rooms/inspection.json', Buffer.from('[]'.repeat(500))]]);

async function zipOf(entries: [path: string, content: Buffer][]): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [path, content] of entries) zip.addBuffer(content, path);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
/** A name that no writer would write, in place of one of equal length. */
const renamed = async (to: string): Promise<Buffer> => Buffer.from((await zipOf([['x'.repeat(to.length), Buffer.from('x')]])).toString('latin1').replaceAll('x'.repeat(to.length), to), 'latin1');

describe('a bundle file', () => {
  it('gives back what was put in, and equal files give equal bytes', async () => {
    expect(await unzipped(await zipped(some))).toEqual(some);
    expect(await zipped(new Map([...some].reverse()))).toEqual(await zipped(some));
  });

  it.each<[what: string, bytes: () => Promise<Buffer>, message: RegExp]>([
    ['empty', async () => Buffer.alloc(0), /空/],
    ['no zip at all', async () => Buffer.from('not a zip'.repeat(100)), /残缺或不是压缩包/],
    ['cut off at its end', async () => (await zipped(some)).subarray(0, -30), /残缺/],
    ['cut out of its middle', async () => { const all = await zipped(some); return Buffer.concat([all.subarray(0, 60), all.subarray(80)]); }, /残缺|指向包外|不认识/],
    ['with a path above itself', () => renamed('../outside.json'), /指向包外/],
    ['with an absolute path', () => renamed('/etc/passwd'), /指向包外/],
    ['with a path of another system', () => renamed('..\\outside.txt'), /指向包外/],
    ['with a drive', () => renamed('C:/outside.txt'), /指向包外/],
    ['with a file no bundle holds', () => zipOf([['readme.txt', Buffer.from('x')]]), /不认识的文件 readme\.txt/],
    ['with the same file twice', () => zipOf([['manifest.json', Buffer.from('1')], ['manifest.json', Buffer.from('2')]]), /出现两次/],
    ['that unpacks to a thousand times its size', () => zipOf([['manifest.json', Buffer.alloc(30_000_000)]]), /压缩炸弹/],
    ['of very many files', () => zipOf(Array.from({ length: 300 }, (_, at) => [`rooms/${'a'.repeat(1 + (at % 30))}.json`, Buffer.from('x')])), /300 个文件/],
  ])('%s is refused in one sentence', async (_what, bytes, message) => {
    await expect(unzipped(await bytes())).rejects.toThrow(NoBundle);
    await expect(unzipped(await bytes())).rejects.toThrow(message);
  });

  it('whose directory lies about a size is refused', async () => {
    const bytes = await zipped(some);
    const at = bytes.indexOf(Buffer.from('504b0102', 'hex'));
    bytes.writeUInt32LE(1, at + 24); // the uncompressed size of the first file
    await expect(unzipped(bytes)).rejects.toThrow(NoBundle);
  });
});
