import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countersigned, leafHash, newLogKey, rootOf, signHead, type Countersignature, type SignedHead } from '@zhijian/audit';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Question } from '../command/command.js';
import { auditWitness } from './witness.js';

const key = newLogKey('testland');
const folder = mkdtempSync(join(tmpdir(), 'zhijian-witness-'));
const leaves = [leafHash('a'), leafHash('b')];
const headOf = (all: Buffer[]): SignedHead => signHead({ v: 1, installation: 'testland', size: all.length, root: rootOf(all).toString('hex'), at: '2026-11-22T10:00:00.000+08:00' }, key);
let shown: SignedHead = headOf(leaves.slice(0, 1));
let path: string[] = [];
let server: Server;
const asked = (more: Record<string, string> = {}) => auditWitness.answer({ arguments: ['省档案馆'], values: { portal: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, state: 'w.json', ...more }, surroundings: { cwd: folder } } as unknown as Question);

beforeAll(async () => {
  server = createServer((request, response) => { response.end(JSON.stringify(request.url!.includes('/head') ? shown : { path })); });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('audit witness', () => {
  it('asks for the log’s key the first time', async () => expect(asked()).rejects.toThrow('--key'));
  it('signs the first head, and one that continues it', async () => {
    const first = await asked({ key: key.publicKey });
    const { countersignature, publicKey } = first.json as { countersignature: Countersignature; publicKey: string };
    expect(countersigned(shown.head, countersignature, publicKey)).toBe(true);
    shown = headOf(leaves);
    path = [leaves[1]!.toString('hex')];
    expect((await asked()).ok).toBe(true);
  });
  it('signs no rewritten and no shortened log', async () => {
    shown = headOf([leaves[1]!, leaves[0]!, leaves[0]!]);
    expect((await asked()).json).toMatchObject({ ok: false, code: 'not-a-continuation' });
    shown = headOf(leaves.slice(0, 1));
    expect((await asked()).json).toMatchObject({ ok: false, code: 'older' });
  });
});
