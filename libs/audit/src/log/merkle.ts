import { hash } from 'node:crypto';

/** A complete subtree: 2^level leaves, the index-th of its level. */
export interface Subtree { level: number; index: number }
/** Leaves from (counted) to (not counted), as a subtree of the log that may still be growing. */
export interface Range { from: number; to: number }

const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer');
const inner = Buffer.of(1);

/** The root of a log without entries (RFC 9162 §2.1.1). */
export const emptyRoot = sha256(Buffer.alloc(0));
/** The hash above two subtrees: SHA-256 of 0x01, the left and the right one. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Buffer.concat([inner, left, right]));

/** Hashes of neighbouring complete subtrees, falling in size, as one. */
const joined = (hashes: readonly Buffer[]): Buffer => hashes.reduceRight((right, left) => nodeHash(left, right));

/** The right edge of a growing tree: all that is needed to append and to name the root. */
export class Frontier {
  private constructor(private count: number, private readonly edge: Buffer[]) {}

  static readonly empty = (): Frontier => new Frontier(0, []);

  /** @throws when there are not as many peaks as a tree of this size has */
  static of(size: number, peaks: readonly Buffer[]): Frontier {
    if (peaks.length !== subtreesOf({ from: 0, to: size }).length) throw new Error(`a tree of ${size} leaves has another number of peaks than ${peaks.length}`);
    return new Frontier(size, [...peaks]);
  }

  get size(): number {
    return this.count;
  }

  /** Hashes of the complete subtrees, the largest first. */
  get peaks(): readonly Buffer[] {
    return this.edge;
  }

  get root(): Buffer {
    return this.edge.length ? joined(this.edge) : emptyRoot;
  }

  copy(): Frontier {
    return new Frontier(this.count, [...this.edge]);
  }

  /** Appends a leaf; answers the subtrees (of two leaves and more) that it completed. */
  append(leaf: Buffer): (Subtree & { hash: Buffer })[] {
    const completed: (Subtree & { hash: Buffer })[] = [];
    let top = leaf;
    let index = this.count;
    for (let level = 1; index % 2 === 1; level += 1) {
      top = nodeHash(this.edge.pop()!, top);
      index = (index - 1) / 2;
      completed.push({ level, index, hash: top });
    }
    this.edge.push(top);
    this.count += 1;
    return completed;
  }
}

/** The complete subtrees a range consists of, the largest first. */
export function subtreesOf({ from, to }: Range): Subtree[] {
  const parts: Subtree[] = [];
  for (let at = from; at < to; ) {
    const leaves = powerUpTo(to - at);
    parts.push({ level: Math.log2(leaves), index: at / leaves });
    at += leaves;
  }
  return parts;
}

/** The largest power of two that is not above n. */
function powerUpTo(n: number): number {
  let k = 1;
  while (k * 2 <= n) k *= 2;
  return k;
}
/** Where the tree over n leaves, at least two, divides. */
const split = (n: number): number => powerUpTo(n - 1);

/**
 * The subtrees beside the way from a leaf up to the root (RFC 9162 §2.1.3.1).
 * @throws RangeError when the tree has no such leaf
 */
export function inclusionRanges(index: number, size: number): Range[] {
  if (!(Number.isSafeInteger(size) && Number.isSafeInteger(index) && index >= 0 && index < size)) throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  const beside: Range[] = [];
  for (let from = 0, to = size; to - from > 1; ) {
    const middle = from + split(to - from);
    beside.unshift(index < middle ? { from: middle, to } : { from, to: middle });
    if (index < middle) to = middle;
    else from = middle;
  }
  return beside;
}

/**
 * The subtrees that show a tree to be the beginning of a larger one (RFC 9162 §2.1.4.1).
 * @throws RangeError unless 0 < earlier ≤ later
 */
export function consistencyRanges(earlier: number, later: number): Range[] {
  if (!(Number.isSafeInteger(earlier) && Number.isSafeInteger(later) && earlier > 0 && earlier <= later)) throw new RangeError(`no proof from ${earlier} to ${later}`);
  const beside: Range[] = [];
  let from = 0;
  let to = later;
  while (to !== earlier) {
    const middle = from + split(to - from);
    beside.unshift(earlier <= middle ? { from: middle, to } : { from, to: middle });
    if (earlier <= middle) to = middle;
    else from = middle;
  }
  return from === 0 ? beside : [{ from, to }, ...beside];
}

/** The hashes of a proof, from those of complete subtrees. */
export function proofFrom(ranges: readonly Range[], hashOf: (subtree: Subtree) => Buffer): Buffer[] {
  return ranges.map((range) => joined(subtreesOf(range).map(hashOf)));
}

/** The root of all these leaves. */
export function rootOf(leaves: Iterable<Buffer>): Buffer {
  const frontier = Frontier.empty();
  for (const leaf of leaves) frontier.append(leaf);
  return frontier.root;
}

/** Whether a leaf stands at this place in the tree of this size and root (RFC 9162 §2.1.3.2). */
export function includes({ index, size, leaf, path, root }: { index: number; size: number; leaf: Buffer; path: readonly Buffer[]; root: Buffer }): boolean {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size)) return false;
  let [at, last] = [index, size - 1];
  let result = leaf;
  for (const beside of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      result = nodeHash(beside, result);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else result = nodeHash(result, beside);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && result.equals(root);
}

interface Tree { size: number; root: Buffer }

/** Whether the first tree is the beginning of the second (RFC 9162 §2.1.4.2). */
export function continues(first: Tree, second: Tree, proof: readonly Buffer[]): boolean {
  if (first.size > second.size || first.size < 0) return false;
  if (first.size === second.size) return proof.length === 0 && first.root.equals(second.root);
  if (first.size === 0) return proof.length === 0 && first.root.equals(emptyRoot);
  const path = powerUpTo(first.size) === first.size ? [first.root, ...proof] : [...proof];
  if (path.length === 0) return false;
  let [at, last] = [first.size - 1, second.size - 1];
  while (at % 2 === 1) [at, last] = [(at - 1) / 2, Math.floor(last / 2)];
  let [before, now] = [path[0]!, path[0]!];
  for (const beside of path.slice(1)) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [before, now] = [nodeHash(beside, before), nodeHash(beside, now)];
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else now = nodeHash(now, beside);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && before.equals(first.root) && now.equals(second.root);
}
