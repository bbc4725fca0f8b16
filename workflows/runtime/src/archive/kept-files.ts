import { builtInCalendar, type Calendar } from '@zhijian/calendar';
import { canonicalJson, sha256 } from '@zhijian/audit';
import { type KeptFile } from '@zhijian/audit/bundle';
import type { Tx } from '@zhijian/persistence';
import { packName, readFiles, type Packs } from '@zhijian/policy';
import type { DataSource } from 'typeorm';

type Asks = Pick<Tx, 'query'>;
export interface Kept extends KeptFile { content: string }

const kept = (kind: Kept['kind'], name: string, value: unknown): Kept => {
  const content = canonicalJson(value);
  return { kind, name, sha256: sha256(content), content };
};

/** A calendar as it is kept: its notices by year. */
export const keptCalendar = (calendar: Calendar): Kept => kept('calendar', calendar.version, calendar.years);

/** The packs of these names with what they stand under, each as its files. @throws when one is not installed any more */
export async function keptPacks(packs: Packs, names: readonly string[]): Promise<Kept[]> {
  const wanted = [...names];
  const found = new Map<string, Kept>();
  for (let name = wanted.shift(); name; name = wanted.shift()) {
    if (found.has(name)) continue;
    const pack = await packs.get(name);
    const installed = packs.list().find((one) => packName(one) === name);
    if (!installed) throw new Error(`the pack ${name} is not installed`);
    found.set(name, kept('pack', name, readFiles(installed.folder)));
    if (pack.under) wanted.push(pack.under);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const write = `insert into archived_file (sha256, kind, name, content, kept_at) values ($1, $2, $3, $4, $5) on conflict do nothing`;

export function keep(tx: Tx, files: readonly Kept[]): void {
  for (const { sha256: hash, kind, name, content } of files) tx.write(write, [hash, kind, name, Buffer.from(content, 'utf8'), tx.now]);
}

/** Keeps the bundle that this process runs, so that the run of today can be replayed in years. */
export function keepBundle(tx: Tx, code: string): string {
  const hash = sha256(code);
  tx.write(write, [hash, 'bundle', 'workflow-bundle.js', Buffer.from(code, 'utf8'), tx.now]);
  return hash;
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
