import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
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

const told = (text) => stripVTControlCharacters(text).split('\n').filter((line) => !/^\s+at .*node_modules/.test(line)).slice(0, 24).map((line) => `    ${line}`).join('\n');

/** What failed, each with its own words: where a run is only seen through its output, the end of a log hides the first failure, which is often the cause. */
export const failures = (testResults) => testResults.flatMap(({ name, message, assertionResults }) => {
  const file = relative(root, name);
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return message ? [`  ● ${file}\n${told(message)}`] : [];
  return failed.map(({ fullName, failureMessages }) => `  ● ${file} › ${fullName}\n${told(failureMessages.join('\n'))}`);
}).join('\n');

/** One Jest run. @returns { code, log, passed, failed, skipped, output }; the output is what failed, if something did */
export async function jest(name, node, args, env = {}) {
  mkdirSync(logs, { recursive: true });
  const json = join(logs, `${name}.json`);
  rmSync(json, { force: true });
  const done = await run(name, node, [join(root, 'node_modules/jest/bin/jest.js'), '--config', join(root, 'jest.config.mjs'), '--json', '--outputFile', json, ...args], { env });
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites, testResults } = JSON.parse(readFileSync(json, 'utf8'));
    return { ...done, passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites, skipped: numPendingTests, ...(done.code ? { output: failures(testResults) || tail(done.log) } : {}) };
  } catch {
    return { ...done, passed: 0, failed: 1, skipped: 0 };
  }
}
