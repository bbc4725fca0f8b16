import { deflateRawSync } from 'node:zlib';

/** A zip (so an xlsx by its first bytes) of some kilobytes whose one part becomes so many megabytes. */
export function zipBomb(megabytes: number): Uint8Array {
  const name = Buffer.from('xl/sharedStrings.xml');
  const packed = deflateRawSync(Buffer.alloc(megabytes * 1_048_576, ' '));
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8); // deflated
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(megabytes * 1_048_576, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  local.copy(entry, 6, 4, 30);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  for (const at of [8, 10]) end.writeUInt16LE(1, at);
  end.writeUInt32LE(entry.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return Buffer.concat([local, name, packed, entry, name, end]);
}
