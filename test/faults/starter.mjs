// `npm start` as people use it, without the demonstration: Ctrl-C, once or impatiently, and SIGTERM in the middle of a start end all of it, and it starts again.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { node, root } from '../support/root.mjs';
import { packKnown } from './pack-known.mjs';
import { documentedPorts, freePort, isFree, which } from './room/deploy.mjs';
import { eventually } from './wait.mjs';

export const name = 'starter';

/** Processes that name this folder in their arguments or their environment: the starter and all it has started. */
function living(folder) {
  const names = (pid, part) => {
    try {
      return readFileSync(`/proc/${pid}/${part}`, 'latin1').includes(folder);
    } catch {
      return false; // it has ended meanwhile
    }
  };
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && ['cmdline', 'environ'].some((part) => names(pid, part))).map(Number);
}

const listed = (folder) => (existsSync(join(folder, 'processes.json')) ? JSON.parse(readFileSync(join(folder, 'processes.json'), 'utf8')) : []);

/** Starts in a process group of its own, as in a terminal; should this process die, the starter is told to stop. */
function begin(command, folder, ports) {
  const tied = which('setpriv') ? ['setpriv', '--pdeathsig', 'TERM', '--'] : [];
  const [program, ...args] = [...tied, ...command, '--no-demo', '--data', folder];
  const child = spawn(program, args, { cwd: root, detached: true, env: { ...process.env, ...ports, DEMONSTRATION_START: '2023-04-05T08:00:00+08:00' }, stdio: ['ignore', 'pipe', 'pipe'] });
  const run = { child, said: '', ended: undefined };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { run.said += data; });
  run.closed = new Promise((done) => child.once('close', (code, signal) => { run.ended = signal ?? code; done(run.ended); }));
  return run;
}

/** Waits for something of a start; a start that ended instead says why. */
const reached = (what, run, ask) => Promise.race([
  eventually(what, ask, 180_000),
  run.closed.then((how) => { throw new Error(`ended with ${how}: ${run.said.slice(-1500)}`); }),
]);
const up = async (run, folder) => {
  await reached('it is up', run, () => run.said.includes('停止: Ctrl-C'));
  if (listed(folder).length !== Object.keys(documentedPorts).length) throw new Error(`not every process is listed: ${listed(folder).map((entry) => entry.name)}`);
};
/** What a terminal does on Ctrl-C. */
const interrupt = ({ child }) => process.kill(-child.pid, 'SIGINT');

/** @throws what is left of it */
async function gone(run, folder, ports) {
  await eventually('it has ended', () => run.ended !== undefined, 90_000);
  const left = living(folder);
  const taken = [];
  for (const [variable, port] of Object.entries(ports)) if (!(await isFree(Number(port)))) taken.push(`${variable}=${port}`);
  const locked = existsSync(join(folder, 'lock.json'));
  if (left.length || taken.length || locked || listed(folder).length) throw new Error(`left: processes ${left}, ports ${taken}, lock ${locked}, listed ${JSON.stringify(listed(folder))}`);
}

const answer = (done) => ({ passed: done.length, failed: 0, lines: ['npm start, interrupted again and again: each time all of it ended, and the next start went on'] });

export async function run({ rounds = 1, log = () => undefined } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'zhijian-starter-'));
  const ports = {};
  for (const [, variable] of Object.values(documentedPorts)) ports[variable] = String(await freePort());
  const done = [];
  const shown = async (what, work) => {
    log(`${what}${await work().then((said) => (said ? `: ${said}` : ''))}`);
    done.push(what);
  };
  const begun = (command) => begin(command, folder, ports);
  const npm = ['npm', 'start', '--'];
  try {
    const broken = begun([node(), 'deploy/local/start.mjs']);
    await shown('SIGTERM while the engines of a new folder start: all of it ends', async () => {
      await reached('an engine starts', broken, () => listed(folder).length > 0);
      process.kill(broken.child.pid, 'SIGTERM');
      await gone(broken, folder, ports);
      if (broken.ended !== 143) throw new Error(`it ended with ${broken.ended}`);
    });
    const first = begun(npm);
    await shown('the following start goes on where it was broken off', () => up(first, folder));
    await shown('a pack installed meanwhile is known to every service', () => packKnown({ folder, ports, limit: rounds > 1 ? 5000 : undefined }));
    await shown('Ctrl-C: all of it ends', async () => {
      interrupt(first);
      await gone(first, folder, ports);
    });
    if (rounds === 1) return answer(done); // what follows is many more starts: in the full count only
    const second = begun(npm);
    await shown('it starts again', () => up(second, folder));
    await shown('Ctrl-C twice: all of it ends', async () => {
      interrupt(second);
      await eventually('it has heard the first', () => second.said.includes('正在停止'));
      interrupt(second);
      await gone(second, folder, ports);
    });
    const last = begun([...npm, '--exit']);
    await shown('with --exit it stops by itself, with 0', async () => {
      await eventually('it has ended', () => last.ended !== undefined, 180_000);
      await gone(last, folder, ports);
      if (last.ended !== 0) throw new Error(`it ended with ${last.ended}: ${last.said.slice(-1500)}`);
    });
    return answer(done);
  } catch (error) {
    return { passed: done.length, failed: 1, lines: [`after “${done.at(-1) ?? 'the beginning'}”: ${error.message}`] };
  } finally {
    for (const pid of living(folder)) process.kill(pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}
