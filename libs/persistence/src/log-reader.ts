import { consistencyRanges, inclusionRanges, proofFrom, subtreesOf, type Countersignature, type Range, type SignedHead, type Subtree } from '@zhijian/audit';

/** Runs a statement in whatever role its connection has: the workflows room's or the portal's. */
export type Ask = <Row>(sql: string, parameters: unknown[]) => Promise<Row[]>;

/** A signed head with the key it was signed by (believe it only if you know that key) and who countersigned it. */
export interface PublishedHead extends SignedHead { publicKey: string; witnesses: Countersignature[] }
/** That an entry stands in the log: index, size and path as RFC 9162 has them; hashes in hex, from the leaf upwards. */
export interface InclusionProof { index: number; size: number; leaf: string; path: string[] }
export interface ConsistencyProof { from: number; to: number; path: string[] }

interface HeadRow { size: string; root: string; at: string; installation: string; key: string; signature: string; public_key: string; witnesses: Countersignature[] }
interface NodeRow { level: number; idx: string; hash: Buffer }

const columns = 'size, root, at, installation, key, signature, public_key, witnesses';
const nodes = `select 0 as level, idx, leaf as hash from workflows.public_log_leaf where idx = any($1::bigint[])
  union all select n.level, n.idx, n.hash from workflows.public_log_node n join unnest($2::int[], $3::bigint[]) as w(level, idx) using (level, idx)`;
const nameOf = ({ level, index }: Subtree): string => `${level}/${index}`;

const headOf = ({ size, root, at, installation, key, signature, public_key: publicKey, witnesses }: HeadRow): PublishedHead =>
  ({ head: { v: 1, installation, size: Number(size), root, at }, key, signature, publicKey, witnesses });

/** Reads the log: heads and proofs, each with a few rows. */
export class LogReader {
  constructor(private readonly ask: Ask) {}

  /** The newest head; null while the log is empty. */
  async latestHead(): Promise<PublishedHead | null> {
    const [row] = await this.ask<HeadRow>(`select ${columns} from workflows.public_log_head order by size desc limit 1`, []);
    return row ? headOf(row) : null;
  }

  /** Heads of more entries than so many, the smallest first. */
  async headsSince(size: number, limit = 50): Promise<PublishedHead[]> {
    return (await this.ask<HeadRow>(`select ${columns} from workflows.public_log_head where size > $1 order by size limit $2`, [size, limit])).map(headOf);
  }

  /** @returns null when there was no head of exactly that size */
  async headOfSize(size: number): Promise<PublishedHead | null> {
    const [row] = await this.ask<HeadRow>(`select ${columns} from workflows.public_log_head where size = $1`, [size]);
    return row ? headOf(row) : null;
  }

  /**
   * That an entry is in the log.
   * @param size of the tree to prove it in; the newest head's when left out
   * @returns null when it is not in a log of that size
   */
  async inclusionProof(entryId: string, size?: number): Promise<InclusionProof | null> {
    return this.inclusion(await this.ask('select idx, leaf from workflows.public_log_leaf where entry_id = $1', [entryId]), size);
  }

  /** The same by the leaf's hash. @param leaf lower-case hex */
  async inclusionProofOfLeaf(leaf: string, size?: number): Promise<InclusionProof | null> {
    return this.inclusion(await this.ask('select idx, leaf from workflows.public_log_leaf where leaf = $1 order by idx limit 1', [Buffer.from(leaf, 'hex')]), size);
  }

  /** That the tree of the first size is the beginning of the second's. @returns null when the log is not that long, or the first is 0 or the larger one */
  async consistencyProof(from: number, to: number): Promise<ConsistencyProof | null> {
    if (from < 1 || from > to || to > (await this.size())) return null;
    return { from, to, path: await this.path(consistencyRanges(from, to)) };
  }

  private async inclusion([found]: { idx: string; leaf: Buffer }[], size: number | undefined): Promise<InclusionProof | null> {
    if (!found) return null;
    const index = Number(found.idx);
    const length = await this.size();
    const of = size ?? length;
    if (index >= of || of > length) return null;
    return { index, size: of, leaf: found.leaf.toString('hex'), path: await this.path(inclusionRanges(index, of)) };
  }

  private async size(): Promise<number> {
    const [row] = await this.ask<{ size: string }>('select size from workflows.public_log_head order by size desc limit 1', []);
    return Number(row?.size ?? 0);
  }

  private async path(ranges: readonly Range[]): Promise<string[]> {
    const wanted = ranges.flatMap(subtreesOf);
    const above = wanted.filter(({ level }) => level > 0);
    const rows = await this.ask<NodeRow>(nodes, [wanted.filter(({ level }) => level === 0).map(({ index }) => index), above.map(({ level }) => level), above.map(({ index }) => index)]);
    const hashes = new Map(rows.map(({ level, idx, hash }) => [nameOf({ level, index: Number(idx) }), hash]));
    return proofFrom(ranges, (subtree) => {
      const hash = hashes.get(nameOf(subtree));
      if (!hash) throw new Error(`the log has lost the hash of subtree ${nameOf(subtree)}`);
      return hash;
    }).map((hash) => hash.toString('hex'));
  }
}
