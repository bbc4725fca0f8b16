import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The key of the rooms' seals, by the file that `ENTRY_KEY_FILE` names; without one, entries go unsealed. */
export function sealingKey(path = process.env['ENTRY_KEY_FILE']): Buffer | null {
  return path ? Buffer.from(readFileSync(path, 'utf8').trim(), 'base64') : null;
}

let own: Buffer | null | undefined;

/**
 * What shows that a room of this installation wrote an entry, before the log does: HMAC-SHA-256 over its leaf. Who has
 * the database only cannot make it.
 */
export function sealOf(leaf: Buffer, key: Buffer | null = (own ??= sealingKey())): Buffer | null {
  return key && createHmac('sha256', key).update(leaf).digest();
}
