import { setTimeout as pause } from 'node:timers/promises';
import { includes, inclusionRanges, proofFrom, subtreesOf, type Subtree } from '@zhijian/audit';
import type { LogProofs } from '@zhijian/audit/bundle';
import { Missing } from '@zhijian/service-kit';
import type { DataSource } from 'typeorm';
import { headFrom } from '../log/sealed-tree.js';

type Head = Parameters<typeof headFrom>[0] & { public_key: string };
/** An entry is in the log within five seconds; somewhat longer is waited for it. */
const patience = 12_000;

/**
 * Proofs of all these entries to one signed head.
 * @throws Missing 503 when one of them is not in the log in time: a file without its proofs is none
 */
export async function proofsOf(dataSource: DataSource, entries: readonly string[]): Promise<LogProofs> {
  for (const end = Date.now() + patience; ; await pause(200)) {
    const found = await tried(dataSource, entries);
    if (found) return found;
    if (Date.now() > end) throw new Missing('log-behind', '日志尚未收入这件流程的全部条目，请稍后再试', 503);
  }
}

async function tried(dataSource: DataSource, entries: readonly string[]): Promise<LogProofs | null> {
  const [row] = await dataSource.query<Head[]>('select h.size, h.root, h.at, h.installation, h.key, h.signature, k.public_key from tree_head h join log_key k using (key) order by h.size desc limit 1');
  if (!row) return null;
  const leaves = await dataSource.query<{ id: string; index: string; leaf: Buffer }[]>('select entry_id as id, idx as index, leaf from log_leaf where entry_id = any($1::uuid[]) and idx < $2', [entries, row.size]);
  if (leaves.length < new Set(entries).size) return null;
  const head = headFrom(row);
  const ranges = leaves.map(({ index }) => inclusionRanges(Number(index), head.head.size));
  const hashes = await hashesOf(dataSource, ranges.flat().flatMap(subtreesOf));
  const root = Buffer.from(head.head.root, 'hex');
  return {
    head, publicKey: row.public_key,
    entries: Object.fromEntries(leaves.map(({ id, index, leaf }, at) => {
      const path = proofFrom(ranges[at]!, (subtree) => hashes.get(key(subtree))!);
      if (!includes({ index: Number(index), size: head.head.size, leaf, path, root })) throw new Error(`the log has no proof of entry ${id}`);
      return [id, { index: Number(index), path: path.map((hash) => hash.toString('hex')) }];
    })),
  };
}

const key = ({ level, index }: Subtree): string => `${level}/${index}`;

async function hashesOf(dataSource: DataSource, subtrees: readonly Subtree[]): Promise<Map<string, Buffer>> {
  const wanted = [...new Map(subtrees.map((one) => [key(one), one])).values()];
  const rows = await dataSource.query<{ level: number; index: string; hash: Buffer }[]>(
    `select 0 as level, idx as index, leaf as hash from log_leaf where idx = any($1::bigint[])
     union all select n.level, n.idx, n.hash from jsonb_to_recordset($2::jsonb) as w(level int, index bigint) join log_node n on n.level = w.level and n.idx = w.index`,
    [wanted.filter(({ level }) => level === 0).map(({ index }) => index), JSON.stringify(wanted.filter(({ level }) => level > 0))]);
  return new Map(rows.map(({ level, index, hash }) => [`${level}/${index}`, hash]));
}
