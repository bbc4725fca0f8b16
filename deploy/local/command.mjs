// Runs commands to their end, with output in a log file.
import { spawn, spawnSync } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { accessSync, closeSync, constants, fstatSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure } from './failure.mjs';
import { openLog } from './files.mjs';

const running = new Set();
process.once('exit', () => running.forEach((child) => child.kill('SIGTERM')));

/** Absolute path of a program on PATH, or undefined. */
export function which(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (!folder) continue;
    try {
      accessSync(join(folder, name), constants.X_OK);
      return join(folder, name);
    } catch {
      // not here
    }
  }
  return undefined;
}

/** Output of a short command, or undefined when it is absent or fails. */
export function answer(command, args) {
  const result = spawnSync(command, args, { encoding: 'utf8', timeout: 20_000 });
  return result.status === 0 ? `${result.stdout}${result.stderr}` : undefined;
}

/** Runs a command with its output appended to `log`; a Failure with the last lines when it does not end with 0. */
export async function run(command, args, { log, cwd, env = process.env, input, what = command, fix, uid, gid } = {}) {
  const out = openLog(log);
  const before = fstatSync(out).size;
  const child = spawn(command, args, { cwd, env, uid, gid, stdio: [input === undefined ? 'ignore' : 'pipe', out, out] });
  closeSync(out);
  running.add(child);
  if (input !== undefined) {
    child.stdin.on('error', () => {}); // a program that ended early says why in the log
    child.stdin.end(input);
  }
  const code = await new Promise((done) => {
    child.once('error', (error) => done(error.message));
    child.once('exit', (exit, signal) => done(signal ?? exit));
  });
  running.delete(child);
  if (code !== 0) throw new Failure(`${what}失败 (${code}): ${lastLine(log, before)}`, fix, log);
}

const noise = /complete log of this run|^npm error$|^errors: |^at |^\^|^Node\.js v/;

/** The last line of a log that says something; only what was written after its first `from` bytes. */
export function lastLine(file, from = 0) {
  const text = stripVTControlCharacters(readFileSync(file).subarray(from).subarray(-8000).toString('utf8'));
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line && !noise.test(line));
  return (lines.findLast((line) => /error|fatal|fail|cannot|could not|错误|失败/i.test(line)) ?? lines.at(-1) ?? '').slice(0, 300);
}
