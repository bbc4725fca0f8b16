import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { Failure } from './failure.mjs';
import { lockFolder } from './lock.mjs';
import { pause, processOf } from './machine.mjs';
import { freePort } from './ports.mjs';
import * as probe from './probe.mjs';
import { clearLeftovers, readProcessList, writeProcessList } from './process-list.mjs';
import { supervise } from './supervise.mjs';

const folder = () => mkdtempSync(join(tmpdir(), 'zhijian-supervise-'));
const server = (port) => ['-e', `require('node:http').createServer((q, s) => s.end('ok')).listen(${port}, '127.0.0.1')`];
const webServer = async (name = 'web') => {
  const port = await freePort();
  return { name, port, command: process.execPath, args: server(port), ready: () => probe.http(port, '/readyz') };
};

async function eventually(condition, limit = 5_000) {
  for (const end = Date.now() + limit; Date.now() < end; await pause(20)) if (await condition()) return;
  assert.fail('not within its limit');
}

it('starts, lists, restarts what is killed with -9, and stops all', async () => {
  const where = folder();
  const supervisor = supervise({ folder: where });
  const spec = await webServer();
  await supervisor.start(spec);
  const [listed] = readProcessList(where);
  assert.deepEqual([listed.name, listed.port, listed.restarts, processOf(listed.pid).command], ['web', spec.port, 0, listed.command]);

  process.kill(listed.pid, 'SIGKILL');
  await eventually(async () => readProcessList(where)[0]?.restarts === 1 && (await spec.ready()));
  const again = readProcessList(where)[0].pid;
  assert.notEqual(again, listed.pid);

  await supervisor.stop();
  assert.equal(processOf(again), undefined);
  assert.deepEqual(readProcessList(where), []);
});

it('says why a process does not come up', async () => {
  const supervisor = supervise({ folder: folder() });
  const spec = { name: 'broken', command: process.execPath, args: ['-e', 'throw new Error("no such table")'], ready: () => false, attempts: 2 };
  await assert.rejects(supervisor.start(spec), (error) => error instanceof Failure && /no such table/.test(error.message) && error.log.endsWith('broken.log'));
  await supervisor.stop();
});

it('ends what a killed supervisor left, and nothing else that has the same pid', async () => {
  const where = folder();
  const first = supervise({ folder: where });
  await first.start(await webServer('left'));
  const [left] = readProcessList(where);
  const stranger = supervise({ folder: folder() });
  await stranger.start(await webServer('stranger'));
  writeProcessList(where, [left, { ...left, name: 'stranger', pid: stranger.pids().stranger }]);

  assert.deepEqual(await clearLeftovers(where), ['left']);
  assert.notEqual(processOf(stranger.pids().stranger), undefined);
  await Promise.all([first.stop(), stranger.stop()]);
});

it('one supervisor per data folder; the lock of a dead one is taken over', () => {
  const where = folder();
  const release = lockFolder(where);
  assert.throws(() => lockFolder(where), /正由另一个 npm start 使用/);
  release();
  writeFileSync(join(where, 'lock.json'), JSON.stringify({ pid: 999_999_999, started: '1' }));
  lockFolder(where)();
});
