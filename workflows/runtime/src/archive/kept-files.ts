import { builtInCalendar, type Calendar } from '@zhijian/calendar';
import { canonicalJson, sha256 } from '@zhijian/audit';
import { type KeptFile } from '@zhijian/audit/bundle';
import type { Tx } from '@zhijian/persistence';
import { packName, readFiles, type Pack, type Packs } from '@zhijian/policy';
import type { DataSource } from 'typeorm';
import { bundleCode } from '../bundle.js';

type Asks = Pick<Tx, 'query'>;
export interface Kept extends KeptFile { content: string }
export interface KeptBundle { kind: 'bundle'; name: string; sha256: string; content: string }

const kept = (kind: Kept['kind'], name: string, value: unknown): Kept => {
  const content = canonicalJson(value);
  return { kind, name, sha256: sha256(content), content };
};

/** A calendar as it is kept: its notices by year. */
export const keptCalendar = (calendar: Calendar): Kept => kept('calendar', calendar.version, calendar.years);

const texts = new WeakMap<Pack, Kept>();
/** A pack as its files, read from the disk once: a version never changes. */
function asKept(pack: Pack, name: string, packs: Packs): Kept {
  const known = texts.get(pack);
  if (known) return known;
  const installed = packs.list().find((one) => packName(one) === name);
  if (!installed) throw new Error(`the pack ${name} is not installed`);
  const made = kept('pack', name, readFiles(installed.folder));
  texts.set(pack, made);
  return made;
}

/** The packs of these names with what they stand under, each as its files. @throws when one is not installed any more */
export async function keptPacks(packs: Packs, names: readonly string[]): Promise<Kept[]> {
  const wanted = [...names];
  const found = new Map<string, Kept>();
  for (let name = wanted.shift(); name; name = wanted.shift()) {
    if (found.has(name)) continue;
    const pack = await packs.get(name);
    found.set(name, asKept(pack, name, packs));
    if (pack.under) wanted.push(pack.under);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const write = `insert into archived_file (sha256, kind, name, content, kept_at) values ($1, $2, $3, $4, $5) on conflict do nothing`;

export function keep(tx: Tx, files: readonly (Kept | KeptBundle)[]): void {
  for (const { sha256: hash, kind, name, content } of files) tx.write(write, [hash, kind, name, Buffer.from(content, 'utf8'), tx.now]);
}

let running: Promise<KeptBundle> | undefined;
/** The bundle that this process runs, so that the run of today can be replayed in years. It has megabytes: hashed once. */
export const runningBundle = (): Promise<KeptBundle> => (running ??= bundleCode().then((content) => ({ kind: 'bundle', name: 'workflow-bundle.js', sha256: sha256(content), content })));

/** Which of these hashes are kept already. */
export async function alreadyKept(asks: Asks, hashes: readonly string[]): Promise<Set<string>> {
  return new Set((await asks.query<{ sha256: string }>('select sha256 from archived_file where sha256 = any($1::text[])', [hashes])).map((row) => row.sha256));
}

/** Calendars of these versions: the one in force, the one that comes with the house, or one kept before. What is nowhere is left out. */
export async function calendarsNamed(asks: Asks, current: Calendar, versions: readonly string[]): Promise<Kept[]> {
  const here = [keptCalendar(current), keptCalendar(builtInCalendar)];
  const found: Kept[] = [];
  for (const version of versions) {
    const known = here.find(({ name }) => name === version);
    if (known) found.push(known);
    else {
      const [row] = await asks.query<{ sha256: string; content: Buffer }>(`select sha256, content from archived_file where kind = 'calendar' and name = $1`, [version]);
      if (row) found.push({ kind: 'calendar', name: version, sha256: row.sha256, content: row.content.toString('utf8') });
    }
  }
  return found;
}

export async function contentOf(dataSource: DataSource, hash: string): Promise<Buffer | null> {
  const [row] = await dataSource.query<{ content: Buffer }[]>('select content from archived_file where sha256 = $1', [hash]);
  return row?.content ?? null;
}
