import { leafHash, sha256, type Certificate, type CommandEntry } from '@zhijian/audit';
import { sealOf } from '@zhijian/persistence';
import type pg from 'pg';
import type { Finding, FindingKind } from './finding.js';

interface EntryRow { id: string; at: Date; body: string; leaf: Buffer; seal: Buffer | null; settled: boolean; logged: Buffer | null; room: string | null; idx: string | null }
interface CertificateRow { id: string; kind: string; subject: string; about: string; jurisdiction: string; at: Date; sha256: string; body: string; entry: string | null }
interface FactRow { id: string; type: string; key: string; body: string }

const atOnce = 500;

export interface CheckedRoom { findings: Finding[]; /** Entries that could be in the log and are not yet. */ waiting: string[]; entries: number }

/**
 * Reads all entries of a room: each says what its leaf says and what the log says; its certificates and facts are those it
 * was committed with; and none is there that belongs to no entry. Best inside one snapshot.
 * @param seal the key of the seals; `sealedFrom` the index in the log from which on every entry has one; null: not looked at
 */
export async function checkRoom(client: pg.ClientBase, room: string, { seal, sealedFrom }: { seal: Buffer | null; sealedFrom: number }): Promise<CheckedRoom> {
  const findings: Finding[] = [];
  const found = (kind: FindingKind, subject: string): void => { findings.push({ kind, room, subject }); };
  const waiting: string[] = [];
  const claimed = { certificates: new Set<string>(), facts: new Set<string>() };
  let entries = 0;
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await client.query<EntryRow>(
      `select e.id, e.at, e.body, e.leaf, e.seal, e.xid < pg_snapshot_xmin(pg_current_snapshot()) as settled, l.leaf as logged, l.room, l.idx
         from "${room}".command_entry e left join workflows.log_leaf l on l.entry_id = e.id where e.id > $1 order by e.id limit $2`, [after, atOnce]);
    entries += rows.length;
    const read: CommandEntry[] = [];
    for (const row of rows) {
      const entry = entryOf(row.body);
      if (!entry || !agrees(row, entry, room)) found('entry-changed', row.id);
      if (!row.logged && row.settled) waiting.push(row.id);
      if (seal && (row.idx === null || Number(row.idx) >= sealedFrom) && !(row.seal && row.leaf.length === 32 && sealOf(row.leaf, seal)!.equals(row.seal))) found('entry-not-sealed', row.id);
      if (entry) read.push(entry);
    }
    await certificatesOf(client, room, read, claimed.certificates, found);
    await factsOf(client, room, read, claimed.facts, found);
    if (rows.length < atOnce) break;
    after = rows.at(-1)!.id;
  }
  for (const { id } of (await client.query<{ id: string }>(`select l.entry_id as id from workflows.log_leaf l where l.room = $1 and not exists (select 1 from "${room}".command_entry e where e.id = l.entry_id) limit 100`, [room])).rows) found('entry-missing', id);
  await foreign(client, `"${room}".certificate`, claimed.certificates, (id) => found('certificate-foreign', id));
  await foreign(client, `"${room}".outbox`, claimed.facts, (id) => found('fact-foreign', id));
  const { rows: texts } = await client.query<{ sha256: string; body: string }>(`select sha256, body from "${room}".rule_text`);
  for (const text of texts) if (sha256(text.body) !== text.sha256) found('rule-changed', text.sha256);
  return { findings, waiting, entries };
}

function entryOf(body: string): CommandEntry | null {
  try {
    return JSON.parse(body) as CommandEntry;
  } catch {
    return null;
  }
}

/** Row, body, leaf and log say the same. */
const agrees = ({ id, at, body, leaf, logged, room: of }: EntryRow, entry: CommandEntry, room: string): boolean =>
  leafHash(body).equals(leaf) && entry.id === id && entry.room === room && Date.parse(entry.at) === at.getTime() && (logged === null || (logged.equals(leaf) && of === room));

type Found = (kind: FindingKind, subject: string) => void;

async function certificatesOf(client: pg.ClientBase, room: string, entries: readonly CommandEntry[], claimed: Set<string>, found: Found): Promise<void> {
  const wanted = entries.flatMap(({ id, certificates }) => certificates.map((certificate) => ({ entry: id, ...certificate })));
  if (wanted.length === 0) return;
  const { rows } = await client.query<CertificateRow>(`select id, kind, subject, array_to_string(about, E'\\n', '') as about, jurisdiction, at, sha256, body, entry from "${room}".certificate where id = any($1::uuid[])`, [wanted.map(({ id }) => id)]);
  const there = new Map(rows.map((row) => [row.id, row]));
  for (const { id, entry, sha256: expected } of wanted) {
    const row = there.get(id);
    if (!row) {
      found('certificate-missing', id);
      continue;
    }
    claimed.add(id);
    if (row.sha256 !== expected || sha256(row.body) !== expected || !saysTheSame(row, entry)) found('certificate-changed', id);
  }
}

function saysTheSame(row: CertificateRow, entry: string): boolean {
  const said = JSON.parse(row.body) as Certificate;
  return said.id === row.id && said.kind === row.kind && said.subject === row.subject && said.jurisdiction === row.jurisdiction && Date.parse(said.at) === row.at.getTime()
    && (said.about ?? []).join('\n') === row.about && (row.entry === null || row.entry === entry);
}

async function factsOf(client: pg.ClientBase, room: string, entries: readonly CommandEntry[], claimed: Set<string>, found: Found): Promise<void> {
  const wanted = entries.flatMap(({ facts }) => facts);
  if (wanted.length === 0) return;
  const { rows } = await client.query<FactRow>(`select id, type, key, body from "${room}".outbox where id = any($1::uuid[])`, [wanted.map(({ id }) => id)]);
  const there = new Map(rows.map((row) => [row.id, row]));
  for (const { id, type, sha256: expected } of wanted) {
    const row = there.get(id);
    if (!row) {
      found('fact-missing', id);
      continue;
    }
    claimed.add(id);
    if (sha256(row.body) !== expected || row.type !== type || subjectOf(row.body) !== row.key) found('fact-changed', id);
  }
}

/** The subject a fact names. It stands before the data, which may be long and is not read. */
function subjectOf(body: string): string | undefined {
  const end = body.indexOf(',"data":');
  const head = end < 0 ? {} : (JSON.parse(`${body.slice(0, end)}}`) as { subject?: string });
  return head.subject ?? (JSON.parse(body) as { subject?: string }).subject;
}

/** Rows that no entry claims: looked for when there are more than were claimed. */
async function foreign(client: pg.ClientBase, table: string, claimed: ReadonlySet<string>, found: (id: string) => void): Promise<void> {
  const { rows: [count] } = await client.query<{ n: string }>(`select count(*) as n from ${table}`);
  if (Number(count!.n) === claimed.size) return;
  const { rows } = await client.query<{ id: string }>(`select id from ${table} where not (id = any($1::uuid[])) limit 100`, [[...claimed]]);
  for (const { id } of rows) found(id);
}
