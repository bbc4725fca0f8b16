import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { KeyReused, StaleWrite, UnitOfWork, type Caller } from '@zhijian/persistence';
import { eventually, fixedClock, testDatabase, type TestDatabase } from '@zhijian/testing';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { rowCounted } from './trial-facts.js';

let database: TestDatabase;
let dataSource: DataSource;
let uow: UnitOfWork;
beforeAll(async () => {
  database = await testDatabase();
  await database.query('inspection', 'create table ledger (entry text not null, n int not null default 0)');
  await database.query('inspection', 'grant select, insert, update on ledger to inspection_app');
  dataSource = await database.dataSource('inspection');
  uow = new UnitOfWork(dataSource, fixedClock());
});
afterAll(() => database?.drop());

const by = (key?: string, body?: unknown): Caller => ({ actor: 'operator:trial', jurisdiction: '990100', cause: 'http/trial', ...(key ? { once: { key, body } } : {}) });
const enter = (entry: string, caller: Caller) => uow.run(caller, async (tx) => {
  await tx.execute('insert into ledger (entry) values ($1)', [entry]);
  tx.fact(rowCounted, entry, { n: 1 });
  tx.note('entered', entry);
  return { entry, at: tx.now };
});
/** How often an entry stands in ledger, outbox and audit trail. */
const traces = async (entry: string) => (await database.query<Record<string, number>>('inspection',
  `select (select count(*)::int from ledger where entry = $1) as rows, (select count(*)::int from outbox where key = $1) as facts, (select count(*)::int from audit_entry where subject = $1) as notes`, [entry]))[0];

describe('the one write path', () => {
  it('answers five equal commands at once alike and does it once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => enter('five times', by('five', { a: 1 }))));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await traces('five times')).toEqual({ rows: 1, facts: 1, notes: 1 });
  });

  it('refuses the key with another body, also without one, and changes nothing', async () => {
    await enter('with a body', by('keyed', { a: 1 }));
    await expect(enter('another body', by('keyed', { a: 2 }))).rejects.toBeInstanceOf(KeyReused);
    await expect(enter('another body', by('keyed'))).rejects.toBeInstanceOf(KeyReused);
    expect(await traces('another body')).toEqual({ rows: 0, facts: 0, notes: 0 });
    await enter('no body', by('bare'));
    await enter('no body', by('bare'));
    expect(await traces('no body')).toEqual({ rows: 1, facts: 1, notes: 1 });
  });

  it('leaves nothing of a refusal, and its key may be used again', async () => {
    const refused = await uow.run(by('refused'), async (tx) => {
      await tx.execute(`insert into ledger (entry) values ('refused')`);
      tx.note('entered', 'refused');
      return { ok: false, code: 'no' };
    });
    expect(refused).toEqual({ ok: false, code: 'no' });
    expect(await traces('refused')).toEqual({ rows: 0, facts: 0, notes: 0 });
    await enter('refused', by('refused'));
    expect(await traces('refused')).toEqual({ rows: 1, facts: 1, notes: 1 });
  });

  it('tries a deadlock again: both commands are done', async () => {
    await database.query('inspection', `insert into ledger (entry) values ('left'), ('right')`);
    let met = 0;
    const cross = (first: string, second: string) => uow.run(by(), async (tx) => {
      await tx.execute('update ledger set n = n + 1 where entry = $1', [first]);
      met += 1;
      await eventually('both hold one row', () => met >= 2, 5000);
      await tx.execute('update ledger set n = n + 1 where entry = $1', [second]);
    });
    await Promise.all([cross('left', 'right'), cross('right', 'left')]);
    expect(await database.query('inspection', `select n from ledger where entry in ('left', 'right')`)).toEqual([{ n: 2 }, { n: 2 }]);
  }, 20_000);

  it('works again after all its connections were cut off', async () => {
    await enter('before the cut', by());
    await database.query('inspection', `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'zhijian-inspection' and datname = current_database()`);
    await eventually('a command is done', async () => (await enter('after the cut', by('cut'))).entry, 5000);
    expect(await traces('after the cut')).toEqual({ rows: 1, facts: 1, notes: 1 });
  });

  it('answers a repeated command what it answered, even where it would be refused by now', async () => {
    const first = (caller: Caller) => uow.run(caller, async (tx) => {
      const [taken] = await tx.query<{ n: number }>(`select n from ledger where entry = 'only once'`);
      if (taken) return { ok: false, code: 'taken' };
      await tx.execute(`insert into ledger (entry) values ('only once')`);
      return { entry: 'only once' };
    });
    const change = (caller: Caller, change: string) => uow.run(caller, async (tx) => {
      const changed = await tx.execute(`update ledger set entry = $1 where entry = 'only once'`, [change]);
      if (changed !== 1) throw new StaleWrite();
      return { change };
    });
    expect(await first(by('once'))).toEqual({ entry: 'only once' });
    expect(await first(by('once'))).toEqual({ entry: 'only once' });
    expect(await first(by('another'))).toEqual({ ok: false, code: 'taken' });
    await expect(first(by('once', { other: true }))).rejects.toBeInstanceOf(KeyReused);
    expect(await change(by('change'), 'changed')).toEqual({ change: 'changed' });
    expect(await change(by('change'), 'changed')).toEqual({ change: 'changed' });
    await expect(change(by('change again'), 'changed')).rejects.toBeInstanceOf(StaleWrite);
    const early = (caller: Caller, open: boolean) => uow.run(caller, async (tx) => {
      if (!open) return { ok: false, code: 'closed' }; // before anything was asked of the database
      tx.note('entered', 'early');
      return { at: tx.now };
    });
    const answered = await early(by('early'), true);
    expect(await early(by('early'), false)).toEqual(answered);
  });

  it('commits nothing when a write that travels with the commit fails, and the connection serves the next', async () => {
    const both = (caller: Caller, n: string) => uow.run(caller, async (tx) => {
      await tx.query('select 1');
      tx.write('insert into ledger (entry) values ($1)', ['written late']);
      tx.write('update ledger set n = $1::int where entry = $2', [n, 'written late']);
      tx.fact(rowCounted, 'written late', { n: 1 });
      tx.note('entered', 'written late');
    });
    await expect(both(by('late'), 'no number')).rejects.toMatchObject({ code: '22P02' });
    expect(await traces('written late')).toEqual({ rows: 0, facts: 0, notes: 0 });
    await both(by('late'), '7');
    expect(await database.query('inspection', `select n from ledger where entry = 'written late'`)).toEqual([{ n: 7 }]);
    expect(await traces('written late')).toEqual({ rows: 1, facts: 1, notes: 1 });
  });

  it('reads what it has written before, by hand and by TypeORM alike', async () => {
    const read = await uow.run(by(), async (tx) => {
      tx.write(`insert into ledger (entry, n) values ('seen', 3)`);
      const rows = await tx.manager.query<{ n: number }[]>(`select n from ledger where entry = 'seen'`);
      tx.write(`update ledger set n = 4 where entry = 'seen'`);
      return [...rows, ...(await tx.query<{ n: number }>(`select n from ledger where entry = 'seen'`))];
    });
    expect(read).toEqual([{ n: 3 }, { n: 4 }]);
  });

  it('does not call a transaction committed whose failed statement was overlooked', async () => {
    const overlooked = uow.run(by(), async (tx) => {
      await tx.execute(`insert into ledger (entry) values ('overlooked')`);
      await tx.execute('insert into ledger (entry) values (null)').catch(() => undefined);
    });
    await expect(overlooked).rejects.toThrow('nothing was committed');
    expect(await traces('overlooked')).toEqual({ rows: 0, facts: 0, notes: 0 });
  });

  it('prepares a statement again that failed before it was prepared', async () => {
    const ask = () => uow.run(by(), (tx) => tx.query<{ n: number }>('select n from not_there'));
    await expect(ask()).rejects.toMatchObject({ code: '42P01' });
    await expect(ask()).rejects.toMatchObject({ code: '42P01' });
    const halfway = () => uow.run(by(), (tx) => tx.query('select 1 / (select count(*) from ledger where entry = $1)', ['no such entry']));
    await expect(halfway()).rejects.toMatchObject({ code: '22012' });
    await expect(halfway()).rejects.toMatchObject({ code: '22012' });
  });

  it('needs two round trips for a command, one for a command that asks nothing', async () => {
    const query = jest.spyOn(pg.Client.prototype, 'query');
    try {
      await enter('counted', by('counted'));
      expect(query).toHaveBeenCalledTimes(2);
      query.mockClear();
      await uow.run(by('counted too'), async (tx) => {
        tx.write(`insert into ledger (entry) values ('counted too')`);
        tx.note('entered', 'counted too');
      });
      expect(query).toHaveBeenCalledTimes(1);
    } finally {
      query.mockRestore();
    }
    expect(await traces('counted too')).toEqual({ rows: 1, facts: 0, notes: 1 });
  });
});
