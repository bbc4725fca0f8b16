import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@zhijian/contracts';
import { assessmentCirculated } from '@zhijian/contracts/facts';
import { inspection } from '@zhijian/contracts/http';
import { aFact } from '@zhijian/testing';
import { anInstitution, anItem, aReport, city, county, person, Play, theRoom } from '../campaign/campaign.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom(); });
afterAll(() => room?.stop());

async function running(until = '2023-04-03T09:00:00+08:00') {
  room.clock.set('2023-01-20T09:00:00+08:00');
  const play = await new Play(room, 1).approved();
  const bodies = await play.has(['in', 'in', 'idle']);
  await play.to(until);
  return { play, body: bodies[0]!, bodies };
}
const giveBack = (selfCheckId: string, ifMatch: number | undefined, as: ReturnType<typeof county>) =>
  room.call(inspection.returnSelfCheck, { as, params: { selfCheckId }, ...(ifMatch === undefined ? {} : { ifMatch }), body: { reasons: ['整改措施不具体'] } });
const accept = (selfCheckId: string, ifMatch: number, as: ReturnType<typeof county>, dates: { itemId: string; correctBy: string }[] = []) =>
  room.call(inspection.acceptSelfCheck, { as, params: { selfCheckId }, ifMatch, body: { dates } });
const shown = (selfCheckId: string) => room.call(inspection.getSelfCheck, { as: city, params: { selfCheckId } });
const circular = (institutionId: string, year: number, text: string) => {
  const problemId = newId();
  return room.hear(aFact(assessmentCirculated, institutionId, { circularId: newId(), institutionId, year, problems: [{ problemId, text }] })).then(() => problemId);
};
const paper = (receivedOn: string) => ({ onBehalf: { receivedOn, reason: '机构报送的纸质盖章报告' } });

describe('a self-check report', () => {
  it('[HZ-2023-07] is returned with reasons, corrected, accepted with other dates; nothing is overwritten', async () => {
    const { play, body } = await running();
    const as = county(play.unit);
    const first = (await play.submit(body, { items: [anItem()], noProblems: false })).body;
    expect(first).toMatchObject({ report: 1, version: 1, state: 'submitted', late: false, early: false, dueOn: '2023-04-15', clauses: ['HZ-2023-07'], items: [{ text: '档案缺页', acceptedBy: null }] });
    expect((await giveBack(first.selfCheckId, 1, as)).body).toMatchObject({ state: 'returned', version: 2, returns: [{ reasons: ['整改措施不具体'] }] });
    const second = (await play.submit(body, { items: [anItem({ text: '档案缺页，已补' })], noProblems: false })).body;
    expect(second).toMatchObject({ report: 2, state: 'submitted', history: [{ report: 1, state: 'superseded' }, { report: 2, state: 'submitted' }] });
    const done = await accept(second.selfCheckId, 1, as, [{ itemId: second.items[0]!.itemId, correctBy: '2023-05-10' }]);
    expect(done.body).toMatchObject({ state: 'accepted', items: [{ correctBy: '2023-05-31', acceptedBy: '2023-05-10' }] });
    expect((await shown(first.selfCheckId)).body.items[0]!.text).toBe('档案缺页');
    expect(await play.states('self-check-report')).toEqual({ done: 1, open: 1 });
    const facts = (await room.facts<{ campaignId: string; version: number }>()).filter(({ type, data }) => type.startsWith('inspection.self-check') && data.campaignId === play.campaignId);
    expect(facts.map(({ type, data }) => [type.split('.self-check-')[1], data.version])).toEqual([['submitted', 1], ['returned', 1], ['submitted', 2], ['accepted', 2]]);
    expect(facts.every(({ jurisdiction, subject }) => jurisdiction === play.unit && subject === body)).toBe(true);
    expect((await room.audit(second.selfCheckId)).map(({ action, jurisdiction }) => [action, jurisdiction])).toEqual([['self-check submitted', play.unit], ['self-check accepted', play.unit]]);
  });

  it('sent again before it was looked at supersedes the first; accepted, it is corrected only after a return', async () => {
    const { play, body } = await running();
    const first = (await play.submit(body)).body;
    const second = (await play.submit(body)).body;
    expect((await shown(first.selfCheckId)).body.state).toBe('superseded');
    await accept(second.selfCheckId, 1, county(play.unit));
    expect(await play.submit(body)).toMatchObject({ status: 409, problem: { code: 'self-check-accepted', title: '自查报告已被接收，如需更正请联系辖区卫生健康监督部门退回' } }); // as the pack names the receiver
    expect((await giveBack(second.selfCheckId, 2, county(play.unit))).body.state).toBe('returned');
    expect((await play.submit(body)).body).toMatchObject({ report: 3, state: 'submitted' });
  });

  it('two sent at the same moment are two reports, and one stands', async () => {
    const { play, body } = await running();
    const both = await Promise.all([play.submit(body), play.submit(body)]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect(both.map(({ body: { report } }) => report).sort()).toEqual([1, 2]);
  });

  it('returned and corrected after its day is not late: the body did report in time', async () => {
    const { play, body } = await running();
    const first = (await play.submit(body)).body;
    await giveBack(first.selfCheckId, 1, county(play.unit));
    await play.to('2023-04-20T09:00:00+08:00');
    expect((await play.submit(body)).body).toMatchObject({ report: 2, late: false });
    expect((await play.obligations({ duty: 'self-check-report', institutionId: body }))[0]!.state).toBe('done');
  });

  it('[HZ-2023-07] first sent after 24:00 is taken, late', async () => {
    const { play, body } = await running('2023-04-16T00:00:00+08:00');
    expect((await play.submit(body)).body).toMatchObject({ late: true });
    expect((await play.obligations({ duty: 'self-check-report', institutionId: body }))[0]!.state).toBe('late');
  });

  it('on sealed paper is entered by an officer on behalf of the body, and counts from the day it was received', async () => {
    const { play, body, bodies } = await running('2023-04-20T09:00:00+08:00');
    expect((await play.obligations({ duty: 'self-check-report', institutionId: body }))[0]!.state).toBe('overdue');
    const entered = await play.submit(body, paper('2023-04-15'), county(play.unit));
    expect(entered.body).toMatchObject({ onBehalf: true, late: false });
    expect(Date.parse(entered.body.receivedAt)).toBe(Date.parse('2023-04-15T00:00:00+08:00'));
    expect((await play.obligations({ duty: 'self-check-report', institutionId: body }))[0]!.state).toBe('done');
    expect((await play.submit(bodies[1]!, paper('2023-04-16'), county(play.unit))).body.late).toBe(true);
    expect((await room.audit(entered.body.selfCheckId))[0]!.detail).toMatchObject({ onBehalf: { receivedOn: '2023-04-15' } });
    expect(await play.submit(bodies[1]!, paper('2023-01-19'), county(play.unit))).toMatchObject({ status: 422, problem: { code: 'self-check-received-before-campaign', title: '收件日期 2023-01-19 早于本次专项行动开始的日期 2023-01-20', errors: [{ path: '/onBehalf/receivedOn', message: '不能早于 2023-01-20' }] } });
  });

  it('[HZ-2023-06] answers the problems of last year’s circular, and of no other year', async () => {
    const { play, body } = await running();
    await circular(body, 2021, '前年的问题');
    const problemId = await circular(body, 2022, '质量控制记录不全');
    const page = await room.call(inspection.getInstitutionInCampaign, { as: person(body, play.unit), params: { campaignId: play.campaignId, institutionId: body } });
    expect(page.body).toMatchObject({ lastYearProblems: [{ problemId, year: 2022 }], volumePeriod: { from: '2022-01-01', to: '2023-03-30' } });
    expect(page.body.checklist).toHaveLength(7);
    expect(await play.submit(body)).toMatchObject({ status: 422, problem: { code: 'self-check-problem-unanswered', clauses: ['HZ-2023-07'], errors: [{ path: '/items' }] } });
    expect((await play.submit(body, { noProblems: false, items: [anItem({ source: 'assessment-last-year', problemId, correctedOn: '2023-04-01', correctBy: null })] })).status).toBe(201);
  });
});

describe('a report that is refused names the field, in Chinese, and leaves nothing', () => {
  it.each([
    ['without a seal', { sealedBy: null }, 422, 'self-check-unsealed', '/sealedBy'],
    ['without a word on problems', { noProblems: false }, 422, 'self-check-empty', '/items'],
    ['with a problem nobody dated', { noProblems: false, items: [anItem({ correctBy: null })] }, 422, 'self-check-item-undated', '/items/0/correctBy'],
    ['corrected tomorrow', { noProblems: false, items: [anItem({ correctedOn: '2023-04-04', correctBy: null })] }, 422, 'self-check-date-outside', '/items/0/correctedOn'],
    ['to be corrected yesterday', { noProblems: false, items: [anItem({ correctBy: '2023-04-02' })] }, 422, 'self-check-date-outside', '/items/0/correctBy'],
    ['with an unknown field', { colour: 'red' }, 400, 'bad-input', '/colour'],
    ['with a number of the wrong type', { volumes: { employers: '12', workers: 3 } }, 400, 'bad-input', '/volumes/employers'],
    ['with a negative number', { volumes: { employers: -1, workers: 3 } }, 400, 'bad-input', '/volumes/employers'],
  ])('%s', async (_, change, status, code, path) => {
    const { play, body } = await running();
    expect(await play.submit(body, change)).toMatchObject({ status, problem: { code, title: expect.stringMatching(/[\u4e00-\u9fff]/), errors: [{ path, message: expect.stringMatching(/[\u4e00-\u9fff]/) }] } });
    expect(await play.states('self-check-report')).toEqual({ open: 2 });
  });

  it('by another body, by an officer of another unit, by an officer who does not say for whom, by a body as if by an officer', async () => {
    const { play, body, bodies } = await running();
    expect(await play.submit(body, {}, person(bodies[1]!, play.unit))).toMatchObject({ status: 422, problem: { code: 'self-check-foreign', title: '只能报送本机构的自查报告' } });
    expect(await play.submit(body, paper('2023-04-01'), county('990000'))).toMatchObject({ status: 422, problem: { code: 'self-check-not-in-campaign' } });
    expect(await play.submit(body, {}, county(play.unit))).toMatchObject({ status: 422, problem: { code: 'self-check-behalf-unstated', errors: [{ path: '/onBehalf' }] } });
    expect(await play.submit(body, paper('2023-04-01'))).toMatchObject({ status: 422, problem: { code: 'self-check-behalf-needs-officer' } });
    expect(await play.submit(body, paper('2023-04-04'), county(play.unit))).toMatchObject({ status: 422, problem: { code: 'self-check-received-in-future', errors: [{ path: '/onBehalf/receivedOn' }] } });
  });

  it('of a body that is idle, of another kind of place, or of none', async () => {
    const { play, bodies } = await running();
    const stranger = await anInstitution(room, '990000');
    for (const id of [bodies[2]!, stranger, newId()]) expect(await play.submit(id)).toMatchObject({ status: 422, problem: { code: 'self-check-not-in-campaign', errors: [{ path: '/institutionId' }] } });
    expect((await play.submit('x')).status).toBe(404);
  });

  it('of a body that the frozen list does not name; nothing is counted beyond the list', async () => {
    const { play, body } = await running();
    const unlisted = await anInstitution(room, play.unit);
    for (const [as, change] of [[person(unlisted, play.unit), {}], [county(play.unit), paper('2023-04-01')]] as const) {
      expect(await play.submit(unlisted, change, as)).toMatchObject({ status: 422, problem: { code: 'self-check-not-in-campaign', errors: [{ path: '/institutionId' }] } });
    }
    await play.submit(body);
    const funnel = async () => (await room.call(inspection.getOverview, { as: city, params: { campaignId: play.campaignId } })).body.units[0]!.funnel;
    expect(await funnel()).toMatchObject({ roster: 2, selfChecked: 1 });
    await play.amendRoster(body, 'idle', '已停止开展');
    expect(await funnel()).toMatchObject({ roster: 1, selfChecked: 0 });
    await play.amendRoster(unlisted, 'in', '新备案');
    expect((await play.submit(unlisted)).status).toBe(201);
  });

  it('of another kind of body before the list is frozen', async () => {
    room.clock.set('2023-01-20T09:00:00+08:00');
    const play = await new Play(room, 1).approved();
    const early = await anInstitution(room, play.unit);
    const other = await anInstitution(room, play.unit, { kind: 'radiation-health-service' });
    expect(await play.submit(other)).toMatchObject({ status: 422, problem: { code: 'self-check-not-in-campaign', errors: [{ path: '/institutionId' }] } });
    expect((await play.submit(early)).body).toMatchObject({ state: 'submitted', early: true });
  });

  it('of a campaign that is a draft, that is over, or whose unit has finished', async () => {
    room.clock.set('2023-01-20T09:00:00+08:00');
    const draft = await new Play(room, 1).drafted();
    const early = await anInstitution(room, draft.unit);
    expect(await draft.submit(early)).toMatchObject({ status: 409, problem: { code: 'self-check-campaign-closed' } });
    const { play, body } = await running('2023-12-01T09:00:00+08:00');
    expect(await play.submit(body)).toMatchObject({ status: 409, problem: { code: 'self-check-campaign-closed', title: '专项行动已结束，不再接收自查报告' } });
    await play.do('finishUnit');
    expect(await play.submit(body, paper('2023-04-01'), county(play.unit))).toMatchObject({ status: 409, problem: { code: 'self-check-campaign-closed' } });
  });

  it('is looked at only in its own unit, on the version that was seen, and only once', async () => {
    const { play, body } = await running();
    const report = (await play.submit(body, { items: [anItem()], noProblems: false })).body;
    expect(await giveBack(report.selfCheckId, 1, county('990000'))).toMatchObject({ status: 404 });
    expect((await giveBack(report.selfCheckId, undefined, county(play.unit))).status).toBe(428);
    expect((await giveBack(report.selfCheckId, 9, county(play.unit))).status).toBe(412);
    expect(await accept(report.selfCheckId, 1, county(play.unit), [{ itemId: newId(), correctBy: '2023-05-01' }])).toMatchObject({ status: 422, problem: { code: 'self-check-item-unknown', errors: [{ path: '/dates/0/itemId' }] } });
    await giveBack(report.selfCheckId, 1, county(play.unit));
    expect(await accept(report.selfCheckId, 2, county(play.unit))).toMatchObject({ status: 409, problem: { code: 'self-check-not-submitted' } });
    expect((await room.call(inspection.getSelfCheck, { as: person(newId(), play.unit), params: { selfCheckId: report.selfCheckId } })).status).toBe(404);
  });

  it('[HZ-2023-07] is not accepted with a day that has passed, nor with one for what is corrected already', async () => {
    const { play, body } = await running();
    const report = (await play.submit(body, { items: [anItem(), anItem({ text: '仪器未检定', correctedOn: '2023-04-01', correctBy: null })], noProblems: false })).body;
    const [open, corrected] = report.items.map(({ itemId }) => itemId) as [string, string];
    const as = county(play.unit);
    for (const [dates, path, message] of [
      [[{ itemId: open, correctBy: '2023-04-02' }], '/dates/0/correctBy', '整改期限不能早于接收报告的日期（2023-04-03）'],
      [[{ itemId: open, correctBy: '2023-05-10' }, { itemId: corrected, correctBy: '2023-05-10' }], '/dates/1/itemId', '该问题已经纠正，不再另定整改期限'],
    ] as const) {
      expect(await accept(report.selfCheckId, 1, as, [...dates])).toMatchObject({ status: 422, problem: { code: 'self-check-date-outside', title: '日期不合规定', clauses: ['HZ-2023-07'], errors: [{ path, message }] } });
    }
    expect((await shown(report.selfCheckId)).body).toMatchObject({ state: 'submitted', version: 1 });
    expect((await accept(report.selfCheckId, 1, as, [{ itemId: open, correctBy: '2023-04-03' }])).body).toMatchObject({ state: 'accepted', items: [{ acceptedBy: '2023-04-03' }, { acceptedBy: null }] });
  });

  it('the same key with another body is refused, with the same body it is the same report', async () => {
    const { play, body } = await running();
    const key = newId();
    const send = (employers: number) => room.call(inspection.submitSelfCheck, { as: person(body, play.unit), params: { campaignId: play.campaignId }, key, body: aReport(body, { volumes: { employers, workers: 1 } }) });
    const first = await send(1);
    expect((await send(1)).body.selfCheckId).toBe(first.body.selfCheckId);
    expect(await send(2)).toMatchObject({ status: 422, problem: { code: 'key-reused' } });
  });
});
