// Plays the demonstration once per data folder, as a child that may ask for changes of the clock.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { serveClock } from './clock.mjs';
import { lastLine } from './command.mjs';
import { Failure } from './failure.mjs';
import { readText, writeAtomically } from './files.mjs';
import { nodeFlags } from './processes.mjs';
import { repository, serviceNode } from './settings.mjs';

const builtProgram = join(repository, 'deploy/cli/dist/demonstration.js');
const stamp = (folder) => join(folder, 'demonstration.done');

export const demonstrationExists = () => existsSync(builtProgram);
export const demonstrationPlayed = (folder) => readText(stamp(folder)) !== undefined;

/**
 * Runs the demonstration in a system given by startSystem. `line(text)` gets its progress.
 * Resolves when it ended with 0 (every step held), otherwise a Failure. Afterwards the clock runs at scale 1.
 */
export async function playDemonstration({ system, line = () => {}, args = [], signal, program = builtProgram }) {
  const log = join(system.dir, 'logs', 'demonstration.log');
  mkdirSync(join(system.dir, 'logs'), { recursive: true });
  const before = existsSync(log) ? statSync(log).size : 0;
  appendFileSync(log, `\n== ${new Date().toISOString()}\n`);
  const child = spawn(serviceNode(), [...nodeFlags, program, ...args], { cwd: repository, env: system.environment, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], signal, killSignal: 'SIGTERM' });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  if (system.clock) serveClock(child, system.clock);
  const keep = (show) => (text) => {
    appendFileSync(log, `${text}\n`);
    if (show && text.trim()) line(text);
  };
  createInterface({ input: child.stdout }).on('line', keep(true));
  createInterface({ input: child.stderr }).on('line', keep(false));
  const code = await new Promise((done) => {
    child.once('error', (error) => done(error.message));
    child.once('close', (exit, by) => done(by ?? exit));
  });
  process.removeListener('exit', kill);
  if (!system.stopping()) system.clock?.change({ scale: 1, cruise: 1 });
  if (code !== 0) throw new Failure(`演示没有全部通过 (${code}): ${lastLine(log, before)}`, '看日志; 改正后再运行 npm start 会接着做, 或用 npm start -- --fresh 从头开始', log);
  writeAtomically(stamp(system.dir), `${JSON.stringify({ playedAt: new Date().toISOString() })}\n`);
}
