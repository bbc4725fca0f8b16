import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { InstitutionRef } from '@zhijian/contracts/facts';
import { qualification } from '@zhijian/contracts/http';
import { aPrincipal, testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { room as description } from '../room.js';
import { aCreditCode, aRegistration } from './institution.fixture.js';
import type { Institution } from './institution.queries.js';

const officer = aPrincipal('county', '990101');
let database: TestDatabase;
let room: TestRoom;

beforeAll(async () => {
  database = await testDatabase();
  room = await testRoom(description, { database, at: '2023-02-15T09:00:00+08:00' });
});
afterAll(async () => {
  await room?.stop();
  await database?.drop();
});

const register = async (number: number, change = {}): Promise<Institution> => {
  const { status, body } = await room.call(qualification.registerInstitution, { as: officer, body: aRegistration({ creditCode: aCreditCode(number), ...change }) });
  expect(status).toBe(201);
  return body;
};
const factsOf = async (id: string) => (await room.facts<InstitutionRef>()).filter((fact) => fact.subject === id);

describe('registering an institution', () => {
  it('leaves row, fact and audit entry of its home district', async () => {
    const institution = await register(1);
    expect(institution).toMatchObject({ revision: 1, version: 1, filing: { filedOn: '2020-05-06', filedIn: '990101', closedOn: null }, operation: null });
    const [fact] = await factsOf(institution.institutionId);
    expect(fact).toMatchObject({ type: 'qualification.institution-registered', jurisdiction: '990101', actor: 'county:county-990101@990101', data: { revision: 1 } });
    expect(await room.audit(institution.institutionId)).toMatchObject([{ action: 'institution registered', jurisdiction: '990101' }]);
  });

  it('with the same key answers the same institution, with the key and another body is refused', async () => {
    const body = aRegistration({ creditCode: aCreditCode(2) });
    const first = await room.call(qualification.registerInstitution, { as: officer, body, key: 'once' });
    const second = await room.call(qualification.registerInstitution, { as: officer, body, key: 'once' });
    expect(second.body.institutionId).toBe(first.body.institutionId);
    expect(await factsOf(first.body.institutionId)).toHaveLength(1);
    const other = await room.call(qualification.registerInstitution, { as: officer, body: { ...body, name: '另一家' }, key: 'once' });
    expect(other).toMatchObject({ status: 422, problem: { code: 'key-reused' } });
  });

  it('with a malformed credit code is refused with the field and changes nothing', async () => {
    const { status, problem } = await room.call(qualification.registerInstitution, { as: officer, body: aRegistration({ creditCode: `${aCreditCode(3).slice(0, 17)}?` }) });
    expect({ status, problem }).toMatchObject({ status: 422, problem: { code: 'credit-code-character', errors: [{ path: '/creditCode' }] } });
    expect(problem.title).toContain('统一社会信用代码');
  });

  it('twice is a wrong state that names the known institution', async () => {
    await register(4, { name: '已登记的医院' });
    const { status, problem } = await room.call(qualification.registerInstitution, { as: officer, body: aRegistration({ creditCode: aCreditCode(4) }) });
    expect({ status, problem }).toMatchObject({ status: 409, problem: { code: 'institution-known', errors: [{ path: '/creditCode' }] } });
    expect(problem.title).toContain('已登记的医院');
  });

  it('in another place is not allowed, and the trial is noted', async () => {
    const { status, problem } = await room.call(qualification.registerInstitution, { as: officer, body: aRegistration({ jurisdiction: '990102' }) });
    expect({ status, code: problem.code }).toEqual({ status: 403, code: 'other-place' });
    expect(await room.audit('990102')).toMatchObject([{ action: 'refused: not an officer of this place' }]);
  });

  it('with an unknown field or without a key is bad input', async () => {
    const unknown = await room.call(qualification.registerInstitution, { as: officer, body: { ...aRegistration(), phone: '1' } });
    expect(unknown).toMatchObject({ status: 400, problem: { errors: [{ path: '/phone', message: '未知的字段' }] } });
  });
});

describe('changing an institution', () => {
  it('moves version and revision on, and a stale edit is refused', async () => {
    const { institutionId } = await register(10);
    const edit = { as: officer, params: { institutionId }, body: { address: '新址2号' } };
    expect(await room.call(qualification.editInstitution, { ...edit, ifMatch: 1 })).toMatchObject({ status: 200, body: { address: '新址2号', contactPost: '医务科', version: 2, revision: 2 } });
    expect(await room.call(qualification.editInstitution, { ...edit, ifMatch: 1 })).toMatchObject({ status: 412 });
    expect(await room.call(qualification.editInstitution, edit)).toMatchObject({ status: 428 });
    expect((await factsOf(institutionId)).map(({ data }) => data.revision)).toEqual([1, 2]);
  });

  it('keeps every filing; a closed one cannot be closed again, a new one opens it anew', async () => {
    const { institutionId } = await register(11);
    const params = { institutionId };
    const close = () => room.call(qualification.closeFiling, { as: officer, params, body: { closedOn: '2023-02-01', reason: '停业' } });
    expect(await close()).toMatchObject({ status: 201, body: { filing: { closedOn: '2023-02-01' }, version: 2 } });
    expect(await close()).toMatchObject({ status: 409, problem: { code: 'filing-not-open' } });
    const filing = { number: null, filedOn: '2023-02-14', categories: ['粉尘类', '化学因素类'], items: [], outreach: false };
    expect(await room.call(qualification.recordFiling, { as: officer, params, body: filing })).toMatchObject({ status: 201, body: { filing: { closedOn: null, outreach: false }, version: 3 } });
    expect((await factsOf(institutionId)).map(({ type }) => type)).toEqual(['qualification.institution-registered', 'qualification.filing-closed', 'qualification.filing-recorded']);
    const kept = await database.query('qualification', 'select filed_on::text, closed_reason from filing where institution_id = $1 order by filed_on', [institutionId]);
    expect(kept).toEqual([{ filed_on: '2020-05-06', closed_reason: '停业' }, { filed_on: '2023-02-14', closed_reason: null }]);
  });

  it('[HZ-2023-01] whether it operates is recorded by the district that saw it, with evidence, and the last observation counts', async () => {
    const { institutionId } = await register(12);
    const see = (operating: boolean, observedOn: string, as = officer) =>
      room.call(qualification.recordOperation, { as, params: { institutionId }, body: { unit: '990101', operating, observedOn, evidence: '现场查看，近一年无检查记录' } });
    await see(false, '2023-02-10');
    expect(await see(true, '2023-02-01')).toMatchObject({ status: 201, body: { operation: { operating: false, observedOn: '2023-02-10' }, version: 1 } });
    expect(await see(true, '2023-02-16')).toMatchObject({ status: 422, problem: { code: 'observation-in-future' } });
    expect(await see(true, '2023-02-15', aPrincipal('county', '990102'))).toMatchObject({ status: 404 });
    expect((await factsOf(institutionId)).at(-1)).toMatchObject({ type: 'qualification.operation-recorded', data: { unit: '990101', operating: true, observedOn: '2023-02-01' } });
  });
});

describe('reading the register', () => {
  it('pages by cursor, and finds by part of the name or the beginning of the code', async () => {
    for (const number of [21, 22, 23]) await register(number, { name: `翻页医院${number}`, jurisdiction: '990101' });
    const first = await room.call(qualification.listInstitutions, { as: officer, query: { q: '翻页', limit: 2 } });
    expect(first.body.items).toHaveLength(2);
    const second = await room.call(qualification.listInstitutions, { as: officer, query: { q: '翻页', limit: 2, cursor: first.body.next! } });
    expect(second.body).toMatchObject({ items: [{ name: '翻页医院23' }], next: null });
    const byCode = await room.call(qualification.listInstitutions, { as: officer, query: { q: aCreditCode(22).toLowerCase(), unit: '990101', kind: 'health-examination' } });
    expect(byCode.body.items).toMatchObject([{ name: '翻页医院22' }]);
    expect((await room.call(qualification.listInstitutions, { as: officer, query: { q: '%' } })).body.items).toEqual([]);
  });

  it('an institution sees itself, and no trace of another', async () => {
    const { institutionId } = await register(30);
    const person = aPrincipal('institution', '990101', institutionId);
    expect((await room.call(qualification.getInstitution, { as: person, params: { institutionId } })).status).toBe(200);
    const other = await register(31);
    expect((await room.call(qualification.getInstitution, { as: person, params: { institutionId: other.institutionId } })).status).toBe(404);
  });
});
