// A sheet of 100,000 scores with 500 faults of 20 kinds, over HTTP: every fault found, none invented, in time and memory.
import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freshDatabase } from './ground.mjs';
import { counted } from './harness.mjs';
import { faultKinds } from './score-faults.mjs';
import { writeScores } from './score-file.mjs';
import { items, layScores, place, planId } from './score-ground.mjs';

const program = fileURLToPath(new URL('./score-server.mjs', import.meta.url));
const packs = fileURLToPath(new URL('./pack', import.meta.url));
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const resident = (pid) => { try { return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024; } catch { return 0; } };
const childrenOf = (pid) => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((name) => { try { return readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')[1] === String(pid); } catch { return false; } });

/** The most memory (MB) that a process and its children held together while `work` ran. */
async function peakWhile(pid, work) {
  let [peak, reader, service] = [0, 0, 0];
  const look = () => {
    const apart = childrenOf(pid).reduce((sum, child) => sum + resident(child), 0);
    reader = Math.max(reader, apart);
    service = Math.max(service, resident(pid));
    peak = Math.max(peak, resident(pid) + apart);
  };
  const timer = setInterval(look, 50);
  try {
    return { answer: await work(), peak: () => peak, reader: () => reader, service: () => service };
  } finally {
    look();
    clearInterval(timer);
  }
}

export async function run({ system, issuer, profile, say }) {
  const lines = profile === 'full' ? 100_000 : 20_000;
  const folder = mkdtempSync(join(tmpdir(), 'zhijian-bench-scores-'));
  const { url, client, drop } = await freshDatabase(system.databaseUrl, 'bench_import');
  const server = fork(program, [url, issuer.url], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: ['--disable-warning=ExperimentalWarning'], env: { ...process.env, POLICY_DIR: packs } });
  try {
    await layScores(client, lines / items.length);
    const file = join(folder, 'scores.xlsx');
    const places = await writeScores(file, lines, 500);
    const bytes = readFileSync(file);
    say(`${lines} lines, ${(bytes.length / 1e6).toFixed(2)} MB`);
    const [{ url: address }] = await Promise.all([new Promise((resolve) => { server.once('message', resolve); })]);
    const headers = { authorization: `Bearer ${await issuer.token({ id: 'zhikong', role: 'quality-centre', places: [{ code: place }] })}` };
    const post = async (path, key, type, body) => {
      const answer = await fetch(`${address}${path}`, { method: 'POST', headers: { ...headers, 'content-type': type, 'idempotency-key': key }, body });
      const json = await answer.json();
      if (!answer.ok) throw new Error(JSON.stringify(json));
      return json;
    };
    const idle = resident(server.pid);
    let from = performance.now();
    const { answer, peak, reader, service } = await peakWhile(server.pid, () => post(`/api/v1/evaluation-plans/${planId}/score-imports`, 'import', xlsx, bytes));
    const seconds = (performance.now() - from) / 1000;
    say(`preview ${seconds.toFixed(1)} s, together ${peak().toFixed(0)} MB, service ${service().toFixed(0)} MB (idle ${idle.toFixed(0)}), reader ${reader().toFixed(0)} MB`);
    from = performance.now();
    const confirmed = await peakWhile(server.pid, () => post(`/api/v1/score-imports/${answer.importId}/confirmation`, 'confirm', 'application/json', '{}'));
    const entering = (performance.now() - from) / 1000;
    const found = new Set(answer.errors.map(({ path }) => path));
    const missed = places.filter(({ path }) => !found.has(path));
    const invented = answer.errors.filter(({ path }) => !places.some((one) => one.path === path));
    const { rows: [{ kept }] } = await client.query('select count(*)::int as kept from quality_control.score_row');
    return { places, missed, invented, results: [
      counted('import faults', `faults found of 500 of ${faultKinds.length} kinds; invented`, `${places.length - missed.length}, ${invented.length}`, '500, 0', missed.length === 0 && invented.length === 0 && answer.faults === 500),
      counted('import lines', `lines kept of ${lines}; entered into so many sheets`, `${kept}, ${confirmed.answer.entered}`, `${lines - 500}`, kept === lines - 500 && answer.good === kept),
      counted('import time', `${lines} lines over HTTP until the preview answers`, `${seconds.toFixed(1)} s`, '≤ 60 s', seconds <= 60),
      counted('import memory', 'what the import takes at its peak: the reading process, and the service above its idle state', `${(peak() - idle).toFixed(0)} MB`, '≤ 300 MB', peak() - idle <= 300),
      counted('import resident', 'resident: service idle, at its peak, both processes together', `${idle.toFixed(0)}, ${service().toFixed(0)}, ${peak().toFixed(0)} MB`, ''),
      counted('import entered', 'confirmation, until all sheets are entered; memory', `${entering.toFixed(1)} s, ${confirmed.peak().toFixed(0)} MB`, ''),
    ] };
  } finally {
    server.disconnect();
    await drop();
    rmSync(folder, { recursive: true, force: true });
  }
}
