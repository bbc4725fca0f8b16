import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KeyReused, UnitOfWork, type Caller } from '@zhijian/persistence';
import { eventually, fixedClock, testDatabase, type TestDatabase } from '@zhijian/testing';
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

  it('needs at most six round trips for a command', async () => {
    const create = dataSource.createQueryRunner.bind(dataSource);
    let trips = 0;
    dataSource.createQueryRunner = (...given) => {
      const runner = create(...given);
      const query = runner.query.bind(runner) as (...given: unknown[]) => Promise<unknown>;
      runner.query = ((...asked: unknown[]) => { trips += 1; return query(...asked); }) as typeof runner.query;
      return runner;
    };
    try {
      await enter('counted', by('counted'));
    } finally {
      dataSource.createQueryRunner = create;
    }
    expect(trips).toBeLessThanOrEqual(6);
  });
});
