import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { UnitOfWork } from '@zhijian/persistence';
import { Directory } from '@zhijian/service-kit/directory';
import { testDatabase, type TestDatabase } from '@zhijian/testing';
import type { DataSource } from 'typeorm';
import { beginDirectory } from './seed.js';

let database: TestDatabase;
let source: DataSource;
const clock = { now: () => '2026-11-22T10:00:00.000+08:00' };
const folder = mkdtempSync(join(tmpdir(), 'seed-'));
const file = (seed: object): string => { const name = join(folder, `${Math.random()}.json`); writeFileSync(name, JSON.stringify(seed)); return name; };
const since = { from: '2020-01-01' };
const admin = (account: string, role: string) => ({ accounts: [account], appointments: [{ role, area: '990000', ...since, reason: '系统启用' }] });
const seed = {
  areas: [{ id: '990000', name: '示例省', level: 'province', ...since }, { id: '990100', name: '示例市', level: 'city', parent: '990000', ...since }, { id: 'jiangbei', name: '江北新区', level: 'area', parent: '990100', ...since }],
  agencies: [{ key: 'wjw', name: '示例市卫生健康委员会', kind: 'commission', area: '990100', ...since }],
  people: [admin('x', 'system-admin'), admin('a', 'security-admin'), { accounts: ['s'], appointments: [{ role: 'city', area: '990100', agency: 'wjw', heads: true, ...since, reason: '系统启用' }] }],
};

beforeAll(async () => {
  database = await testDatabase();
  source = await database.dataSource('gateway');
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

it('a directory is begun from a file once: areas, agencies, people, and the first administrators, whom nobody could appoint', async () => {
  const uow = new UnitOfWork(source, clock);
  expect(await beginDirectory(uow, file(seed))).toBe(true);
  expect(await beginDirectory(uow, file({ ...seed, people: [admin('intruder', 'security-admin')] }))).toBe(false);
  const directory = new Directory(source, clock, false);
  const city = await directory.principalOf({ id: 's', name: 's', places: [] });
  expect([city.role, city.agency?.kind, city.places.map(({ code, name }) => [code, name])]).toEqual(['city', 'commission', [['990100', '示例市'], ['jiangbei', '江北新区']]]);
  await expect(directory.principalOf({ id: 'intruder', name: 'i', places: [] })).rejects.toMatchObject({ code: 'account-unknown' });
  const [entry] = await database.query<{ actor: string; detail: object }>('gateway', `select actor, detail from audit_entry where action = 'directory begun'`);
  expect(entry).toEqual({ actor: 'system:installation', detail: { areas: 3, agencies: 1, people: 3 } });
});

it('the demonstration’s own directory can be begun: every agency it names is in it, every area has its commission', async () => {
  const own = await testDatabase();
  try {
    const given = fileURLToPath(new URL('../../demonstration-directory.json', import.meta.url));
    expect(await beginDirectory(new UnitOfWork(await own.dataSource('gateway'), clock), given)).toBe(true);
    const without = await own.query<{ id: string }>('gateway', `select id from jurisdiction j where not exists (select 1 from agency g where g.jurisdiction = j.id and g.kind = 'commission' and g.head is not null)`);
    expect(without).toEqual([]);
  } finally {
    await own.drop();
  }
});

it.each<[string, object]>([
  ['one person holds two offices of administrators', { ...seed, people: [{ accounts: ['z'], appointments: [admin('z', 'system-admin').appointments[0], admin('z', 'audit-admin').appointments[0]] }] }],
  ['nobody is in it', { ...seed, people: [] }], ['a field is unknown', { ...seed, passwords: [] }],
])('a file in which %s is refused whole', async (_, wrong) => {
  await expect(beginDirectory(new UnitOfWork(source, clock), file(wrong))).rejects.toThrow();
});
