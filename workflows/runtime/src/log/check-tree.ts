import { Frontier, headSigned, keyId, type LogKey, type SignedHead } from '@zhijian/audit';
import type pg from 'pg';
import type { Finding } from './finding.js';
import { headFrom } from './sealed-tree.js';

const atOnce = 5000;

export interface CheckedTree {
  findings: Finding[];
  size: number;
  /** All that are stored, by size. */
  heads: SignedHead[];
}

/**
 * Walks all leaves: none is missing, stored subtrees are theirs, each stored head and each head held is their root.
 * @param held heads seen earlier, kept outside the database
 * @param verified signatures that have been checked before; grows
 */
export async function checkTree(client: pg.ClientBase, { held, key, verified }: { held: readonly SignedHead[]; key: Pick<LogKey, 'publicKey' | 'installation'>; verified: Set<string> }): Promise<CheckedTree> {
  const { heads, findings } = await storedHeads(client, key, verified);
  const stored = new Map(heads.map(({ head }) => [head.size, head.root]));
  for (const { head } of held) if (stored.get(head.size) !== head.root) findings.push({ kind: 'head-changed', room: null, subject: String(head.size) });

  const expected = new Map<number, Set<string>>();
  for (const [{ head }, kind] of [...heads.map((it) => [it, 'head'] as const), ...held.map((it) => [it, 'held'] as const)]) expected.set(head.size, (expected.get(head.size) ?? new Set()).add(`${kind} ${head.root}`));
  const frontier = Frontier.empty();
  for (;;) {
    const { rows } = await client.query<{ idx: string; leaf: Buffer }>('select idx, leaf from workflows.log_leaf where idx >= $1 order by idx limit $2', [frontier.size, atOnce]);
    const from = frontier.size;
    const completed = new Map<string, Buffer>();
    for (const { idx, leaf } of rows) {
      if (Number(idx) !== frontier.size) return { findings: [...findings, { kind: 'leaf-missing', room: null, subject: String(frontier.size) }], size: frontier.size, heads };
      for (const { level, index, hash } of frontier.append(leaf)) completed.set(`${level}/${index}`, hash);
      for (const said of expected.get(frontier.size) ?? []) {
        if (said.endsWith(` ${frontier.root.toString('hex')}`)) continue;
        findings.push({ kind: said.startsWith('held') ? 'log-rewritten' : 'leaf-changed', room: null, subject: String(frontier.size) });
      }
    }
    findings.push(...(await wrongNodes(client, from, frontier.size, completed)));
    if (rows.length < atOnce) break;
  }
  const longest = Math.max(0, ...expected.keys());
  if (longest > frontier.size) findings.push({ kind: 'log-cut', room: null, subject: String(frontier.size) });
  if (longest < frontier.size) findings.push({ kind: 'leaf-changed', room: null, subject: String(frontier.size) }); // what no head has signed
  return { findings, size: frontier.size, heads };
}

async function storedHeads(client: pg.ClientBase, key: Pick<LogKey, 'publicKey' | 'installation'>, verified: Set<string>): Promise<{ heads: SignedHead[]; findings: Finding[] }> {
  const { rows } = await client.query<Parameters<typeof headFrom>[0]>('select size, root, at, installation, key, signature from workflows.tree_head order by size');
  const heads = rows.map(headFrom);
  const findings: Finding[] = [];
  for (const signed of heads) {
    const name = JSON.stringify(signed);
    if (verified.has(name)) continue;
    if (signed.key === keyId(key.publicKey) && signed.head.installation === key.installation && headSigned(signed, key.publicKey)) verified.add(name);
    else findings.push({ kind: signed.key === keyId(key.publicKey) ? 'head-changed' : 'foreign-key', room: null, subject: String(signed.head.size) });
  }
  const { rows: keys } = await client.query<{ key: string; public_key: string }>('select key, public_key from workflows.log_key');
  for (const { key: name, public_key } of keys) if (name !== keyId(key.publicKey) || public_key !== key.publicKey) findings.push({ kind: 'foreign-key', room: null, subject: name });
  return { heads, findings };
}

/** Stored subtrees that end among these leaves: each is there as computed, and no other. */
async function wrongNodes(client: pg.ClientBase, from: number, to: number, completed: ReadonlyMap<string, Buffer>): Promise<Finding[]> {
  const levels = Array.from({ length: 52 }, (_, level) => level + 1).filter((level) => 2 ** level <= to || level === 1);
  const { rows } = await client.query<{ level: number; idx: string; hash: Buffer }>(
    'select n.level, n.idx, n.hash from unnest($1::int[], $2::bigint[], $3::bigint[]) as w(level, low, high) join workflows.log_node n on n.level = w.level and n.idx >= w.low and n.idx < w.high',
    [levels, levels.map((level) => Math.floor(from / 2 ** level)), levels.map((level) => Math.floor(to / 2 ** level))]);
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const { level, idx, hash } of rows) {
    const name = `${level}/${idx}`;
    seen.add(name);
    if (!completed.get(name)?.equals(hash)) findings.push({ kind: 'node-changed', room: null, subject: name });
  }
  for (const name of completed.keys()) if (!seen.has(name)) findings.push({ kind: 'node-changed', room: null, subject: name });
  return findings;
}
