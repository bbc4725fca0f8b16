import { existsSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { theSystem } from './system.js';

/**
 * Puts version 1 of a pack on the running system's shelf in one step, as `pack install` does: a service that looks meanwhile
 * finds the whole pack or none, for it keeps what it has once read. What is there already stays.
 */
export function onTheShelf(id: string, fill: (folder: string) => void): void {
  const shelf = join(theSystem().dir, 'packs');
  const folder = join(shelf, id, '1');
  if (existsSync(folder)) return;
  const filling = mkdtempSync(join(shelf, '.filling-')); // names that begin with a dot are no packs
  fill(filling);
  mkdirSync(dirname(folder), { recursive: true });
  renameSync(filling, folder);
}

/** Writes texts under the paths that name them. */
export const written = (files: Readonly<Record<string, string>>) => (folder: string): void => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
};
