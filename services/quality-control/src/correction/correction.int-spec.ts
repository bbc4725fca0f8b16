import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkYearClosed, inspectionSummarySent, objectionAnswered, objectionRaised } from '@zhijian/contracts/facts';
import { qualityControl as http, task } from '@zhijian/contracts/http';
import { aFact } from '@zhijian/testing';
import { aColoured, anOpenRun, aResult, aScore, aSignedRun, bodiesOf, officer, pack, pizhun, place, published, shi, sign, stranger, theCity, xian, type City, type Detail } from '../colour/colour.fixture.js';

let city: City;
/** Red in 2025, 2026 and 2027 by a score of 50 each year. */
let bad: string;
let other: string;
const runs: Detail[] = [];
const zhikong = officer('zhikong', 'quality-centre');

beforeAll(async () => {
  city = await theCity();
  bad = await aColoured(city, '50', '合格');
  other = await aColoured(city, '75', '合格');
  for (const year of [2025, 2026]) for (const id of [bad, other]) { await aScore(city, id, year, id === bad ? '50' : '75'); await aResult(city, id, year, '合格'); }
  for (const year of [2025, 2026, 2027]) {
    city.clock.set(`${year}-03-03T09:00:00+08:00`);
    const run = await aSignedRun(city, year);
    runs.push(run);
    if (year < 2027) await published(city, run);
  }
}, 120_000);
afterAll(() => city?.stop());

const draft = (more: object, as = zhikong) => city.call(http.draftColourCorrection, {
  as, body: { runId: runs[1]!.runId, institutionId: bad, line: 'occupational-health-service', because: 'correction', change: { kind: 'evaluation', served: true, score: '72.5' }, reason: '评分时漏计附件所列材料', ...more },
});
const decide = (correctionId: string, digest: string, outcome: 'accepted' | 'rejected' = 'accepted', as = pizhun) => city.call(http.decideColourCorrection, { as, params: { correctionId }, body: { outcome, digest } });
const tasks = async () => (await city.call(task.listTasks, { as: shi, query: { room: 'quality-control', limit: 100 } })).body.items.filter(({ kind }) => !kind.startsWith('monitoring')).map(({ taskId, title, agency, link }) => ({ taskId, title, agency, link }));
const standing = async (year: number) => (await bodiesOf(city, runs[year - 2025]!.runId, { institutionId: bad }))[0]!;

describe('a correction after publication', () => {
  it('lists everything that follows from one score before anybody decides: grade, colour, red years, visits, monitoring, report, what is public', async () => {
    const { status, body } = await draft({});
    expect(status).toBe(201);
    expect(body.effects.map(({ what, year, before, after }) => [what, year, before, after])).toEqual([
      ['score', 2025, '50', '72.5'], ['grade', 2026, 'D', 'B'], ['line-colour', 2026, 'red', 'yellow'], ['colour', 2026, 'red', 'yellow'], ['red-years', 2026, '2', '0'], ['escalation', 2026, 'alarm', 'none'],
      ['inspection', 2026, 'red-inspection', 'yellow-inspection'], ['quality-monitoring', 2026, 'red-monitoring', 'yellow-monitoring'], ['published', 2026, 'red', 'yellow'],
      // signed and not public yet: until it is, the next year goes by this colour
      ['inspection', 2027, 'red-inspection', 'yellow-inspection'], ['quality-monitoring', 2027, 'red-monitoring', 'yellow-monitoring'],
    ]);
    expect(body).toMatchObject({ state: 'draft', year: 2026, draftedBy: 'zhikong', pack: `${pack}@1`, reason: '评分时漏计附件所列材料' });
    expect((await standing(2026)).colour).toBe('red');
    expect((await draft({})).problem).toMatchObject({ status: 409, code: 'correction-open' });
    await decide(body.correctionId, body.digest, 'rejected');
  });

  it('counts into later years that are public', async () => {
    await published(city, runs[2]!);
    const { body } = await draft({});
    expect(body.effects.filter(({ what }) => what === 'red-years').map(({ year, before, after }) => [year, before, after])).toEqual([[2026, '2', '0'], [2027, '3', '1']]);
    expect(body.effects.filter(({ what }) => what === 'escalation').map(({ year, before, after }) => [year, before, after])).toEqual([[2026, 'alarm', 'none'], [2027, 'propose', 'none']]);
    await decide(body.correctionId, body.digest, 'rejected');
    expect((await draft({})).status).toBe(201);
  });

  it('is decided by another person, on what that person has seen', async () => {
    const [open] = (await city.call(http.listColourCorrections, { as: shi, query: { state: 'draft' } })).body.items;
    expect(await tasks()).toEqual([{ taskId: `correction/${open!.correctionId}`, title: `决定更正：${open!.name}`, agency: '市卫生健康委', link: `/colours/corrections/${open!.correctionId}` }]);
    expect((await decide(open!.correctionId, open!.digest, 'accepted', { ...zhikong, role: 'approver' })).problem).toMatchObject({ status: 422, code: 'second-person-needed' });
    expect((await decide(open!.correctionId, '0'.repeat(64))).problem).toMatchObject({ status: 409, code: 'correction-stale' });
    expect((await decide(open!.correctionId, open!.digest, 'accepted', stranger)).status).toBe(404);
    expect((await decide(open!.correctionId, open!.digest, 'accepted', xian)).status).toBe(404);
  });

  it('accepted, changes score, colour and nothing before its own notice: certified, and stated to publication', async () => {
    const [open] = (await city.call(http.listColourCorrections, { as: shi, query: { state: 'draft' } })).body.items;
    const { status, body } = await decide(open!.correctionId, open!.digest);
    expect({ status, body }).toMatchObject({ status: 201, body: { state: 'accepted', revision: 2, decidedBy: 'pizhun' } });
    expect(await city.facts('quality-control.colour-revised')).toMatchObject([{
      subject: bad, data: { runId: runs[1]!.runId, year: 2026, revision: 2, before: 'red', because: 'correction', objectionId: null, correctionId: open!.correctionId, entry: { colour: 'yellow', redYears: 0, lines: [{ score: '72.5', grade: 'B' }], revision: 2 } },
    }]);
    expect((await city.facts('quality-control.evaluation-signed')).at(-1)).toMatchObject({ subject: bad, data: { year: 2025, score: '72.5', revision: 2 } });
    expect(await standing(2026)).toMatchObject({ colour: 'yellow', revision: 2, changed: false, published: { colour: 'red' } });
    expect(await city.database.query('quality_control', 'select colour, revision from colour_entry where run_id = $1 and institution_id = $2 order by revision', [runs[1]!.runId, bad])).toEqual([{ colour: 'red', revision: 1 }, { colour: 'yellow', revision: 2 }]);
    expect(await city.database.query('quality_control', `select year, red_years from red_years_current where institution_id = $1 and year > 2025 order by year`, [bad])).toEqual([{ year: 2026, red_years: 2 }, { year: 2027, red_years: 3 }]);
    expect((await decide(open!.correctionId, open!.digest)).problem).toMatchObject({ status: 409, code: 'correction-decided' });
  });

  it('a second one, drafted before the notice of the first has ended, is held against what is public', async () => {
    const { body } = await draft({ change: { kind: 'evaluation', served: true, score: '75' } });
    expect(body.effects.map(({ what, year, before, after }) => [what, year, before, after])).toEqual(expect.arrayContaining([['published', 2026, 'red', 'yellow'], ['red-years', 2026, '2', '0'], ['red-years', 2027, '3', '1'], ['inspection', 2026, 'red-inspection', 'yellow-inspection']]));
    expect(body.effects.map(({ what }) => what)).not.toContain('colour');
    await decide(body.correctionId, body.digest, 'rejected');
    const back = (await draft({ change: { kind: 'evaluation', served: true, score: '50' } })).body;
    expect(back.effects.map(({ what, before, after }) => [what, before, after])).toEqual([['score', '72.5', '50'], ['grade', 'B', 'D'], ['line-colour', 'yellow', 'red'], ['colour', 'yellow', 'red']]);
    await decide(back.correctionId, back.digest, 'rejected');
  });

  it('[CQ-2024-20] once published, this year’s and later red years are counted anew', async () => {
    await published(city, runs[1]!, '2027-06-01', [bad], true);
    expect(await city.database.query('quality_control', `select year, red_years, step from red_years_current where institution_id = $1 and year > 2025 order by year`, [bad])).toEqual([{ year: 2026, red_years: 0, step: 'none' }, { year: 2027, red_years: 1, step: 'none' }]);
    expect((await city.call(http.getColourHistory, { as: shi, params: { institutionId: bad } })).body.years.find(({ year }) => year === 2026)!.told.map(({ colour, erratum, before }) => [colour, before, erratum])).toEqual([['red', null, false], ['yellow', 'red', true]]);
  });

  it('of a comparison result changes that result', async () => {
    const { body } = await draft({ institutionId: other, runId: runs[0]!.runId, change: { kind: 'comparison', result: '不合格' } });
    expect(body.effects.map(({ what, before, after }) => [what, before, after]).slice(0, 4)).toEqual([['result', '合格', '不合格'], ['level', 'II', 'III'], ['line-colour', 'yellow', 'red'], ['colour', 'yellow', 'red']]);
    expect((await decide(body.correctionId, body.digest)).status).toBe(201);
    expect((await city.facts('quality-control.comparison-decided')).at(-1)).toMatchObject({ subject: other, data: { year: 2024, result: '不合格', revision: 2 } });
  });
});

describe('a correction that cannot be', () => {
  it('a grade the table does not know, a score of 100.1, one finer than the grid, one that changes nothing: each is named, nothing is kept', async () => {
    const before = (await city.call(http.listColourCorrections, { as: shi })).body.items.length;
    expect((await draft({ change: { kind: 'comparison', result: '基本合格' } })).problem).toMatchObject({ status: 422, code: 'correction-value-unknown', errors: [{ path: '/change/result', message: '“比对综合评定结果”的取值 "基本合格" 不在表中' }] });
    expect((await draft({ change: { kind: 'evaluation', served: true, score: '100.1' } })).problem).toMatchObject({ status: 422, code: 'correction-value-unknown', errors: [{ path: '/change/score' }] });
    expect((await draft({ change: { kind: 'evaluation', served: true, score: '70.005' } })).problem).toMatchObject({ status: 422, code: 'evaluation-score-wrong', errors: [{ path: '/change/score' }] });
    expect((await draft({ change: { kind: 'evaluation', served: true, score: '72.5' } })).problem).toMatchObject({ status: 422, code: 'correction-same' });
    expect((await draft({ change: { kind: 'evaluation', served: true, score: 'eighty' } })).problem).toMatchObject({ status: 400, errors: [{ path: '/change/score' }] });
    expect((await draft({ line: 'radiation-health-service' })).problem).toMatchObject({ status: 422, code: 'correction-line-unknown', errors: [{ path: '/line' }] });
    expect((await draft({ institutionId: 'nobody' })).problem).toMatchObject({ status: 409, code: 'correction-nothing-signed' });
    expect((await draft({ runId: 'none' })).status).toBe(404);
    expect((await draft({}, stranger as never)).status).toBe(404);
    expect((await city.call(http.listColourCorrections, { as: shi })).body.items).toHaveLength(before);
  });
});

describe('an objection during the notice', () => {
  const objection = { objectionId: 'objection-1', noticeId: 'notice-1', jurisdiction: place, year: 2028 };
  const policy = { pack, version: 1, clauses: ['CQ-2024-08'] };
  let run: Detail;
  beforeAll(async () => {
    for (const id of [bad, other]) { await aScore(city, id, 2027, '50'); await aResult(city, id, 2027, '合格'); }
    city.clock.set('2028-03-03T09:00:00+08:00');
    run = await anOpenRun(city, 2028);
    run = (await sign(city, run)).body;
  }, 60_000);
  const by = (more: object) => draft({ runId: run.runId, because: 'objection', objectionId: objection.objectionId, change: { kind: 'evaluation', served: true, score: '66' }, ...more });

  it('before it is answered nothing can be corrected: what is put up is not public yet', async () => {
    await city.hear(aFact(objectionRaised, bad, { ...objection, runId: run.runId, institutionId: bad, raisedAt: '2028-03-05T09:00:00+08:00', policy }));
    expect((await by({})).problem).toMatchObject({ status: 409, code: 'correction-no-objection' });
    expect((await by({ because: 'correction', objectionId: null })).problem).toMatchObject({ status: 409, code: 'correction-not-public' });
  });

  it('answered `to-be-changed`, the body is coloured anew because of it, by two persons; the next count is its own', async () => {
    await city.hear(aFact(objectionAnswered, bad, { ...objection, runId: run.runId, institutionId: bad, outcome: 'to-be-changed', policy }));
    expect((await city.call(http.getColourRun, { as: shi, params: { runId: run.runId } })).body.toRevise).toMatchObject([{ objectionId: 'objection-1', institutionId: bad }]);
    expect((await tasks()).map(({ taskId }) => taskId)).toEqual(['revision/objection-1']);
    const { body } = await by({});
    expect(body.effects.map(({ what }) => what)).not.toContain('published');
    expect((await decide(body.correctionId, body.digest)).status).toBe(201);
    expect((await city.facts('quality-control.colour-revised')).at(-1)).toMatchObject({ subject: bad, data: { because: 'objection', objectionId: 'objection-1', before: 'red', entry: { colour: 'yellow', revision: 2 } } });
    expect((await city.call(http.getColourRun, { as: shi, params: { runId: run.runId } })).body.toRevise).toEqual([]);
    expect((await by({ change: { kind: 'evaluation', served: true, score: '67' } })).problem).toMatchObject({ status: 409, code: 'correction-no-objection' });
  });
});

describe('what had been closed and sent', () => {
  it('is listed with the next year’s quotas and the round’s counts, stays as it was, and bears a note', async () => {
    const inYear = { jurisdiction: place, year: 2027 };
    await city.activities('closeColourYear', { runId: runs[2]!.runId, year: 2027 });
    expect((await city.call(http.sendMonitoringSummary, { as: zhikong, params: inYear, body: { summary: '全年监测情况' } })).status).toBe(201);
    const ofInspection = { ...inYear, sha256: '0'.repeat(64), policy: { pack, version: 1, clauses: [] } };
    await city.hear(aFact(checkYearClosed, place, { ...ofInspection, owed: 1 }, { jurisdiction: place, time: '2028-01-01T00:00:02.000+08:00' }));
    for (const version of [1, 2]) await city.hear(aFact(inspectionSummarySent, place, { ...ofInspection, summaryId: `s${version}`, version, receiver: '市卫生健康委' }, { jurisdiction: place, time: '2027-12-28T10:00:00.000+08:00' }));
    const sent = async () => (await city.call(http.getMonitoringSummary, { as: shi, params: inYear, query: { version: 1 } })).body;
    const before = await sent();
    expect(before.remarks).toEqual([]);
    city.clock.set('2028-03-04T09:00:00+08:00');
    const { body } = await draft({ runId: runs[2]!.runId, institutionId: other, change: { kind: 'comparison', result: '不合格' } });
    expect(body.effects.map(({ what, year, before: was, after }) => [what, year, was, after])).toEqual(expect.arrayContaining([
      ['round-counts', 2026, '示例比对：优秀 0、合格 2、不合格 0，合格率 100.00%', '示例比对：优秀 0、合格 1、不合格 1，合格率 50.00%'],
      ['inspection', 2027, 'yellow-inspection', 'red-inspection'], ['inspection', 2028, 'yellow-inspection', 'red-inspection'], ['quality-monitoring', 2028, 'yellow-monitoring', 'red-monitoring'],
      ['year-end', 2027, '2028-03-03', null], ['monitoring-summary', 2027, '第 1 版', null], ['check-year-end', 2027, '2028-01-01', null], ['inspection-summary', 2027, '第 2 版', null],
    ]));
    expect((await decide(body.correctionId, body.digest)).status).toBe(201);
    expect((await city.call(http.getColourRun, { as: shi, params: { runId: runs[2]!.runId } })).body.yearEnd).toMatchObject({ closedAt: expect.stringContaining('2028-03-03'), corrections: [{ correctionId: body.correctionId, institutionId: other, year: 2027 }] });
    const after = await sent();
    expect(after.draft).toEqual(before.draft);
    expect(after.remarks).toEqual([expect.stringMatching(/^本版报送以后，示例.* 2027 年度的颜色于 2028-03-04 决定更正；本表保留报送时的内容。$/)]);
    const supplement = async () => (await city.call(task.listTasks, { as: zhikong, query: { room: 'quality-control', limit: 100 } })).body.items.filter(({ taskId }) => taskId === `monitoring-summary/${place}/2027`).map(({ title }) => title);
    expect(await supplement()).toEqual([]); // what is not public yet has changed no quota
    city.clock.set('2028-03-13T09:00:00+08:00');
    await published(city, runs[2]!, '2028-03-13', [other], true);
    expect(await supplement()).toEqual(['补报（报送后颜色有变动） 2027 年度分类质量监测工作总结']);
    expect((await city.call(http.sendMonitoringSummary, { as: zhikong, params: inYear, body: { summary: '更正后的全年监测情况', note: '补报' } })).body).toMatchObject({ version: 2 });
    expect(await supplement()).toEqual([]);
  });
});

describe('a result another place’s colours rest on too', () => {
  it('names that run, unless the place has a round of its own', async () => {
    for (const column of ['colour_run.basis_year', 'colour_entry.colour', 'colour_entry.red_years', 'colour_entry.lines']) city.byHand.add(column);
    await city.database.query('quality_control', `insert into colour_run (id, jurisdiction, concerns, year, basis_year, pack, pack_version, pack_hash, calendar, opened_at, opened_by) values ('run-elsewhere', '510000', '{510000}', 2027, 2026, 'p', 1, 'h', 'c', now(), 'x')`);
    await city.database.query('quality_control', `insert into colour_entry (run_id, institution_id, revision, jurisdiction, home, year, colour, red_years, lines, clauses, because, decided_at, decided_by) values ('run-elsewhere', $1, 1, '510000', '500101', 2027, 'yellow', 0, '[]', '{}', 'run', now(), 'x')`, [other]);
    const named = async () => {
      const { body } = await draft({ runId: runs[2]!.runId, institutionId: other, change: { kind: 'comparison', result: '优秀' } });
      await decide(body.correctionId, body.digest, 'rejected');
      return body.effects.filter(({ what }) => what === 'other-run').map(({ runId, before }) => [runId, before]);
    };
    expect(await named()).toEqual([['run-elsewhere', '510000']]);
    await aResult(city, other, 2026, '合格', { by: '510000' });
    expect(await named()).toEqual([]);
  });
});

it('a year that has begun and that nobody has opened goes by the colour that is corrected: its quotas are listed too', async () => {
  const { items } = (await city.call(http.listColourRuns, { as: shi, query: {} })).body;
  const run = items.find(({ year }) => year === 2028)!;
  await published(city, run, '2028-04-01', [other]);
  city.clock.set('2029-02-01T09:00:00+08:00');
  const { body } = await draft({ runId: run.runId, institutionId: other, change: { kind: 'evaluation', served: true, score: '75' } });
  expect(body.effects.filter(({ what }) => what === 'inspection').map(({ year, runId, before, after }) => [year, runId, before, after])).toEqual([[2028, run.runId, 'red-inspection', 'yellow-inspection'], [2029, null, 'red-inspection', 'yellow-inspection']]);
  await decide(body.correctionId, body.digest, 'rejected');
});
