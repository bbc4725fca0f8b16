import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leafHash } from '../command-entry.js';
import { consistencyRanges, continues, emptyRoot, Frontier, includes, inclusionRanges, nodeHash, proofFrom, rootOf, subtreesOf } from './merkle.js';

/** The test vectors that implementations of RFC 6962 share (Certificate Transparency). */
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4', '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const ascii = (hex: string) => leafHash(Buffer.from(hex, 'hex').toString('latin1'));
const vector = inputs.map(ascii);

/** RFC 9162 §2.1.1 word for word: slow, and right by inspection. */
function mth(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return emptyRoot;
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}
const leavesOf = (n: number) => Array.from({ length: n }, (_, at) => leafHash(`entry ${at}`));
/** Hashes of complete subtrees, as the stored tree gives them. */
const from = (leaves: readonly Buffer[]) => ({ level, index }: { level: number; index: number }) => mth(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
const hex = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString('hex'));

describe('the known vectors', () => {
  it('an empty log has the hash of nothing', () => expect(emptyRoot.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'));
  it.each(roots.map((root, at) => [at + 1, root] as const))('%d entries', (size, root) => expect(rootOf(vector.slice(0, size)).toString('hex')).toBe(root));
  it('the way of the first of eight entries', () => expect(hex(proofFrom(inclusionRanges(0, 8), from(vector)))).toEqual([
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7', '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4']));
  it('from six to eight entries', () => expect(hex(proofFrom(consistencyRanges(6, 8), from(vector)))).toEqual([
    '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a', 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7']));
  it('from two to five entries', () => expect(hex(proofFrom(consistencyRanges(2, 5), from(vector.slice(0, 5))))).toEqual([
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b']));
});

const sizes = fc.integer({ min: 1, max: 200 });
const place = sizes.chain((size) => fc.tuple(fc.constant(size), fc.nat({ max: size - 1 })));
const spoilt = (path: readonly Buffer[], at: number) => path.map((hash, n) => (n === at % path.length ? Buffer.from(hash.map((byte, bit) => (bit === at % 32 ? byte ^ 1 : byte))) : hash));

describe('any tree', () => {
  it('grown leaf by leaf, or from its peaks, it has the root of its definition', () => fc.assert(fc.property(place, ([size, at]) => {
    const leaves = leavesOf(size);
    const grown = Frontier.empty();
    for (const leaf of leaves.slice(0, at)) grown.append(leaf);
    const later = Frontier.of(at, grown.peaks);
    for (const leaf of leaves.slice(at)) later.append(leaf);
    expect(later.root).toEqual(mth(leaves));
  }), { numRuns: 60 }));

  it('what a leaf completes are the complete subtrees, each once', () => fc.assert(fc.property(sizes, (size) => {
    const leaves = leavesOf(size);
    const grown = Frontier.empty();
    const completed = leaves.flatMap((leaf) => grown.append(leaf));
    for (const { level, index, hash } of completed) expect(hash).toEqual(from(leaves)({ level, index }));
    const names = new Set(completed.map(({ level, index }) => `${level}/${index}`));
    expect(names.size).toBe(completed.length);
    for (let level = 1; 2 ** level <= size; level += 1) for (let index = 0; (index + 1) * 2 ** level <= size; index += 1) expect(names.has(`${level}/${index}`)).toBe(true);
  }), { numRuns: 40 }));

  it('each leaf is shown to be in it, at its place only, by at most log n hashes', () => fc.assert(fc.property(place, fc.nat(), ([size, index], other) => {
    const leaves = leavesOf(size);
    const root = mth(leaves);
    const path = proofFrom(inclusionRanges(index, size), from(leaves));
    const leaf = leaves[index]!;
    expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)) || 0);
    expect(includes({ index, size, leaf, path, root })).toBe(true);
    expect(includes({ index, size, leaf: leafHash('another'), path, root })).toBe(false);
    expect(includes({ index, size, leaf, path: [...path, root], root })).toBe(false);
    if (size > 1) expect(includes({ index: (index + 1 + (other % (size - 1))) % size, size, leaf, path, root })).toBe(false);
    if (path.length) expect(includes({ index, size, leaf, path: spoilt(path, other), root })).toBe(false);
    if (path.length) expect(includes({ index, size, leaf, path: path.slice(1), root })).toBe(false);
  }), { numRuns: 150 }));

  it('an earlier tree is shown to be its beginning, another one is not', () => fc.assert(fc.property(sizes, sizes, fc.nat(), (a, b, other) => {
    const [small, large] = [Math.min(a, b), Math.max(a, b)];
    const leaves = leavesOf(large);
    const first = { size: small, root: mth(leaves.slice(0, small)) };
    const second = { size: large, root: mth(leaves) };
    const proof = proofFrom(consistencyRanges(small, large), from(leaves));
    expect(continues(first, second, proof)).toBe(true);
    expect(continues({ ...first, root: leafHash('another') }, second, proof)).toBe(false);
    expect(continues(first, { ...second, root: leafHash('another') }, proof)).toBe(false);
    if (proof.length) expect(continues(first, second, spoilt(proof, other))).toBe(false);
    if (small < large) expect(continues(first, second, proof.slice(0, -1))).toBe(false);
    if (small < large) expect(continues(second, first, proof)).toBe(false);
  }), { numRuns: 150 }));

  it('a range falls into complete subtrees without gap', () => fc.assert(fc.property(sizes, (size) => {
    const covered = subtreesOf({ from: 0, to: size }).reduce((at, { level, index }) => (index * 2 ** level === at ? at + 2 ** level : NaN), 0);
    expect(covered).toBe(size);
  })));

  it('a tree of 2^40 leaves has proofs of forty hashes', () => {
    expect(inclusionRanges(12_345, 2 ** 40)).toHaveLength(40);
    expect(consistencyRanges(2 ** 40, 2 ** 40 + 1)).toHaveLength(1);
  });
  it.each([[-1, 3], [3, 3], [0, 0], [0.5, 3]])('leaf %d of %d is no leaf', (index, size) => expect(() => inclusionRanges(index, size)).toThrow(RangeError));
  it.each([[0, 3], [4, 3], [1.5, 3]])('no proof from %d to %d', (earlier, later) => expect(() => consistencyRanges(earlier, later)).toThrow(RangeError));
  it('peaks of another size are refused', () => expect(() => Frontier.of(3, [emptyRoot])).toThrow(/another number of peaks/));
});
