// log: what the log costs a command in CPU, of the room's process and of Postgres: self-check reports over HTTP with their
// entry, put into the log afterwards, against the same without entry.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Frontier, newLogKey } from '@zhijian/audit';
import { newId } from '@zhijian/contracts';
import { schemaFolders, urlFor } from '@zhijian/persistence';
import pg from 'pg';
import { built, mustEqual } from './ground.mjs';
import { countsOf, judged, paired } from './harness.mjs';
import { cpuOf } from './machine.mjs';
import { submissions } from './p3-self-check.mjs';

const { merge } = await built('workflows/runtime/dist/log/merge.js');

const often = 3;
const perArm = 300; // CPU is read in steps of 10 ms

export async function run({ system, issuer, profile, random, say }) {
  const folder = mkdtempSync(join(tmpdir(), 'zhijian-bench-log-'));
  process.env.ENTRY_KEY_FILE = join(folder, 'entry-key');
  writeFileSync(process.env.ENTRY_KEY_FILE, randomBytes(32).toString('base64'));
  const { pairs, warm, same } = countsOf(profile, often);
  const { url, client, arm, stop } = await submissions({ system, issuer, random, say, perArm, need: { ours: pairs + warm, unlogged: pairs + warm + 2 * same } });
  const keeper = new pg.Client({ connectionString: urlFor('workflows_app', url), options: '-c search_path=workflows -c app.reach=all' });
  await keeper.connect();
  const key = newLogKey(newId());
  let frontier = Frontier.empty();
  let merged = 0;

  /** Backends of this database but our own, ended ones too: a pool may let one go. */
  const seen = new Map();
  const backends = async () => {
    for (const { pid } of (await client.query('select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()')).rows) seen.set(pid, Math.max(seen.get(pid) ?? 0, cpuOf(pid)));
    return [...seen.values()].reduce((sum, ms) => sum + ms, 0) + merged;
  };
  /** What waits goes into the log; the sequencer's own share is this process's. */
  const behind = async () => {
    const from = process.cpuUsage();
    for (let done; (done = await merge(keeper, { rooms: Object.keys(schemaFolders), frontier, key, now: () => new Date().toISOString() })); ) frontier = done.frontier;
    const { user, system: kernel } = process.cpuUsage(from);
    merged += (user + kernel) / 1000;
    mustEqual('leaves', Number((await client.query('select count(*) as n from workflows.log_leaf')).rows[0].n), frontier.size);
  };
  const cpu = (made) => async () => {
    const { all, ...result } = await made();
    return { ...result, figures: { time: result.seconds, cpu: all } };
  };

  try {
    const ours = cpu(arm('ours', { also: backends, behind }));
    const bare = cpu(arm('unlogged', { also: backends, logged: false }));
    const done = await paired({ ours, bare, profile, often, random, say });
    mustEqual('entries in the log', frontier.size, (pairs + warm) * perArm);
    return { ...done, results: [
      judged('log', 'CPU of a report, room and Postgres, with entry and log / without', done.figures.cpu, { atMost: 1.15 }, { unit: ' ms' }),
      { id: 'log room', what: "CPU of the room's process alone", ratio: { median: done.cpu.ratio, low: NaN, high: NaN }, ours: done.cpu.ours, bare: done.cpu.bare, unit: ' ms', bar: '', verdict: 'info' },
    ] };
  } finally {
    await keeper.end();
    delete process.env.ENTRY_KEY_FILE;
    rmSync(folder, { recursive: true, force: true });
    await stop();
  }
}
