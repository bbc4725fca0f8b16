import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { qualityControl } from '@zhijian/contracts/http';
import { aPrincipal, testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { room as description } from '../room.js';

const centre = aPrincipal('quality-centre', '990100');
let database: TestDatabase;
let room: TestRoom;

beforeAll(async () => {
  database = await testDatabase();
  room = await testRoom(description, { database, at: '2023-01-10T09:00:00+08:00' });
});
afterAll(async () => {
  await room?.stop();
  await database?.drop();
});

const aCircular = (year = 2022) => ({
  year, title: `${year}年度质量考核通报`,
  institutions: [{ institutionId: `a-${year}`, problems: ['职业健康检查报告结论不规范', '档案缺少签名'] }, { institutionId: `b-${year}`, problems: ['未按期送检比对样品'] }],
});

describe('a circular of the yearly quality assessment', () => {
  it('[HZ-2023-06] leaves a fact for each institution with its problems, and one audit entry', async () => {
    const { status, body } = await room.call(qualityControl.circulateAssessment, { as: centre, body: aCircular() });
    expect(status).toBe(201);
    const facts = await room.facts('quality-control.assessment-circulated');
    expect(facts.map(({ subject }) => subject)).toEqual(['a-2022', 'b-2022']);
    expect(facts[0]?.data).toEqual({ circularId: body.circularId, institutionId: 'a-2022', year: 2022, problems: body.institutions[0]?.problems });
    expect(await room.audit(body.circularId)).toMatchObject([{ action: 'assessment circulated', actor: 'quality-centre:quality-centre-990100@990100' }]);
  });

  it('sent twice with one key is one circular', async () => {
    const send = () => room.call(qualityControl.circulateAssessment, { as: centre, body: aCircular(2021), key: 'again' });
    expect((await send()).body).toEqual((await send()).body);
    expect((await room.call(qualityControl.listAssessments, { as: centre, query: { year: 2021 } })).body.items).toHaveLength(1);
  });

  it('that names an institution twice is refused, and nothing is kept', async () => {
    const { institutions } = aCircular(2020);
    const { status, problem } = await room.call(qualityControl.circulateAssessment, { as: centre, body: { ...aCircular(2020), institutions: [...institutions, institutions[0]!] } });
    expect({ status, problem }).toMatchObject({ status: 422, problem: { code: 'institution-twice', errors: [{ path: '/institutions/2/institutionId' }] } });
    expect((await room.call(qualityControl.listAssessments, { as: centre, query: { year: 2020 } })).body.items).toEqual([]);
  });

  it('is not for a county to send', async () => {
    expect((await room.call(qualityControl.circulateAssessment, { as: aPrincipal('county', '990101'), body: aCircular() })).status).toBe(403);
  });

  it('is listed by pages, the latest first', async () => {
    const first = await room.call(qualityControl.listAssessments, { as: centre, query: { limit: 1 } });
    expect(first.body.items).toMatchObject([{ year: 2021, institutions: [{ institutionId: 'a-2021' }, { institutionId: 'b-2021' }] }]);
    const second = await room.call(qualityControl.listAssessments, { as: centre, query: { limit: 1, cursor: first.body.next! } });
    expect(second.body).toMatchObject({ items: [{ year: 2022 }], next: null });
  });
});
