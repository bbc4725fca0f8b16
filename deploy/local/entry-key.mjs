// The key with which the rooms seal their entries until the log holds them: outside the database, for its owner only.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The key's file in the data folder, made when there is none. */
export function entryKeyIn(folder) {
  const file = join(folder, 'entry-key');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  return file;
}
