import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const logs = join(root, '.local', 'test-logs');

/** Runs a command, its output into a log (and to the terminal when it fails). @returns { code, log } */
export function run(name, command, args, { env = {}, cwd = root } = {}) {
  mkdirSync(logs, { recursive: true });
  const log = join(logs, `${name}.log`);
  const file = createWriteStream(log);
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true', FORCE_COLOR: '0', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.pipe(file, { end: false });
    child.stderr.pipe(file, { end: false });
    child.on('error', (error) => { file.write(String(error)); file.end(() => resolve({ code: 127, log })); });
    child.on('close', (code) => file.end(() => resolve({ code: code ?? 1, log })));
  });
}

/** The end of a log, for a failure. */
export const tail = (log, lines = 60) => readFileSync(log, 'utf8').split('\n').slice(-lines).join('\n');

/** One Jest run. @returns { code, log, passed, failed, skipped } */
export async function jest(name, node, args, env = {}) {
  mkdirSync(logs, { recursive: true });
  const json = join(logs, `${name}.json`);
  rmSync(json, { force: true });
  const done = await run(name, node, ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', '--disable-warning=TimeoutNegativeWarning', join(root, 'node_modules/jest/bin/jest.js'),
    '--config', join(root, 'jest.config.mjs'), '--json', '--outputFile', json, ...args], { env });
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(json, 'utf8'));
    return { ...done, passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites, skipped: numPendingTests };
  } catch {
    return { ...done, passed: 0, failed: 1, skipped: 0 };
  }
}
