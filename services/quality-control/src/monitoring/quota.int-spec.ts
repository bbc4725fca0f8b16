import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { colourPublished } from '@zhijian/contracts/facts';
import { qualityControl as http, task } from '@zhijian/contracts/http';
import { aFact, aPrincipal } from '@zhijian/testing';
import { aBody, officer, pack, place, theCity, xian, type City } from '../colour/colour.fixture.js';

const centre = officer('zhikong', 'quality-centre');
let city: City;
beforeAll(async () => {
  city = await theCity('2024-10-30T09:00:00+08:00');
  city.byHand.add('colour_run.basis_year');
});
afterAll(() => city?.stop());

let revision = 0;
/** A year of colours, as the run of this room and publication would leave it. */
const begun = (year: number) => city.database.query('quality_control',
  `insert into colour_run (id, jurisdiction, concerns, year, basis_year, pack, pack_version, pack_hash, calendar, opened_at, opened_by) values ($1, $2, '{500000,500101}', $3, $4, $5, 1, 'h', 'c', now(), 'test') on conflict do nothing`, [`run-${year}`, place, year, year - 1, pack]);
const published = (institutionId: string, year: number, colour: string) => {
  revision += 1;
  return city.hear(aFact(colourPublished, institutionId, { noticeId: 'n', runId: `elsewhere-${year}`, jurisdiction: place, year, institutionId, revision, colour, before: null, erratum: false, publishedOn: `${year}-09-24`, publishedAt: `${year}-09-24T09:00:00+08:00`, site: 'portal', address: '/i', proofSha256: '0'.repeat(64), policy: { pack, version: 1, clauses: [] } }));
};
const quota = async (institutionId: string, year: number) => (await city.call(http.listMonitoringQuotas, { as: centre, params: { jurisdiction: place, year }, query: { institutionId } })).body.items[0];
const record = (institutionId: string, change: Record<string, unknown> = {}, as = centre) =>
  city.call(http.recordMonitoring, { as, body: { institutionId, jurisdiction: place, visitedOn: '2024-10-29', members: ['质控专家一'], problems: ['空白样缺失'], result: '限期改进', ...change } });

describe('[CQ-2024-15] monitoring by colour', () => {
  it('owes a red body two visits a year, and counts them; a yellow and a green one owe nothing', async () => {
    await begun(2024);
    const [red, yellow, green, none] = [await aBody(city), await aBody(city), await aBody(city), await aBody(city)];
    await published(red, 2024, 'red');
    await published(yellow, 2024, 'yellow');
    await published(green, 2024, 'green');
    expect(await quota(red, 2024)).toMatchObject({ colour: 'red', colourTitle: '红色', min: 2, owed: 2, state: 'owed', clauses: ['CQ-2024-15', 'CQ-2024-16'] });
    expect(await record(red)).toMatchObject({ status: 201, body: { colour: 'red', year: 2024, problems: ['空白样缺失'] } });
    expect(await quota(red, 2024)).toMatchObject({ done: 1, owed: 1, visits: [{ visitedOn: '2024-10-29' }] });
    expect(await quota(yellow, 2024)).toMatchObject({ min: 0, target: 1, permitted: true, state: 'permitted', owed: 0 });
    expect(await quota(green, 2024)).toMatchObject({ min: 0, target: 1, years: 2, state: 'permitted' });
    expect(await quota(none, 2024)).toMatchObject({ colour: null, min: null, state: 'not-ruled' });
    expect((await city.facts('quality-control.monitoring-recorded')).filter(({ subject }) => subject === red)).toMatchObject([{ jurisdiction: place, data: { problems: 1, visitedOn: '2024-10-29' } }]);
    expect((await city.call(http.listMonitorings, { as: aPrincipal('institution', '500101', red), query: {} })).body.items).toMatchObject([{ institutionId: red }]);
  });

  it('before publication goes by the colour of the year before', async () => {
    await begun(2023);
    const body = await aBody(city);
    await published(body, 2022, 'red');
    expect(await quota(body, 2023)).toMatchObject({ colour: 'red', colourFrom: 'last-year', min: 2 });
  });
});

describe('[CQ-2024-16] what the QC centre fixes after reporting', () => {
  const fix = (year: number, change: Record<string, unknown> = {}, as = centre) => city.call(http.fixMonitoringFrequency, { as, params: { jurisdiction: place, year }, body: { colour: 'green', times: 1, years: 2, reportedOn: '2024-03-01', reference: '渝职控〔2024〕3号', ...change } });

  it('takes the permission’s place, is owed, and counts the years it spans', async () => {
    await begun(2020);
    await begun(2021);
    const body = await aBody(city);
    for (const year of [2020, 2021]) await published(body, year, 'green');
    expect(await fix(2021)).toMatchObject({ status: 201, body: { colour: 'green', colourTitle: '绿色', times: 1, years: 2, clauses: ['CQ-2024-15', 'CQ-2024-16'] } });
    expect(await quota(body, 2021)).toMatchObject({ min: 1, fixed: true, owed: 1, state: 'owed' });
    await record(body, { visitedOn: '2020-05-06' });
    expect(await quota(body, 2021)).toMatchObject({ done: 1, owed: 0, state: 'met' });
    await fix(2021, { times: 2, years: 2 });
    expect((await city.call(http.listMonitoringFrequencies, { as: centre, params: { jurisdiction: place, year: 2021 } })).body.items).toMatchObject([{ times: 2 }]);
  });

  it.each([
    ['below the least number', { colour: 'red', times: 1, years: 1 }, 422, 'monitoring-below-minimum', '/times'], ['before it was reported', { reportedOn: '2024-11-01' }, 422, 'monitoring-reported-in-future', '/reportedOn'],
    ['for a colour nobody knows', { colour: 'blue' }, 422, 'monitoring-colour-unknown', '/colour'], ['without saying what was reported', { reference: ' ' }, 400, 'bad-input', '/reference'],
  ])('%s is refused', async (_, change, status, code, path) => {
    await begun(2024);
    expect(await fix(2024, change)).toMatchObject({ status, problem: { code, errors: [{ path }] } });
  });

  it('is for the QC centre of the place', async () => {
    await begun(2024);
    expect((await fix(2024, {}, xian as never)).status).toBe(403);
    expect(await fix(2024, {}, aPrincipal('quality-centre', '510000') as never)).toMatchObject({ status: 404 });
    expect((await fix(1990)).status).toBe(404);
  });
});

it.each([
  ['to come', { visitedOn: '2024-10-31' }, 422, 'monitoring-in-future', '/visitedOn'], ['of nobody', { institutionId: 'nobody' }, 422, 'monitoring-institution-unknown', '/institutionId'],
  ['of a year before any colours', { visitedOn: '2001-05-06' }, 422, 'monitoring-year-unknown', '/jurisdiction'], ['by nobody', { members: [] }, 400, 'bad-input', '/members'],
])('a visit %s is refused and leaves nothing', async (_, change, status, code, path) => {
  await begun(2024);
  const body = await aBody(city);
  expect(await record(body, change)).toMatchObject({ status, problem: { code, errors: [{ path }] } });
  expect(await quota(body, 2024)).toMatchObject({ done: 0 });
});

it('a visit of who is not managed is refused', async () => {
  await begun(2024);
  expect(await record(await aBody(city, { kinds: ['hospital'] }))).toMatchObject({ status: 422, problem: { code: 'monitoring-not-managed' } });
});

describe('[CQ-2024-16] the year’s end', () => {
  const inYear = { jurisdiction: place, year: 2018 };
  it('is summed up by colour, frozen, supplemented and downloaded', async () => {
    await begun(2018);
    const red = await aBody(city);
    await published(red, 2018, 'red');
    await record(red, { visitedOn: '2018-05-06' });
    const show = async (version?: number) => (await city.call(http.getMonitoringSummary, { as: centre, params: inYear, query: version ? { version } : {} })).body;
    expect(await show()).toMatchObject({ dueOn: '2018-12-31', sender: '市质控中心', receiver: '市卫生健康委', clauses: ['CQ-2024-16'], draft: { title: '2018年度分类质量监测工作总结' } });
    expect((await show()).draft.rows[0]).toEqual(['红色', 1, 2, 2, 1, 1, 1, 1]);
    const send = (summary: string) => city.call(http.sendMonitoringSummary, { as: centre, params: inYear, body: { summary } });
    expect(await send('全年质量监测情况')).toMatchObject({ status: 201, body: { version: 1, receiver: '市卫生健康委' } });
    await record(red, { visitedOn: '2018-06-06' });
    expect(await send('补充')).toMatchObject({ status: 201, body: { version: 2 } });
    expect([(await show(1)).draft.rows[0]![4], (await show(2)).draft.rows[0]![4]]).toEqual([1, 2]);
    const file = await city.call(http.downloadMonitoringSummary, { as: centre, params: inYear, query: { version: 2 } });
    expect(file.bytes.subarray(0, 2).toString()).toBe('PK');
    expect((await send(' ')).status).toBe(400);
    expect((await city.call(http.getMonitoringSummary, { as: xian, params: inYear })).status).toBe(404);
  });

  it('lists what was owed and not done', async () => {
    await begun(2017);
    const red = await aBody(city);
    await published(red, 2017, 'red');
    expect(await city.activities('closeColourYear', { runId: 'run-2017', year: 2017 })).toMatchObject({ monitoring: 1 });
    expect(await city.database.query('quality_control', `select year_end -> 'monitoring' as owed from colour_run where id = 'run-2017'`)).toEqual([{ owed: [{ institutionId: red, what: 'quality-monitoring', owed: 2, done: 0 }] }]);
  });
});

describe('what monitoring leaves open', () => {
  const open = async (year: number, as = centre) => (await city.call(task.listTasks, { as, query: { room: 'quality-control', limit: 100 } })).body.items.filter(({ taskId }) => taskId.endsWith(`/${year}`));

  it('[CQ-2024-15] is one task of a place and year, however many bodies, until nothing is owed', async () => {
    city.clock.set('2026-11-02T09:00:00+08:00');
    await begun(2026);
    const [one, other] = [await aBody(city), await aBody(city)];
    for (const id of [one, other]) await published(id, 2026, 'red');
    await record(one, { visitedOn: '2026-05-06' });
    const owed = { taskId: `monitoring/${place}/2026`, kind: 'monitoring', jurisdiction: place, agency: '市质控中心', dueOn: '2026-12-31', link: `/monitorings?year=${place}/2026&state=owed` };
    expect(await open(2026)).toMatchObject([{ ...owed, title: '2026 年度质量监测：2 家尚欠 3 次' }]);
    const first = (await city.call(task.listTasks, { as: centre, query: { room: 'quality-control', limit: 1 } })).body;
    expect([first.items.length, first.next === null]).toEqual([1, false]);
    for (const [id, on] of [[one, '2026-06-06'], [other, '2026-05-06'], [other, '2026-06-06']] as const) await record(id, { visitedOn: on });
    expect(await open(2026)).toEqual([]);
    expect(await open(2026, aPrincipal('quality-centre', '510000') as never)).toEqual([]);
  });

  it('[CQ-2024-16] the summary is open once the colours of its year are public, overdue in the next, and gone when it is sent', async () => {
    await city.database.query('quality_control', `update colour_run set state = 'published' where year = 2026`);
    const due = { taskId: `monitoring-summary/${place}/2026`, kind: 'monitoring-summary', title: '报送 2026 年度分类质量监测工作总结', agency: '市质控中心', dueOn: '2026-12-31', link: `/monitorings/summaries/${place}/2026` };
    expect(await open(2026)).toMatchObject([{ ...due, why: { because: '每年12月31日前办理。', counted: [], firm: true, clauses: ['CQ-2024-16'] } }]);
    city.clock.set('2027-01-04T09:00:00+08:00');
    expect(await open(2026)).toMatchObject([due]);
    await city.call(http.sendMonitoringSummary, { as: centre, params: { jurisdiction: place, year: 2026 }, body: { summary: '全年监测情况' } });
    expect(await open(2026)).toEqual([]);
  });

  it('[CQ-2024-07] a year whose colouring nobody has opened owes by the colours of the year before, and who must open it is named', async () => {
    const opening = { taskId: `colour-year/${place}/2027`, kind: 'colour-year', title: '开展 2027 年度赋色（尚未启动）', agency: '市卫生健康委', jurisdiction: place, link: '/colours' };
    expect(await open(2027)).toMatchObject([opening, { taskId: `monitoring/${place}/2027`, title: '2027 年度质量监测：2 家尚欠 4 次' }]);
    const { items } = (await city.call(http.listMonitoringQuotas, { as: centre, params: { jurisdiction: place, year: 2027 }, query: { state: 'owed' } })).body;
    expect(items.map(({ colour, colourFrom, owed }) => [colour, colourFrom, owed])).toEqual([['red', 'last-year', 2], ['red', 'last-year', 2]]);
    expect((await city.call(http.listMonitoringQuotas, { as: centre, params: { jurisdiction: place, year: 2028 }, query: {} })).status).toBe(404); // has not begun
    await begun(2027);
    expect(await open(2027)).toMatchObject([{ taskId: `monitoring/${place}/2027` }]);
  });
});
