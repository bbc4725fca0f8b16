import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { qualityControl as http } from '@zhijian/contracts/http';
import { aBody, aColoured, aResult, aScore, anOpenRun, aSignedRun, auditor, bodiesOf, detailOf, officer, pack, place, shi, sign, stranger, theCity, xian, type City, type Detail } from './colour.fixture.js';

let city: City;
beforeAll(async () => { city = await theCity(); }, 60_000);
afterAll(() => city?.stop());

const open = (body: object, as = shi) => city.call(http.openColourRun, { as, body: body });

describe('opening a year’s colouring', () => {
  it('a pack that is not installed, or is about something else, is named; nothing is opened', async () => {
    expect((await open({ year: 2025, pack: 'nowhere/colour' })).problem).toMatchObject({ status: 422, code: 'pack-unknown', errors: [{ path: '/pack' }] });
    expect((await open({ year: 2025, pack: 'hangzhou/exam-campaign-2023' }, { ...shi, places: [{ code: '330100' }] })).problem).toMatchObject({ status: 422, code: 'colour-pack-lacks' });
    expect((await open({ year: 2025, pack: 'Chongqing' })).problem).toMatchObject({ status: 400, errors: [{ path: '/pack' }] });
    expect((await city.call(http.listColourRuns, { as: shi })).body.items).toEqual([]);
  });

  it('[CQ-2024-07] a year whose basis year has neither scores nor results, a year that has not begun and one the text does not rule are refused', async () => {
    await aBody(city);
    expect((await open({ year: 2025, pack })).problem).toMatchObject({ status: 422, code: 'colour-basis-empty', title: '2024 年度没有任何评分和比对结果，2025 年度无从赋色' });
    expect((await open({ year: 2026, pack })).problem).toMatchObject({ status: 422, code: 'colour-year-ahead', errors: [{ path: '/year' }] });
    expect((await open({ year: 2023, pack })).problem).toMatchObject({ status: 422, code: 'colour-year-not-ruled' });
    expect(await city.facts('quality-control.colour-run-opened')).toEqual([]);
  });

  it('is for the pack’s own place', async () => {
    expect((await open({ year: 2025, pack }, stranger)).problem).toMatchObject({ status: 422, code: 'colour-foreign' });
    expect((await open({ year: 2025, pack }, { ...shi, role: 'inspector' })).status).toBe(403);
  });
});

describe('a year’s colouring', () => {
  let run: Detail;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    ids['green'] = await aColoured(city, '85', '优秀');
    ids['yellow'] = await aColoured(city, '79.99', '优秀', { jurisdiction: '500102' });
    ids['red'] = await aColoured(city, '92', '不合格');
    ids['idle'] = await aColoured(city, null, '合格');
    ids['visitor'] = await aColoured(city, '60', '合格', { jurisdiction: '510104', serves: ['500102'] });
    ids['elsewhere'] = await aColoured(city, '60', '合格', { jurisdiction: '510104' });
    ids['examination'] = await aBody(city, { kinds: ['health-examination'] });
    await aScore(city, ids['examination'], 2024, '88', 'health-examination');
    ids['absent'] = await aBody(city);
    await aScore(city, ids['absent'], 2024, '75');
    await aResult(city, ids['absent'], 2024, null, { reason: '未参加比对' });
    ids['two'] = await aColoured(city, '85', '优秀', { kinds: ['occupational-health-service', 'radiation-health-service'] });
    await aScore(city, ids['two'], 2024, '71', 'radiation-health-service');
    await aResult(city, ids['two'], 2024, '合格', { line: 'radiation-health-service' });
    ids['diagnosis'] = await aBody(city, { kinds: ['disease-diagnosis'] });
    ids['ended'] = await aColoured(city, '40', '不合格', { filing: { number: null, filedOn: '2020-05-06', filedIn: place, categories: [], items: [], outreach: false, closedOn: '2025-01-31' } });
    run = await anOpenRun(city);
  }, 60_000);

  const of = async (name: string) => (await bodiesOf(city, run.runId, { institutionId: ids[name]! }))[0];

  it('is opened once: a second one for the year is a conflict', async () => {
    expect((await open({ year: 2025, pack })).problem).toMatchObject({ status: 409, code: 'colour-run-exists', title: '2025 年度的赋色已经启动，一个年度只有一次', clauses: ['CQ-2024-07'] });
    expect(await city.facts('quality-control.colour-run-opened')).toMatchObject([{ subject: place, data: { runId: run.runId, year: 2025, basisYear: 2024, policy: { pack, version: 1, clauses: ['CQ-2024-07'] } } }]);
  });

  it('[CQ-2024-06] is previewed as a matrix with counts, before anybody signs', async () => {
    expect(run).toMatchObject({ state: 'proposed', basisYear: 2024, pack: `${pack}@1`, clauses: ['CQ-2024-07'], author: 'shi', signedAt: null });
    expect(run.cells).toHaveLength(12);
    expect(run.cells.filter(({ lines }) => lines > 0)).toEqual([
      { grade: 'A', level: 'I', colour: 'green', lines: 2 }, { grade: 'A', level: 'III', colour: 'red', lines: 1 }, { grade: 'B', level: 'I', colour: 'yellow', lines: 1 }, { grade: 'B', level: 'II', colour: 'yellow', lines: 1 },
      { grade: 'C', level: 'II', colour: 'yellow', lines: 2 },
    ]);
    expect(run.counts).toMatchObject({ managed: 9, signed: 0, toSign: 6, undetermined: 3, changed: 0, colours: { green: 1, yellow: 4, red: 1 } });
    expect((await bodiesOf(city, run.runId, { grade: 'C', level: 'II' })).map(({ institutionId }) => institutionId)).toEqual([ids['idle'], ids['visitor']].sort());
  });

  it('[CQ-2024-01] colours visitors that serve in the city, and nobody who does not, is of another kind or has ended', async () => {
    expect(await of('visitor')).toMatchObject({ colour: 'yellow', jurisdiction: '510104' });
    for (const name of ['elsewhere', 'diagnosis', 'ended']) expect(await of(name)).toBeUndefined();
  });

  it('[CQ-2024-06] a body with two qualifications has each line’s colour and the worse as its own', async () => {
    expect(await of('two')).toMatchObject({ colour: 'yellow', lines: [{ line: 'occupational-health-service', colour: 'green', score: '85', result: '优秀' }, { line: 'radiation-health-service', colour: 'yellow', grade: 'B', level: 'II' }] });
  });

  it('lists every undetermined body with what is missing: never a default colour', async () => {
    const open = await bodiesOf(city, run.runId, { state: 'undetermined' });
    expect(open.map(({ lines }) => lines[0]!.missing)).toEqual([['served', 'result'], ['result'], ['result']]);
    expect((await of('absent'))!.lines[0]!.reason).toBe('未参加比对；待核实：缺少“比对综合评定结果”');
    expect((await of('examination'))!.lines[0]!.reason).toContain('职业健康检查机构没有能力比对结果的，不赋色');
  });

  it('is signed by another person, by what that person has seen', async () => {
    expect((await sign(city, run, shi)).problem).toMatchObject({ status: 422, code: 'second-person-needed' });
    expect((await sign(city, run, stranger)).status).toBe(404);
    expect((await sign(city, { ...run, digest: '0'.repeat(64) })).problem).toMatchObject({ status: 409, code: 'colour-preview-stale' });
    expect((await sign(city, run, xian)).status).toBe(404);
  });

  it('inputs that changed since the preview stop the signature; previewed anew, it goes on', async () => {
    await aScore(city, ids['yellow']!, 2024, '80');
    expect((await sign(city, run)).problem).toMatchObject({ status: 409, code: 'colour-inputs-changed', title: '预览以后评分、比对结果或机构名单有变动，请重新预览' });
    expect(await city.facts('quality-control.colour-run-signed')).toEqual([]);
    const again = await city.call(http.proposeColours, { as: officer('zhikong', 'quality-centre'), params: { runId: run.runId } });
    expect(again.body).toMatchObject({ counts: { colours: { green: 2, yellow: 3, red: 1 } } });
    expect(again.body.digest).not.toBe(run.digest);
    run = again.body;
  });

  it('signed, the determined go on without the others: facts in parts, certificates step by step', async () => {
    const { status, body } = await sign(city, run);
    expect({ status, state: body.state, counts: body.counts }).toMatchObject({ status: 201, state: 'signed', counts: { signed: 6, toSign: 0, undetermined: 3 } });
    const [fact, ...more] = await city.facts<{ entries: { institutionId: string }[]; digest: string }>('quality-control.colour-run-signed');
    expect(more).toEqual([]);
    expect(fact).toMatchObject({ subject: place, jurisdiction: place, data: { part: 1, parts: 1, count: 6, undetermined: 3, year: 2025 } });
    expect(fact!.data.entries.find(({ institutionId }) => institutionId === ids['red'])).toMatchObject({ colour: 'red', redYears: 1, revision: 1, lines: [{ grade: 'A', level: 'III', rule: 'A-III', score: '92', result: '不合格' }] });
    const kinds = await city.database.query<{ kind: string; subject: string }>('quality_control', 'select kind, subject from certificate where about @> array[$1] order by kind, subject', [ids['two']]);
    expect(kinds.map(({ kind }) => kind)).toEqual(['colour', 'colour', 'colour', 'grade', 'grade', 'level', 'level', 'red-run']);
    run = body;
  });

  it('signed once, there is nothing left to sign', async () => {
    expect((await sign(city, run)).problem).toMatchObject({ status: 409, code: 'colour-nothing-to-sign' });
  });

  it('a body determined later is signed in a supplement of its own, by another than who proposed it', async () => {
    await aResult(city, ids['absent']!, 2024, '合格');
    const proposer = officer('shi');
    const again = (await city.call(http.proposeColours, { as: proposer, params: { runId: run.runId } })).body;
    expect(again).toMatchObject({ state: 'signed', counts: { signed: 6, toSign: 1, undetermined: 2 } });
    expect((await sign(city, again, proposer)).problem).toMatchObject({ code: 'second-person-needed' });
    expect((await sign(city, again)).body.counts).toMatchObject({ signed: 7, toSign: 0, undetermined: 2 });
    expect((await city.facts('quality-control.colour-run-signed')).at(-1)).toMatchObject({ data: { count: 1, entries: [{ institutionId: ids['absent'], colour: 'yellow' }] } });
  });

  it('an input that changes after the signature colours nobody anew: it is shown, for a correction', async () => {
    await aScore(city, ids['green']!, 2024, '50');
    const again = (await city.call(http.proposeColours, { as: shi, params: { runId: run.runId } })).body;
    expect(again.counts).toMatchObject({ signed: 7, changed: 1 });
    expect(await bodiesOf(city, run.runId, { changed: 'true' })).toMatchObject([{ institutionId: ids['green'], colour: 'green', changed: true }]);
  });

  it('a county sees its own bodies, a stranger nothing, an auditor all', async () => {
    const seen = async (as: typeof xian) => (await city.call(http.listColoured, { as, params: { runId: run.runId }, query: { limit: 100 } }));
    expect(new Set((await seen(xian)).body.items.map(({ jurisdiction }) => jurisdiction))).toEqual(new Set(['500101']));
    expect((await seen(stranger)).status).toBe(404);
    expect((await seen(auditor)).body.items).toHaveLength(9);
    expect((await detailOf(city, run.runId)).counts.managed).toBe(9);
  });

  it('what was known on a day is answered by its certificates', async () => {
    const asked = await city.app.inject({ method: 'GET', url: `/api/v1/decisions/as-of?room=quality-control&subject=${ids['red']}&on=2025-03-03`, headers: { authorization: `Bearer ${Buffer.from(JSON.stringify(auditor)).toString('base64url')}` } });
    expect(asked.json()).toMatchObject({ subject: ids['red'], settled: false, versions: [{ campaign: run.runId, pack: `${pack}@1` }] });
    expect(asked.json<{ items: { kind: string; outcome: unknown }[] }>().items.filter(({ kind }) => kind === 'colour').map(({ outcome }) => outcome)).toEqual(['red', 'red']);
    const before = await city.app.inject({ method: 'GET', url: `/api/v1/decisions/as-of?room=quality-control&subject=${ids['red']}&on=2025-03-02`, headers: { authorization: `Bearer ${Buffer.from(JSON.stringify(auditor)).toString('base64url')}` } });
    expect(before.json<{ items: unknown[] }>().items).toEqual([]);
  });
});

describe('results of several rounds', () => {
  let rounds: City;
  beforeAll(async () => { rounds = await theCity(); }, 60_000);
  afterAll(() => rounds?.stop());

  it('the city’s own counts for it, whatever its home city found later; schemes that disagree leave it open with the reason', async () => {
    const visitor = await aColoured(rounds, '85', '优秀', { jurisdiction: '510104', serves: ['500102'] });
    await aResult(rounds, visitor, 2024, null, { by: '510000', reason: '未参加比对' });
    const absentHere = await aBody(rounds, { jurisdiction: '510104', serves: ['500102'] });
    await aScore(rounds, absentHere, 2024, '85');
    await aResult(rounds, absentHere, 2024, null, { reason: '未参加比对' });
    await aResult(rounds, absentHere, 2024, '优秀', { by: '510000' });
    const onlyThere = await aBody(rounds, { jurisdiction: '510104', serves: ['500102'] });
    await aScore(rounds, onlyThere, 2024, '85');
    await aResult(rounds, onlyThere, 2024, '优秀', { by: '510000' });
    const twice = await aColoured(rounds, '85', '优秀');
    await aResult(rounds, twice, 2024, '合格', { scheme: 'dust' });
    const run = await anOpenRun(rounds);
    const of = async (institutionId: string) => (await bodiesOf(rounds, run.runId, { institutionId }))[0]!;
    expect(await of(visitor)).toMatchObject({ colour: 'green', lines: [{ result: '优秀' }] });
    expect(await of(absentHere)).toMatchObject({ colour: null, lines: [{ result: null, reason: expect.stringContaining('未参加比对') }] });
    expect(await of(onlyThere)).toMatchObject({ colour: 'green' });
    expect(await of(twice)).toMatchObject({ colour: null, lines: [{ result: null, missing: ['result'], reason: expect.stringContaining('同一年度有多轮比对而结果不一致（示例比对：优秀；示例比对：合格）') }] });
  }, 60_000);
});

describe('a large city', () => {
  let big: City;
  beforeAll(async () => {
    big = await theCity();
    for (let number = 0; number < 120; number += 1) await aColoured(big, '75', '合格');
  }, 120_000);
  afterAll(() => big?.stop(), 60_000);

  it('is stated in parts of at most a hundred, the last of which makes it complete', async () => {
    await aSignedRun(big);
    const parts = await big.facts<{ part: number; parts: number; count: number; digest: string; entries: unknown[] }>('quality-control.colour-run-signed');
    expect(parts.map(({ data: { part, parts: all, count, entries } }) => [part, all, count, entries.length])).toEqual([[1, 2, 120, 100], [2, 2, 120, 20]]);
    expect(new Set(parts.map(({ data }) => data.digest)).size).toBe(1);
  }, 60_000);
});
