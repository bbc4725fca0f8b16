import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Certificate, CommandEntry } from '@zhijian/audit';
import { newId } from '@zhijian/contracts';
import { audit } from '@zhijian/contracts/http';
import { institutionRegistered, penaltyDisclosed, penaltyWithdrawn } from '@zhijian/contracts/facts';
import { urlFor } from '@zhijian/persistence';
import { aFact, aPrincipal, samplesOf, testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import pg from 'pg';
import { room as description } from '../room.js';

let database: TestDatabase;
let room: TestRoom;
let reader: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  room = await testRoom(description, { database, at: '2023-05-08T10:00:00+08:00' });
  reader = new pg.Client({ connectionString: urlFor('portal_reader', database.url) });
  await reader.connect();
});
afterAll(async () => {
  await reader?.end();
  await room?.stop();
  await database?.drop();
});

const place = '990101';
const policy = { pack: 'national/superior-law', version: 1, clauses: ['XZCF-2021-48', 'XZCF-2021-85'] };
const penalty = { number: '示例卫罚〔2023〕1号', party: '示例体检中心', creditCode: '52990101000000001X', basis: '《中华人民共和国职业病防治法》第八十条', sanctions: [{ kind: 'fine' as const, fen: 1_250_000 }], authority: '示例区卫生健康局', decidedOn: '2023-05-06', clauses: ['行政处罚法 第四十八条'] };
const of = (caseId: string) => ({ campaignId: 'c', unit: place, caseId, institutionId: 'i1' });
const disclosed = (caseId: string, change: Partial<typeof penalty> = {}) => aFact(penaltyDisclosed, 'i1', { ...of(caseId), revision: 1, penalty: { ...penalty, ...change }, policy }, { jurisdiction: place });
const { number, authority, decidedOn, creditCode } = penalty;
const withdrawn = (caseId: string) => aFact(penaltyWithdrawn, 'i1', { ...of(caseId), revision: 2, creditCode, number, authority, decidedOn, ground: 'annulled', changedOn: '2023-06-19', document: '示例政复决〔2023〕2号', reason: '认定事实的证据不足', withdrawBy: '2023-06-25', policy }, { jurisdiction: place });
const shown = async (caseId: string) => (await reader.query<Record<string, unknown>>('select *, decided_on::text, changed_on::text, published_on::text from publication.public_penalty where case_id = $1', [caseId])).rows;
const certificates = async (caseId: string) => (await database.query<{ body: string }>('publication', 'select body from certificate where subject = $1 order by at, id', [caseId])).map(({ body }) => JSON.parse(body) as Certificate);
const version = async () => Number((await reader.query<{ n: string }>('select n from publication.public_state')).rows[0]!.n);

describe('a penalty that inspection lets out', () => {
  it('is public as it was let out, and changes what is public; heard twice it stands once', async () => {
    const [fact, before] = [disclosed('k1'), await version()];
    await room.hear(fact);
    expect(await shown('k1')).toMatchObject([{ number, authority, decided_on: decidedOn, credit_code: creditCode, party: '示例体检中心', basis: penalty.basis, sanctions: penalty.sanctions, withdrawn: false, reason: null, published_on: '2023-05-08', clauses: penalty.clauses, invented: false }]);
    expect(await version()).toBe(before + 1);
    expect((await certificates('k1')).map(({ kind, basis, pack, inputs, outcome }) => [kind, basis, pack?.id, inputs, outcome])).toEqual([['publication', 'person', 'national/superior-law', { ...penalty, context: { fact: fact.id, revision: 1 } }, 'published']]);
    await room.hear(fact);
    await room.hear({ ...fact, id: newId() });
    expect([(await shown('k1')).length, await version(), await room.audit('k1')]).toMatchObject([1, before + 1, [{ action: 'penalty published', jurisdiction: place }]]);
  });

  it('of a body that is invented says so', async () => {
    await room.hear(aFact(institutionRegistered, 'i2', { institutionId: 'i2', creditCode: '52990101000000002X', name: '示例二院', kind: 'health-examination', jurisdiction: place, address: '示例路', contactPost: '医务科', invented: true, filing: { number: null, filedOn: '2020-05-06', filedIn: place, categories: [], items: [], outreach: false, closedOn: null }, revision: 1 }, { jurisdiction: place }));
    await room.hear(disclosed('k2', { creditCode: '52990101000000002X' }));
    expect(await shown('k2')).toMatchObject([{ invented: true }]);
  });
});

describe('a penalty that was taken back', () => {
  it.each([['after it was published', ['d', 'w']], ['heard before what it takes back', ['w', 'd']], ['heard again and again', ['d', 'w', 'd', 'w']]])('%s: which it was and why, and no more', async (how, order) => {
    const caseId = `k-${how}`;
    room.clock.set('2023-05-08T10:00:00+08:00');
    for (const one of order) {
      await room.hear(one === 'd' ? disclosed(caseId) : withdrawn(caseId));
      room.clock.set('2023-06-20T10:00:00+08:00');
    }
    const [row, ...more] = await shown(caseId);
    expect([row, more]).toMatchObject([{ number, authority, decided_on: decidedOn, credit_code: creditCode, party: null, basis: null, sanctions: null, withdrawn: true, ground: 'annulled', changed_on: '2023-06-19', document: '示例政复决〔2023〕2号', reason: '认定事实的证据不足', clauses: policy.clauses }, []]);
    expect(await database.query('publication', 'select revision from penalty where case_id = $1 order by revision', [caseId])).toEqual([{ revision: 1 }, { revision: 2 }]);
    // What stood here before is certified, whatever the public is shown of days gone by.
    expect((await certificates(caseId)).map(({ kind, inputs }) => [kind, inputs['party'] ?? inputs['reason']]).sort()).toEqual([['publication', '示例体检中心'], ['withdrawal', '认定事实的证据不足']]);
  });

  it.each([['in order', [0, 1, 2]], ['in another order', [2, 1, 0]]])('because it was changed, heard %s: what came in its place stands beside it, and nothing more is said of what it was', async (how, order) => {
    room.clock.set('2023-06-20T10:00:00+08:00');
    const caseId = `changed ${how}`;
    const first = disclosed(caseId);
    const anew = disclosed(caseId, { number: '示例政复决〔2023〕2号', decidedOn: '2023-06-19', sanctions: [{ kind: 'fine', fen: 500_000 }] });
    for (const at of order) await room.hear([first, withdrawn(caseId), { ...anew, data: { ...anew.data, revision: 3 } }][at]!);
    expect((await shown(caseId)).sort((a, b) => Number(a['first_revision']) - Number(b['first_revision']))).toMatchObject([{ number, withdrawn: true, party: null, sanctions: null, first_revision: 1 }, { number: '示例政复决〔2023〕2号', withdrawn: false, decided_on: '2023-06-19', sanctions: [{ kind: 'fine', fen: 500_000 }], first_revision: 3 }]);
  });

  it('the portal reads nothing else of it, and the room itself rewrites nothing', async () => {
    await expect(reader.query('select * from publication.penalty')).rejects.toThrow('permission denied');
    await expect(room.dataSource.query(`update penalty set party = 'x'`)).rejects.toThrow('permission denied');
    await expect(room.dataSource.query('delete from penalty')).rejects.toThrow('permission denied');
  });
});

describe('the file of a district', () => {
  const partOf = async (...matters: string[]) => (await room.call(audit.getAuditPart, { as: aPrincipal('auditor', place), params: { room: 'publication' }, query: { workflowId: `campaign/01a20229-5bb0-70b4-85a1-57db949533bf/${place}`, matters: matters.join(',') } })).body;
  const keysOf = (part: Awaited<ReturnType<typeof partOf>>): unknown[] => part.rows['penalty']!.map(({ caseId, revision }) => `${String(caseId)}/${String(revision)}`);

  it('holds each revision of its cases as it stood, with the entries and certificates that tell of them, and nothing of another’s', async () => {
    const given = disclosed('a1');
    for (const fact of [given, withdrawn('a1'), disclosed('a2')]) await room.hear(fact);
    const part = await partOf('a1');
    expect(keysOf(part)).toEqual(['a1/1', 'a1/2']);
    expect(part.rows['penalty']).toMatchObject([{ ...penalty, factId: given.id, withdrawn: false, ground: null }, { number, party: null, sanctions: null, withdrawn: true, ground: 'annulled', withdrawBy: '2023-06-25', clauses: policy.clauses }]);
    expect(part.entries.flatMap(({ body }) => (JSON.parse(body) as CommandEntry).notes.map(({ action, subject }) => `${action} ${subject}`))).toEqual(['penalty published a1', 'penalty taken down a1']);
    expect(part.certificates.map(({ body }) => (JSON.parse(body) as Certificate).kind)).toEqual(['publication', 'withdrawal']);
  });

  it('holds what stands in its place and no entry tells of', async () => {
    await room.hear(disclosed('a3'));
    await database.query('publication', `insert into penalty select 'made-up' as case_id, p.* from (select revision, institution_id, jurisdiction, number, authority, decided_on, credit_code, party, basis, sanctions, withdrawn, ground, changed_on, document, reason, withdraw_by, clauses, fact_id, published_at from penalty where case_id = 'a3') p`);
    const keys = keysOf(await partOf('a3'));
    await database.query('publication', `delete from penalty where case_id = 'made-up'`);
    expect(keys).toEqual(['a3/1', 'made-up/1']);
  });
});

it.each([penaltyDisclosed, penaltyWithdrawn].flatMap(({ type }) => samplesOf(type)))('publication understands %s', async (_, sample) => {
  await room.hear({ ...sample, id: newId() });
  expect(await shown((sample.data as { caseId: string }).caseId)).toHaveLength(1);
});
