import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@zhijian/contracts';
import { institutionRegistered } from '@zhijian/contracts/facts';
import { inspection } from '@zhijian/contracts/http';
import { creditCodeOf, verifyDraw } from '@zhijian/policy';
import { aFact } from '@zhijian/testing';
import { anInstitution, anItem, city, colleague, county, person, Play, theRoom } from '../campaign/campaign.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom(); });
afterAll(() => room?.stop());

async function running(until = '2023-05-20T09:00:00+08:00', items: Record<string, unknown>[] = []) {
  room.clock.set('2023-01-20T09:00:00+08:00');
  const play = await new Play(room, 1).approved();
  const [body] = await play.has(['in', 'idle']);
  await play.to('2023-04-03T09:00:00+08:00');
  await play.accepted(body!, items.length ? { items, noProblems: false } : {});
  await play.to(until);
  return { play, body: body! };
}
const factsOf = async (play: Play) => (await room.facts<{ campaignId: string }>()).filter(({ data }) => data.campaignId === play.campaignId);
const cases = async (play: Play) => (await room.call(inspection.listCases, { as: city, params: { campaignId: play.campaignId } })).body.items;

describe('an on-site check', () => {
  it('[HZ-2023-10] draws archives at random from the body’s list, so that anybody can compute the draw again', async () => {
    const { play, body } = await running();
    const visit = await play.drawn(body, 2);
    expect(visit).toMatchObject({ state: 'open', version: 3, archives: ['A1', 'A2', 'A3', 'A4'], minimumSample: 1, draw: { size: 2, algorithm: 'sha256-rank-1', clauses: ['HZ-2023-10'] } });
    const { body: record } = await room.call(inspection.getDraw, { as: county(play.unit), params: { drawId: visit.draw!.drawId } });
    expect(verifyDraw(record)).toMatchObject({ ok: true });
    expect(verifyDraw({ ...record, result: [...record.result].reverse() })).toMatchObject({ ok: false });
    expect(record.seed).toMatch(/^[0-9a-f]{64}$/);
    const made = (await factsOf(play)).find(({ type }) => type === 'inspection.draw-made');
    expect(made).toMatchObject({ subject: body, jurisdiction: play.unit, data: { poolSha256: record.poolSha256, size: 2 } });
    expect(JSON.stringify(made)).not.toContain('A1');
  });

  it('[HZ-2023-10] the list is frozen by the draw and nobody draws again', async () => {
    const { play, body } = await running();
    const visit = await play.drawn(body);
    const at = { as: county(play.unit), params: { visitId: visit.visitId }, ifMatch: visit.version };
    expect(await room.call(inspection.listArchives, { ...at, body: { archives: ['B1'] } })).toMatchObject({ status: 409, problem: { code: 'archives-frozen' } });
    expect(await room.call(inspection.drawArchives, { ...at, body: { size: 1 } })).toMatchObject({ status: 409, problem: { code: 'draw-made' } });
  });

  it('[HZ-2023-09] [HZ-2023-11] with everything corrected settles the check and files nothing', async () => {
    const { play, body } = await running('2023-05-20T09:00:00+08:00', [anItem({ correctBy: '2023-05-01' })]);
    const visit = await play.drawn(body);
    expect(visit.verifications).toMatchObject([{ text: '档案缺页', acceptedBy: '2023-05-01', outcome: null }]);
    const done = await play.recorded(visit, [{ kind: 'archives' }]);
    expect(done.body).toMatchObject({ state: 'recorded', caseId: null, verifications: [{ outcome: 'corrected', clauses: ['HZ-2023-11'] }], findings: [{ kind: 'archives', title: '未按要求建立档案', clauses: ['HZ-2023-17'] }], asks: { kinds: expect.arrayContaining([{ kind: 'archives', title: '未按要求建立档案', priority: false }, { kind: 'false-certificate', title: '出具虚假证明文件', priority: true }]) } });
    expect(await play.states('site-check')).toEqual({ done: 1 });
    expect(await cases(play)).toEqual([]);
    expect(await play.recorded({ ...done.body, verifications: [] })).toMatchObject({ status: 409, problem: { code: 'visit-recorded' } });
  });

  it('[HZ-2023-11] an item whose own accepted date lies after the visit is not uncorrected; past it and open, a case is filed with number and reason', async () => {
    const before = await running('2023-05-20T09:00:00+08:00', [anItem({ correctBy: '2023-05-31' })]);
    expect((await before.play.recorded(await before.play.drawn(before.body), [], false)).body).toMatchObject({ caseId: null, verifications: [{ outcome: 'not-yet-due' }] });
    const after = await running('2023-06-01T09:00:00+08:00', [anItem({ correctBy: '2023-05-31' })]);
    const visit = (await after.play.recorded(await after.play.drawn(after.body), [], false)).body;
    expect(visit.verifications).toMatchObject([{ outcome: 'uncorrected' }]);
    expect(await cases(after.play)).toMatchObject([{ caseId: visit.caseId, number: `测试${after.play.unit.slice(-2)}区卫职检立〔2023〕1号`, reason: '逾期未整改：档案缺页', filedOn: '2023-06-01', state: 'open', clauses: ['HZ-2023-11'] }]);
    expect((await factsOf(after.play)).filter(({ type }) => type === 'inspection.case-filed')).toMatchObject([{ subject: after.body, jurisdiction: after.play.unit }]);
  });

  it('[HZ-2023-11] what the body says it has corrected is shown with that day, and no day by which it is to be corrected; found open, it is a case', async () => {
    const { play, body } = await running('2023-05-20T09:00:00+08:00', [anItem({ correctedOn: '2023-04-02', correctBy: null }), anItem({ text: '本底噪声超标', correctBy: '2023-05-31' })]);
    const visit = await play.drawn(body);
    expect(visit.verifications.map(({ correctedOn, acceptedBy }) => [correctedOn, acceptedBy])).toEqual([['2023-04-02', '2023-04-02'], [null, '2023-05-31']]);
    const done = (await play.recorded(visit, [], false)).body;
    expect(done.verifications.map(({ correctedOn, outcome }) => [correctedOn, outcome])).toEqual([['2023-04-02', 'uncorrected'], [undefined, 'not-yet-due']]);
    expect(done.caseId).not.toBeNull();
  });

  it('[HZ-2023-11] what nobody could see files no case and rules none out', async () => {
    const { play, body } = await running('2023-06-01T09:00:00+08:00', [anItem({ correctBy: '2023-05-31' })]);
    const visit = (await play.recorded(await play.drawn(body), [], null)).body;
    expect(visit).toMatchObject({ caseId: null, verifications: [{ outcome: 'undetermined' }] });
    expect((await room.audit(visit.visitId)).at(-1)!.detail).toMatchObject({ case: null });
  });

  it('[HZ-2023-11] a serious violation files a case; its decision has dates and amounts in fen', async () => {
    const { play, body } = await running();
    const visit = (await play.recorded(await play.drawn(body), [{ kind: 'false-certificate', serious: true }])).body;
    const [file] = await cases(play);
    expect(file).toMatchObject({ caseId: visit.caseId, reason: '严重违法：现场所见' });
    const decide = (change: Record<string, unknown>, ifMatch: number | undefined = 1, as = colleague(play.unit)) =>
      room.call(inspection.decideCase, { as, params: { caseId: file!.caseId }, ifMatch, body: { decidedOn: '2023-05-20', sanctions: [{ kind: 'fine', fen: 1_000_000 }], ...change } });
    expect(await decide({ decidedOn: '2023-05-19' })).toMatchObject({ status: 422, problem: { code: 'case-date', errors: [{ path: '/decidedOn', message: '须在 2023-05-20 与今天之间' }] } });
    expect(await decide({ sanctions: [{ kind: 'fine' }] })).toMatchObject({ status: 422, problem: { code: 'case-sanctions', errors: [{ path: '/sanctions/0/fen' }] } });
    expect(await decide({ sanctions: [{ kind: 'fine', fen: 1.5 }] })).toMatchObject({ status: 400, problem: { errors: [{ path: '/sanctions/0/fen' }] } });
    expect(await decide({}, 1, county('990000'))).toMatchObject({ status: 404 });
    expect((await decide({}, 7)).status).toBe(412);
    expect(await decide({}, 1, county(play.unit))).toMatchObject({ status: 422, problem: { code: 'case-own-visit', title: '检查结论由您登记，处理结果须由另一人登记' } });
    expect((await decide({})).body).toMatchObject({ state: 'decided', decidedOn: '2023-05-20', sanctions: [{ kind: 'fine', fen: 1_000_000 }], version: 2 });
    expect(await decide({}, 2)).toMatchObject({ status: 409, problem: { code: 'case-decided' } });
  });

  it('[HZ-2023-09] made in time and written down later is in time', async () => {
    const { play, body } = await running('2023-10-31T09:00:00+08:00');
    const visit = await play.drawn(body);
    await play.to('2023-11-02T09:00:00+08:00');
    expect(await play.states('site-check')).toEqual({ overdue: 1 });
    expect((await play.recorded(visit)).status).toBe(201);
    expect(await play.states('site-check')).toEqual({ done: 1 });
  });

  it('made before its stage was opened, because the unit lags, is credited when it opens', async () => {
    room.clock.set('2023-01-20T09:00:00+08:00');
    const play = await new Play(room, 1).approved();
    const [body] = await play.has(['in']);
    await play.to('2023-03-20T09:00:00+08:00');
    room.clock.set('2023-04-05T09:00:00+08:00');
    await play.recorded(await play.drawn(body!));
    await play.to('2023-04-05T10:00:00+08:00');
    expect(await play.states('site-check')).toEqual({ done: 1 });
  });
});

describe('an extension check', () => {
  it('[HZ-2023-12] takes in bodies filed elsewhere and bodies filed nowhere', async () => {
    const { play } = await running();
    const other = await anInstitution(room, '990000');
    const foreign = await play.open({ kind: 'extension-check', institutionId: other });
    expect(foreign.body).toMatchObject({ filedElsewhere: true, institutionId: other });
    const closed = await anInstitution(room, '990000', { filing: null });
    expect((await play.open({ kind: 'extension-check', institutionId: closed })).body.filedElsewhere).toBe(false);
    const stranger = await play.open({ kind: 'extension-check', unregistered: { name: '无名体检点', address: '某路1号' } });
    expect(stranger.body).toMatchObject({ subjectName: '无名体检点', filedElsewhere: false, institutionId: null, unregistered: { name: '无名体检点' } });
    expect((await play.recorded(stranger.body, [{ kind: 'not-filed', serious: true }])).body.caseId).not.toBeNull();
    expect(await play.states('extension-check')).toEqual({ done: 1 });
    expect((await room.call(inspection.listVisits, { as: city, params: { campaignId: play.campaignId }, query: { unit: play.unit } })).body.items).toHaveLength(3);
  });
});

describe('whom an extension check can name', () => {
  const subjects = (play: Play, q: string, as = county(play.unit)) => room.call(inspection.listVisitSubjects, { as, query: { q } });

  it('[HZ-2023-12] a body filed elsewhere is found by its name or code, with where it is filed, and is then checked', async () => {
    const { play } = await running();
    const institutionId = await anInstitution(room, '990000', { name: '延伸可查医院' });
    const [found, ...others] = (await subjects(play, '伸可查')).body.items;
    expect([found, others]).toEqual([expect.objectContaining({ institutionId, name: '延伸可查医院', jurisdiction: '990000', filedIn: '990000', invented: true }), []]);
    expect((await subjects(play, found!.creditCode.slice(0, 17).toLowerCase())).body.items).toEqual([found]);
    expect((await play.open({ kind: 'extension-check', institutionId: found!.institutionId })).body).toMatchObject({ filedElsewhere: true });
    await anInstitution(room, '990000', { name: '延伸可查诊所', filing: null });
    expect((await subjects(play, '延伸可查诊所')).body.items).toMatchObject([{ filedIn: null }]);
    expect((await subjects(play, '延伸%查')).body.items).toEqual([]);
    expect(await subjects(play, '医')).toMatchObject({ status: 400, problem: { errors: [{ path: '/query/q', message: '请至少输入两个字' }] } });
    expect((await subjects(play, '延伸可查', person(institutionId, '990000'))).status).toBe(403);
  });
});

it('a visit names the qualifications that rested on its day, as the register has them now, and judges nothing by them', async () => {
  const { play, body } = await running();
  const visit = await play.drawn(body);
  const shown = async () => (await room.call(inspection.getVisit, { as: county(play.unit), params: { visitId: visit.visitId } })).body.suspended;
  expect(await shown()).toEqual([]);
  const line = { kind: 'health-examination', number: null, issuer: null, from: '2020-05-06', to: null } as const;
  const [known] = await room.dataSource.query<[{ creditCode: string; name: string }]>('select credit_code as "creditCode", name from institution_ref where institution_id = $1', [body]);
  const heard = (revision: number, change: object) => room.hear(aFact(institutionRegistered, body, { institutionId: body, ...known, kind: 'health-examination', jurisdiction: play.unit, address: '测试路', contactPost: null, invented: true, filing: null, lines: [{ ...line, ...change }], revision }, { jurisdiction: play.unit }));
  const suspended = { from: '2023-05-10', how: 'ordered', basis: '示例〔2023〕5号' } as const;
  await heard(2, { suspended });
  expect(await shown()).toEqual([{ kind: 'health-examination', ...suspended, to: null, service: null, clauses: [] }]);
  expect((await play.recorded(visit)).body).toMatchObject({ state: 'recorded', caseId: null, findings: [] });
  await heard(3, { suspendedBefore: [{ ...suspended, to: '2023-05-10' }] });
  expect(await shown()).toEqual([]);
});

describe('a visit that is refused names the field, in Chinese', () => {
  it.each([
    ['of nobody', { institutionId: null }, 422, 'visit-subject-missing', '/institutionId'],
    ['of a body nobody knows', { institutionId: newId() }, 422, 'visit-institution-unknown', '/institutionId'],
    ['before the stage', { visitOn: '2023-03-31' }, 422, 'visit-outside-window', '/visitOn'],
    ['on a day to come', { visitOn: '2023-05-21' }, 422, 'visit-in-future', '/visitOn'],
    ['by one officer', { inspectors: ['甲'] }, 400, 'bad-input', '/inspectors'],
    ['by the same officer twice', { inspectors: ['甲', '甲'] }, 422, 'visit-inspector-twice', '/inspectors/1'],
    ['on a day that is no day', { visitOn: '5月20日' }, 400, 'bad-input', '/visitOn'],
  ])('%s', async (_, change, status, code, path) => {
    const { play, body } = await running();
    expect(await play.open({ institutionId: body, ...change })).toMatchObject({ status, problem: { code, title: expect.stringMatching(/[\u4e00-\u9fff]/), errors: [{ path, message: expect.stringMatching(/[\u4e00-\u9fff]/) }] } });
    expect((await factsOf(play)).filter(({ type }) => type === 'inspection.visit-opened')).toEqual([]);
  });

  it('of somebody filed nowhere under a code that is none, or under one that a body of the register has', async () => {
    const { play, body } = await running();
    const [{ code }] = await room.dataSource.query<[{ code: string }]>('select credit_code as code from institution_ref where institution_id = $1', [body]);
    const named = (creditCode: string) => play.open({ kind: 'extension-check', unregistered: { name: '某点', address: '某路', creditCode } });
    for (const [wrong, message] of [[`${code.slice(0, 17)}${code.endsWith('0') ? '1' : '0'}`, /校验码/], ['123', /18/]] as const) {
      expect(await named(wrong)).toMatchObject({ status: 422, problem: { code: 'visit-credit-code', errors: [{ path: '/unregistered/creditCode', message: expect.stringMatching(message) }] } });
    }
    expect(await named(code.toLowerCase())).toMatchObject({ status: 422, problem: { code: 'visit-registered', title: expect.stringMatching(/^该统一社会信用代码的机构“测试\d+院”已在名录中/), errors: [{ path: '/unregistered/creditCode' }] } });
    expect((await named(` ${creditCodeOf('91330100MA0000001')} `)).body.unregistered).toMatchObject({ creditCode: creditCodeOf('91330100MA0000001') });
    expect((await factsOf(play)).filter(({ type }) => type === 'inspection.visit-opened')).toHaveLength(1);
  });

  it('of a body outside the campaign as an on-site check, by an officer of another unit, in a draft', async () => {
    const { play, body } = await running();
    const stranger = await anInstitution(room, play.unit);
    expect(await play.open({ institutionId: stranger })).toMatchObject({ status: 422, problem: { code: 'visit-not-in-roster', errors: [{ path: '/institutionId' }] } });
    expect(await play.open({ institutionId: body }, county('990000'))).toMatchObject({ status: 404 });
    const draft = await new Play(room, 1).drafted();
    expect(await draft.open({ institutionId: body })).toMatchObject({ status: 409, problem: { code: 'visit-campaign-closed' } });
  });

  it('a list with a number twice, a draw of too many, a record without a draw or without an item', async () => {
    const { play, body } = await running('2023-05-20T09:00:00+08:00', [anItem()]);
    const visit = (await play.open({ institutionId: body })).body;
    const at = { as: county(play.unit), params: { visitId: visit.visitId } };
    expect(await room.call(inspection.drawArchives, { ...at, ifMatch: 1, body: { size: 1 } })).toMatchObject({ status: 409, problem: { code: 'archives-missing' } });
    expect(await room.call(inspection.listArchives, { ...at, ifMatch: 1, body: { archives: ['A', 'B', 'A'] } })).toMatchObject({ status: 422, problem: { code: 'archive-twice', errors: [{ path: '/archives/2' }] } });
    expect((await room.call(inspection.listArchives, { ...at, body: { archives: ['A'] } })).status).toBe(428);
    const listed = (await room.call(inspection.listArchives, { ...at, ifMatch: 1, body: { archives: ['A'] } })).body;
    expect(await room.call(inspection.drawArchives, { ...at, ifMatch: listed.version, body: { size: 2 } })).toMatchObject({ status: 422, problem: { code: 'draw-size', title: '抽取数量不得少于 1 份，也不能多于清单中的 1 份', errors: [{ path: '/size' }] } });
    expect(await play.recorded(listed)).toMatchObject({ status: 409, problem: { code: 'visit-undrawn' } });
    const drawn = (await room.call(inspection.drawArchives, { ...at, ifMatch: listed.version, body: { size: 1 } })).body;
    expect(await play.recorded({ ...drawn, verifications: [] })).toMatchObject({ status: 422, problem: { code: 'visit-unverified', errors: [{ path: '/verifications', message: '尚未核实：档案缺页' }] } });
    expect(await play.recorded({ ...drawn, version: 1 })).toMatchObject({ status: 412 });
  });
});
