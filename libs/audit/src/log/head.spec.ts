import { describe, expect, it } from '@jest/globals';
import { leafHash } from '../command-entry.js';
import { headSigned, keyId, newLogKey, signHead, type SignedHead, type TreeHead } from './head.js';
import { consistencyRanges, proofFrom, rootOf, type Subtree } from './merkle.js';
import { verifyLeaves, verifyLog } from './verify.js';
import { countersign, countersigned } from './witness.js';

const key = newLogKey('testland');
const foreign = newLogKey('testland');
const keys = { [keyId(key.publicKey)]: key.publicKey };
const leaves = Array.from({ length: 40 }, (_, at) => leafHash(`entry ${at}`));
const other = leaves.with(3, leafHash('rewritten'));
const hashIn = (all: readonly Buffer[]) => ({ level, index }: Subtree) => rootOf(all.slice(index * 2 ** level, (index + 1) * 2 ** level));
const headOf = (size: number, all = leaves): TreeHead => ({ v: 1, installation: 'testland', size, root: rootOf(all.slice(0, size)).toString('hex'), at: '2026-11-22T10:00:00.000+08:00' });
const proof = (first: number, second: number, all = leaves) => proofFrom(consistencyRanges(first, second), hashIn(all)).map((hash) => hash.toString('hex'));
const signedHead = (size: number, all = leaves) => signHead(headOf(size, all), key);

describe('a signed tree head', () => {
  it('is verified by the public half alone', () => expect(headSigned(signedHead(7), key.publicKey)).toBe(true));
  it.each<[string, (head: SignedHead) => SignedHead]>([
    ['size', (it) => ({ ...it, head: { ...it.head, size: 8 } })], ['root', (it) => ({ ...it, head: { ...it.head, root: headOf(8).root } })], ['time', (it) => ({ ...it, head: { ...it.head, at: '2026-11-21T10:00:00.000+08:00' } })],
    ['installation', (it) => ({ ...it, head: { ...it.head, installation: 'elsewhere' } })], ['signature', (it) => ({ ...it, signature: signedHead(8).signature })], ['no signature', (it) => ({ ...it, signature: '' })],
  ])('with another %s is not signed', (_, change) => expect(headSigned(change(signedHead(7)), key.publicKey)).toBe(false));
  it('a key that is none signs nothing', () => expect(headSigned({ ...signedHead(7), key: keyId('AAAA') }, 'AAAA')).toBe(false));
});

describe('who holds earlier heads only', () => {
  const held = [signedHead(5), signedHead(16)];
  const proofs = { 5: proof(5, 33), 16: proof(16, 33) };
  it('sees that the log only grew', () => expect(verifyLog({ held, now: signedHead(33), keys, proofs })).toEqual({ ok: true, size: 33 }));
  it('sees a rewritten entry, though all was signed and proved anew', () =>
    expect(verifyLog({ held, now: signedHead(33, other), keys, proofs: { 5: proof(5, 33, other), 16: proof(16, 33, other) } })).toEqual({ ok: false, fault: 'not-a-continuation', size: 5 }));
  it('sees a cut tail', () => expect(verifyLog({ held, now: signedHead(9), keys, proofs: {} })).toMatchObject({ ok: false, fault: 'not-a-continuation' }));
  it('sees a tail cut to nothing else', () => expect(verifyLog({ held: [signedHead(16)], now: signedHead(9), keys, proofs: {} })).toMatchObject({ fault: 'shorter-than-held' }));
  it('sees two roots of one size', () => expect(verifyLog({ held: [signedHead(16)], now: signedHead(16, other), keys, proofs: {} })).toMatchObject({ fault: 'two-roots' }));
  it('sees a foreign key', () => expect(verifyLog({ held, now: signHead(headOf(33), foreign), keys, proofs })).toMatchObject({ fault: 'unknown-key' }));
  it('sees a head under a known name that another key signed', () => expect(verifyLog({ held, now: { ...signHead(headOf(33), foreign), key: keyId(key.publicKey) }, keys, proofs })).toMatchObject({ fault: 'bad-signature' }));
  it('sees another installation', () => expect(verifyLog({ held, now: signHead({ ...headOf(33), installation: 'elsewhere' }, key), keys, proofs })).toMatchObject({ fault: 'another-installation' }));
  it('with the leaves, finds the head they do not belong to', () => {
    expect(verifyLeaves({ leaves, heads: [signedHead(33), ...held], keys })).toEqual({ ok: true, size: 33 });
    expect(verifyLeaves({ leaves: other, heads: held, keys })).toEqual({ ok: false, fault: 'another-root', size: 5 });
    expect(verifyLeaves({ leaves: leaves.slice(0, 10), heads: held, keys })).toEqual({ ok: false, fault: 'shorter-than-held', size: 16 });
  });
});

describe('a witness', () => {
  const witness = newLogKey('witness');
  const asked = (next: SignedHead, last: TreeHead | null, path: string[]) => countersign(next, { last, proof: path, logKey: key.publicKey, witness: '省档案馆', key: witness });
  it('signs its first head, and each that continues its last', () => {
    for (const done of [asked(signedHead(5), null, []), asked(signedHead(33), headOf(5), proof(5, 33)), asked(signedHead(5), headOf(5), [])]) {
      expect(done.ok).toBe(true);
      if (done.ok) expect(countersigned(done.countersignature.size === 5 ? headOf(5) : headOf(33), done.countersignature, witness.publicKey)).toBe(true);
    }
  });
  it('signs no rewritten, no older, no foreign head', () => {
    expect(asked(signedHead(33, other), headOf(5), proof(5, 33, other))).toEqual({ ok: false, code: 'not-a-continuation' });
    expect(asked(signedHead(4), headOf(5), [])).toEqual({ ok: false, code: 'older' });
    expect(asked(signHead(headOf(33), foreign), headOf(5), proof(5, 33))).toEqual({ ok: false, code: 'not-signed-by-the-log' });
    expect(asked(signHead({ ...headOf(33), installation: 'elsewhere' }, key), headOf(5), proof(5, 33))).toEqual({ ok: false, code: 'another-installation' });
  });
  it('its signature holds for that head and that name only', () => {
    const done = asked(signedHead(5), null, []);
    if (!done.ok) throw new Error(done.code);
    expect(countersigned(headOf(6), { ...done.countersignature, size: 6, root: headOf(6).root }, witness.publicKey)).toBe(false);
    expect(countersigned(headOf(5), { ...done.countersignature, witness: '市档案馆' }, witness.publicKey)).toBe(false);
    expect(countersigned(headOf(5), done.countersignature, key.publicKey)).toBe(false);
  });
});
