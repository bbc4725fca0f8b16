import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { qualityControl as http } from '@zhijian/contracts/http';
import { readTable, writeTable } from '@zhijian/documents';
import { zipBomb } from '@zhijian/testing';
import exceljs from 'exceljs';
import { aLaboratory, aPlace, bodyOf, centre, city, codeOf, counties, countyOfficer, expert, fixed, open, plan, planned, results, stranger, submit, type Place, type Round } from './comparison.fixture.js';
import { submissionTable } from './submission-table.js';

let room: Place;
let labs: string[];
beforeAll(async () => {
  room = await aPlace();
  labs = [];
  for (let at = 0; at < 6; at += 1) labs.push(await aLaboratory(room, { jurisdiction: counties[at % 2]! }));
});
afterAll(() => room?.finish());
const participants = async (roundId: string, as = centre) => (await room.call(http.listComparisonParticipants, { as, params: { roundId } })).body.items;

describe('planning a round', () => {
  let round: Round;
  it.each<[string, Record<string, unknown>, number, string]>([
    ['a pack that is not installed', { pack: 'nowhere/none' }, 422, 'comparison-pack-unknown'], ['a scheme the pack does not have', { scheme: 'radiation' }, 422, 'comparison-scheme-unknown'],
    ['a day that has passed', { submitBy: '2024-04-09' }, 422, 'comparison-day-past'], ['a place that is not one’s own', { jurisdiction: '990200' }, 422, 'comparison-foreign'],
    ['parts the scheme does not have', { parts: [{ part: 'second', submitBy: '2024-07-01' }] }, 422, 'comparison-parts'],
  ])('%s is refused, and nothing is kept', async (_, more, status, code) => {
    expect(await plan(room, more)).toMatchObject({ status, problem: { code } });
    expect((await room.call(http.listComparisons, { as: centre })).body.items).toEqual([]);
  });

  it('[HS-2024-20] whoever holds the line at home or serves in the place is obliged; others are not', async () => {
    const guest = await aLaboratory(room, { jurisdiction: '880101', serves: [counties[1]] });
    const [other, gone, ended] = [
      await aLaboratory(room, { kind: 'health-examination' }), await aLaboratory(room, { filing: { number: null, filedOn: '2020-01-01', filedIn: city, categories: [], items: [], outreach: false, closedOn: '2024-03-01' } }),
      await aLaboratory(room, { lines: [{ kind: 'occupational-health-service', number: null, issuer: null, from: '2019-01-01', to: '2024-01-01' }] }),
    ];
    const { status, body } = await plan(room);
    expect(status).toBe(201);
    round = body;
    expect((await participants(round.roundId)).map(({ institutionId, obliged, code }) => [institutionId, obliged, code])).toEqual([...labs, guest].sort().map((id) => [id, true, null]));
    expect(JSON.stringify(await participants(round.roundId))).not.toMatch(new RegExp(`${other}|${gone}|${ended}`));
    expect(body).toMatchObject({ state: 'planned', counts: { obliged: 7 }, measurands: [{ id: 'lead', toFix: ['value'] }, { id: 'benzene', toFix: [] }, { id: 'fluoride', needsUncertainty: true }], clauses: ['TC-2024-01', 'TC-2024-02', 'TC-2024-04'] });
  });

  it('the same scheme, place and year cannot be laid down twice', async () => {
    expect(await plan(room)).toMatchObject({ status: 409, problem: { code: 'comparison-exists', title: expect.stringContaining('2024 年度') } });
  });

  it('a volunteer is added with a reason; who is in it already, or in no register, is refused', async () => {
    const add = (institutionId: string) => room.call(http.addComparisonParticipant, { as: centre, params: { roundId: round.roundId }, body: { institutionId, reason: '自愿报名' } });
    const volunteer = await aLaboratory(room, { kind: 'disease-control-centre', name: '示例疾病预防控制中心 01' });
    expect(await add(volunteer)).toMatchObject({ status: 201, body: { obliged: false, state: 'expected' } });
    expect(await add(volunteer)).toMatchObject({ status: 409, problem: { code: 'comparison-body-twice' } });
    expect(await add('nobody')).toMatchObject({ status: 422, problem: { code: 'comparison-body-unknown', errors: [{ path: '/institutionId' }] } });
  });

  it('somebody is excused for a reason, and is certified as such', async () => {
    expect(await room.call(http.excuseComparisonParticipant, { as: centre, params: { roundId: round.roundId, institutionId: labs[5]! }, body: { reason: '资质已中止' } })).toMatchObject({ status: 201, body: { state: 'excused' } });
  });

  it('it opens only with all that was to be fixed, and nothing the scheme fixes itself', async () => {
    const tried = async (values: unknown) => (await open(room, round.roundId, values)).problem;
    expect(await tried([])).toMatchObject({ code: 'comparison-fixed-refused', errors: [{ path: '/fixed', message: '缺少“滤膜中铅”的指定值' }] });
    expect(await tried([{ measurand: 'lead', value: '10.00', sd: '1' }])).toMatchObject({ errors: [{ path: '/fixed/0/sd', message: '“滤膜中铅”的标准差由方案规定，不能另定' }] });
    expect(await tried([...fixed, { measurand: 'cadmium', value: '1' }])).toMatchObject({ errors: [{ path: '/fixed/1/measurand', message: '方案中没有项目“cadmium”' }] });
    expect(await tried([{ measurand: 'lead', value: '10,5' }])).toMatchObject({ status: 400, errors: [{ path: '/fixed/0/value' }] });
  });

  it('opened, it has sealed its values under a hash, told how many are obliged, and given secret numbers', async () => {
    const { status, body } = await open(room, round.roundId);
    expect({ status, body }).toMatchObject({ status: 201, body: { state: 'open', sealSha256: expect.stringMatching(/^[0-9a-f]{64}$/), counts: { obliged: 6, voluntary: 1, excused: 1 } } });
    expect(await room.facts('quality-control.comparison-opened')).toMatchObject([{ subject: city, data: { roundId: round.roundId, obliged: 6, measurands: 3, submitBy: '2024-06-28', scheme: 'occupational' } }]);
    expect(JSON.stringify([await room.facts(), body])).not.toContain('10.00');
    expect((await participants(round.roundId)).every(({ code }) => code === null)).toBe(true);
    const codes = await Promise.all(labs.slice(0, 5).map((id) => codeOf(room, round.roundId, id)));
    expect(new Set(codes).size).toBe(5);
    expect(await open(room, round.roundId)).toMatchObject({ status: 409, problem: { code: 'comparison-state' } });
  });

  it('a centre of another place sees nothing of it, and a county its own laboratories', async () => {
    expect(await room.call(http.getComparison, { as: stranger, params: { roundId: round.roundId } })).toMatchObject({ status: 404 });
    expect((await participants(round.roundId, countyOfficer as never)).map(({ home }) => home)).toEqual([counties[0], counties[0], counties[0], counties[0]]);
  });
});

describe('a round under way', () => {
  let round: Round;
  beforeAll(async () => {
    round = (await room.call(http.listComparisons, { as: centre })).body.items[0]!;
  });
  const at = (institutionId: string) => ({ roundId: round.roundId, institutionId });

  it('samples are sent, and received whole or damaged', async () => {
    const receive = (as: typeof centre, body: object) => room.call(http.receiveSamples, { as, params: at(labs[0]!), body: { receivedOn: '2024-05-08', intact: true, ...body } });
    room.clock.set('2024-05-09T09:00:00+08:00');
    expect(await receive(centre, {})).toMatchObject({ status: 409, problem: { code: 'comparison-not-sent' } });
    expect(await room.call(http.dispatchSamples, { as: centre, params: { roundId: round.roundId }, body: { institutionIds: [labs[0]!, 'nobody'], sentOn: '2024-05-06' } })).toMatchObject({ status: 422, problem: { code: 'comparison-not-participant', errors: [{ path: '/institutionIds/1' }] } });
    expect(await room.call(http.dispatchSamples, { as: centre, params: { roundId: round.roundId }, body: { institutionIds: labs.slice(0, 5), sentOn: '2024-05-06' } })).toMatchObject({ body: { sent: 5 } });
    expect(await receive(bodyOf(labs[0]!) as never, { receivedOn: '2024-05-05' })).toMatchObject({ status: 422, problem: { errors: [{ path: '/receivedOn' }] } });
    expect(await receive(bodyOf(labs[0]!) as never, { intact: false, remark: '一支安瓿破损' })).toMatchObject({ status: 201, body: { receivedOn: '2024-05-08', intact: false } });
    expect(await receive(bodyOf(labs[1]!) as never, {})).toMatchObject({ status: 404 });
  });

  it('a sample that came damaged is replaced: what was wrong is said, others are sent in its place, and the laboratory says again that they came', async () => {
    const receive = (body: object) => room.call(http.receiveSamples, { as: bodyOf(labs[3]!), params: at(labs[3]!), body: { receivedOn: '2024-05-08', intact: true, ...body } });
    const send = (sentOn: string) => room.call(http.dispatchSamples, { as: centre, params: { roundId: round.roundId }, body: { institutionIds: [labs[3]!], sentOn } });
    const mine = async () => (await participants(round.roundId)).find(({ institutionId }) => institutionId === labs[3])!;
    expect((await send('2024-05-06')).body).toEqual({ sent: 1 });
    expect(await receive({ intact: false })).toMatchObject({ status: 422, problem: { code: 'comparison-damage-unsaid', title: '样品有损坏的，须写明损坏情况', errors: [{ path: '/remark' }] } });
    expect(await mine()).toMatchObject({ receivedOn: null, intact: null });
    expect(await receive({ intact: false, remark: '一支安瓿破损' })).toMatchObject({ status: 201, body: { intact: false, receiptRemark: '一支安瓿破损' } });
    expect(await send('2024-05-07')).toMatchObject({ status: 422, problem: { code: 'comparison-sent-before', errors: [{ path: '/sentOn' }] } });
    expect((await send('2024-05-09')).body).toEqual({ sent: 1 });
    expect(await mine()).toMatchObject({ sentOn: '2024-05-09', receivedOn: null, intact: null, receiptRemark: '' });
    expect(await receive({ receivedOn: '2024-05-09' })).toMatchObject({ status: 201, body: { receivedOn: '2024-05-09', intact: true } });
  });

  it.each<[string, unknown, number, string, string]>([
    ['a measurand of another scheme', [{ measurand: 'radon', value: '1.0' }], 422, '/results/0/measurand', '方案中没有项目“radon”'],
    ['one measurand twice', [{ measurand: 'lead', value: '10.00' }, { measurand: 'lead', value: '10.10' }], 422, '/results/1/measurand', '与第 1 项重复'],
    ['more places than it has', [{ measurand: 'lead', value: '10.001' }], 422, '/results/0/value', '“滤膜中铅”至多 2 位小数'],
    ['no uncertainty where the score needs it', [{ measurand: 'fluoride', value: '1.000' }], 422, '/results/0/uncertainty', '“水中氟化物”须报不确定度（大于 0）'],
    ['no decimal', [{ measurand: 'lead', value: '约10' }], 400, '/results/0/value', '应为十进制数，如 10.40'],
    ['an exponent', [{ measurand: 'lead', value: '1e1' }], 400, '/results/0/value', '应为十进制数，如 10.40'],
  ])('a result with %s is refused with its field, and nothing is kept', async (_, sent, status, path, message) => {
    expect(await submit(room, round.roundId, labs[0]!, sent)).toMatchObject({ status, problem: { errors: [{ path, message }] } });
    expect((await room.call(http.getComparisonParticipant, { as: bodyOf(labs[0]!), params: at(labs[0]!) })).body.submissions).toEqual([]);
  });

  it('a body that is not in the round cannot report', async () => {
    const outside = await aLaboratory(room);
    expect((await submit(room, round.roundId, outside)).status).toBe(404); // it does not even see it
    expect(await submit(room, round.roundId, labs[1]!, results(), bodyOf(labs[0]!))).toMatchObject({ status: 404 });
  });

  it('is kept as it was written, changed until the last day; the same twice is refused', async () => {
    expect(await submit(room, round.roundId, labs[0]!)).toMatchObject({ status: 201, body: { sequence: 1, late: false, results: [{ measurand: 'lead', value: '10.00', uncertainty: null }, {}, { uncertainty: '0.04' }] } });
    expect(await submit(room, round.roundId, labs[0]!)).toMatchObject({ status: 409, problem: { code: 'comparison-same' } });
    expect(await submit(room, round.roundId, labs[0]!, results('10.10'))).toMatchObject({ status: 201, body: { sequence: 2 } });
    const { body } = await room.call(http.getComparisonParticipant, { as: bodyOf(labs[0]!), params: at(labs[0]!) });
    expect(body).toMatchObject({ participant: { state: 'reported', code: expect.any(String) }, submissions: [{ sequence: 2, standing: true, results: [{ value: '10.10' }, {}, {}] }, { sequence: 1, standing: false }], outcome: null, assigned: [] });
  });

  it('paper is entered by the laboratory’s number, which tells nobody whose it is', async () => {
    const code = await codeOf(room, round.roundId, labs[1]!);
    const enter = (given: string, receivedOn = '2024-05-09') => room.call(http.enterComparison, { as: centre, params: { roundId: round.roundId, code: given }, body: { results: results('9.90'), receivedOn } });
    expect(await enter('000')).toMatchObject({ status: 422, problem: { code: 'comparison-code-unknown' } });
    expect(await enter(code, '2024-05-10')).toMatchObject({ status: 422, problem: { code: 'comparison-received-in-future' } });
    const { status, body } = await enter(code);
    expect({ status, body }).toMatchObject({ status: 201, body: { onBehalf: true } });
    const told = [await room.audit(body.submissionId), await room.database.query('quality_control', `select body, about from certificate where subject = '${body.submissionId}'`)];
    expect(JSON.stringify(told)).not.toContain(labs[1]);
  });

  it('a table is entered whole or not at all, every fault with its cell', async () => {
    const [second, third] = [await codeOf(room, round.roundId, labs[2]!), await codeOf(room, round.roundId, labs[3]!)];
    const lines = (code: string, lead = '10.05') => [{ code, measurand: '滤膜中铅', value: lead, uncertainty: null }, { code, measurand: 'benzene', value: '2.10', uncertainty: null }, { code, measurand: '水中氟化物', value: '1.010', uncertainty: '0.05' }];
    const send = async (rows: Record<string, unknown>[]) => room.call(http.importComparison, { as: centre, params: { roundId: round.roundId }, query: { receivedOn: '2024-05-09' }, file: Buffer.from(await writeTable(submissionTable, rows)) });
    const bad = await send([...lines(second), ...lines('000'), { code: third, measurand: '空气中铅', value: '一', uncertainty: null }, ...lines(third, '10.001').slice(0, 2)]);
    expect(bad).toMatchObject({ status: 422, problem: { code: 'comparison-file' } });
    expect(bad.problem.errors.map(({ path }) => path)).toEqual(['能力比对结果!C8', '能力比对结果!A5', '能力比对结果!C9']);
    expect((await participants(round.roundId)).filter(({ state }) => state === 'reported')).toHaveLength(2);
    expect(await send([...lines(second), ...lines(third)])).toMatchObject({ status: 201, body: { laboratories: 2, results: 6 } });
    expect((await participants(round.roundId)).filter(({ state }) => state === 'reported')).toHaveLength(4);
    const { bytes } = await room.call(http.comparisonTemplate, { as: centre, params: { roundId: round.roundId } });
    expect(await readTable(submissionTable, bytes)).toMatchObject({ rows: [], errors: [] });
  });

  it('a zip bomb and a workbook with formulas are named, and nothing is entered', async () => {
    const send = (file: Uint8Array) => room.call(http.importComparison, { as: centre, params: { roundId: round.roundId }, query: { receivedOn: '2024-05-09' }, file: Buffer.from(file) });
    const before = await participants(round.roundId);
    expect(await send(zipBomb(32))).toMatchObject({ status: 422, problem: { code: 'comparison-file', errors: [{ path: '文件', message: expect.stringContaining('疑似压缩炸弹') }] } });
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet(submissionTable.sheet);
    sheet.addRow(submissionTable.columns.map(({ title }) => title));
    sheet.addRow([await codeOf(room, round.roundId, labs[5]!), '滤膜中铅', null, null]);
    sheet.getCell('C2').value = { formula: 'HYPERLINK("http://example.org","10.00")', result: '10.00' };
    expect(await send(new Uint8Array(await book.xlsx.writeBuffer()))).toMatchObject({ status: 422, problem: { errors: expect.arrayContaining([{ path: '能力比对结果!C2', message: expect.stringContaining('公式') }]) } });
    expect(await participants(round.roundId)).toEqual(before);
  });

  it('who withdraws says why, and reports no more', async () => {
    const withdraw = () => room.call(http.withdrawFromComparison, { as: bodyOf(labs[4]!), params: at(labs[4]!), body: { reason: '设备故障' } });
    expect(await withdraw()).toMatchObject({ status: 201, body: { state: 'withdrawn' } });
    expect(await withdraw()).toMatchObject({ status: 409, problem: { code: 'comparison-out' } });
    expect(await submit(room, round.roundId, labs[4]!)).toMatchObject({ status: 409, problem: { code: 'comparison-out', title: '该机构已退出，不能报送' } });
  });

  it('an expert sees rounds and no participants; nobody sees a draft before the last day has ended', async () => {
    expect((await room.call(http.getComparison, { as: expert, params: { roundId: round.roundId } })).body).toMatchObject({ uncovered: false });
    expect(await room.call(http.listComparisonParticipants, { as: expert, params: { roundId: round.roundId } })).toMatchObject({ status: 403 });
    expect(await room.call(http.getComparisonEvaluation, { as: expert, params: { roundId: round.roundId } })).toMatchObject({ status: 409, problem: { code: 'comparison-not-closed' } });
  });

  it('identities are uncovered early by an act with its reason, once', async () => {
    const uncover = () => room.call(http.uncoverComparison, { as: centre, params: { roundId: round.roundId }, body: { reason: '样品混淆，须联系实验室' } });
    expect(await uncover()).toMatchObject({ status: 201, body: { uncovered: true } });
    expect(await uncover()).toMatchObject({ status: 409, problem: { code: 'comparison-uncovered' } });
    expect((await participants(round.roundId)).find(({ institutionId }) => institutionId === labs[0])?.code).toBe(await codeOf(room, round.roundId, labs[0]!));
    expect(await room.audit(round.roundId)).toEqual(expect.arrayContaining([expect.objectContaining({ action: 'comparison identities uncovered' })]));
  });

  it('another round starts covered', async () => {
    expect(await plan(room, { year: 2025 })).toMatchObject({ body: { uncovered: false, title: planned.title } });
  });
});
