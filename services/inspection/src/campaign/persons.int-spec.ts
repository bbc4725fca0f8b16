import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Principal } from '@zhijian/access';
import type { Role } from '@zhijian/contracts';
import { inspection } from '@zhijian/contracts/http';
import { personEnabled } from '@zhijian/contracts/facts';
import { Directory } from '@zhijian/service-kit';
import { aFact, anArea, aPerson, disabled, testDatabase, testRoom, type AppointmentGiven, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { inspectionRoom } from '../room.js';
import { hangzhou, Play } from './campaign.fixture.js';

/** The room as it runs: who somebody is and where they act says the directory. A city, a county of three officers, an area without a code. */
let database: TestDatabase;
let room: TestRoom;
const people = new Map<string, string>();
const county = '990301';

async function known(account: string, ...appointments: AppointmentGiven[]): Promise<void> {
  const { personId, facts } = aPerson([account, `${account}-2`], appointments);
  people.set(account, personId);
  for (const fact of facts) await room.hear(fact);
  room.app.get(Directory).forget();
}
const as = (account: string, role: Role): Principal => ({ id: account, name: account, role, places: [], authenticatedAt: new Date().toISOString() });
const refused = (code: string, status = 422) => ({ status, problem: { code } });

beforeAll(async () => {
  database = await testDatabase();
  room = await testRoom(inspectionRoom, { database, at: '2023-01-20T09:00:00+08:00', admission: { strangers: false } });
  for (const area of [anArea({ id: '330100', level: 'city' }), anArea({ id: county, level: 'county', parents: [{ parent: '330100' }] }), anArea({ id: 'qiantang', level: 'area', parents: [{ parent: '330100' }] })]) await room.hear(area);
  await known('shi', { role: 'city', place: '330100' });
  await known('shi-pizhun', { role: 'approver', place: '330100' });
  await known('xian', { role: 'county', place: county });
  await known('jiandu', { role: 'inspector', place: county });
  await known('jiandu-former', { role: 'inspector', place: county, to: '2022-12-31' });
  await known('neighbour', { role: 'inspector', place: 'qiantang' });
}, 60_000);
afterAll(async () => {
  await room?.stop();
  await database?.drop();
});

const leading = (account: string, role: Role): Principal => ({ ...as(account, role), places: [{ code: '330100' }] });
const setting = { ...hangzhou, lead: leading('shi', 'city'), approver: leading('shi-pizhun', 'approver'), code: () => county };

describe('the author of a decision is not its approver', () => {
  it('not by another account either, and not by whoever has only the place: where somebody is appointed to approve, they do', async () => {
    const play = await new Play(room, 1, setting).drafted();
    const approve = (account: string, role: Role) => room.call(inspection.approveCampaign, { as: as(account, role), params: { campaignId: play.campaignId } });
    expect(await approve('shi-2', 'city')).toMatchObject(refused('approver-is-author'));
    await known('shi-colleague', { role: 'city', place: '330100' });
    expect(await approve('shi-colleague', 'city')).toMatchObject(refused('approver-needed'));
    expect((await approve('shi-pizhun', 'approver')).status).toBe(201);
  });

  it('where the author is the only one of the place who may approve (a county of three officers), it goes one level up', async () => {
    await known('sheng-pizhun', { role: 'approver', place: '330000' });
    await room.hear(anArea({ id: '330000', level: 'province' }));
    await room.hear(anArea({ id: '330100', level: 'city', parents: [{ parent: '330000' }], version: 2 }));
    await known('shi-both', { role: 'city', place: '330100' }, { role: 'approver', place: '330100' });
    await room.hear(disabled(people.get('shi-pizhun')!, ['shi-pizhun', 'shi-pizhun-2']));
    const play = await new Play(room, 1, { ...setting, lead: leading('shi-both', 'city') }).drafted();
    const approve = (account: string, role: Role) => room.call(inspection.approveCampaign, { as: as(account, role), params: { campaignId: play.campaignId } });
    expect(await approve('shi-both', 'approver')).toMatchObject(refused('approver-is-author'));
    expect(await approve('shi-colleague', 'city')).toMatchObject({ ...refused('approver-needed'), problem: { title: expect.stringContaining('330000') } });
    expect((await approve('sheng-pizhun', 'approver')).status).toBe(201);
    await room.hear(aFact(personEnabled, people.get('shi-pizhun')!, { personId: people.get('shi-pizhun')!, accounts: ['shi-pizhun', 'shi-pizhun-2'], state: 'active', version: 3 }));
    room.app.get(Directory).forget();
  });
});

describe('two officers are two people who hold the office there', () => {
  it('on the day of the visit: nobody else’s account, no former inspector, and nobody with two accounts counts twice', async () => {
    const play = await new Play(room, 1, setting).approved();
    const [body] = await play.has(['in', 'in']);
    await play.to('2023-04-10T09:00:00+08:00');
    const open = (...inspectors: string[]) => room.call(inspection.openVisit, { as: as('xian', 'county'), params: { campaignId: play.campaignId }, body: { unit: county, kind: 'site-check', institutionId: body, visitOn: '2023-04-10', inspectors } });
    expect(await open('jiandu', 'jiandu-2')).toMatchObject({ ...refused('visit-inspector-twice'), problem: { errors: [{ path: '/inspectors/1', message: '与前一名是同一人' }] } });
    expect(await open('jiandu', 'jiandu-former')).toMatchObject({ ...refused('visit-inspector-unknown'), problem: { errors: [{ path: '/inspectors/1', message: '当日不在该辖区任执法职务' }] } });
    expect(await open('neighbour', 'jiandu')).toMatchObject({ ...refused('visit-inspector-unknown'), problem: { errors: [{ path: '/inspectors/0' }] } });
    expect(await open('甲', '乙')).toMatchObject(refused('visit-inspector-unknown'));
    expect((await open('jiandu', 'xian')).status).toBe(201);
  });

  it('and who recorded the visit does not register what becomes of the case, with either account', async () => {
    const play = await new Play(room, 1, setting).approved();
    const [body] = await play.has(['in']);
    await play.to('2023-04-10T09:00:00+08:00');
    const step = (account: string, role: Role = 'county') => ({ as: as(account, role) });
    const open = await room.call(inspection.openVisit, { ...step('xian'), params: { campaignId: play.campaignId }, body: { unit: county, kind: 'site-check', institutionId: body!, visitOn: '2023-04-10', inspectors: ['jiandu', 'xian'] } });
    const params = { visitId: open.body.visitId };
    const listed = await room.call(inspection.listArchives, { ...step('xian'), params, ifMatch: open.body.version, body: { archives: ['A1', 'A2'] } });
    const drawn = await room.call(inspection.drawArchives, { ...step('xian'), params, ifMatch: listed.body.version, body: { size: 1 } });
    const { body: { caseId } } = await room.call(inspection.recordVisit, { ...step('xian'), params, ifMatch: drawn.body.version, body: { verifications: [], findings: [{ kind: 'false-certificate', text: '现场所见', serious: true }] } });
    const decide = (account: string) => room.call(inspection.decideCase, { ...step(account), params: { caseId: caseId! }, ifMatch: 1, body: { decidedOn: '2023-04-10', sanctions: [{ kind: 'warning' }] } });
    expect(await decide('xian')).toMatchObject(refused('case-own-visit'));
    expect(await decide('xian-2')).toMatchObject(refused('case-own-visit'));
    await known('xian-colleague', { role: 'county', place: county });
    expect((await decide('xian-colleague')).body).toMatchObject({ state: 'decided' });
  });
});

it('an area without a code is a unit as any other: its own officers act in it', async () => {
  const play = await new Play(room, 1, { ...setting, lead: leading('shi', 'city'), approver: leading('shi-pizhun', 'approver'), code: () => 'qiantang' }).approved();
  await known('xinqu', { role: 'county', place: 'qiantang' });
  const version = await play.version('qiantang');
  const filed = (account: string) => room.call(inspection.filePlan, { as: as(account, 'county'), params: { campaignId: play.campaignId, unit: 'qiantang' }, ifMatch: version, body: { text: '方案', dates: [], file: false } });
  expect((await filed('xinqu')).status).toBe(200);
  expect([404, 422]).toContain((await filed('xian')).status);
});
