// kill -9 of any one process of processes.json while the system runs under light load: back within 15 s, nothing lost.
import { randomUUID } from 'node:crypto';
import { creditCodeOf } from '@zhijian/policy';
import pg from 'pg';
import { startSystem } from '../../deploy/local/engines.mjs';
import { chance } from './chance.mjs';
import { probe } from './room/deploy.mjs';
import { eventually, pause } from './wait.mjs';

export const name = 'kills: every process';

const inTests = ['postgres', 'kafka', 'temporal', 'inspection'];
/** What is promised of a process killed with -9. Timed in the full count only: a test says that it comes back, however busy the machine. */
const limit = 15_000;

async function tokenOf(system) {
  const body = new URLSearchParams({ grant_type: 'urn:zhijian:demonstration', client_id: 'zhijian-demonstration', account: 'xian', place: '330106' });
  return (await (await fetch(`${system.urls.identity}/token`, { method: 'POST', body })).json()).access_token;
}

/** Registers institutions one after another, each with its key until answered, while `going()`. */
async function load(system, token, numbers, going, acked) {
  while (going()) {
    const number = numbers();
    const body = JSON.stringify({
      creditCode: creditCodeOf(`52330106${String(number).padStart(9, '0')}`), name: `测试医院${number}`, kind: 'health-examination', jurisdiction: '330106', address: '测试路1号', contactPost: '医务科', invented: true, filing: null,
    });
    const key = randomUUID();
    for (const end = Date.now() + 60_000; ; ) {
      const answer = await fetch(`${system.urls.qualification}/api/v1/institutions`, { method: 'POST', body, signal: AbortSignal.timeout(10_000), headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key } }).catch(() => undefined);
      if (answer?.status === 201) {
        acked.push((await answer.json()).institutionId);
        break;
      }
      if (answer && answer.status < 500) throw new Error(`${answer.status}: ${await answer.text()}`);
      if (answer && answer.status !== 503) acked.strange = [...(acked.strange ?? []), answer.status];
      if (Date.now() > end) throw new Error(`institution ${number} was not answered within 60 s`);
      await pause(100);
    }
    await pause(150); // light
  }
}

const readyOf = (system, process) => {
  const port = system.ports[process];
  if (process === 'postgres') return () => probe.postgres(port);
  if (['kafka', 'temporal'].includes(process)) return () => probe.tcp(port);
  return () => probe.http(port, process === 'temporal-ui' ? '/' : '/readyz');
};

/** @returns how many milliseconds until a new pid was ready */
async function strike(system, process_) {
  const pid = system.pids()[process_];
  const from = Date.now();
  process.kill(pid, 'SIGKILL');
  const ready = readyOf(system, process_);
  await eventually(`${process_} is back`, async () => system.pids()[process_] !== undefined && system.pids()[process_] !== pid && (await ready()), 60_000);
  return Date.now() - from;
}

async function copies(database, acked) {
  const { rows } = await database.query(`select
    (select count(*) from qualification.institution where id = any($2::text[])) as registered,
    (select count(*) from inspection.institution_ref where institution_id = any($1::uuid[])) as copied,
    (select count(*) from qualification.audit_entry where action like 'institution registered%' and subject = any($2::text[])) as noted,
    (select count(*) from qualification.outbox where type = 'qualification.institution-registered' and key = any($2::text[])) as stated,
    (select count(*) from qualification.outbox where published_at is null) as waiting,
    (select count(*) from inspection.parked where state = 'parked') as parked`, [acked, acked]);
  return Object.fromEntries(Object.entries(rows[0]).map(([column, n]) => [column, Number(n)]));
}

export async function run({ rounds = 1, seed = 1, log = () => undefined } = {}) {
  const random = chance(seed);
  const system = await startSystem({ durable: true, throwAway: true });
  const lines = [];
  let passed = 0;
  let failed = 0;
  const database = new pg.Pool({ connectionString: system.databaseUrl, max: 2 });
  database.on('error', () => undefined);
  try {
    const token = await tokenOf(system);
    const all = Object.keys(system.pids());
    const struck = rounds > 1 ? Array.from({ length: rounds }, () => all).flat() : inTests;
    const acked = [];
    let number = Math.floor(random() * 1_000_000) * 100;
    let going = true;
    const loading = Promise.all([0, 1].map(() => load(system, token, () => (number += 1), () => going, acked)));
    loading.catch(() => undefined);
    for (const process_ of struck) {
      await pause(Math.floor(random() * 300)); // at no particular moment
      try {
        const took = await strike(system, process_);
        const line = `${process_}: back after ${(took / 1000).toFixed(1)} s`;
        log(line);
        if (took <= limit || rounds === 1) passed += 1;
        else [failed, lines[lines.length]] = [failed + 1, `${line}, later than 15 s`];
      } catch (error) {
        failed += 1;
        lines.push(error.message);
      }
    }
    going = false;
    await loading;
    const n = acked.length;
    let seen;
    const whole = await eventually('nothing is lost', async () => {
      seen = await copies(database, acked);
      return seen.registered === n && seen.copied === n && seen.noted === n && seen.stated === n && seen.waiting === 0;
    }, 60_000).catch((error) => { lines.push(error.message); return false; });
    if (whole && !seen.parked && !acked.strange) passed += 1;
    else failed += 1;
    lines.unshift(`${struck.length} kills with -9 of ${new Set(struck).size} processes, seed ${seed}; ${n} commands answered; after it ${JSON.stringify(seen)}${acked.strange ? `; answers other than 503: ${acked.strange}` : ''}`);
  } finally {
    await database.end();
    await system.stop();
  }
  return { passed, failed, lines };
}
