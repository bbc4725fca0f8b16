import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalJson, sha256 } from '@zhijian/audit';
import { inspection } from '@zhijian/contracts/http';
import { aPrincipal } from '@zhijian/testing';
import { theRoom } from '../campaign/campaign.fixture.js';
import { chongqing, commission, inspector, inTree, person, Year } from '../rectification/colours.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => {
  room = await theRoom('2024-03-01T09:00:00+08:00');
  await inTree(room);
});
afterAll(() => room?.stop());

const at = (instant: string) => room.clock.set(instant);
const inYear = (year: number) => ({ jurisdiction: chongqing, year });

describe('how often a body is checked', () => {
  it('[CQ-2024-10] [CQ-2024-11] [CQ-2024-12] before publication by the colour of the year before, then by its own; what was done stays and counts', async () => {
    at('2024-03-01T09:00:00+08:00');
    const play = new Year(room, 2024);
    const [was, fresh] = [await play.body(), await play.body()];
    await play.published(was, 'red', { year: 2023 });
    await play.opened();
    expect(await play.quota(was)).toMatchObject({ colour: 'red', colourFrom: 'last-year', min: 2, owed: 2, state: 'owed', clauses: ['CQ-2024-10'] });
    expect(await play.quota(fresh)).toMatchObject({ colour: null, min: null, state: 'not-ruled', clauses: ['CQ-2024-10', 'CQ-2024-11', 'CQ-2024-12'] });
    expect(await play.check(was)).toMatchObject({ status: 201, body: { ruling: 'required', colour: 'red', year: 2024, clauses: ['CQ-2024-10'] } });
    at('2024-09-24T09:00:00+08:00');
    await play.published(was, 'yellow');
    await play.published(fresh, 'green');
    expect(await play.quota(was)).toMatchObject({ colour: 'yellow', colourFrom: 'this-year', min: 1, done: 1, owed: 0, state: 'met', history: [{ colour: 'red', min: 2, because: 'published' }] });
    expect(await play.quota(fresh)).toMatchObject({ colour: 'green', min: 0, permitted: true, state: 'permitted', owed: 0 });
    await play.published(was, 'red', { before: 'yellow' });
    expect(await play.quota(was)).toMatchObject({ min: 2, done: 1, owed: 1, state: 'owed', history: [{}, { because: 'corrected' }] });
    await play.withdrawn(fresh, 'green');
    expect(await play.quota(fresh)).toMatchObject({ colour: null, state: 'not-ruled' });
  });

  it('[CQ-2024-10] a correction of this year’s colour counts into the year after while that has none of its own; what was done stays', async () => {
    at('2016-09-24T09:00:00+08:00');
    const [before, play] = [new Year(room, 2016), new Year(room, 2017)];
    const [corrected, withdrawn, own] = [await before.body(), await before.body(), await before.body()];
    for (const id of [corrected, withdrawn, own]) await before.published(id, 'red');
    at('2017-03-01T09:00:00+08:00');
    await play.opened();
    await play.published(own, 'green');
    await play.check(corrected);
    await before.published(corrected, 'yellow', { before: 'red' });
    await before.withdrawn(withdrawn, 'red');
    await before.published(own, 'yellow', { before: 'red' });
    expect(await before.quota(corrected)).toMatchObject({ colour: 'yellow', min: 1 });
    expect(await play.quota(corrected)).toMatchObject({ colour: 'yellow', colourFrom: 'last-year', min: 1, done: 1, state: 'met', history: [{ colour: 'red', min: 2, because: 'corrected' }] });
    expect(await play.quota(withdrawn)).toMatchObject({ colour: null, state: 'not-ruled', history: [{ colour: 'red', because: 'withdrawn' }] });
    expect(await play.quota(own)).toMatchObject({ colour: 'green', colourFrom: 'this-year', history: [{ colour: 'red', because: 'published' }] });
  });

  it('a body registered after the year has begun is in its list, once, and of the years that have begun then only', async () => {
    at('2015-03-01T09:00:00+08:00');
    const play = new Year(room, 2015);
    await play.opened();
    at('2015-06-01T09:00:00+08:00');
    const late = await play.body();
    expect(await play.quota(late)).toMatchObject({ colour: null, state: 'not-ruled', done: 0, history: [] });
    expect(await play.quota(await play.body({ kind: 'hospital' }))).toBeUndefined();
    expect(await play.quota(await play.body({ kind: 'hospital', lines: [{ kind: 'radiation-health-service', number: null, issuer: null, from: null, to: null }] }))).toMatchObject({ state: 'not-ruled' });
    at('2014-06-01T09:00:00+08:00');
    expect(await play.quota(await play.body())).toBeUndefined();
  });

  it('[CQ-2024-01] binds whoever is at home there or serves there, line by line, and nobody of another kind', async () => {
    at('2020-03-01T09:00:00+08:00');
    const play = new Year(room, 2020);
    const visitor = await play.body({ jurisdiction: '510100', serves: [chongqing] });
    const elsewhere = await play.body({ jurisdiction: '510100' });
    const second = await play.body({ jurisdiction: chongqing, kind: 'disease-control-centre', lines: [{ kind: 'radiation-health-service', number: null, issuer: null, from: null, to: null }] });
    const ended = await play.body({ jurisdiction: chongqing, kind: 'disease-control-centre', lines: [{ kind: 'radiation-health-service', number: null, issuer: null, from: null, to: '2020-02-29' }] });
    const hospital = await play.body({ jurisdiction: chongqing, kind: 'hospital' });
    await play.opened();
    expect(await Promise.all([visitor, elsewhere, second, ended, hospital].map(async (id) => (await play.quota(id))?.state))).toEqual(['not-ruled', undefined, 'not-ruled', undefined, undefined]);
  });
});

describe('a check', () => {
  const begun = async (year: number, colour = 'green') => {
    at(`${year}-09-24T09:00:00+08:00`);
    const play = new Year(room, year);
    const institutionId = await play.body();
    await play.published(institutionId, colour);
    return { play, institutionId };
  };

  it('[CQ-2024-14] of a complaint is made whatever the colour, and never counts as planned', async () => {
    const { play, institutionId } = await begun(2021);
    expect(await play.check(institutionId, { origin: 'complaint', complaint: '渝卫投〔2021〕12号' })).toMatchObject({ status: 201, body: { ruling: 'by-complaint-rules', origin: 'complaint', clauses: ['CQ-2024-14'] } });
    expect(await play.quota(institutionId)).toMatchObject({ done: 0, complaints: 1, checks: [{ origin: 'complaint' }] });
    const stranger = await play.body({ jurisdiction: '510100' });
    expect(await play.check(stranger, { origin: 'complaint', complaint: 'T2' }, commission)).toMatchObject({ status: 201 });
    expect((await room.facts('inspection.check-recorded')).filter(({ subject }) => subject === institutionId)).toMatchObject([{ data: { origin: 'complaint', problems: 1, year: 2021 } }]);
  });

  it('[CQ-2024-12] of a green body may be made, and is seen by the body', async () => {
    const { play, institutionId } = await begun(2021);
    expect(await play.check(institutionId)).toMatchObject({ status: 201, body: { ruling: 'may-omit', problems: ['原始记录缺少签名'], inspectors: ['甲', '乙'] } });
    const own = await room.call(inspection.listChecks, { as: person(institutionId), query: {} });
    expect(own.body.items).toMatchObject([{ institutionId, result: '责令改正' }]);
    expect((await room.call(inspection.listChecks, { as: aPrincipal('county', '500104'), query: { institutionId } })).body.items).toEqual([]);
  });

  it.each([
    ['of one officer', { inspectors: ['甲'] }, 400, 'bad-input', '/inspectors'], ['of one officer twice', { inspectors: ['甲', '甲'] }, 422, 'visit-inspector-twice', '/inspectors/1'],
    ['to come', { visitedOn: '2021-09-25' }, 422, 'check-in-future', '/visitedOn'], ['of a year without colours', { visitedOn: '2001-05-01' }, 422, 'check-year-unknown', '/jurisdiction'],
    ['of a complaint without a number', { origin: 'complaint' }, 422, 'check-complaint-missing', '/complaint'], ['of nobody', { institutionId: '00000000-0000-0000-0000-000000000000' }, 422, 'check-institution-unknown', '/institutionId'],
    ['without a result', { result: ' ' }, 400, 'bad-input', '/result'],
  ])('%s is refused and leaves nothing', async (_, change, status, code, path) => {
    const { play, institutionId } = await begun(2021);
    expect(await play.check(institutionId, change)).toMatchObject({ status, problem: { code, errors: [{ path }] } });
    expect(await play.quota(institutionId)).toMatchObject({ done: 0, complaints: 0 });
  });

  it('of who is not managed is none of a plan’s, nor is one elsewhere', async () => {
    const { play, institutionId } = await begun(2021);
    const hospital = await play.body({ kind: 'hospital' });
    expect(await play.check(hospital)).toMatchObject({ status: 422, problem: { code: 'check-not-managed' } });
    expect(await play.check(institutionId, {}, aPrincipal('inspector', '510100'))).toMatchObject({ status: 422, problem: { code: 'check-elsewhere' } });
  });
});

describe('the end of a year', () => {
  it('[CQ-2024-10] freezes who was to be checked and was not, once; a check written down later changes the figures and not the list', async () => {
    at('2022-09-26T09:00:00+08:00');
    const play = new Year(room, 2022);
    const [short, met, green] = [await play.body(), await play.body(), await play.body()];
    await play.published(short, 'red');
    await play.published(met, 'yellow');
    await play.published(green, 'green');
    await play.check(short);
    await play.check(met);
    at('2022-12-31T23:40:00+08:00');
    expect((await play.do('closeCheckYear')).did).toBeUndefined();
    at('2023-01-01T00:00:00+08:00');
    expect(await play.do('closeCheckYear')).toMatchObject({ did: [{ kind: 'year-end', counts: { owed: 1 } }] });
    expect((await play.do('closeCheckYear')).did).toBeUndefined();
    await play.check(short, { visitedOn: '2022-12-30' });
    const { body } = await room.call(inspection.getColourYear, { as: commission, params: inYear(2022) });
    expect(body).toMatchObject({
      colours: [{ colour: 'red', title: '红色', bodies: 1, required: 2, done: 2, owed: 0 }, { colour: 'yellow', required: 1, done: 1 }, { colour: 'green', required: 0 }, { colour: null }],
      yearEnd: { changed: [], items: [{ institutionId: short, colour: 'red', min: 2, done: 1, owed: 1, clauses: ['CQ-2024-10'] }] }, pack: 'chongqing/colour-2024@1',
    });
    expect(body.yearEnd!.sha256).toBe(sha256(canonicalJson(body.yearEnd!.items)));
    const asked = async (as: typeof commission) => room.call(inspection.getColourYear, { as, params: inYear(2022) });
    expect((await asked(aPrincipal('county', '500103'))).body.yearEnd!.items).toMatchObject([{ institutionId: short }]);
    for (const stranger of ['500104', '510000']) expect((await asked(aPrincipal('county', stranger))).status).toBe(404);
    expect((await room.call(inspection.listColourYears, { as: aPrincipal('province', '510000'), query: {} })).body.items).toEqual([]);
    expect(body.months.filter(({ planned }) => planned > 0)).toEqual([{ month: 9, planned: 2, complaint: 0 }, { month: 12, planned: 1, complaint: 0 }]);
    at('2023-02-01T00:00:00+08:00');
    await play.do('sweepReports');
    expect((await play.do('nextConsequence')).next).toEqual({ kind: 'done', passed: true });
    expect((await room.call(inspection.getColourYear, { as: commission, params: inYear(2022) })).body.rectification).toEqual({ overdue: 2 });
    expect((await room.facts('inspection.check-year-closed')).find(({ data }) => data['year'] === 2022)).toMatchObject({ subject: chongqing, data: { owed: 1, sha256: body.yearEnd!.sha256, policy: { clauses: ['CQ-2024-10'] } } });
  });

  it('[CQ-2024-10] the year after begins by its colours though nobody has opened its colouring: what is owed is owed, checks are recorded, and who must open it is named', async () => {
    at('2005-09-26T09:00:00+08:00');
    const [play, after] = [new Year(room, 2005), new Year(room, 2006)];
    const [red, green] = [await play.body(), await play.body()];
    await play.published(red, 'red');
    await play.published(green, 'green');
    at('2006-01-01T00:00:00+08:00');
    await play.do('closeCheckYear');
    expect(await room.facts('inspection.check-year-begun')).toMatchObject(expect.arrayContaining([expect.objectContaining({ subject: chongqing, data: expect.objectContaining({ jurisdiction: chongqing, year: 2006 }) })]));
    const year = async () => (await room.call(inspection.getColourYear, { as: commission, params: inYear(2006) })).body;
    expect(await year()).toMatchObject({ runId: null, opener: '市卫生健康委', pack: 'chongqing/colour-2024@1', yearEnd: null });
    expect(await after.quota(red)).toMatchObject({ colour: 'red', colourFrom: 'last-year', min: 2, owed: 2, state: 'owed' });
    expect(await after.quota(green)).toMatchObject({ colour: 'green', state: 'permitted' });
    at('2006-02-10T09:00:00+08:00');
    expect(await after.check(red)).toMatchObject({ status: 201, body: { ruling: 'required', colour: 'red', year: 2006 } });
    at('2006-05-10T09:00:00+08:00');
    await after.opened();
    expect(await year()).toMatchObject({ runId: 'run-2006', opener: null });
    expect(await after.quota(red)).toMatchObject({ min: 2, done: 1, owed: 1, history: [] }); // counted anew, nothing has become another
    at('2007-01-01T00:00:00+08:00');
    expect(await after.do('closeCheckYear')).toMatchObject({ did: [{ kind: 'year-end', counts: { owed: 1 } }] });
    expect((await room.call(inspection.getColourYear, { as: commission, params: inYear(2007) })).status).toBe(404); // of 2006 nothing has become public: nothing is known of 2007
  });

  it('a year that is known by a publication only has the quota of everybody', async () => {
    at('2008-09-26T09:00:00+08:00');
    const play = new Year(room, 2008);
    const [coloured, other] = [await play.body(), await play.body()];
    await play.published(coloured, 'yellow');
    expect(await play.quota(coloured)).toMatchObject({ colour: 'yellow', min: 1 });
    expect(await play.quota(other)).toMatchObject({ colour: null, state: 'not-ruled' });
  });

  it('what was frozen stays when a colour it has counted is corrected, and bears a note; a supplement counts anew', async () => {
    at('2010-09-26T09:00:00+08:00');
    const play = new Year(room, 2010);
    const [wrong, right] = [await play.body(), await play.body()];
    await play.published(wrong, 'red');
    await play.published(right, 'yellow');
    const send = () => room.call(inspection.sendInspectionSummary, { as: commission, params: inYear(2010), body: { summary: '全年分类监督执法情况' } });
    const shown = async (version: number) => (await room.call(inspection.getInspectionSummary, { as: commission, params: inYear(2010), query: { version } })).body;
    at('2010-12-28T09:00:00+08:00');
    expect((await send()).status).toBe(201);
    at('2011-01-01T00:00:00+08:00');
    await play.do('closeCheckYear');
    at('2011-03-01T09:00:00+08:00');
    expect((await shown(1)).remarks).toEqual([]);
    await play.published(wrong, 'yellow', { before: 'red' });
    await play.published(right, 'yellow', { before: 'yellow' }); // another score, the same colour
    const [{ draft, remarks }, { yearEnd }] = [await shown(1), (await room.call(inspection.getColourYear, { as: commission, params: inYear(2010) })).body];
    expect(draft.rows[0]!.slice(0, 3)).toEqual(['红色', 1, 2]);
    expect(remarks).toEqual([expect.stringMatching(/^本版报送以后，.*适用的颜色于 2011-03-01 由红色变为黄色（颜色更正）；本表保留报送时的内容。$/)]);
    expect(yearEnd).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ institutionId: wrong, colour: 'red', owed: 2 })]), changed: [{ institutionId: wrong, because: 'corrected', before: { colour: 'red', colourTitle: '红色', min: 2 }, after: { colour: 'yellow', colourTitle: '黄色', min: 1 } }] });
    expect(yearEnd!.sha256).toBe(sha256(canonicalJson(yearEnd!.items)));
    expect((await send()).body).toMatchObject({ version: 2 });
    expect([(await shown(2)).remarks, (await shown(2)).draft.rows[0]!.slice(0, 3)]).toEqual([[], ['红色', 0, 0]]);
  });

  it('[CQ-2024-13] is summed up by colour, sent by whom the pack names as a frozen version, supplemented, and downloaded', async () => {
    at('2019-09-26T09:00:00+08:00');
    const play = new Year(room, 2019);
    const red = await play.body();
    await play.published(red, 'red');
    await play.check(red);
    await play.check(red, { origin: 'complaint', complaint: 'T1' });
    const show = async (version?: number) => (await room.call(inspection.getInspectionSummary, { as: commission, params: inYear(2019), query: version ? { version } : {} })).body;
    expect(await show()).toMatchObject({ dueOn: '2019-12-31', sender: '市疾控中心', receiver: '市卫生健康委', clauses: ['CQ-2024-13'], versions: [], draft: { title: '2019年度分类监督执法工作总结', rows: [['红色', 1, 2, 1, 1, 1, 1, 2, 1, 0, 0, 1, 0], ['黄色', 0], ['绿色', 0], ['没有颜色', 0], ['合计', 1]].map((row) => expect.arrayContaining(row)) } });
    const send = (as = commission, body: object = { summary: '全年分类监督执法情况' }) => room.call(inspection.sendInspectionSummary, { as, params: inYear(2019), body });
    expect(await send(inspector)).toMatchObject({ status: 403 });
    expect(await send(aPrincipal('county', '500103'))).toMatchObject({ status: 422, problem: { code: 'agency-other' } });
    expect(await send(commission, { summary: ' ' })).toMatchObject({ status: 400, problem: { errors: [{ path: '/summary' }] } });
    expect(await send()).toMatchObject({ status: 201, body: { version: 1, receiver: '市卫生健康委' } });
    await play.check(red);
    expect(await send(commission, { summary: '补充', note: '补报' })).toMatchObject({ status: 201, body: { version: 2 } });
    expect((await show(1)).draft.rows[0]!.slice(0, 4)).toEqual(['红色', 1, 2, 1]);
    expect((await show(2)).draft.rows[0]!.slice(0, 4)).toEqual(['红色', 1, 2, 2]);
    expect((await room.facts('inspection.summary-sent')).filter(({ data }) => data['year'] === 2019).map(({ data }) => [data['version'], data['receiver']])).toEqual([[1, '市卫生健康委'], [2, '市卫生健康委']]);
    const file = await room.call(inspection.downloadInspectionSummary, { as: commission, params: inYear(2019), query: { version: 1 } });
    expect(file.bytes.subarray(0, 2).toString()).toBe('PK');
    expect((await room.call(inspection.getInspectionSummary, { as: commission, params: inYear(2019), query: { version: 9 } })).status).toBe(404);
    expect((await room.call(inspection.getInspectionSummary, { as: aPrincipal('county', '500103'), params: inYear(2019) })).status).toBe(404); // part of the numbers under the whole’s name
    expect((await room.call(inspection.getColourYear, { as: commission, params: inYear(1990) })).status).toBe(404);
  });
});
