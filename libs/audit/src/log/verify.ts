import { headSigned, type SignedHead } from './head.js';
import { continues, Frontier } from './merkle.js';
import { treeOf } from './witness.js';

export type LogFault = 'unknown-key' | 'bad-signature' | 'another-installation' | 'two-roots' | 'not-a-continuation' | 'shorter-than-held' | 'another-root';
export type LogVerdict = { ok: true; size: number } | { ok: false; fault: LogFault; size: number };

/** Heads of one log, each signed; the keys are those that were known before, by their names. */
function sound(heads: readonly SignedHead[], keys: Readonly<Record<string, string>>): LogVerdict | null {
  for (const signedHead of heads) {
    const { head, key } = signedHead;
    const publicKey = keys[key];
    if (publicKey === undefined) return { ok: false, fault: 'unknown-key', size: head.size };
    if (!headSigned(signedHead, publicKey)) return { ok: false, fault: 'bad-signature', size: head.size };
    if (head.installation !== heads[0]!.head.installation) return { ok: false, fault: 'another-installation', size: head.size };
  }
  return null;
}

/**
 * For somebody who kept nothing but heads: whether the head of today continues each of them.
 * @param held heads seen earlier, in any order
 * @param keys public keys (SPKI, Base64) by name
 * @param proofs hex hashes from the size of a held head to the size of today's
 */
export function verifyLog({ held, now, keys, proofs }: { held: readonly SignedHead[]; now: SignedHead; keys: Readonly<Record<string, string>>; proofs: Readonly<Record<number, readonly string[]>> }): LogVerdict {
  const wrong = sound([...held, now], keys);
  if (wrong) return wrong;
  for (const { head } of held) {
    if (head.size > now.head.size) return { ok: false, fault: 'shorter-than-held', size: head.size };
    if (head.size === now.head.size && head.root !== now.head.root) return { ok: false, fault: 'two-roots', size: head.size };
    if (!continues(treeOf(head), treeOf(now.head), (proofs[head.size] ?? []).map((hash) => Buffer.from(hash, 'hex')))) return { ok: false, fault: 'not-a-continuation', size: head.size };
  }
  return { ok: true, size: now.head.size };
}

/** For somebody who has all leaves too: whether each head is the root of as many of them. */
export function verifyLeaves({ leaves, heads, keys }: { leaves: readonly Buffer[]; heads: readonly SignedHead[]; keys: Readonly<Record<string, string>> }): LogVerdict {
  const wrong = sound(heads, keys);
  if (wrong) return wrong;
  const frontier = Frontier.empty();
  for (const { head } of [...heads].sort((a, b) => a.head.size - b.head.size)) {
    if (head.size > leaves.length) return { ok: false, fault: 'shorter-than-held', size: head.size };
    while (frontier.size < head.size) frontier.append(leaves[frontier.size]!);
    if (frontier.root.toString('hex') !== head.root) return { ok: false, fault: 'another-root', size: head.size };
  }
  return { ok: true, size: frontier.size };
}
