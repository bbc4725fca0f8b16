import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';

/** Writes a file so that a reader sees the old content or the new one, never a part. */
export function writeAtomically(file, text, mode = 0o644) {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.draft`;
  const handle = openSync(draft, 'w', mode);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
}

/** Opens a log for appending; one that has grown past 20 MB is moved aside first. */
export function openLog(file) {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file) && statSync(file).size > 20 * 1024 * 1024) renameSync(file, `${file}.1`);
  return openSync(file, 'a');
}

const skipped = new Set(['node_modules', 'dist', '.nx', '.git', '.local', 'coverage']);

/** SHA-256 over names and contents of the given files and folders, build results left out. */
export function contentHash(paths) {
  const hash = createHash('sha256');
  const visit = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) if (!skipped.has(name)) visit(join(path, name));
    } else hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  };
  paths.forEach(visit);
  return hash.digest('hex');
}

export const readText = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
export const remove = (path) => rmSync(path, { recursive: true, force: true });
