import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countersign, headSigned, newLogKey, type SignedHead } from '@zhijian/audit';
import { defineFact, newId } from '@zhijian/contracts';
import { auditLog } from '@zhijian/contracts/http';
import { LogReader, schemaFolders, UnitOfWork, urlFor } from '@zhijian/persistence';
import { aPrincipal, eventually, fixedClock, testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { Alarms, type Alarm } from './alarms.js';
import type { FindingKind } from './finding.js';
import { KeptFile } from './kept-file.js';
import { logRoom } from './log.controller.js';
import type { Remembered } from './sealed-tree.js';
import { Sequencer } from './sequencer.js';
import { thinned, Watcher, type Held } from './watcher.js';
import type { RegisteredWitness } from './witnesses.js';

const rooms = Object.keys(schemaFolders);
const key = newLogKey(newId());
const archive = newLogKey('archive');
const folder = mkdtempSync(join(tmpdir(), 'zhijian-watch-'));
const file = <T>(name: string) => new KeptFile<T>(join(folder, name));
const tried = defineFact('inspection.tried', 1, z.object({ n: z.number() }));
const now = () => new Date().toISOString();
let database: TestDatabase;
let room: TestRoom;
let uow: UnitOfWork;
let sequencer: Sequencer;
const sequencing = (): Sequencer => {
  const made = new Sequencer({ url: urlFor('workflows_app', database.url), rooms, key, memory: file<Remembered>('log-tree.json'), now, every: 50 });
  made.start();
  return made;
};
let watcher: Watcher;
let alarms: Alarms;
const told: Alarm[] = [];

beforeAll(async () => {
  database = await testDatabase();
  process.env['ENTRY_KEY_FILE'] = join(folder, 'entry-key');
  writeFileSync(process.env['ENTRY_KEY_FILE'], Buffer.alloc(32, 7).toString('base64'));
  uow = new UnitOfWork(await database.dataSource('inspection'), fixedClock());
  sequencer = sequencing();
  for (let n = 0; n < 30; n += 1) {
    await uow.run({ actor: 'county:test', jurisdiction: '990201', cause: `http/${newId()}` }, async (tx) => {
      tx.note('tried', String(n));
      tx.fact(tried, `subject ${n}`, { n });
      tx.certify({ kind: 'acceptance', basis: 'person', subject: `subject ${n}`, inputs: { n }, outcome: true, reason: '材料齐全', pack: null, rule: { form: 'table', name: 'r', text: { n: 1 } }, clauses: [], calendar: null });
      return { ok: true };
    });
  }
  alarms = new Alarms(file<Alarm[]>('log-alarms.json'), now, (alarm) => told.push(alarm));
  watcher = new Watcher({ url: urlFor('log_watcher', database.url), rooms, key, seal: Buffer.alloc(32, 7), held: file<Held>('log-heads.json'), witnesses: file<RegisteredWitness[]>('witnesses.json'), alarms, now });
  const reader = new LogReader((sql, parameters) => database.query('workflows', sql, parameters) as never);
  await eventually('all entries are in the log', async () => (await reader.latestHead())?.head.size === 30);
  writeFileSync(join(folder, 'witnesses.json'), JSON.stringify([{ name: '省档案馆', publicKey: archive.publicKey }]));
  room = await testRoom({ room: 'workflows', ...logRoom({ alarms, looked: () => null }, join(folder, 'witnesses.json')) }, { database });
}, 60_000);
afterAll(async () => {
  delete process.env['ENTRY_KEY_FILE'];
  await room?.stop();
  await sequencer?.stop();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const one = `(select id from command_entry order by id offset 4 limit 1)`;
/** What a superuser did, what is found, and how it was before. */
const alterations: [string, FindingKind, { room?: string; does: string[]; tables: string[] }][] = [
  ['an entry with another actor', 'entry-changed', { does: [`update command_entry set body = replace(body, 'county:test', 'county:other') where id = ${one}`], tables: ['command_entry'] }],
  ['an entry with another actor and its new hash', 'entry-changed', { does: [`update command_entry set body = replace(body, 'county:test', 'county:other') where id = ${one}`, `update command_entry set leaf = sha256('\\x00'::bytea || convert_to(body, 'UTF8'))`], tables: ['command_entry'] }],
  ['an entry of another day', 'entry-changed', { does: [`update command_entry set at = at - interval '1 day' where id = ${one}`], tables: ['command_entry'] }],
  ['a deleted entry', 'entry-missing', { does: [`delete from command_entry where id = ${one}`], tables: ['command_entry'] }],
  ['an entry nobody made', 'entry-not-sealed', { does: [`insert into command_entry (id, at, body, leaf, xid) select gen_random_uuid(), at, body, leaf, '3' from command_entry limit 1`], tables: ['command_entry'] }],
  ['a certificate with another outcome', 'certificate-changed', { does: [`update certificate set body = replace(body, '"outcome":true', '"outcome":false') where id = (select min(id::text)::uuid from certificate)`], tables: ['certificate'] }],
  ['a certificate of somebody else', 'certificate-changed', { does: [`update certificate set subject = 'another' where id = (select min(id::text)::uuid from certificate)`], tables: ['certificate'] }],
  ['a deleted certificate', 'certificate-missing', { does: [`delete from certificate where id = (select min(id::text)::uuid from certificate)`], tables: ['certificate'] }],
  ['a certificate nobody made', 'certificate-foreign', { does: [`insert into certificate (id, kind, subject, jurisdiction, at, sha256, body) select gen_random_uuid(), kind, subject, jurisdiction, at, sha256, body from certificate limit 1`], tables: ['certificate'] }],
  ['another rule', 'rule-changed', { does: [`update rule_text set body = '{}'`], tables: ['rule_text'] }],
  ['a fact of something else', 'fact-changed', { does: [`update outbox set body = replace(body, '"n":3', '"n":4') where seq = 4`], tables: ['outbox'] }],
  ['a deleted fact', 'fact-missing', { does: ['delete from outbox where seq = 4'], tables: ['outbox'] }],
  ['a fact nobody stated', 'fact-foreign', { does: ['insert into outbox (id, type, key, body) select gen_random_uuid(), type, key, body from outbox limit 1'], tables: ['outbox'] }],
  ['an exchanged leaf', 'log-rewritten', { room: 'workflows', does: [`update log_leaf set leaf = sha256('x') where idx = 7`], tables: ['log_leaf'] }],
  ['two leaves in the other order', 'log-rewritten', { room: 'workflows', does: ['update log_leaf set idx = -8 where false', 'create temp table t as select * from log_leaf where idx in (7, 8)', 'delete from log_leaf where idx in (7, 8)', 'insert into log_leaf select 15 - idx, room, entry_id, leaf from t', 'drop table t'], tables: ['log_leaf'] }],
  ['a cut tail, heads and all', 'log-cut', { room: 'workflows', does: ['delete from tree_head where size > 20', 'delete from log_node where (idx + 1) * (2 ^ level) > 20', 'delete from log_leaf where idx >= 20'], tables: ['tree_head', 'log_node', 'log_leaf'] }],
  ['a leaf gone from the middle', 'leaf-missing', { room: 'workflows', does: ['delete from log_leaf where idx = 9'], tables: ['log_leaf'] }],
  ['another subtree', 'node-changed', { room: 'workflows', does: [`update log_node set hash = sha256('x') where level = 2 and idx = 1`], tables: ['log_node'] }],
  ['a head of another time', 'head-changed', { room: 'workflows', does: [`update tree_head set at = '2020-01-01T00:00:00.000Z'`], tables: ['tree_head'] }],
  ['another key', 'foreign-key', { room: 'workflows', does: [`update log_key set public_key = 'x'`], tables: ['log_key'] }],
];

describe('the watcher', () => {
  it('finds nothing where nothing was done', async () => expect(await watcher.look()).toEqual([]));

  it.each(alterations)('finds %s', async (_title, kind, { room: schema = 'inspection', does, tables }) => {
    await sequencer.stop(); // what comes between is put back with the rest
    for (const table of tables) await database.query(schema, `create table kept_${table} as select * from ${table}`);
    await database.query(schema, `set session_replication_role = replica`);
    for (const sql of does) await database.query(schema, sql);
    const found = await watcher.look();
    expect(found.map((finding) => finding.kind)).toContain(kind);
    for (const table of tables) {
      await database.query(schema, `delete from ${table}`);
      await database.query(schema, `insert into ${table} overriding system value select * from kept_${table}`);
      await database.query(schema, `drop table kept_${table}`);
    }
    await database.query(schema, `set session_replication_role = default`);
    expect(await watcher.look()).toEqual([]);
  });

  it('finds an entry late that the log does not take, until it does', async () => {
    const hasty = new Watcher({ url: urlFor('log_watcher', database.url), rooms, key, seal: null, held: file<Held>('log-heads.json'), witnesses: file<RegisteredWitness[]>('witnesses.json'), alarms, now, patience: -1 });
    await uow.run({ actor: 'county:test', jurisdiction: '990201', cause: `http/${newId()}` }, async (tx) => { tx.note('tried', 'late'); return { ok: true }; });
    const late = await eventually('no older transaction runs in any database, so the log should have it', async () => { const found = await hasty.look(); return found.length > 0 && found; });
    expect(late.map(({ kind }) => kind)).toEqual(['entry-not-logged']);
    expect(alarms.open()).toBe(1);
    sequencer = sequencing();
    await eventually('nothing is late', async () => (await hasty.look()).length === 0);
    expect(alarms.open()).toBe(0);
  });

  it('shows its alarms to auditors and operators, also after they are cleared, in pages', async () => {
    const first = await room.call(auditLog.listLogAlarms, { as: aPrincipal('auditor'), query: { limit: 3 } });
    expect(first.status).toBe(200);
    expect(first.body.items).toHaveLength(3);
    expect(first.body.items[0]).toMatchObject({ title: expect.stringMatching(/[一-鿿]/), clearedAt: expect.any(String) });
    const second = await room.call(auditLog.listLogAlarms, { as: aPrincipal('operator'), query: { limit: 3, cursor: first.body.next! } });
    expect(second.body.items[0]!.id).not.toBe(first.body.items[0]!.id);
    expect((await room.call(auditLog.listLogAlarms, { as: aPrincipal('county') })).status).toBe(403);
  });

  it('its alarms outlive the process', () => expect(new Alarms(file<Alarm[]>('log-alarms.json'), now, () => undefined).all()).toHaveLength(told.length));
});

describe('countersignatures', () => {
  const reader = () => new LogReader((sql, parameters) => database.query('workflows', sql, parameters) as never);
  const signedBy = (head: SignedHead, name: string) => {
    const done = countersign(head, { last: null, proof: [], logKey: key.publicKey, witness: name, key: archive });
    if (!done.ok) throw new Error(done.code);
    return done.countersignature;
  };
  it('of a registered witness are kept beside the head, once', async () => {
    const head = (await reader().latestHead())!;
    expect(headSigned(head, key.publicKey)).toBe(true);
    const body = signedBy(head, '省档案馆');
    for (let times = 0; times < 2; times += 1) expect((await room.call(auditLog.countersignHead, { as: aPrincipal('operator'), body })).status).toBe(201);
    expect((await reader().headOfSize(head.head.size))!.witnesses).toEqual([body]);
  });
  it('of others, of other heads and forged ones are refused', async () => {
    const head = (await reader().latestHead())!;
    const good = signedBy(head, '省档案馆');
    for (const [body, code] of [[signedBy(head, '市档案馆'), 'witness-unknown'], [{ ...good, size: 999 }, 'head-unknown'], [{ ...good, signature: 'AAAA' }, 'countersignature-wrong'], [{ ...good, root: '0'.repeat(64) }, 'countersignature-wrong']] as const) {
      expect((await room.call(auditLog.countersignHead, { as: aPrincipal('operator'), body })).problem.code).toBe(code);
    }
  });

  const registered = (...witnesses: RegisteredWitness[]) => file<RegisteredWitness[]>('witnesses.json').write(witnesses);
  const [own, later, other] = [{ name: '省档案馆', publicKey: archive.publicKey }, { name: '省档案馆', publicKey: newLogKey('later').publicKey }, { name: '市档案馆', publicKey: newLogKey('other').publicKey }];
  /** As superuser, whom no trigger stops. @returns what was found */
  const altered = async (sql: string, values: unknown[] = []) => {
    await database.query('workflows', 'set session_replication_role = replica');
    await database.query('workflows', sql, values);
    await database.query('workflows', 'set session_replication_role = default');
    return (await watcher.look()).map(({ kind, subject }) => `${kind} ${subject}`);
  };

  it('that are right raise no alarm, whoever is registered: nobody, another one more, the witness with a further key', async () => {
    for (const witnesses of [[own], [], [other], [own, other], [later, own]]) {
      registered(...witnesses);
      expect(await watcher.look()).toEqual([]);
    }
    registered(own);
  });

  it.each([
    ['another’s signature', 'signature', (head: SignedHead) => (countersign(head, { last: null, proof: [], logKey: key.publicKey, witness: '省档案馆', key: newLogKey('robber') }) as { countersignature: { signature: string } }).countersignature.signature],
    ['another root', 'root', () => '0'.repeat(64)],
    ['the name of another registered witness', 'witness', () => '市档案馆'],
  ])('altered to %s are found by the watcher at its next look and by one that begins anew, and told', async (_what, column, to) => {
    registered(own, other);
    const [before] = await database.query<Record<string, string>>('workflows', 'select * from countersignature');
    const head = (await reader().headOfSize(Number(before!['size'])))!;
    const earlier = told.length;
    const found = await altered(`update countersignature set ${column} = $1`, [to(head)]);
    expect(found).toEqual([`countersignature-changed ${column === 'witness' ? '市档案馆' : '省档案馆'}/${head.head.size}`]);
    expect(told.slice(earlier).map(({ kind }) => kind)).toEqual(['countersignature-changed']);
    const anew = new Watcher({ url: urlFor('log_watcher', database.url), rooms, key, seal: Buffer.alloc(32, 7), held: file<Held>('log-heads.json'), witnesses: file<RegisteredWitness[]>('witnesses.json'), alarms, now });
    expect((await anew.look()).map(({ kind }) => kind)).toEqual(['countersignature-changed']);
    expect(await altered(`update countersignature set ${column} = $1`, [before![column]])).toEqual([]);
    expect(alarms.open()).toBe(0);
  });

  it('of a head that is gone say so', async () => {
    const [{ size } = { size: '' }] = await database.query<{ size: string }>('workflows', 'select size from countersignature');
    expect(await altered('update countersignature set size = 1000000')).toEqual(['head-changed 1000000']);
    expect(await altered('update countersignature set size = $1', [size])).toEqual([]);
  });
});

describe('held heads', () => {
  it('stay few; the first and the newest remain', () => {
    const head = (size: number): SignedHead => ({ head: { v: 1, installation: 'x', size, root: '', at: '' }, key: '', signature: '' });
    let held: SignedHead[] = [];
    for (let size = 1; size <= 1000; size += 1) held = thinned([...held, head(size)]);
    expect(held.length).toBeLessThanOrEqual(64);
    expect([held[0]!.head.size, held.at(-1)!.head.size]).toEqual([1, 1000]);
  });
});
