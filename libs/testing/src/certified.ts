import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decidedFacts, sha256, type Certificate } from '@zhijian/audit';
import { agrees } from '@zhijian/audit/rules';
import type { DataSource } from 'typeorm';
import { decidedColumns } from './decided-columns.js';
import { whyGroundless } from './groundless.js';

interface Row { body: string; sha256: string; text: string | null }

/**
 * What a room has decided without a certificate, or certified wrongly: commands whose facts state a decision, rows whose
 * decided columns nothing certifies, certificates that rest on no words and do not say why, or whose rule does not say again
 * what they say. Empty when all is well.
 */
export async function uncertified(dataSource: DataSource, room: string, byHand: ReadonlySet<string> = new Set()): Promise<string[]> {
  return [...(await entriesWithout(dataSource)), ...(await columnsWithout(dataSource, room, byHand)), ...(await groundlessOf(dataSource)), ...(await notComputedAgain(dataSource))];
}

async function entriesWithout(dataSource: DataSource): Promise<string[]> {
  const entries = await dataSource.query<{ id: string; types: string[]; kinds: string[] }[]>(
    `select e.id, array(select distinct f ->> 'type' from jsonb_array_elements(e.body::jsonb -> 'facts') f) as types, array(select distinct c.kind from certificate c where c.entry = e.id) as kinds from command_entry e`);
  return entries.flatMap(({ id, types, kinds }) => types.flatMap((type) => {
    const needed = Object.entries(decidedFacts).find(([name]) => name.replace(/\.v\d+$/, '') === type)?.[1];
    return !needed || 'none' in needed || needed.certificates.some((kind) => kinds.includes(kind)) ? [] : [`command ${id} states ${type} and certifies ${kinds.join(', ') || 'nothing'}`];
  }));
}

async function columnsWithout(dataSource: DataSource, room: string, byHand: ReadonlySet<string>): Promise<string[]> {
  const found: string[] = [];
  for (const { what, without } of decidedColumns[room] ?? []) {
    if (byHand.has(what)) continue;
    const rows = await dataSource.query<{ subject: string }[]>(without);
    found.push(...rows.slice(0, 3).map(({ subject }) => `${what}: ${subject} (${rows.length})`));
  }
  return found;
}

async function groundlessOf(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ body: string }[]>(`select body from certificate where body::jsonb -> 'pack' = 'null' or not jsonb_path_exists(body::jsonb, '$.clauses[*] ? (@.quote != "")')`);
  return rows.map(({ body }) => JSON.parse(body) as Certificate).filter((one) => whyGroundless(one) === null)
    .map(({ kind, subject, basis, rule, clauses, pack, reason }) => `${kind} of ${subject} (${basis}${rule ? `, ${rule.form}/${rule.name}` : ''}) rests on no words: ${pack?.id ?? 'no pack'}, ${JSON.stringify(clauses)}, ${reason}`);
}

async function notComputedAgain(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<Row[]>(`select c.body, c.sha256, t.body as text from certificate c left join rule_text t on t.sha256 = c.body::jsonb #>> '{rule,sha256}'`);
  return [...independently(rows), ...rows.flatMap(({ body, sha256: hash, text }) => {
    const certificate = JSON.parse(body) as Certificate;
    const said = sha256(body) === hash ? agrees(certificate, text) : 'different';
    return said === 'different' || (said === 'not-computable' && certificate.rule) ? [`${certificate.kind} of ${certificate.subject} is not computed again: ${body} ${text}`] : [];
  })];
}

const evaluator = fileURLToPath(new URL('../../../test/audit/evaluate.py', import.meta.url));

/** What an evaluator that is not ours computes otherwise, given the certificates only. */
function independently(rows: readonly Row[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  try {
    const file = join(folder, 'all.jsonl');
    writeFileSync(file, rows.map(({ body, text }) => JSON.stringify({ certificate: body, rule: text })).join('\n'));
    const { error, stdout, stderr } = spawnSync('python3', [evaluator, file], { encoding: 'utf8', maxBuffer: 1e8 });
    if (error) throw error; // `npm test` has python3 installed
    if (!stdout) return [stderr];
    return (JSON.parse(stdout) as { differing: unknown[] }).differing.map((one) => `an independent evaluator differs: ${JSON.stringify(one)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
