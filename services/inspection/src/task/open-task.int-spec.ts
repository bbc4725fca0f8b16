import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Principal } from '@zhijian/access';
import type { Role } from '@zhijian/contracts';
import { inspection, task } from '@zhijian/contracts/http';
import { Directory } from '@zhijian/service-kit';
import { anAppointment, anArea, aPerson, disabled, testDatabase, testRoom, type AppointmentGiven, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { anInstitution, hangzhou, Play } from '../campaign/campaign.fixture.js';
import { inTree, Year } from '../rectification/colours.fixture.js';
import { inspectionRoom } from '../room.js';

const county = '990401';
let database: TestDatabase;
let room: TestRoom;
let play: Play;
const people = new Map<string, string>();
const as = (account: string, role: Role = 'county'): Principal => ({ id: account, name: account, role, places: [], authenticatedAt: new Date().toISOString() });
const leading = (account: string, role: Role): Principal => ({ ...as(account, role), places: [{ code: '330100' }] });
async function known(account: string, ...appointments: AppointmentGiven[]): Promise<void> {
  const { personId, facts } = aPerson([account], appointments);
  people.set(account, personId);
  for (const fact of facts) await room.hear(fact);
  room.app.get(Directory).forget();
}
const open = async (holder?: string, who = as('xian')) => (await room.call(task.listTasks, { as: who, query: { room: 'inspection', limit: 100, ...(holder ? { holder } : {}) } })).body.items;
const give = async (taskId: string, account: string | null, who = as('xian'), ifMatch?: number) =>
  room.call(task.assignTask, { as: who, query: { room: 'inspection' }, ifMatch: ifMatch ?? (await open()).find((one) => one.taskId === taskId)?.version ?? 0, body: { taskId, personId: account && people.get(account)!, reason: '分工' } });
const holderOf = async (taskId: string) => (await open()).find((one) => one.taskId === taskId)!.holder;
/** Nothing is ownerless: each is held by somebody who holds an office there today, or by an agency with a name. */
async function owned(): Promise<number> {
  const there = (await room.app.get(Directory).holdersOf(county, ['county', 'inspector', 'city', 'approver'])).map(({ personId }) => personId);
  const tasks = await open();
  for (const { holder } of tasks) expect(holder.kind === 'person' ? there.includes(holder.personId) : holder.name.length > 0).toBe(true);
  return tasks.length;
}

beforeAll(async () => {
  database = await testDatabase();
  room = await testRoom(inspectionRoom, { database, at: '2023-01-20T09:00:00+08:00', admission: { strangers: false } });
  for (const area of [anArea({ id: '330100', level: 'city' }), anArea({ id: county, level: 'county', parents: [{ parent: '330100' }] }), anArea({ id: '990402', level: 'county', parents: [{ parent: '330100' }] })]) await room.hear(area);
  await known('shi', { role: 'city', place: '330100' });
  await known('pizhun', { role: 'approver', place: '330100' });
  await known('xian', { role: 'county', place: county });
  await known('chief', { role: 'county', place: county });
  await known('neighbour', { role: 'county', place: '990402' });
  play = await new Play(room, 1, { ...hangzhou, lead: leading('shi', 'city'), approver: leading('pizhun', 'approver'), code: () => county }).approved();
  const bodies = await play.has(['in', 'in']);
  await play.to('2023-04-10T09:00:00+08:00');
  await room.call(inspection.openVisit, { as: as('xian'), params: { campaignId: play.campaignId }, body: { unit: county, kind: 'site-check', institutionId: bodies[0]!, visitOn: '2023-04-10', inspectors: ['xian', 'chief'] } });
}, 60_000);
afterAll(async () => {
  await room?.stop();
  await database?.drop();
});

const aTask = async (kind: string) => (await open()).find((one) => one.kind === kind)!.taskId;

describe('what is open', () => {
  it('is listed for whoever must do it, with its agency, its place and its day; begun visits, reports, cases and duties', async () => {
    const tasks = await open();
    expect(tasks.length).toBeGreaterThan(3);
    expect(tasks.find(({ kind }) => kind === 'visit')).toMatchObject({ room: 'inspection', title: expect.stringMatching(/^现场检查：/), jurisdiction: county, campaignId: play.campaignId, holder: { kind: 'agency' }, version: 0 });
    const [duty] = tasks.filter((one) => one.kind === 'duty' && one.dueOn);
    const due = await room.call(inspection.getObligationDue, { as: as('xian'), params: { campaignId: play.campaignId, obligationId: duty!.obligationId! } });
    expect(due.body).toMatchObject({ dueOn: duty!.dueOn, clauses: duty!.why!.clauses.map((id) => ({ id })), calendar: duty!.why!.calendar });
    expect(tasks.filter(({ kind }) => kind === 'duty').every(({ jurisdiction }) => jurisdiction === county)).toBe(true);
    expect(await open(undefined, as('neighbour'))).toEqual([]);
    const first = await room.call(task.listTasks, { as: as('xian'), query: { room: 'inspection', limit: 1 } });
    const second = await room.call(task.listTasks, { as: as('xian'), query: { room: 'inspection', limit: 500, cursor: first.body.next! } });
    expect([...first.body.items, ...second.body.items].map(({ taskId }) => taskId)).toEqual(tasks.map(({ taskId }) => taskId));
  });

  it('is given to somebody who holds an office there, by an officer of the place, and goes back to the agency', async () => {
    const taskId = await aTask('visit');
    expect((await give(taskId, 'chief')).body).toMatchObject({ version: 1, holder: { kind: 'person', personId: people.get('chief'), accounts: ['chief'], reason: '分工' } });
    expect((await open('me', as('chief'))).map((one) => one.taskId)).toEqual([taskId]);
    expect((await open('agency')).map((one) => one.taskId)).not.toContain(taskId);
    expect((await give(taskId, null, as('xian'), 7)).status).toBe(412);
    expect(await give(taskId, 'neighbour')).toMatchObject({ status: 422, problem: { code: 'task-person-unfit', errors: [{ path: '/personId' }] } });
    expect((await give(taskId, 'chief', as('neighbour'), 1)).status).toBe(404);
    expect((await give('visit/no-such', 'chief', as('xian'), 0)).status).toBe(404);
    expect((await give(taskId, null)).body).toMatchObject({ version: 2, holder: { kind: 'agency' } });
    expect((await room.audit(taskId.split('/')[1])).map(({ action }) => action)).toEqual(expect.arrayContaining(['task assigned']));
  });
});

it('a report of rectification waits at the receiver that the pack of the colours names', async () => {
  await room.hear(anArea({ id: '500000', level: 'province' }));
  await known('wei', { role: 'province', place: '500000' });
  const institutionId = await anInstitution(room, '500000');
  room.byHand.add('rectification (a duty)');
  await room.dataSource.query(
    `insert into rectification (id, institution_id, jurisdiction, place, year, run_id, colour, revision, published_on, firm, because, pack, pack_version, calendar, clauses, state, ordered_at)
     values (gen_random_uuid(), $1, '500000', '500000', 2022, 'r', 'red', 1, '2023-02-01', true, '测试', 'chongqing/colour-2024', 1, 'c', '[]', 'submitted', now())`, [institutionId]);
  expect((await open(undefined, as('wei', 'province'))).filter(({ kind }) => kind === 'rectification')).toMatchObject([{ title: expect.stringMatching(/^审阅整改报告：/), jurisdiction: '500000', agency: '市卫生健康委', holder: { kind: 'agency' } }]);
  expect((await open()).filter(({ kind }) => kind === 'rectification')).toEqual([]);
});

it('a returned report of rectification is waited for until its day, with the working days that were counted', async () => {
  room.byHand.add('rectification.due_on');
  const institutionId = await anInstitution(room, '500000');
  await room.dataSource.query(
    `insert into rectification (id, institution_id, jurisdiction, place, year, run_id, colour, revision, published_on, due_on, firm, because, pack, pack_version, calendar, clauses, state, ordered_at)
     values (gen_random_uuid(), $1, '500000', '500000', 2021, 'r', 'red', 1, '2022-09-26', '2022-11-10', true, '测试', 'chongqing/colour-2024', 1, 'c', '["CQ-2024-17"]', 'returned', now())`, [institutionId]);
  const [waiting] = (await open(undefined, as('wei', 'province'))).filter(({ title }) => title.startsWith('等待重报'));
  expect(waiting).toMatchObject({ kind: 'rectification', agency: '市卫生健康委', dueOn: '2022-11-10', why: { because: '测试', firm: true, clauses: ['CQ-2024-17'], pack: 'chongqing/colour-2024@1', calendar: 'c' } });
  expect([waiting!.why!.counted.length, waiting!.why!.counted.at(-1)]).toEqual([30, '2022-11-10']);
});

describe('of a year of colours', () => {
  const commission = as('wei', 'province');
  const ofYear = async (who: Principal) => (await open(undefined, who)).filter(({ kind }) => kind === 'check-quota' || kind === 'inspection-summary').map(({ taskId, title, agency, dueOn, jurisdiction, link }) => ({ taskId, title, agency, dueOn, jurisdiction, link }));
  const play = () => new Year(room, 2022);
  const check = async (institutionId: string, change: object = {}) => expect((await play().check(institutionId, { visitedOn: '2022-11-01', ...change }, commission)).status).toBe(201);
  const summary = { taskId: 'inspection-summary/500000/2022', title: '报送 2022 年度分类监督执法工作总结', agency: '市疾控中心', dueOn: '2022-12-31', jurisdiction: '500000', link: '/checks/summaries/500000/2022' };

  it('the checks that are owed are one task of the place, with the count outstanding and the day; done, it is none', async () => {
    await inTree({ database });
    await room.hear(anArea({ id: '500103', level: 'county', parents: [{ parent: '500000' }] }));
    await known('qu', { role: 'county', place: '500103' });
    const [red, yellow, green] = [await play().body(), await play().body(), await play().body()];
    for (const [id, colour] of [[red, 'red'], [yellow, 'yellow'], [green, 'green']] as const) await play().published(id, colour);
    const owed = (title: string) => ({ taskId: 'check-quota/500000/2022', title, agency: '市疾控中心', dueOn: '2022-12-31', jurisdiction: '500000', link: '/checks?state=owed&year=500000/2022' });
    expect(await ofYear(commission)).toEqual([owed('2022 年度现场监督检查：还有 2 家机构应检查 3 次'), summary]);
    await check(red);
    await check(green);
    await check(yellow, { origin: 'complaint', complaint: 'T1' });
    expect(await ofYear(commission)).toEqual([owed('2022 年度现场监督检查：还有 2 家机构应检查 2 次'), summary]);
    for (const id of [red, yellow]) await check(id);
    expect(await ofYear(commission)).toEqual([summary]);
    expect((await open(undefined, commission)).find(({ taskId }) => taskId === summary.taskId)!.why).toMatchObject({ because: '每年12月31日前办理。', firm: true, pack: 'chongqing/colour-2024@1', clauses: [expect.stringMatching(/^CQ-2024-/)] });
    expect(await ofYear(as('qu'))).toEqual([]);
  });

  it('closed, a year has its list of what was not done and no task; its summary is one until it is sent, and again when what it has counted is another', async () => {
    const in2022 = async () => (await ofYear(commission)).filter(({ taskId }) => taskId.endsWith('/2022'));
    const late = await play().body();
    await play().published(late, 'red');
    expect((await ofYear(commission)).map(({ taskId }) => taskId)).toEqual(['check-quota/500000/2022', summary.taskId]);
    await play().do('closeCheckYear');
    expect(await in2022()).toEqual([summary]);
    const send = () => room.call(inspection.sendInspectionSummary, { as: commission, params: { jurisdiction: '500000', year: 2022 }, body: { summary: '全年分类监督执法情况' } });
    expect((await send()).status).toBe(201);
    expect(await in2022()).toEqual([]);
    room.clock.set('2023-04-10T10:00:00+08:00');
    await play().published(late, 'yellow', { before: 'red', revision: 99 });
    expect(await in2022()).toEqual([{ ...summary, title: '补报（报送后颜色有变动） 2022 年度分类监督执法工作总结' }]);
    room.clock.set('2023-04-10T11:00:00+08:00');
    expect((await send()).status).toBe(201);
    expect(await in2022()).toEqual([]);
  });
});

describe('when an officer leaves, nothing is ownerless', () => {
  it('an ended office hands over to the named successor, with an entry for each matter', async () => {
    const appointmentId = crypto.randomUUID();
    await known('leaving', { role: 'inspector', place: county, appointmentId });
    const tasks = (await open()).slice(0, 2).map(({ taskId }) => taskId);
    for (const taskId of tasks) await give(taskId, 'leaving');
    const before = await owned();
    await room.hear(anAppointment(people.get('leaving')!, { appointmentId, role: 'inspector', place: county, ended: { handedTo: people.get('chief')! }, version: 2 }));
    expect(await Promise.all(tasks.map(holderOf))).toMatchObject(tasks.map(() => ({ kind: 'person', personId: people.get('chief'), reason: '原承办人离任，移交' })));
    expect(await owned()).toBe(before);
    for (const taskId of tasks) expect((await room.audit(taskId.split('/')[1])).at(-1)).toMatchObject({ action: 'task handed over', detail: { from: people.get('leaving'), to: people.get('chief'), as: 'successor' } });
  });

  it('who holds another office there keeps what is theirs', async () => {
    const appointmentId = crypto.randomUUID();
    await known('twice', { role: 'inspector', place: county, appointmentId }, { role: 'approver', place: county });
    const taskId = await aTask('visit');
    await give(taskId, 'twice');
    await room.hear(anAppointment(people.get('twice')!, { appointmentId, role: 'inspector', place: county, ended: { handedTo: people.get('chief')! }, version: 2 }));
    expect(await holderOf(taskId)).toMatchObject({ personId: people.get('twice') });
  });

  it('a disabled person’s go to whoever is named for the place, and where nobody is, back to the agency', async () => {
    await known('out-a', { role: 'inspector', place: county });
    await known('out-b', { role: 'inspector', place: county });
    const [one, two] = (await open()).map(({ taskId }) => taskId);
    await give(one!, 'out-a');
    await give(two!, 'out-b');
    await room.hear(disabled(people.get('out-a')!, ['out-a'], [{ jurisdictionId: county, personId: people.get('chief')!, account: 'chief', as: 'agency-head' }]));
    await room.hear(disabled(people.get('out-b')!, ['out-b']));
    expect([await holderOf(one!), await holderOf(two!)]).toMatchObject([{ kind: 'person', personId: people.get('chief') }, { kind: 'agency' }]);
    await owned();
  });

  it('whose term runs out holds nothing the day after, told or not', async () => {
    await known('term', { role: 'inspector', place: county, to: '2023-04-12' });
    const taskId = await aTask('visit');
    await give(taskId, 'term');
    expect(await holderOf(taskId)).toMatchObject({ personId: people.get('term') });
    room.clock.set('2023-04-13T09:00:00+08:00');
    expect(await holderOf(taskId)).toMatchObject({ kind: 'agency' });
    await owned();
  });
});
