import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtInCalendar, type Calendar } from '@zhijian/calendar';
import { builtInPacks, builtInSources, Packs, readSource, type Pack } from '@zhijian/policy';

export const repository = resolve(fileURLToPath(new URL('.', import.meta.url)), '..', '..', '..', '..');

type Env = NodeJS.ProcessEnv;
const fromRepository = (path: string): string => (isAbsolute(path) ? path : join(repository, path));

/** The data folder of `npm start`. */
export const dataFolder = (env: Env): string => fromRepository(env['ZHIJIAN_DATA'] || '.local');
export const policyFolder = (env: Env): string => fromRepository(env['POLICY_DIR'] || join(dataFolder(env), 'packs'));
export const calendarFolder = (env: Env): string => fromRepository(env['CALENDAR_DIR'] || join(dataFolder(env), 'calendar'));

/** Installed packs first, then those that come with the house. */
export const packShelf = (env: Env): Packs => new Packs([policyFolder(env), builtInPacks]);

/** The calendar in force; the service library is loaded only where an officer has confirmed a notice. */
export async function calendarInForce(env: Env): Promise<Calendar> {
  const folder = calendarFolder(env);
  if (!existsSync(folder) || !readdirSync(folder).some((name) => name.endsWith('.json'))) return builtInCalendar;
  const { Calendars } = await import('@zhijian/service-kit');
  return new Calendars(folder).current();
}

/** The text a pack stands on: beside a pack given by folder (`source/`, `sources/`, or those of a folder above it), then the installed and the built-in ones. */
export function sourceOf(pack: Pack, env: Env, folder?: string): string {
  const above = folder ? [folder, ...ancestors(folder, 4)] : [];
  const beside = above.flatMap((it) => [it, join(it, 'source'), join(it, 'sources')]);
  const folders = [...beside, join(policyFolder(env), 'sources'), builtInSources];
  const named = folders.filter((it) => existsSync(join(it, pack.document.source)));
  const right = named.find((it) => sha256(readSource(pack, [it])) === pack.document.sourceSha256); // another text may bear the same name
  return readSource(pack, right ? [right] : folders);
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const ancestors = (folder: string, levels: number): string[] => (levels === 0 ? [] : [dirname(folder), ...ancestors(dirname(folder), levels - 1)]);
