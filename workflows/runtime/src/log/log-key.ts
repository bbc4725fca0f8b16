import { newLogKey, type LogKey } from '@zhijian/audit';
import { newId } from '@zhijian/contracts';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The installation's key of the log, from a file outside the database that only its owner reads; made when there is none.
 * Two processes that make it at once get the same.
 */
export function logKey(path: string): LogKey {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LogKey;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, JSON.stringify(newLogKey(newId())), { mode: 0o600 });
  try {
    linkSync(beside, path); // refuses to replace
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(beside);
  }
  return logKey(path);
}
