// The cache of fetched and built engines. A thing is there wholly or not at all.
import { existsSync, mkdirSync, mkdtempSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { remove } from './files.mjs';
import { cacheFolder } from './settings.mjs';

/** Path of `name` in the cache, or undefined when it was never got. */
export function cached(name) {
  const path = join(cacheFolder(), name);
  return existsSync(path) ? path : undefined;
}

/** Being filled; they go with the process when it is stopped meanwhile. */
const drafts = new Set();
process.once('exit', () => drafts.forEach(remove));

/** Fills a temporary folder by `make` and renames it into place; of two at once, the first one wins. */
export async function intoCache(name, make) {
  const path = join(cacheFolder(), name);
  mkdirSync(dirname(path), { recursive: true });
  const draft = mkdtempSync(`${path}.draft-`);
  drafts.add(draft);
  try {
    await make(draft);
    renameSync(draft, path);
  } catch (error) {
    remove(draft);
    if (!existsSync(path)) throw error;
  } finally {
    drafts.delete(draft);
  }
  return path;
}

export const cacheLog = (name) => join(cacheFolder(), 'logs', `${name}.log`);
