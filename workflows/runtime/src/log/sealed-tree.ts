import { Frontier, headSigned, keyId, type LogKey, type SignedHead } from '@zhijian/audit';
import type pg from 'pg';
import type { KeptFile } from './kept-file.js';

/** What the signer remembers outside the database: it signs nothing that does not continue this. */
export interface Remembered { head: SignedHead; peaks: string[] }

/** The log in the database is not the one that was signed; signing stops until somebody has looked. */
export class LogBroken extends Error {
  constructor(readonly kind: 'log-cut' | 'log-rewritten' | 'foreign-key', readonly detail: string) {
    super(`${kind}: ${detail}`);
  }
}

interface HeadRow { size: string; root: string; at: string; installation: string; key: string; signature: string }
const atOnce = 10_000;

/**
 * The right edge of the signed tree. What was committed after the last note (a crash between the two) is taken up again if
 * the database's newest head, signed by our key, is its root.
 * @throws LogBroken
 */
export async function sealedTree(client: pg.ClientBase, key: LogKey, memory: KeptFile<Remembered>): Promise<Frontier> {
  const kept = memory.read();
  const { rows: [newest] } = await client.query<HeadRow>('select size, root, at, installation, key, signature from tree_head order by size desc limit 1');
  const { rows: [log] } = await client.query<{ size: string }>('select coalesce(max(idx) + 1, 0) as size from log_leaf');
  const size = Number(log!.size);
  const head = newest ? headFrom(newest) : null;
  if (head && (head.key !== keyId(key.publicKey) || head.head.installation !== key.installation || !headSigned(head, key.publicKey))) throw new LogBroken('foreign-key', `head of ${head.head.size} entries`);
  if (kept && size < kept.head.head.size) throw new LogBroken('log-cut', `${size} entries, ${kept.head.head.size} were signed`);
  if (size !== (head?.head.size ?? 0)) throw new LogBroken('log-rewritten', `${size} entries, the newest head has ${head?.head.size ?? 0}`);

  const frontier = kept ? Frontier.of(kept.head.head.size, kept.peaks.map((hash) => Buffer.from(hash, 'hex'))) : Frontier.empty();
  while (frontier.size < size) {
    const { rows } = await client.query<{ idx: string; leaf: Buffer }>('select idx, leaf from log_leaf where idx >= $1 order by idx limit $2', [frontier.size, atOnce]);
    for (const { idx, leaf } of rows) {
      if (Number(idx) !== frontier.size) throw new LogBroken('log-rewritten', `entry ${frontier.size} is missing`);
      frontier.append(leaf);
    }
  }
  if (head && frontier.root.toString('hex') !== head.head.root) throw new LogBroken('log-rewritten', `another root than the head of ${size} entries`);
  if (head) memory.write(rememberedOf(head, frontier));
  return frontier;
}

export const rememberedOf = (head: SignedHead, { peaks }: Frontier): Remembered => ({ head, peaks: peaks.map((hash) => hash.toString('hex')) });

export const headFrom = ({ size, root, at, installation, key, signature }: HeadRow): SignedHead => ({ head: { v: 1, installation, size: Number(size), root, at }, key, signature });
