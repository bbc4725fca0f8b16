import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { qualityControl as http, task } from '@zhijian/contracts/http';
import { gridOf, readSafely } from '@zhijian/documents';
import { everywhere, UnitOfWork } from '@zhijian/persistence';
import { PackShelf } from '@zhijian/service-kit';
import { aLaboratory, anOpenRound, aPlace, bodyOf, centre, city, codeOf, countyOfficer, evaluate, expert, officer, results, stranger, submit, type Place, type Round } from './comparison.fixture.js';
import { scoreLine } from './plot-text.js';
import { reportSheets } from './report.js';
import { reviseResult, standingResult } from './revision.js';

let room: Place;
let round: Round;
let labs: string[];
const second = { ...centre, id: 'zhikong-2', name: 'zhikong-2' };
const at = (institutionId: string) => ({ roundId: round.roundId, institutionId });
const evaluation = (as: typeof centre = centre) => room.call(http.getComparisonEvaluation, { as, params: { roundId: round.roundId } });
const page = async (institutionId: string) => (await room.call(http.getComparisonParticipant, { as: bodyOf(institutionId), params: at(institutionId) })).body;
const current = () => room.dataSource.query<{ institution_id: string; result: string | null; revision: number; reason: string | null }[]>('select institution_id, result, revision, reason from comparison_result_current order by institution_id');

/** Five excellent, one with a questionable and one with an unsatisfactory result, one with a part only, one late, one withdrawn, one absent. */
beforeAll(async () => {
  room = await aPlace();
  labs = [];
  for (let n = 0; n < 11; n += 1) labs.push(await aLaboratory(room));
  round = await anOpenRound(room);
  room.clock.set('2024-06-28T23:59:59+08:00');
  const benzene = ['2.00', '2.10', '1.90', '2.05', '1.95', '2.00', '2.00'];
  const lead = ['10.00', '12.00', '8.00', '10.10', '9.90', '12.50', '13.00'];
  for (let n = 0; n < 7; n += 1) await submit(room, round.roundId, labs[n]!, results(lead[n], benzene[n]));
  await submit(room, round.roundId, labs[7]!, results().slice(0, 1));
  await room.call(http.withdrawFromComparison, { as: bodyOf(labs[9]!), params: at(labs[9]!), body: { reason: '搬迁' } });
}, 120_000);
afterAll(() => room?.finish());

describe('the evaluation of a round', () => {
  it('waits for the end of the last day', async () => {
    expect(await evaluate(room, round.roundId)).toMatchObject({ status: 409, problem: { code: 'comparison-not-closed', title: '报送于 2024-06-28 24 时截止，截止前不能评定' } });
    room.clock.set('2024-06-29T00:00:00+08:00');
  });

  it('what comes after the last day is late, and what came in time can no longer be changed', async () => {
    expect(await submit(room, round.roundId, labs[8]!)).toMatchObject({ status: 201, body: { late: true } });
    expect(await submit(room, round.roundId, labs[0]!, results('10.20'))).toMatchObject({ status: 409, problem: { code: 'comparison-part-closed' } });
  });

  it('as a draft is seen by code: neither the centre nor an expert learns whose results they are', async () => {
    for (const as of [centre, expert as never]) {
      const { status, body } = await evaluation(as);
      expect(status).toBe(200);
      expect(body).toMatchObject({ fixed: false, counts: { registered: 11, submitting: 9, evaluated: 9 } });
      expect(body.laboratories.map(({ code }) => code)).toEqual(body.laboratories.map(({ code }) => code).toSorted());
      expect(body.laboratories.every(({ institutionId, name }) => institutionId === null && name === null)).toBe(true);
      expect(JSON.stringify(body)).not.toMatch(/lab-0|示例职业卫生/);
    }
    expect(await evaluation(officer as never)).toMatchObject({ status: 409, problem: { code: 'comparison-state' } });
    expect(await room.call(http.listComparisonParticipants, { as: centre, params: { roundId: round.roundId } })).toMatchObject({ body: { items: expect.arrayContaining([expect.objectContaining({ code: null })]) } });
  });

  it('a laboratory sees its own results, and no scores yet', async () => {
    expect(await page(labs[0]!)).toMatchObject({ outcome: null, assigned: [], figures: [], counts: null });
  });

  it('sets nothing aside that is no measurand, nor all of them', async () => {
    const all = ['lead', 'benzene', 'fluoride'].map((measurand) => ({ measurand, reason: '样品不均匀' }));
    expect(await evaluate(room, round.roundId, all)).toMatchObject({ status: 422, problem: { code: 'comparison-set-aside', errors: [{ path: '/setAside' }] } });
    expect(await evaluate(room, round.roundId, [{ measurand: 'radon', reason: '无' }])).toMatchObject({ status: 422, problem: { errors: [{ path: '/setAside/0/measurand' }] } });
  });

  it('fixes scores and comprehensive results, each with the clauses it rests on', async () => {
    expect(await evaluate(room, round.roundId)).toMatchObject({ status: 201, body: { state: 'evaluated', uncovered: true } });
    expect((await current()).map(({ result }) => result)).toEqual(['优秀', '优秀', '优秀', '优秀', '优秀', '合格', '不合格', '不合格', '优秀', null, null]);
    const questionable = await page(labs[5]!);
    expect(questionable).toMatchObject({
      outcome: { result: '合格', revision: 1, because: 'evaluation', clauses: expect.arrayContaining(['TC-2024-03']), inputs: [{ label: '满意项目的百分比', value: 66.66666666666667 }, { label: '不满意项目数', value: 0 }] },
      assigned: [{ measurand: 'lead', value: '10.00', sd: '1.0000' }, { measurand: 'benzene', participants: 7 }, { measurand: 'fluoride', value: '1.000' }],
    });
    expect(questionable.outcome!.scores[0]).toMatchObject({ measurand: 'lead', value: '12.50', score: '2.50', verdict: 'questionable' });
    expect((await page(labs[1]!)).outcome!.scores[0]).toMatchObject({ score: '2.00', verdict: 'satisfactory' });
    expect((await page(labs[6]!)).outcome!.scores[0]).toMatchObject({ score: '3.00', verdict: 'unsatisfactory' });
    expect(questionable.figures.find(({ measurand }) => measurand === 'lead')).toMatchObject({ own: '2.50', scores: expect.arrayContaining(['-2.00', '3.00']) });
  });

  it('[HS-2024-20] who was obliged and has no evaluated result is a finding, not a gap', async () => {
    const missed = await room.facts<{ institutionId: string; because: string }>('quality-control.comparison-missed');
    expect(missed.map(({ subject, data: { because } }) => [subject, because])).toEqual([[labs[7], 'partial'], [labs[9], 'withdrawn'], [labs[10], 'absent']]);
    const decided = await room.facts<{ result: string | null; reason: string | null }>('quality-control.comparison-decided');
    expect(decided).toHaveLength(11);
    expect(decided.find(({ subject }) => subject === labs[10])!.data).toMatchObject({ result: null, reason: '待核实：未参加，按方案不作评定', revision: 1 });
  });

  it('once fixed names the laboratories to those who may see them, never to an expert, and is not fixed twice', async () => {
    expect((await evaluation()).body.laboratories.every(({ name }) => name?.startsWith('示例'))).toBe(true);
    expect((await evaluation(expert as never)).body.laboratories.every(({ name, institutionId }) => name === null && institutionId === null)).toBe(true);
    expect((await evaluation(countyOfficer as never)).body).toMatchObject({ fixed: true, counts: { grades: [{ grade: '优秀', count: 6 }, { grade: '合格', count: 1 }, { grade: '不合格', count: 2 }], passRate: '77.77' } });
    expect(await evaluate(room, round.roundId)).toMatchObject({ status: 409, problem: { code: 'comparison-state' } });
    expect(await submit(room, round.roundId, labs[10]!)).toMatchObject({ status: 409 });
  });

  it('is reported as a file, to the round and to each laboratory', async () => {
    const report = await room.call(http.downloadComparisonReport, { as: centre, params: { roundId: round.roundId } });
    expect(report.status).toBe(200);
    const sheetsOf = async (bytes: Uint8Array) => {
      const file = await readSafely(bytes);
      return file.ok ? file.sheets : [];
    };
    const read = (sheets: Awaited<ReturnType<typeof sheetsOf>>, { sheet, columns }: (typeof reportSheets)[keyof typeof reportSheets]) => {
      const [header, ...rows] = gridOf(sheets.find(({ name }) => name === sheet)!).values();
      expect([...header!.values()].map(({ value }) => value)).toEqual(columns.map(({ title }) => title));
      return rows.map((row) => Object.fromEntries(columns.map(({ key }, at) => [key, (row.get(at)?.value ?? null) as string | null])));
    };
    const whole = await sheetsOf(report.bytes);
    const { laboratories, assigned, spread: classes } = (await evaluation()).body;
    expect(read(whole, reportSheets.summary)).toEqual(expect.arrayContaining([{ what: '名称', value: '2024年职业卫生检测能力比对' }, { what: '状态', value: '已评定' }, { what: '优秀', value: '6' }, { what: '不合格', value: '2' }]));
    expect(read(whole, reportSheets.values).map(({ title, value }) => [title, value])).toEqual(assigned.map(({ title, value }) => [title, value]));
    expect(read(whole, reportSheets.results).map(({ code, result }) => [code, result])).toEqual(laboratories.map(({ code, outcome }) => [code, outcome.result ?? '待核实']));
    const everybody = laboratories.flatMap(({ code, outcome }) => outcome.scores.map(({ measurand, value, score }) => [code, round.measurands.find(({ id }) => id === measurand)!.title, value, score]));
    expect(read(whole, reportSheets.scores).map(({ code, title, value, score }) => [code, title, value, score])).toEqual(everybody);
    const plotted = read(whole, reportSheets.scorePlot);
    expect(plotted.map(({ who, title, score }) => `${title} ${who} ${score}`).sort()).toEqual(everybody.filter(([, , , score]) => score !== null).map(([code, title, , score]) => `${title} ${code} ${score}`).sort());
    for (const { title, score, limits, plot } of plotted) {
      const it = assigned.find((one) => one.title === title)!;
      expect([limits, plot]).toEqual([`±${it.satisfactory}／±${it.unsatisfactory}`, scoreLine(score!, it)]);
    }
    const spread = read(whole, reportSheets.spread);
    for (const { title, value } of assigned) {
      const its = spread.filter((one) => one['title'] === title);
      expect(its.reduce((sum, { count }) => sum + Number(count), 0)).toBe(everybody.filter(([, of]) => of === title).length);
      expect(its.flatMap(({ mark }) => mark ?? [])).toEqual([value]);
    }
    expect(spread.map(({ count }) => Number(count))).toEqual(assigned.flatMap(({ measurand }) => classes.find((one) => one.measurand === measurand)!.classes.map(({ count }) => count)));
    const { figures } = (await room.call(http.getComparisonParticipant, { as: bodyOf(labs[5]!), params: at(labs[5]!) })).body;
    expect(figures.map(({ measurand, classes: its }) => ({ measurand, classes: its }))).toEqual(classes); // the page draws what the report prints
    const own = await room.call(http.downloadParticipantReport, { as: bodyOf(labs[5]!), params: at(labs[5]!) });
    expect(own.status).toBe(200);
    const theirs = await sheetsOf(own.bytes);
    const mine = laboratories.find(({ institutionId }) => institutionId === labs[5])!;
    expect(read(theirs, reportSheets.summary)).toEqual(expect.arrayContaining([{ what: '实验室编号', value: mine.code }, { what: '综合评定结果', value: mine.outcome.result }]));
    expect(read(theirs, reportSheets.ownScores).map(({ score }) => score)).toEqual(mine.outcome.scores.map(({ score }) => score));
    const beside = read(theirs, reportSheets.scorePlot);
    expect(beside.filter(({ who }) => who === '本机构').map(({ score }) => score)).toEqual(mine.outcome.scores.map(({ score }) => score));
    expect(beside).toHaveLength(plotted.length);
    expect(JSON.stringify([beside, read(theirs, reportSheets.spread)])).not.toMatch(/lab-0|示例职业卫生/);
    expect((await room.call(http.downloadParticipantReport, { as: bodyOf(labs[5]!), params: at(labs[4]!) })).status).toBe(404);
  });
});

describe('an objection to a result', () => {
  const object = (institutionId: string, as = bodyOf(institutionId)) => room.call(http.objectToComparison, { as, params: at(institutionId), body: { text: '抄录有误，原始记录为 12.00' } });
  const answer = (objectionId: string, body: object) => room.call(http.answerComparisonObjection, { as: centre, params: { objectionId }, body: body });
  const decide = (correctionId: string, as: typeof centre, approve = true) => room.call(http.decideComparisonCorrection, { as, params: { correctionId }, body: { approve, reason: '经复核' } });

  it('is the laboratory’s own, answered once; kept, the result stands', async () => {
    expect((await object(labs[6]!, bodyOf(labs[5]!))).status).toBe(404);
    const { body } = await object(labs[6]!);
    expect(await object(labs[6]!)).toMatchObject({ status: 409, problem: { code: 'comparison-objection-open' } });
    expect((await page(labs[6]!)).objections).toMatchObject([{ objectionId: body.objectionId, state: 'open' }]);
    expect(await answer(body.objectionId, { outcome: 'to-be-changed', answer: '同意' })).toMatchObject({ status: 422, problem: { code: 'comparison-change-missing' } });
    expect(await answer(body.objectionId, { outcome: 'kept', answer: '原始记录与报送一致' })).toMatchObject({ status: 201, body: { state: 'kept' } });
    expect(await answer(body.objectionId, { outcome: 'kept', answer: '再次' })).toMatchObject({ status: 409, problem: { code: 'comparison-answered' } });
    expect((await current())[6]).toMatchObject({ result: '不合格', revision: 1 });
  });

  it('waits in the list of open tasks until it is answered, and then the correction until another person has decided it', async () => {
    const all = async (as: typeof centre = centre) => (await room.call(task.listTasks, { as, query: { room: 'quality-control', limit: 100 } })).body.items;
    const tasks = async (as: typeof centre = centre) => (await all(as)).filter(({ kind }) => kind !== 'comparison-missed');
    const name = '示例职业卫生技术服务机构 05';
    expect(await all()).toMatchObject([{ taskId: `comparison-missed/${round.roundId}`, kind: 'comparison-missed', title: '未按规定参加能力比对：2024年职业卫生检测能力比对，3 家', jurisdiction: city, dueOn: null, link: `/comparisons/${round.roundId}` }]);
    expect(await all(stranger as never)).toEqual([]);
    const { body } = await object(labs[4]!);
    const waiting = { title: `答复比对结果异议：${name}`, jurisdiction: city, dueOn: null, link: `/comparisons/${round.roundId}`, version: 0 };
    expect(await tasks()).toMatchObject([{ ...waiting, taskId: `result-objection/${body.objectionId}`, kind: 'result-objection' }]);
    await room.database.query('quality_control', `insert into agency_ref (id, name, kind, jurisdiction, from_on, delegated, version) values (gen_random_uuid(), '测试市质控中心', 'quality-centre', '${city}', '2020-01-01', '[]', 1)`);
    expect(await tasks(officer as never)).toMatchObject([{ agency: '测试市质控中心', holder: { kind: 'agency', name: '测试市质控中心' } }]);
    expect(await tasks(stranger as never)).toEqual([]);
    const { body: answered } = await answer(body.objectionId, { outcome: 'to-be-changed', answer: '应为合格', change: { grade: '合格' } });
    expect(await tasks()).toMatchObject([{ ...waiting, title: `决定比对结果更正：${name}`, taskId: `result-correction/${answered.correctionId}`, kind: 'result-correction' }]);
    await decide(answered.correctionId!, second, false);
    expect(await tasks()).toEqual([]);
  });

  it('that holds becomes a correction which another person decides: a new revision, judged by the values that stand', async () => {
    const { body } = await object(labs[5]!);
    const answered = await answer(body.objectionId, { outcome: 'to-be-changed', answer: '原始记录确为 12.00', change: { results: [{ measurand: 'lead', value: '12.00' }] } });
    expect(answered).toMatchObject({ status: 201, body: { state: 'to-be-changed', correctionId: expect.any(String) } });
    const correctionId = answered.body.correctionId!;
    expect(await decide(correctionId, centre)).toMatchObject({ status: 422, problem: { code: 'comparison-own-correction' } });
    expect(await decide(correctionId, second)).toMatchObject({ status: 201, body: { state: 'approved', before: '合格', after: '优秀', revision: 2 } });
    expect((await current())[5]).toMatchObject({ result: '优秀', revision: 2 });
    expect((await room.facts<{ revision: number; result: string }>('quality-control.comparison-decided')).at(-1)!.data).toMatchObject({ result: '优秀', revision: 2 });
    const shown = await page(labs[5]!);
    expect(shown).toMatchObject({ outcome: { because: 'correction', revision: 2 }, earlier: [{ revision: 1, result: '合格' }], counts: { grades: [{ count: 7 }, { count: 0 }, { count: 2 }] } });
    expect(await decide(correctionId, second)).toMatchObject({ status: 409, problem: { code: 'comparison-answered' } });
  });

  it('a grade the scheme does not know (基本合格) is refused, and so is a change of nothing', async () => {
    const correct = (change: object) => room.call(http.correctComparison, { as: centre, params: at(labs[4]!), body: { reason: '更正', change } });
    expect(await correct({ grade: '基本合格' })).toMatchObject({ status: 422, problem: { code: 'comparison-grade-unknown', errors: [{ path: '/change/grade', message: '方案的等级为优秀、合格、不合格' }] } });
    expect(await correct({ grade: '优秀' })).toMatchObject({ status: 409, problem: { code: 'comparison-nothing-changes' } });
    expect(await correct({ results: [{ measurand: 'radon', value: '1' }] })).toMatchObject({ status: 422, problem: { code: 'comparison-results-refused', errors: [{ path: '/change/results/0/measurand' }] } });
    const proposed = await correct({ grade: null });
    expect(proposed).toMatchObject({ status: 201, body: { state: 'proposed', after: null } });
    expect(await correct({ grade: '合格' })).toMatchObject({ status: 409, problem: { code: 'comparison-correction-open' } });
    expect(await decide(proposed.body.correctionId, second, false)).toMatchObject({ body: { state: 'rejected', revision: null } });
    expect((await current())[4]).toMatchObject({ result: '优秀', revision: 1 });
  });

  it('revised from a correction of colours, it is the next revision in the transaction of that', async () => {
    const [uow, packs] = [room.app.get(UnitOfWork), room.app.get(PackShelf)];
    const change = { place: city, institutionId: labs[3]!, line: 'occupational-health-service', year: 2024, result: '合格' };
    const why = { correctionId: 'colour-correction-1', reason: '复核', draftedBy: 'shi' };
    const run = <T>(work: Parameters<typeof uow.run<T>>[1]) => uow.run({ actor: 'city:shi@990100', jurisdiction: city, cause: 'test', scope: everywhere }, work);
    expect(await run((tx) => standingResult(tx, packs, '2024-07-01', change))).toMatchObject({ ok: true, before: { result: '优秀', revision: 1 }, after: { result: '合格' } });
    expect(await run((tx) => standingResult(tx, packs, '2024-07-01', { ...change, result: '基本合格' }))).toMatchObject({ ok: false, code: 'comparison-grade-unknown' });
    expect(await run((tx) => standingResult(tx, packs, '2024-07-01', { ...change, year: 2023 }))).toMatchObject({ ok: false, code: 'comparison-no-result' });
    expect((await current())[3]).toMatchObject({ revision: 1 });
    expect(await run((tx) => reviseResult(tx, packs, change, why))).toMatchObject({ ok: true, revision: 2, result: '合格' });
    expect((await current())[3]).toMatchObject({ result: '合格', revision: 2 });
  });

  it('once a colour rests on the result, it is changed through the correction of colours only', async () => {
    const proposed = await room.call(http.correctComparison, { as: centre, params: at(labs[2]!), body: { reason: '更正', change: { grade: '合格' } } });
    await room.database.query('quality_control', `insert into colour_run (id, jurisdiction, concerns, year, basis_year, pack, pack_version, pack_hash, calendar, opened_at, opened_by) values ('run-1', '${city}', '{${city}}', 2025, 2024, 'p', 1, 'h', 'c', now(), 'x')`);
    await room.database.query('quality_control', `insert into colour_entry (run_id, institution_id, revision, jurisdiction, home, year, colour, red_years, lines, clauses, because, decided_at, decided_by) values ('run-1', '${labs[2]!}', 1, '${city}', '990101', 2025, 'green', 0, '[{"line":"occupational-health-service"}]', '{}', 'run', now(), 'x')`);
    for (const column of ['colour_run.basis_year', 'colour_entry.colour', 'colour_entry.red_years', 'colour_entry.lines']) room.byHand.add(column);
    expect(await decide(proposed.body.correctionId, second)).toMatchObject({ status: 409, problem: { code: 'comparison-coloured' } });
    expect((await current())[2]).toMatchObject({ result: '优秀', revision: 1 });
  });

  it('the laboratory knows its number throughout', async () => {
    expect(await codeOf(room, round.roundId, labs[0]!)).toMatch(/^\d+$/);
  });
});
