import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { headSigned, includes, leafHash, newLogKey, verifyLog, type SignedHead } from '@zhijian/audit';
import { newId } from '@zhijian/contracts';
import { LogReader, schemaFolders, UnitOfWork, urlFor } from '@zhijian/persistence';
import { eventually, fixedClock, testDatabase, type TestDatabase } from '@zhijian/testing';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { KeptFile } from './kept-file.js';
import { type LogBroken, type Remembered } from './sealed-tree.js';
import { Sequencer } from './sequencer.js';

const rooms = Object.keys(schemaFolders);
const key = newLogKey(newId());
const folder = mkdtempSync(join(tmpdir(), 'zhijian-log-'));
const memory = new KeptFile<Remembered>(join(folder, 'log-tree.json'));
let database: TestDatabase;
let reader: LogReader;
let portal: pg.Pool;
const works = new Map<string, UnitOfWork>();
const running: Sequencer[] = [];
let trouble: (LogBroken | null)[] = [];

const sequencer = (more: { key?: typeof key; memory?: KeptFile<Remembered> } = {}): Sequencer => {
  const made = new Sequencer({ url: urlFor('workflows_app', database.url), rooms, key, memory, now: () => new Date().toISOString(), every: 50, broken: (what) => trouble.push(what), ...more });
  running.push(made);
  made.start();
  return made;
};
const stopAll = async () => { for (const one of running.splice(0)) await one.stop(); };

const command = (room: string, subject = newId()) => works.get(room)!.run({ actor: 'county:test', jurisdiction: '990201', cause: `http/${newId()}` }, async (tx) => { tx.note('tried', subject); return { ok: true }; });
const entries = () => database.query<{ id: string; body: string }>('workflows', rooms.map((room) => `select id, body from ${room}.command_entry`).join(' union all '));
const logged = async () => Number((await reader.latestHead())?.head.size ?? 0);
const allLogged = () => eventually('all entries are in the log', async () => (await logged()) === (await entries()).length);

beforeAll(async () => {
  database = await testDatabase();
  for (const room of rooms) works.set(room, new UnitOfWork(await database.dataSource(room.replace('_', '-')), fixedClock('2023-04-01T09:00:00+08:00')));
  portal = new pg.Pool({ connectionString: urlFor('portal_reader', database.url) });
  reader = new LogReader(async (sql, parameters) => (await portal.query(sql, parameters)).rows as never);
}, 60_000);
afterEach(stopAll);
afterAll(async () => {
  await stopAll();
  await portal.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the log', () => {
  let held: SignedHead;

  it('holds the entries of every room within five seconds, each once, each with its proof for the portal', async () => {
    expect(await reader.latestHead()).toBeNull();
    sequencer();
    for (const room of rooms) await command(room);
    await allLogged();
    held = (await reader.latestHead())!;
    expect(headSigned(held, key.publicKey)).toBe(true);
    for (const { id, body } of await entries()) {
      const proof = (await reader.inclusionProof(id))!;
      expect(proof).toEqual(await reader.inclusionProofOfLeaf(leafHash(body).toString('hex')));
      expect(includes({ index: proof.index, size: proof.size, leaf: leafHash(body), path: proof.path.map((hash) => Buffer.from(hash, 'hex')), root: Buffer.from(held.head.root, 'hex') })).toBe(true);
    }
    expect(await reader.inclusionProof(newId())).toBeNull();
  });

  it('leaves nothing out though transactions commit out of order, and only grows', async () => {
    sequencer();
    const slow = Array.from({ length: 6 }, async (_, writer) => {
      for (let n = 0; n < 20; n += 1) {
        await works.get('inspection')!.run({ actor: 'county:test', jurisdiction: '990201', cause: `http/${newId()}` }, async (tx) => {
          tx.note('tried', newId());
          if ((writer + n) % 3 === 0) await tx.query('select pg_current_xact_id(), pg_sleep(0.02)');
          return { ok: true };
        });
      }
    });
    await Promise.all(slow);
    await allLogged();
    const now = (await reader.latestHead())!;
    const heads = await reader.headsSince(0, 500);
    expect(heads.length).toBeGreaterThan(1);
    const proofs = Object.fromEntries(await Promise.all(heads.map(async ({ head }) => [head.size, (await reader.consistencyProof(head.size, now.head.size))!.path] as const)));
    expect(verifyLog({ held: heads, now, keys: { [now.key]: key.publicKey }, proofs })).toEqual({ ok: true, size: now.head.size });
  });

  it('goes on where it was after a crash between the commit and the note beside it', async () => {
    const before = memory.read()!;
    sequencer();
    await command('inspection');
    await allLogged();
    await stopAll();
    memory.write(before);
    sequencer();
    await command('publication');
    await allLogged();
    expect(memory.read()!.head.head.size).toBe(await logged());
    expect(trouble.filter(Boolean)).toEqual([]);
  });

  it('has one sequencer at a time; another takes over', async () => {
    const first = sequencer();
    sequencer();
    await command('gateway');
    await allLogged();
    await first.stop();
    await command('gateway');
    await allLogged();
  });

  it('its key and its note are for their owner only', () => expect(statSync(memory.path).mode & 0o077).toBe(0));

  it('signs nothing under another key, nothing without its tail, nothing over an exchanged leaf', async () => {
    trouble = [];
    const one = sequencer({ key: newLogKey(key.installation), memory: new KeptFile(join(folder, 'another.json')) });
    await eventually('a foreign key is refused', () => trouble.some((what) => what?.kind === 'foreign-key'));
    await one.stop();
    await database.query('workflows', 'create table kept as select * from log_leaf order by idx desc limit 1');
    await database.query('workflows', 'delete from log_leaf where idx = (select max(idx) from log_leaf)');
    const two = sequencer();
    await eventually('a cut tail is refused', () => trouble.some((what) => what?.kind === 'log-cut'));
    await two.stop();
    await database.query('workflows', 'insert into log_leaf select * from kept');
    await database.query('workflows', `update log_leaf set leaf = sha256('x') where idx = 3`);
    const three = sequencer({ memory: new KeptFile(join(folder, 'lost.json')) });
    await eventually('an exchanged leaf is refused', () => trouble.some((what) => what?.kind === 'log-rewritten'));
    await three.stop();
  });

  it('the room that keeps it reads of the others only what it needs', async () => {
    const app = new pg.Client({ connectionString: urlFor('workflows_app', database.url) });
    await app.connect();
    await app.query('select id, leaf, xid from inspection.command_entry limit 1');
    for (const sql of ['select body from inspection.command_entry', 'select 1 from inspection.campaign', 'insert into inspection.command_entry (id) values (gen_random_uuid())', 'update workflows.log_leaf set idx = 1', 'delete from workflows.tree_head']) {
      await expect(app.query(sql)).rejects.toThrow(/permission denied/);
    }
    await app.end();
    await expect(portal.query('select room from workflows.log_leaf')).rejects.toThrow(/permission denied/);
  });
});
