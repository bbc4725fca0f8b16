import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadPack, type Pack } from '@zhijian/policy';
import type { Question } from '../command/command.js';

/** The folder a pack was named by, or undefined where it was named `place/plan` or `place/plan@version`. */
export function folderNamed(ref: string, { surroundings, packs }: Question): string | undefined {
  if ([...packs().list(), ...packs().laws()].some(({ id, version }) => ref === id || ref === `${id}@${version}`)) return undefined;
  const folder = resolve(surroundings.cwd, ref);
  return existsSync(folder) && statSync(folder).isDirectory() ? folder : undefined;
}

/** A pack by name or by folder. Throws PackError when there is none or when it cannot be read. */
export async function readPack(ref: string, question: Question): Promise<{ pack: Pack; folder?: string }> {
  const folder = folderNamed(ref, question);
  return folder ? { pack: await loadPack(folder, question.packs().parents), folder } : { pack: await question.packs().get(ref) };
}
