// A small installation whose rooms have worked: commands with notes, facts and certificates, logged and signed.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countersign, keyId, newLogKey } from '@zhijian/audit';
import { defineFact } from '@zhijian/contracts';
import { dataSourceFor, LogReader, migrateAll, schemaFolders, sealingKey, UnitOfWork, urlFor } from '@zhijian/persistence';
import { Alarms, KeptFile, Sequencer, Watcher } from '@zhijian/workflow-runtime';
import pg from 'pg';
import { z } from 'zod';
import { startEngines } from '../../../deploy/local/engines.mjs';
import { eventually } from '../wait.mjs';

const rooms = Object.keys(schemaFolders);
const busy = ['inspection', 'publication', 'gateway'];
const tried = Object.fromEntries(busy.map((room) => [room, defineFact(`${room}.tampered`, 1, z.strictObject({ n: z.number(), about: z.string() }))]));
const now = () => new Date().toISOString();

/** `{ admin, key, held, witnesses, work(n), rest(), watcher(options), copied(), altered(what), stop(), … }`; `held` are heads seen before anything was altered. */
export async function ground({ commands, random }) {
  const folder = mkdtempSync(join(tmpdir(), 'zhijian-tamper-'));
  process.env.ENTRY_KEY_FILE = join(folder, 'entry-key');
  writeFileSync(process.env.ENTRY_KEY_FILE, randomBytes(32).toString('base64'));
  const engines = await startEngines({ postgres: true });
  const url = engines.databaseUrl;
  await migrateAll({ url });
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  const file = (name) => new KeptFile(join(folder, name));
  const key = newLogKey(randomUUID());
  const archive = newLogKey('archive');
  const sequencing = () => {
    const made = new Sequencer({ url: urlFor('workflows_app', url), rooms, key, memory: file('log-tree.json'), now, every: 100 });
    made.start();
    return made;
  };
  let sequencer = sequencing();
  const sources = await Promise.all(busy.map((schema) => dataSourceFor({ url, schema, reach: 'all' }).initialize()));
  const reader = new LogReader(async (sql, parameters) => (await admin.query(sql, parameters)).rows);
  const held = [];
  let done = 0;

  const command = (at) => {
    const which = Math.floor(random() * busy.length);
    let tick = Date.parse('2023-04-01T09:00:00+08:00') + at * 1000;
    const uow = new UnitOfWork(sources[which], { now: () => new Date((tick += 1) + 8 * 3600_000).toISOString().replace('Z', '+08:00') });
    return uow.run({ actor: `county:${1 + (at % 7)}`, jurisdiction: '990201', cause: `http/${randomUUID()}` }, async (tx) => {
      tx.note('tried', `subject ${at}`, null, { n: at });
      if (at % 3 !== 2) tx.fact(tried[busy[which]], `subject ${at}`, { n: at, about: `subject ${at}` });
      if (at % 2 === 0) {
        tx.certify({ kind: at % 4 ? 'acceptance' : 'due-date', basis: 'rule', subject: `subject ${at}`, inputs: { n: at }, outcome: at % 5, reason: '材料齐全', pack: { id: 'testland/trial', version: 1, sha256: 'ab'.repeat(32) },
          rule: { form: 'table', name: `rule ${at % 6}`, text: { cells: at % 6 } }, clauses: [{ id: 'TEST-01', quote: '应当按时报送' }], calendar: '2023' });
      }
      return { ok: true };
    });
  };
  const stop = async () => {
    await sequencer.stop();
    for (const source of sources) await source.destroy();
    await admin.end();
    await engines.stop();
    rmSync(folder, { recursive: true, force: true });
    delete process.env.ENTRY_KEY_FILE; // what comes after in this process has keys of its own
  };
  /** More commands, until all of them are logged; the newest head is kept. */
  const work = async (n) => {
    sequencer ??= sequencing();
    for (let at = 0; at < n; at += 1) await command(done + at);
    done += n;
    const head = await eventually('all commands are logged', async () => { const it = await reader.latestHead(); return it?.head.size === done && it; }, 20_000);
    held.push({ head: head.head, key: head.key, signature: head.signature });
  };
  /** Nothing is added while somebody alters what is there. */
  const rest = async () => { await sequencer?.stop(); sequencer = undefined; };
  const watcher = ({ tell, ...more }) => new Watcher({ url: urlFor('log_watcher', url), rooms, key, seal: sealingKey(), held: file('log-heads.json'), witnesses: file('witnesses.json'), alarms: new Alarms(file('log-alarms.json'), now, tell), now, ...more });
  const tables = [...rooms.flatMap((room) => ['command_entry', 'certificate', 'outbox', 'rule_text'].map((table) => [room, table])), ...['log_leaf', 'log_node', 'log_key', 'tree_head', 'countersignature'].map((table) => ['workflows', table])];
  /** Copies the evidence as it is now. @returns what puts it back */
  const copied = async () => {
    await admin.query('drop schema if exists kept cascade; create schema kept');
    for (const [room, table] of tables) await admin.query(`create table kept.${room}_${table} as select * from ${room}.${table}`);
    return async () => {
      await admin.query('begin; set local session_replication_role = replica');
      for (const [room, table] of tables) await admin.query(`delete from ${room}.${table}; insert into ${room}.${table} overriding system value select * from kept.${room}_${table}`);
      await admin.query('commit');
    };
  };
  /** Does something as superuser whom nothing in the database stops, for good. */
  const altered = async (what) => {
    await admin.query('begin; set local session_replication_role = replica');
    await what();
    await admin.query('commit');
  };
  try {
    for (let part = 0; part < 3; part += 1) await work(Math.ceil(commands / 3));
    const signed = countersign(held[1], { last: null, proof: [], logKey: key.publicKey, witness: 'archive', key: archive });
    const { size, root, signature } = signed.countersignature;
    file('witnesses.json').write([{ name: 'archive', publicKey: archive.publicKey }]);
    await admin.query(`insert into workflows.countersignature values ($1, 'archive', $2, $3, now())`, [size, root, signature]);
    await rest();
    return { admin, key, keyName: keyId(key.publicKey), held, witnesses: { archive: archive.publicKey }, rooms, busy, work, rest, watcher, copied, altered, url, folder, stop: async () => { sequencer ??= { stop: async () => undefined }; await stop(); } };
  } catch (error) {
    await stop();
    throw error;
  }
}
