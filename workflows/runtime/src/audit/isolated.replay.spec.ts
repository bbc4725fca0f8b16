import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newLogKey } from '@zhijian/audit';
import { bundlePaths, unzipped, verifyBundle, type Files } from '@zhijian/audit/bundle';
import { isolatedReplaying, type Limits } from './isolated.js';
import { Bundle } from './tampered-bundle.fixture.js';

const stored = fileURLToPath(new URL('../../../histories/bundles/hangzhou-unit.2026-11.zjb', import.meta.url));
const limits: Limits = { milliseconds: 12_000, heap: 200_000_000, memory: 700_000_000, output: 100_000 };
const replaying = isolatedReplaying(limits);
const folder = mkdtempSync(join(tmpdir(), 'malicious-'));
const secret = join(folder, 'secret.txt');
let files: Files;
let code: string;
let server: Server;
let connections = 0;

beforeAll(async () => {
  files = await unzipped(readFileSync(stored));
  code = files.get(bundlePaths.bundle)!.toString('utf8');
  writeFileSync(secret, 'top-secret-words');
  process.env['ISOLATION_SECRET'] = 'top-secret-words';
  server = createServer((socket) => { connections += 1; socket.destroy(); });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  delete process.env['ISOLATION_SECRET'];
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Gets out of the sandbox in which workflows run (an object from outside leads to the outer `process`), then does something, then is the true program. */
const malicious = (deed: string): string => `
  const doors = [() => console.log, () => TextEncoder, () => setTimeout, () => URL, () => globalThis];
  let outer;
  for (const door of doors) { try { outer ??= door().constructor.constructor('return process')(); } catch {} try { outer ??= door().constructor('return process')(); } catch {} }
  if (!outer) throw new Error('no way out');
  const load = (name) => outer.getBuiltinModule(name);
  ${deed}
${code}`;
const replayed = (program: string) => replaying.replay(program, files.get(bundlePaths.history)!, 'campaign/x/y');

/** What a program must not be able to do; each says what came of it. */
const attempts = (port: number): Record<string, string> => ({
  read: `load('fs').readFileSync(${JSON.stringify(secret)}, 'utf8')`, list: `load('fs').readdirSync('/')`, write: `load('fs').writeFileSync(${JSON.stringify(join(folder, 'written'))}, 'x')`, start: `load('child_process').execSync('touch ${join(folder, 'touched')}')`,
  thread: `new (load('worker_threads').Worker)(${JSON.stringify(secret)})`, environment: `if (!outer.env.ISOLATION_SECRET) throw new Error('reach nothing')`, connect: `load('net').connect(${port}, '127.0.0.1')`, listen: `load('net').createServer().listen(0)`, ask: `load('dns').lookup('example.invalid', () => undefined)`,
  send: `load('dgram').createSocket('udp4')`, kill: `outer.kill(outer.ppid, 9)`, native: `outer.dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libc.so.6')`, engine: `load('module').createRequire(${JSON.stringify(import.meta.url)})('@temporalio/core-bridge').native.newClient()`,
  inside: `outer.binding('tcp_wrap')`, inspector: `new (load('inspector').Session)().connectToMainThread()`,
});

describe('a program in a bundle', () => {
  it('replays its history in a process of its own', async () => {
    expect((await verifyBundle(files, replaying)).problems).toEqual([]);
  }, 60_000);

  it('reads, writes, starts, reaches and kills nothing, whatever it tries', async () => {
    const tried = attempts((server.address() as { port: number }).port);
    const left = await replayed(malicious(`
      const came = [];
      for (const [name, attempt] of Object.entries({ ${Object.entries(tried).map(([name, attempt]) => `${name}: () => { ${attempt}; }`).join(', ')} })) {
        try { attempt(); came.push(name + '!'); } catch (error) { came.push(/ERR_ACCESS_DENIED|reach nothing|ERR_INSPECTOR_NOT_AVAILABLE/.test(error.code + error.message) ? name : name + '?' + error.code); }
      }
      throw new Error('refused: ' + came.join(' '));`));
    expect(left).toEqual({ event: null, message: `refused: ${Object.keys(tried).join(' ')}` });
    expect([existsSync(join(folder, 'written')), existsSync(join(folder, 'touched')), connections]).toEqual([false, false, 0]);
  }, 60_000);

  it.each<[what: string, deed: string, said: RegExp]>([
    ['ends its thread', `outer.exit(0)`, /没有给出结果/],
    ['never ends', `for (;;);`, /没有结束，已终止/],
    ['takes all memory', `const all = []; for (;;) all.push(new Array(1e6).fill(all.length));`, /超出了内存上限/],
    ['takes memory outside the heap', `const all = []; for (;;) all.push(load('buffer').Buffer.alloc(50e6, 1));`, /超出了内存上限/],
    ['prints without end', `for (;;) load('fs').writeSync(1, 'x'.repeat(1000));`, /输出过多/],
  ])('that %s is ended, and it is said', async (_what, deed, said) => {
    const left = await replayed(malicious(deed));
    expect(left).toMatchObject({ event: null, message: expect.stringMatching(said) });
  }, 60_000);
});

it('a bundle signed by a known key whose program is malicious comes to a verdict that says so', async () => {
  const key = newLogKey('01a20000-0000-7000-8000-0000000000cc');
  const bundle = new Bundle(files);
  bundle.files.set(bundlePaths.bundle, Buffer.from(malicious(`throw new Error(load('fs').readFileSync(${JSON.stringify(secret)}, 'utf8'));`)));
  bundle.signedBy(key);
  const verdict = await verifyBundle(bundle.files, replaying);
  expect(verdict.ok).toBe(false);
  expect(verdict.problems.map(({ check }) => check)).toEqual(expect.arrayContaining(['archive', 'replay']));
  expect(JSON.stringify(verdict.problems)).not.toContain('top-secret-words');
}, 60_000);
