import { appendFileSync, chmodSync, cpSync, existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadPack, PackError, type ParseOptions } from '@zhijian/policy';

/**
 * Copies a pack to a draft beside its place, reads it there once more, and renames it: a reader sees the whole pack that
 * was checked, or none. `taken`: another was faster; `changed`: what was copied is not what was checked.
 */
export async function place(folder: string, target: string, hash: string, parents: ParseOptions): Promise<'new' | 'taken' | 'changed'> {
  mkdirSync(dirname(target), { recursive: true });
  const draft = mkdtempSync(join(dirname(target), '.draft-'));
  try {
    cpSync(folder, draft, { recursive: true, filter: (path) => !/[\\/]\.[^\\/]*$/.test(path.slice(folder.length)) });
    if ((await loadPack(draft, parents)).hash !== hash) return 'changed';
    chmodSync(draft, 0o755); // a draft is its maker's alone; a pack is read by every service
    renameSync(draft, target);
    return 'new';
  } catch (error) {
    if (error instanceof PackError) return 'changed';
    if (['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return 'taken';
    throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Keeps the text a pack stands on beside the installed packs. False where another text has that name; a text once there is never replaced. */
export function placeSource(root: string, name: string, text: string): boolean {
  const target = join(root, 'sources', name);
  mkdirSync(dirname(target), { recursive: true });
  const draft = mkdtempSync(join(dirname(target), '.draft-'));
  try {
    writeFileSync(join(draft, name), text);
    linkSync(join(draft, name), target);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readFileSync(target, 'utf8') === text;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Writes the content hash of a version into the lock, so that a change on disk is noticed by whoever reads it. One line, appended at once. */
export function locked(root: string, name: string, hash: string): void {
  const file = join(root, 'versions.lock');
  const known = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (!known.split('\n').some((line) => line.startsWith(`${name} `))) appendFileSync(file, `${known === '' || known.endsWith('\n') ? '' : '\n'}${name} ${hash}\n`);
}
