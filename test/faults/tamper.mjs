// As database superuser: alterations of the evidence, each detected by a verifier that holds earlier tree heads only; some of them left standing until the watcher alarms.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { urlFor } from '@zhijian/persistence';
import pg from 'pg';
import { chance } from './chance.mjs';
import { eventually } from './wait.mjs';
import { alterations, hand } from './tamper/alterations.mjs';
import { ground } from './tamper/ground.mjs';
import { portalVerdict, startVerifier, tablesOf } from './tamper/verifier.mjs';

export const name = 'tamper: the evidence';
const withinAlarm = 60_000;

/** `rounds` 1 is the small count of the tests: 50 alterations, 3 of them left to the watcher; more is 1,000 and one of each kind. */
export async function run({ rounds = 1, seed = 1, log = () => undefined } = {}) {
  const [count, watched] = rounds > 1 ? [1000, Object.keys(alterations).length] : [50, 3];
  const random = chance(seed);
  const place = await ground({ commands: rounds > 1 ? 120 : 60, random });
  const verifier = startVerifier();
  const { admin, key, held, witnesses, rooms } = place;
  const of = { ...hand({ admin, random, busy: place.busy, key, keyName: place.keyName }), held };
  const verdict = async (tables) => verifier.check({ key: key.publicKey, installation: key.installation, held, witnesses, tables: JSON.parse(tables) });
  const lines = [`seed ${seed}`];
  const total = { passed: 0, failed: 0 };
  const say = (ok, line) => { total[ok ? 'passed' : 'failed'] += 1; lines.push(line); log(line); };
  try {
    const before = await tablesOf(admin, rooms);
    const clean = await verdict(before);
    say(clean.ok, `nothing altered: ${clean.ok ? 'nothing found' : `false alarm ${JSON.stringify(clean.found)}`}`);

    const order = [...Object.keys(alterations)];
    const missed = [];
    for (let at = 0; at < count; at += 1) {
      const what = at < order.length ? order[at] : of.pick(order);
      await admin.query('begin');
      await admin.query('set local session_replication_role = replica'); // nothing in the database stops a superuser
      await alterations[what](of);
      const after = await tablesOf(admin, rooms);
      await admin.query('rollback');
      if (after === before) missed.push(`${what}: altered nothing`);
      else if ((await verdict(after)).ok) missed.push(`${what}: not detected`);
    }
    say(missed.length === 0, `${count} alterations of ${Math.min(count, order.length)} kinds by a superuser: ${count - missed.length} detected by who holds ${held.length} earlier heads${missed.length ? `; ${missed.slice(0, 5).join('; ')}` : ''}`);

    const alarm = await alarms(place, of, Array.from({ length: watched }, (_, at) => (watched === order.length ? order[at] : of.pick(order))), log);
    say(alarm.late.length === 0, `${watched} of them left standing: alarm after ${alarm.median.toFixed(1)} s (median), ${alarm.longest.toFixed(1)} s at most${alarm.late.length ? `; none within 60 s: ${alarm.late.join('; ')}` : ''}`);

    const wrong = await overHttp(place, of);
    say(wrong.length === 0, `over the public addresses only, with 2 earlier heads: 4 logs changed, ${wrong.length ? wrong.join('; ') : 'each detected, no false alarm'}`);

    await place.work(20);
    const grown = await verdict(await tablesOf(admin, rooms));
    say(grown.ok, `put back and grown by 20 commands: ${grown.ok ? 'nothing found' : `false alarm ${JSON.stringify(grown.found)}`}`);
  } finally {
    verifier.stop();
    await place.stop();
  }
  return { ...total, lines };
}

/** Alters for good, waits for the watcher's alarm, puts back what was there. */
async function alarms({ rest, watcher, copied, altered }, of, chosen, log) {
  await rest();
  let told = 0;
  let looks = 0;
  const watching = watcher({ tell: () => { told += 1; }, looked: () => { looks += 1; } });
  watching.start();
  const took = [];
  const late = [];
  try {
    await eventually('a first look', () => looks > 0, withinAlarm);
    const restore = await copied();
    for (const what of chosen) {
      const before = told;
      await altered(() => alterations[what](of));
      const from = Date.now();
      await eventually('an alarm', () => told > before, withinAlarm).then(() => took.push((Date.now() - from) / 1000), () => late.push(what));
      await restore();
      const seen = looks;
      await eventually('looked again', () => looks > seen + 1, withinAlarm);
      log(`watched: ${what}`);
    }
  } finally {
    await watching.stop();
  }
  took.sort((a, b) => a - b);
  return { late, median: took[Math.floor(took.length / 2)] ?? NaN, longest: took.at(-1) ?? NaN };
}

/** Who has two earlier heads and the portal's address, no more: asks after each change of the log. */
async function overHttp({ url, key, held, folder, rest, copied, altered }, of) {
  await rest();
  const { portal } = await import(new URL('../../services/portal/dist/server.js', import.meta.url));
  const pool = new pg.Pool({ connectionString: urlFor('portal_reader', url) });
  const app = portal(pool);
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  const ask = () => {
    const file = join(folder, 'held.json');
    writeFileSync(file, JSON.stringify(held.slice(0, 2)));
    return portalVerdict({ address, key: key.publicKey, held: file });
  };
  const wrong = [];
  try {
    const clean = await ask();
    if (!clean.ok) wrong.push(`false alarm ${JSON.stringify(clean)}`);
    const restore = await copied();
    const { rows: [{ n }] } = await of.run('select count(*)::int as n from workflows.log_leaf');
    const cut = async () => { for (const [table, where] of [['tree_head', `size > ${held[0].head.size}`], ['log_leaf', `idx >= ${held[0].head.size}`]]) await of.run(`delete from workflows.${table} where ${where}`); };
    for (const [what, does] of [['rebuild the whole tree', () => alterations['rebuild the whole tree'](of)], ['sign everything with another key', () => alterations['sign everything with another key'](of)], ['cut the tail back to an earlier head', cut],
      ['backdate the newest head', () => of.run(`update workflows.tree_head set at = '2020-01-01T00:00:00.000Z' where size = $1`, [n])]]) {
      await altered(does);
      if ((await ask()).ok) wrong.push(`${what}: not detected`);
      await restore();
    }
    if (!(await ask()).ok) wrong.push('false alarm after it was put back');
  } finally {
    await app.close();
    await pool.end();
  }
  return wrong;
}
