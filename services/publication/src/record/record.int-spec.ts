import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@zhijian/contracts';
import { filingClosed, filingRecorded, institutionRegistered, type InstitutionRef } from '@zhijian/contracts/facts';
import { urlFor } from '@zhijian/persistence';
import { aFact, samplesOf, testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import pg from 'pg';
import { room as description } from '../room.js';

let database: TestDatabase;
let room: TestRoom;
let reader: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  room = await testRoom(description, { database, at: '2023-02-15T09:00:00+08:00' });
  reader = new pg.Client({ connectionString: urlFor('portal_reader', database.url) });
  await reader.connect();
});
afterAll(async () => {
  await reader?.end();
  await room?.stop();
  await database?.drop();
});

let codes = 0;
const anInstitution = (change: Partial<InstitutionRef> = {}): InstitutionRef => ({
  institutionId: newId(), creditCode: `CODE${(codes += 1)}`, name: '测试一院', kind: 'health-examination', jurisdiction: '990101', address: '测试路1号', contactPost: '医务科', invented: true,
  filing: { number: null, filedOn: '2020-05-06', filedIn: '990101', categories: ['粉尘类'], items: [], outreach: true, closedOn: null }, revision: 1, ...change,
});
const shown = async (creditCode: string) => (await reader.query<Record<string, unknown>>('select *, filed_on::text, filing_closed_on::text from publication.public_institution where credit_code = $1', [creditCode])).rows[0];
const revisions = (id: string) => database.query<{ revision: number; name: string }>('publication', `select revision, content->>'name' as name from record_revision where institution_id = $1 order by revision`, [id]);

describe('what the public sees of an institution', () => {
  it('is its filing, without the contact, and leaves fact and audit entry', async () => {
    const institution = anInstitution();
    await room.hear(aFact(institutionRegistered, institution.institutionId, institution, { jurisdiction: '990101' }));
    const row = await shown(institution.creditCode);
    expect(row).toMatchObject({ name: '测试一院', categories: ['粉尘类'], filed_on: '2020-05-06', filing_closed_on: null, invented: true, revision: 1 });
    expect(JSON.stringify(row)).not.toContain('医务科');
    const [fact] = (await room.facts('publication.record-published')).filter(({ subject }) => subject === institution.institutionId);
    expect(fact).toMatchObject({ jurisdiction: '990101', data: { creditCode: institution.creditCode, revision: 1, publishedAt: '2023-02-15T09:00:00.000+08:00' } });
    expect(await room.audit(institution.institutionId)).toMatchObject([{ action: 'record published', detail: { revision: 1 } }]);
  });

  it('[XXGK-2019-26] rests on the regulation by which the register is public, word for word', async () => {
    const institution = anInstitution();
    await room.hear(aFact(institutionRegistered, institution.institutionId, institution, { jurisdiction: '990101' }));
    const [row] = await database.query<{ body: string }>('publication', 'select body from certificate where subject = $1', [institution.institutionId]);
    expect(JSON.parse(row!.body)).toMatchObject({ kind: 'publication', reason: null, pack: { id: 'national/superior-law', version: 2 }, clauses: [{ id: 'XXGK-2019-26', quote: expect.stringContaining('20个工作日内及时公开') }] });
  });

  it('is the newest revision, in whatever order facts arrive, and every public one is kept', async () => {
    const one = anInstitution();
    const { institutionId: id, filing } = one;
    const two = { ...one, revision: 2, name: '更名医院', filing: { ...filing!, outreach: false } };
    const three = { ...two, revision: 3, filing: { ...two.filing, closedOn: '2023-02-01' } };
    const facts = [aFact(institutionRegistered, id, one), aFact(filingClosed, id, three), aFact(filingRecorded, id, two), aFact(institutionRegistered, id, one)];
    for (const fact of facts) await room.hear(fact);
    expect(await shown(one.creditCode)).toMatchObject({ revision: 3, name: '更名医院', filing_closed_on: '2023-02-01' });
    expect(await revisions(id)).toEqual([{ revision: 1, name: '测试一院' }, { revision: 3, name: '更名医院' }]);
  });

  it('a fact heard twice publishes once', async () => {
    const institution = anInstitution();
    const fact = aFact(institutionRegistered, institution.institutionId, institution);
    await room.hear(fact);
    await room.hear(fact);
    expect((await room.facts('publication.record-published')).filter(({ subject }) => subject === institution.institutionId)).toHaveLength(1);
  });

  it('is nothing while it has not filed', async () => {
    const institution = anInstitution({ filing: null });
    await room.hear(aFact(institutionRegistered, institution.institutionId, institution));
    expect(await shown(institution.creditCode)).toBeUndefined();
    await room.hear(aFact(filingRecorded, institution.institutionId, anInstitution({ ...institution, filing: anInstitution().filing, revision: 2 })));
    expect(await shown(institution.creditCode)).toMatchObject({ revision: 2 });
  });
});

describe('what the public sees of qualifications', () => {
  const line = { kind: 'radiation-health-service' as const, number: '（测）001', issuer: '990000', from: '2022-03-01', to: '2027-02-28', categories: ['甲级'], items: ['检测'] };
  const own = { kind: 'occupational-health-service' as const, number: null, issuer: null, from: null, to: null };
  const unfiled = (change: Partial<InstitutionRef>) => anInstitution({ kind: 'occupational-health-service', filing: null, ...change });

  it('a body that never filed is public by what it was granted, not by what its kind alone says', async () => {
    const body = unfiled({ lines: [own, line] });
    await room.hear(aFact(institutionRegistered, body.institutionId, unfiled({ ...body, lines: [own] }), { jurisdiction: '990101' }));
    expect(await shown(body.creditCode)).toBeUndefined();
    await room.hear(aFact(institutionRegistered, body.institutionId, { ...body, revision: 2 }, { jurisdiction: '990101' }));
    expect(await shown(body.creditCode)).toMatchObject({ filed_on: null, categories: [], lines: [{ ...line, ended: null }], revision: 2 });
    expect(JSON.stringify(await shown(body.creditCode))).not.toContain('医务科');
    expect(await database.query('publication', `select outcome from (select body::jsonb as c from certificate) x, lateral (select c -> 'outcome' as outcome) o where c ->> 'subject' = $1`, [body.institutionId])).toMatchObject([{ outcome: { lines: [{ number: '（测）001' }], filedOn: null } }]);
  });

  it('filing and qualifications stand side by side; the filing is not said twice', async () => {
    const body = anInstitution({ kind: 'occupational-health-service' });
    const implied = { ...own, from: body.filing!.filedOn };
    await room.hear(aFact(institutionRegistered, body.institutionId, { ...body, lines: [implied, line] }));
    expect(await shown(body.creditCode)).toMatchObject({ filed_on: '2020-05-06', lines: [{ kind: 'radiation-health-service' }] });
  });

  it('converge in whatever order facts arrive, and the end of one is kept', async () => {
    const body = unfiled({ lines: [line] });
    const id = body.institutionId;
    const facts = [body, { ...body, revision: 2, lines: [{ ...line, to: '2024-02-29', ended: 'revoked' as const }] }, { ...body, revision: 3, lines: [{ ...line, to: '2024-02-29', ended: 'revoked' as const }, { ...line, kind: 'hospital' as const }] }];
    for (const at of [2, 0, 1]) await room.hear(aFact(institutionRegistered, id, facts[at]!));
    expect(await shown(body.creditCode)).toMatchObject({ revision: 3, lines: [{ ended: 'revoked', to: '2024-02-29' }, { kind: 'hospital', ended: null }] });
    const [asOf] = (await reader.query<{ lines: unknown[] }>('select lines from publication.public_institution_revision where credit_code = $1', [body.creditCode])).rows;
    expect(asOf!.lines).toHaveLength(2);
  });
});

it('the portal reads the published view and nothing else', async () => {
  await expect(reader.query('select * from publication.record')).rejects.toThrow('permission denied');
  await expect(reader.query('delete from publication.public_institution')).rejects.toThrow('permission denied');
  await expect(reader.query('select * from qualification.institution')).rejects.toThrow('permission denied');
});

it.each([institutionRegistered, filingRecorded, filingClosed].flatMap(({ type }) => samplesOf(type)))('publication still understands %s', async (_, sample) => {
  await room.hear({ ...sample, id: newId() });
  expect(await shown((sample.data as unknown as InstitutionRef).creditCode)).toBeDefined();
});

it('what stood there on a day is what had been published by its end, whatever comes later', async () => {
  const institution = anInstitution();
  await room.hear(aFact(institutionRegistered, institution.institutionId, institution, { jurisdiction: '990101' }));
  room.clock.set('2023-04-20T23:59:00+08:00');
  await room.hear(aFact(filingRecorded, institution.institutionId, { ...institution, revision: 2, name: '测试二院' }, { jurisdiction: '990101' }));
  room.clock.set('2023-04-21T00:01:00+08:00');
  await room.hear(aFact(filingClosed, institution.institutionId, { ...institution, revision: 3, name: '测试三院' }, { jurisdiction: '990101' }));
  const stood = async (on: string) => (await reader.query<{ name: string }>(
    `select name from publication.public_institution_revision where credit_code = $1 and published_at < (($2::date + 1)::timestamp at time zone 'Asia/Shanghai') order by published_at desc, revision desc limit 1`, [institution.creditCode, on])).rows[0]?.name;
  expect([await stood('2023-04-19'), await stood('2023-04-20'), await stood('2023-04-21')]).toEqual(['测试一院', '测试二院', '测试三院']);
  expect(await stood('2022-12-31')).toBeUndefined();
});
