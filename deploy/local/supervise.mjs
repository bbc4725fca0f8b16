// Starts processes, sees that they are ready, restarts what dies, stops everything, leaves no orphan.
import { spawn } from 'node:child_process';
import { closeSync, fstatSync } from 'node:fs';
import { join } from 'node:path';
import { lastLine, which } from './command.mjs';
import { Failure } from './failure.mjs';
import { openLog } from './files.mjs';
import { pause, signalGroup, waitForEnd } from './machine.mjs';
import { writeProcessList } from './process-list.mjs';

const slowestRestart = 1500; // ms; what dies is back within 2 s
const graceToStop = 10_000;

/**
 * A supervisor for one data folder.
 * A process is `{ name, command, args, env?, cwd?, user?, port, level, ready, readyWithin?, stopSignal?, beforeStart? }`:
 * `level` orders the stopping (highest first), `ready` resolves to true when it serves, `user` is `{ id, capabilities? }`.
 * `throwAway` binds the children's life to ours even when we are killed with -9 (needs util-linux; for tests).
 */
export function supervise({ folder, throwAway = false }) {
  const entries = new Map();
  let stopping = false;

  const record = () =>
    writeProcessList(folder, [...entries.values()].filter((entry) => entry.pid).map(({ spec, pid, restarts, log }) =>
      ({ name: spec.name, pid, command: commandLine(spec), port: spec.port, log, restarts })));

  async function launch(entry) {
    if (stopping) return;
    try {
      await entry.spec.beforeStart?.();
    } catch (error) {
      entry.trouble = error;
    }
    if (stopping) return;
    const out = openLog(entry.log);
    entry.logFrom ??= fstatSync(out).size;
    const { command, args, options } = asUser(entry.spec, throwAway);
    const child = spawn(command, args, { cwd: entry.spec.cwd, env: entry.spec.env ?? process.env, detached: true, stdio: ['ignore', out, out], ...options });
    closeSync(out);
    entry.pid = child.pid;
    entry.startedAt = Date.now();
    record();
    child.once('error', (error) => { entry.trouble = error; });
    entry.ended = new Promise((done) => child.once(child.pid ? 'exit' : 'error', done));
    entry.ended.then(() => afterEnd(entry));
  }

  async function afterEnd(entry) {
    entry.pid = undefined;
    if (stopping || entry.givenUp) return;
    entry.exits = Date.now() - entry.startedAt > 10_000 ? 0 : entry.exits + 1;
    await pause(Math.min(slowestRestart, 100 * 2 ** entry.exits));
    if (stopping || entry.givenUp) return;
    entry.restarts += 1;
    await launch(entry);
  }

  /** Starts a process and waits until it is ready; a Failure when it is not within its limit. */
  async function start(spec) {
    const entry = { spec, restarts: 0, exits: 0, log: join(folder, 'logs', `${spec.name}.log`) };
    entries.set(spec.name, entry);
    await launch(entry);
    const limit = spec.readyWithin ?? 60_000;
    const end = Date.now() + limit;
    while (!(entry.pid && (await spec.ready()))) {
      if (stopping) throw new Failure('已停止');
      if (Date.now() > end || entry.exits >= (spec.attempts ?? 5)) {
        entry.givenUp = true;
        if (entry.pid) signalGroup(entry.pid, 'SIGKILL');
        const why = entry.trouble?.message ?? lastLine(entry.log, entry.logFrom);
        throw new Failure(`${spec.name} 没有就绪: ${why}`, '看日志最后几行; 改正后再运行一次即可继续', entry.log);
      }
      await pause(50);
    }
    entry.restarts = 0; // retries before the first readiness are part of starting
    record();
    return entry;
  }

  /** Stops everything, highest level first; each gets 10 s before it is killed. */
  async function stop() {
    stopping = true;
    const levels = [...new Set([...entries.values()].map((entry) => entry.spec.level ?? 0))].sort((a, b) => b - a);
    for (const level of levels) {
      const living = [...entries.values()].filter((entry) => (entry.spec.level ?? 0) === level && entry.pid);
      living.forEach((entry) => signalGroup(entry.pid, entry.spec.stopSignal ?? 'SIGTERM'));
      const stubborn = await waitForEnd(living.map((entry) => entry.pid), graceToStop);
      stubborn.forEach((pid) => signalGroup(pid, 'SIGKILL'));
      await waitForEnd(stubborn, 5_000);
    }
    process.removeListener('exit', abandon);
    writeProcessList(folder, []);
  }

  // The last resort when this process ends without stop().
  const abandon = () => [...entries.values()].forEach(({ pid, spec }) => pid && signalGroup(pid, spec.stopSignal ?? 'SIGTERM'));
  process.once('exit', abandon);

  return {
    start,
    stop,
    /** name → pid of what runs now. */
    pids: () => Object.fromEntries([...entries].filter(([, entry]) => entry.pid).map(([name, entry]) => [name, entry.pid])),
    restarts: () => Object.fromEntries([...entries].map(([name, entry]) => [name, entry.restarts])),
    stopping: () => stopping,
  };
}

export const commandLine = (spec) => [spec.command, ...spec.args].join(' ');

function asUser({ command, args, user }, throwAway) {
  const setpriv = which('setpriv');
  const flags = [];
  if (throwAway && setpriv) flags.push('--pdeathsig', 'KILL');
  if (user?.capabilities && setpriv) {
    const capabilities = `-all,+${user.capabilities}`;
    flags.push('--reuid', user.id, '--regid', user.id, '--clear-groups', '--inh-caps', capabilities, '--ambient-caps', capabilities);
  } else if (user && flags.length > 0) flags.push('--reuid', user.id, '--regid', user.id, '--clear-groups');
  if (flags.length > 0) return { command: setpriv, args: [...flags.map(String), '--', command, ...args], options: {} };
  return { command, args, options: user ? { uid: user.id, gid: user.id } : {} };
}
