import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { keyId, newLogKey, sha256 } from '@zhijian/audit';
import { unzipped, verifyBundle, type Files, type Manifest, type Replaying, type RoomPart, type Verdict } from '@zhijian/audit/bundle';
import { Runtime } from '@temporalio/worker';
import { wordsOf } from '../histories.js';
import { quietRuntime, replaying } from './replay.js';
import { penaltyTamperings, withPenalties } from './penalties.fixture.js';
import { Bundle } from './tampered-bundle.fixture.js';
import { certificateTamperings, tamperings, type Tampering } from './tamperings.fixture.js';

const stored = fileURLToPath(new URL('../../../histories/bundles/hangzhou-unit.2026-11.zjb', import.meta.url));
const key = newLogKey('01a20000-0000-7000-8000-0000000000aa');
const trust = { keys: [keyId(key.publicKey)] };
let clean: Files;
/** The same district with penalties that became public. */
let punished: Files;

/** A history that was replayed is not replayed again: what is tried here is what the checks find. */
const seen = new Map<string, ReturnType<Replaying['replay']>>();
const remembering: Replaying = {
  ...replaying,
  replay(code, history, workflowId) {
    const name = sha256(code) + sha256(history);
    const known = seen.get(name) ?? replaying.replay(code, history, workflowId);
    seen.set(name, known);
    return known;
  },
};

beforeAll(async () => {
  quietRuntime();
  const bundle = new Bundle(await unzipped(readFileSync(stored)));
  bundle.movedTo(key);
  clean = bundle.files;
  const more = new Bundle(clean);
  withPenalties(more, key);
  punished = more.files;
});
afterAll(() => Runtime.instance().shutdown());

const verified = (files: Files): Promise<Verdict> => verifyBundle(files, remembering, trust);

describe('a bundle as it was exported', () => {
  it('verifies with the program of its day, as of an older release too', async () => {
    const verdict = await verifyBundle(await unzipped(readFileSync(stored)), remembering);
    expect(verdict.problems).toEqual([]);
    expect(verdict.ok).toBe(true);
  }, 60_000);

  it('verifies under another key that signs all of it', async () => {
    expect((await verified(clean)).problems).toEqual([]);
  }, 60_000);

  it('verifies with penalties that became public, and as one made before such rows were gathered', async () => {
    expect((await verified(punished)).problems).toEqual([]);
    const older = new Bundle(punished);
    older.room('publication', (part) => { delete part.rows['penalty']; });
    older.json<Manifest>('manifest.json', (manifest) => { delete manifest.gathering; });
    older.signedBy(key);
    expect((await verified(older.files)).problems).toEqual([]);
  }, 60_000);

  it('names no person, no machine and no folder', () => {
    for (const [path, content] of clean) {
      if (path.startsWith('packs/') || path === 'workflow-bundle.js') continue;
      const text = path === 'history.pb' ? JSON.stringify(wordsOf(replaying.decode(content))) : content.toString('utf8');
      expect(text).not.toMatch(/(?:^|["\s(:])\/(?:home|root|work|usr|tmp|var|opt|Users)\/|(?<![\w-])\d+@[\w.-]|\b(?:\d{1,3}\.){3}\d{1,3}\b|localhost|(?<![\w-])1[3-9]\d{9}(?![\w-])|填表人/);
    }
  });
});

const holdsCertificates = JSON.parse((await unzipped(readFileSync(stored))).get('rooms/inspection.json')!.toString('utf8')) as RoomPart;
const all = [...tamperings, ...(holdsCertificates.certificates.length ? certificateTamperings : []), ...penaltyTamperings];
const bundleFor = (one: Tampering): Bundle => new Bundle(penaltyTamperings.includes(one) ? punished : clean);

describe('whoever changes a bundle is found out, and where', () => {
  it('in at least twenty ways', () => expect(all.length).toBeGreaterThanOrEqual(20));

  /** All of them in `npm run prove -- replay`; whoever holds the key is the harder case. */
  const withoutKey = process.env['PROVE'] ? all : all.filter((_one, at) => at % 5 === 0);

  it.each(withoutKey.map((one) => [one.what, one] as const))('%s, by somebody without the key', async (_what, one) => {
    const { change, where, message } = one;
    const bundle = bundleFor(one);
    change(bundle, newLogKey('foreign'));
    const { ok, firstDivergence } = await verified(bundle.files);
    expect(ok).toBe(false);
    expect(firstDivergence!.where).toMatch(where);
    expect(firstDivergence!.message).toMatch(message);
  }, 60_000);

  it.each(all.map((one) => [one.what, one] as const))('%s, by somebody who signs the list anew with the right key', async (_what, one) => {
    const { change, where, message } = one;
    const bundle = bundleFor(one);
    change(bundle, key);
    bundle.signedBy(key);
    const { ok, firstDivergence, checks } = await verified(bundle.files);
    expect(ok).toBe(false);
    expect(checks.find(({ name }) => name === 'hashes')).toEqual({ name: 'hashes', ok: true });
    expect(firstDivergence!.where).toMatch(where);
    expect(firstDivergence!.message).toMatch(message);
  }, 60_000);
});

describe('what is not looked at', () => {
  it('a bundle signed by an unknown key says which key', async () => {
    const { ok, checks, firstDivergence } = await verifyBundle(clean, remembering, { keys: [sha256('another')] });
    expect({ ok, checks }).toEqual({ ok: false, checks: [{ name: 'signature', ok: false }] });
    expect(firstDivergence!.message).toMatch(/未知的密钥 [0-9a-f]{64} 签名，未作任何核验/);
  });

  it('a bundle of whom nobody here knows a key says by which it is signed', async () => {
    const { ok, checks, firstDivergence } = await verifyBundle(clean, remembering, { keys: [] });
    expect({ ok, checks, check: firstDivergence!.check }).toEqual({ ok: false, checks: [{ name: 'key', ok: false }], check: 'key' });
    expect(firstDivergence!.message).toContain(keyId(key.publicKey));
  });

  it('a bundle of another installation says which', async () => {
    const { ok, checks, firstDivergence } = await verifyBundle(clean, remembering, { installation: 'elsewhere' });
    expect({ ok, checks }).toEqual({ ok: false, checks: [{ name: 'installation', ok: false }] });
    expect(firstDivergence!.message).toContain(key.installation);
  });

  it('the program of a bundle whose list was changed is not run', async () => {
    const bundle = new Bundle(clean);
    bundle.files.set('workflow-bundle.js', Buffer.from('throw new Error("ran")'));
    expect((await verified(bundle.files)).problems.find(({ check }) => check === 'replay')!.message).toContain('未运行');
  });
});
