import { canonicalJson } from '../canonical.js';
import { headSigned, headText, signed, signText, type LogKey, type SignedHead, type TreeHead } from './head.js';
import { continues } from './merkle.js';

/** What somebody independent says of a head: it continues everything I signed before. */
export interface Countersignature { witness: string; size: number; root: string; signature: string }

const witnessText = (head: TreeHead, witness: string): string => canonicalJson({ ...(JSON.parse(headText(head)) as TreeHead), witness });

export type Witnessed = { ok: true; countersignature: Countersignature } | { ok: false; code: 'not-signed-by-the-log' | 'another-installation' | 'older' | 'not-a-continuation' };

/**
 * Countersigns a head if it continues the last one this witness countersigned.
 * @param last null for a witness's first head
 * @param proof hex hashes from the last one's size to this one's
 */
export function countersign(next: SignedHead, { last, proof, logKey, witness, key }: { last: TreeHead | null; proof: readonly string[]; logKey: string; witness: string; key: Pick<LogKey, 'privateKey'> }): Witnessed {
  const { head } = next;
  if (!headSigned(next, logKey)) return { ok: false, code: 'not-signed-by-the-log' };
  if (last && last.installation !== head.installation) return { ok: false, code: 'another-installation' };
  if (last && last.size > head.size) return { ok: false, code: 'older' };
  if (last && !continues(treeOf(last), treeOf(head), proof.map((hash) => Buffer.from(hash, 'hex')))) return { ok: false, code: 'not-a-continuation' };
  return { ok: true, countersignature: { witness, size: head.size, root: head.root, signature: signText(witnessText(head, witness), key) } };
}

/** Whether that witness signed this head. @param publicKey the witness's, known from elsewhere than the log */
export const countersigned = (head: TreeHead, { witness, size, root, signature }: Countersignature, publicKey: string): boolean =>
  size === head.size && root === head.root && signed(witnessText(head, witness), signature, publicKey);

/** Size and root as the proofs take them. */
export const treeOf = ({ size, root }: Pick<TreeHead, 'size' | 'root'>): { size: number; root: Buffer } => ({ size, root: Buffer.from(root, 'hex') });
