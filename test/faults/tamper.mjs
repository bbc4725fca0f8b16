// As database superuser: alterations of the evidence, each detected by a verifier that holds earlier tree heads only; some of them left standing until the watcher alarms.
import { chance } from './chance.mjs';
import { eventually } from './wait.mjs';
import { alterations, hand } from './tamper/alterations.mjs';
import { ground } from './tamper/ground.mjs';
import { startVerifier, tablesOf } from './tamper/verifier.mjs';

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
async function alarms({ admin, rooms, rest, watcher }, of, chosen, log) {
  await rest();
  let told = 0;
  const looks = { n: 0, clean: false };
  const watching = watcher({ tell: () => { told += 1; }, looked: () => { looks.n += 1; } });
  watching.start();
  const tables = [...rooms.flatMap((room) => ['command_entry', 'certificate', 'outbox', 'rule_text'].map((table) => [room, table])), ...['log_leaf', 'log_node', 'log_key', 'tree_head', 'countersignature'].map((table) => ['workflows', table])];
  const took = [];
  const late = [];
  try {
    await eventually('a first look', () => looks.n > 0, withinAlarm);
    await admin.query('create schema kept');
    for (const [room, table] of tables) await admin.query(`create table kept.${room}_${table} as select * from ${room}.${table}`);
    await admin.query('set session_replication_role = replica');
    for (const what of chosen.filter((one) => one !== 'forge a countersignature')) { // the watcher does not know the witnesses' keys
      const before = told;
      await admin.query('begin');
      await alterations[what](of);
      await admin.query('commit');
      const from = Date.now();
      await eventually('an alarm', () => told > before, withinAlarm).then(() => took.push((Date.now() - from) / 1000), () => late.push(what));
      for (const [room, table] of tables) {
        await admin.query(`begin; delete from ${room}.${table}`);
        await admin.query(`insert into ${room}.${table} overriding system value select * from kept.${room}_${table}`);
        await admin.query('commit');
      }
      const seen = looks.n;
      await eventually('looked again', () => looks.n > seen + 1, withinAlarm);
      log(`watched: ${what}`);
    }
  } finally {
    await watching.stop();
    await admin.query('set session_replication_role = default');
  }
  took.sort((a, b) => a - b);
  return { late, median: took[Math.floor(took.length / 2)] ?? NaN, longest: took.at(-1) ?? NaN };
}
