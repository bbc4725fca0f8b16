import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decidedFacts, sha256, type Certificate } from '@zhijian/audit';
import { agrees } from '@zhijian/audit/rules';
import type { DataSource } from 'typeorm';
import { decidedColumns } from './decided-columns.js';

interface Row { body: string; sha256: string; text: string | null }

/**
 * What a room has decided without a certificate, or certified wrongly: commands whose facts state a decision, rows whose
 * decided columns nothing certifies, certificates whose rule does not say again what they say. Empty when all is well.
 */
export async function uncertified(dataSource: DataSource, room: string, byHand: ReadonlySet<string> = new Set()): Promise<string[]> {
  return [...(await entriesWithout(dataSource)), ...(await columnsWithout(dataSource, room, byHand)), ...(await notComputedAgain(dataSource, room))];
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

async function notComputedAgain(dataSource: DataSource, room: string): Promise<string[]> {
  const rows = await dataSource.query<Row[]>(`select c.body, c.sha256, t.body as text from certificate c left join rule_text t on t.sha256 = c.body::jsonb #>> '{rule,sha256}'`);
  exported(room, rows);
  return rows.flatMap(({ body, sha256: hash, text }) => {
    const certificate = JSON.parse(body) as Certificate;
    const said = sha256(body) === hash ? agrees(certificate, text) : 'different';
    return said === 'different' || (said === 'not-computable' && certificate.rule) ? [`${certificate.kind} of ${certificate.subject} is not computed again: ${body} ${text}`] : [];
  });
}

/** For evaluators that are not ours: one file for each database, a certificate with its rule's text on each line. */
function exported(room: string, rows: readonly Row[]): void {
  const folder = process.env['CERTIFICATES_DIR'];
  if (!folder || rows.length === 0) return;
  mkdirSync(folder, { recursive: true });
  const lines = rows.map(({ body, text }) => JSON.stringify({ certificate: body, rule: text }));
  writeFileSync(join(folder, `${room}-${sha256(lines.join('\n')).slice(0, 12)}.jsonl`), `${lines.join('\n')}\n`);
}
