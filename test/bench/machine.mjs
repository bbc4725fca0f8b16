// What the machine was doing: a spin probe, the load average, CPU time of process trees.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';

const block = Buffer.alloc(64 * 1024, 7);

/** Milliseconds of a fixed SHA-256 loop (about 60 ms on a quiet core). */
export function spin() {
  const from = performance.now();
  for (let at = 0; at < 600; at += 1) createHash('sha256').update(block).digest();
  return performance.now() - from;
}

export const load = () => Number(loadavg()[0].toFixed(2));

/** Waits until the machine rests: what one arm leaves to be done afterwards is not paid by the next. At most four seconds. */
export async function calm() {
  const times = () => cpus().map(({ times: { idle, ...busy } }) => [idle, Object.values(busy).reduce((all, one) => all + one, idle)]);
  for (let left = 40; left > 0; left -= 1) {
    const before = times();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const [idle, all] = times().reduce((sum, core, at) => sum.map((one, which) => one + core[which] - before[at][which]), [0, 0]);
    if (idle > all * 0.8) return;
  }
}

/** pid → { parent, ticks, reaped } of everything that runs; a name in brackets may hold blanks. */
function processes() {
  const all = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      const field = text.slice(text.lastIndexOf(')') + 2).split(' ');
      all.set(Number(name), { parent: Number(field[1]), ticks: Number(field[11]) + Number(field[12]), reaped: Number(field[13]) + Number(field[14]) });
    } catch { /* ended meanwhile */ }
  }
  return all;
}

/** CPU milliseconds that a process and all its children have used (10 ms grain); ended children count through their parent. */
export function cpuOf(root) {
  const all = processes();
  const inside = (pid) => { for (let at = pid; all.has(at); at = all.get(at).parent) if (at === root) return true; return false; };
  let ticks = 0;
  for (const [pid, { ticks: own, reaped }] of all) if (inside(pid)) ticks += own + reaped;
  return ticks * 10;
}

export const machine = () => ({ cpus: cpus().length, model: cpus()[0]?.model, memory: totalmem(), kernel: release(), node: process.version });

/** A command of its own, from start to end. Throws when it could not do what it was asked; `code` 1 is an answer. */
export function commandTimed(command, args) {
  const from = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 30 });
  const seconds = (performance.now() - from) / 1000;
  if (status !== 0 && status !== 1) throw new Error(stderr.slice(-2000));
  return { seconds, output: stdout };
}
