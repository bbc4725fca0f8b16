import { inflateRawSync } from 'node:zlib';

/** The texts in a zip (an xlsx is one), read by its directory. */
export function textsIn(zip: Buffer): string {
  const end = zip.lastIndexOf(Buffer.from('504b0506', 'hex'));
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: zip.readUInt16LE(end + 10) }, () => {
    const [method, size, name, extra, comment, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32), zip.readUInt32LE(at + 42)];
    at += 46 + name + extra + comment;
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(from, from + size);
    return (method === 8 ? inflateRawSync(bytes) : bytes).toString('utf8');
  }).join('\n');
}
