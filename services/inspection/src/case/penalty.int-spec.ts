import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspection, type AnswerOf } from '@zhijian/contracts/http';
import { aPrincipal } from '@zhijian/testing';
import { colleague, county, Play, theRoom } from '../campaign/campaign.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom(); });
afterAll(() => room?.stop());

type Case = AnswerOf<typeof inspection.decideCase>;
const canary = '欧阳骞翊';
const paper = { number: '示例卫罚〔2023〕1号', authority: '示例区卫生健康局', basis: '《中华人民共和国职业病防治法》第八十条', influential: true, reason: '当地居民普遍关注' };
const back = { ground: 'annulled', changedOn: '2023-06-20', document: '示例政复决〔2023〕2号', reason: '认定事实的证据不足，撤销原决定' };

/** A case that was decided on 20 May: of a body of the register, or of a practice that is in none. */
async function decided(stranger?: { name: string; creditCode?: string }): Promise<{ play: Play; file: Case; body: string }> {
  room.clock.set('2023-01-20T09:00:00+08:00');
  const play = await new Play(room, 1).approved();
  const [body] = await play.has(['in']);
  await play.to('2023-05-20T09:00:00+08:00');
  const visit = stranger ? (await play.open({ kind: 'extension-check', unregistered: { ...stranger, address: '测试路 9 号' }, inspectors: ['司马听澜', '甲'] })).body : await play.drawn(body!);
  const done = (await play.recorded(visit, [{ kind: stranger ? 'not-filed' : 'false-certificate', serious: true }])).body;
  const file = (await play.decided(done.caseId!, [{ kind: 'warning' }, { kind: 'fine', fen: 1_250_000 }])).body;
  room.clock.set('2023-05-22T10:00:00+08:00');
  return { play, file, body: body! };
}
const record = ({ caseId, unit, version }: Case, change: Record<string, unknown> = {}, as = colleague(unit), key?: string) => room.call(inspection.recordPenalty, { as, params: { caseId }, ifMatch: version, body: { ...paper, ...change }, ...(key && { key }) });
const withdraw = ({ caseId, unit, version }: Case, change: Record<string, unknown> = {}, as = colleague(unit)) => room.call(inspection.withdrawPenalty, { as, params: { caseId }, ifMatch: version, body: { ...back, ...change } });
const facts = async (caseId: string) => (await room.facts<{ caseId: string }>()).filter(({ type, data }) => /penalty/.test(type) && data.caseId === caseId);
/** Everything that leaves the room of a case, or is kept to be proved: facts, certificates, entries of the log. */
const left = async (caseId: string): Promise<string> => JSON.stringify([await facts(caseId), await room.database.query('inspection', `select body from certificate where subject = $1 union all select body from command_entry where body like '%' || $1 || '%'`, [caseId])]);

describe('a penalty', () => {
  it('is published by nobody’s silence: a decided case states nothing of its penalty', async () => {
    const { file } = await decided();
    expect([file.state, file.penalty, await facts(file.caseId)]).toEqual(['decided', null, []]);
  });

  it('of social impact is stated once, with what the law lets out, by a decision that keeps its reason in the room', async () => {
    const { file, body } = await decided();
    const [one, again] = [await record(file, {}, undefined, 'same-key'), await record(file, {}, undefined, 'same-key')];
    expect(one.body).toMatchObject({ version: file.version + 1, penalty: { number: paper.number, influential: true, reason: paper.reason, recordedOn: '2023-05-22', shownAs: file.subjectName }, penaltyWithdrawal: null });
    expect(again.body).toEqual(one.body);
    expect(await facts(file.caseId)).toMatchObject([{ type: 'inspection.penalty-disclosed', subject: body, jurisdiction: file.unit, data: {
      revision: 1, institutionId: body, penalty: { number: paper.number, party: file.subjectName, creditCode: expect.stringMatching(/^5299/), basis: paper.basis, sanctions: [{ kind: 'warning', fen: null }, { kind: 'fine', fen: 1_250_000 }], authority: paper.authority, decidedOn: '2023-05-20', clauses: ['行政处罚法 第四十八条'] },
    } }]);
    expect(await left(file.caseId)).not.toContain(paper.reason);
    expect(await room.database.query('inspection', `select body::jsonb ->> 'basis' as basis, body::jsonb #> '{outcome,influential}' as influential, body::jsonb -> 'clauses' as clauses from certificate where subject = $1 and kind = 'publication'`, [file.caseId]))
      .toMatchObject([{ basis: 'person', influential: true, clauses: expect.arrayContaining([{ id: '行政处罚法 第四十八条', quote: '' }]) }]);
    expect(await record(one.body)).toMatchObject({ status: 409, problem: { code: 'penalty-published' } });
  });

  it('of no social impact is recorded and not stated; found to be of impact later, it is', async () => {
    const { file } = await decided();
    const kept = (await record(file, { influential: false })).body;
    expect([kept.penalty, await facts(file.caseId)]).toMatchObject([{ influential: false, shownAs: null }, []]);
    expect((await record(kept)).body.penalty).toMatchObject({ influential: true });
    expect(await facts(file.caseId)).toHaveLength(1);
  });

  it('of a person leaves the room with the surname only: not in facts, certificates or the log', async () => {
    const { file } = await decided({ name: canary });
    expect((await record(file, { basis: `${canary}违反第八十条`, party: 'person' })).problem).toMatchObject({ code: 'penalty-names-person', errors: [{ path: '/basis' }] });
    expect((await record(file, { authority: '经办人司马听澜', party: 'person' })).problem).toMatchObject({ errors: [{ path: '/authority' }] });
    expect((await record(file)).problem).toMatchObject({ code: 'penalty-party', errors: [{ path: '/party' }] });
    const done = await record(file, { party: 'person', reason: `${canary}在当地从业多年` });
    expect(done.body.penalty).toMatchObject({ shownAs: '欧*' });
    expect(await facts(file.caseId)).toMatchObject([{ subject: file.unit, data: { institutionId: null, penalty: { party: '欧*', creditCode: null } } }]);
    expect(await left(file.caseId)).not.toMatch(/欧阳|骞翊|司马听澜/);
  });

  it('is recorded where and by whom the case may be decided, on what they have seen, with every field', async () => {
    const { file } = await decided();
    expect(await record(file, {}, county(file.unit))).toMatchObject({ status: 422, problem: { code: 'case-own-visit' } });
    expect(await record(file, {}, county('990000'))).toMatchObject({ status: 404 });
    expect(await record(file, {}, aPrincipal('auditor', file.unit))).toMatchObject({ status: 403 });
    expect((await record({ ...file, version: 1 })).status).toBe(412);
    expect((await record(file, { number: ' ', influential: undefined })).problem.errors.map(({ path }) => path).sort()).toEqual(['/influential', '/number']);
    expect((await record(file, { basis: '当事人13812345678' })).status).toBe(400);
    expect(await facts(file.caseId)).toEqual([]);
  });
});

describe('a published penalty that did not stand', () => {
  it('[XZCF-2021-48] [XZCF-2021-85] is taken back with its public reason, once, with the last day counted; what was published is not said again', async () => {
    const { file, body } = await decided();
    expect(await withdraw(file)).toMatchObject({ status: 409, problem: { code: 'penalty-not-published' } });
    const published = (await record(file)).body;
    room.clock.set('2023-06-21T09:00:00+08:00');
    expect(await withdraw(published, { changedOn: '2023-06-22' })).toMatchObject({ status: 422, problem: { code: 'penalty-change-date', errors: [{ path: '/changedOn' }] } });
    const done = (await withdraw(published)).body;
    expect(done.penaltyWithdrawal).toMatchObject({ ...back, withdrawnOn: '2023-06-21', withdrawBy: '2023-06-26', firm: true, late: false, clauses: ['XZCF-2021-48', 'XZCF-2021-85'], pack: 'national/superior-law@2' });
    expect(await facts(file.caseId)).toMatchObject([{ data: { revision: 1 } }, { type: 'inspection.penalty-withdrawn', subject: body, data: { revision: 2, number: paper.number, authority: paper.authority, decidedOn: '2023-05-20', ...back, withdrawBy: '2023-06-26', policy: { pack: 'national/superior-law', version: 2, clauses: ['XZCF-2021-48', 'XZCF-2021-85'] } } }]);
    expect(JSON.stringify((await facts(file.caseId))[1])).not.toMatch(/1250000|第八十条|测试\d+院/);
    expect(await withdraw(done)).toMatchObject({ status: 409, problem: { code: 'penalty-withdrawn' } });
    expect(await record(done)).toMatchObject({ status: 409, problem: { code: 'penalty-withdrawn' } });
    expect(await facts(file.caseId)).toHaveLength(2);
  });

  it('taken back after its last day is taken back all the same, and said to be late; whoever recorded the check may do it', async () => {
    const { file } = await decided();
    const published = (await record(file)).body;
    room.clock.set('2023-06-27T00:00:01+08:00');
    expect((await withdraw(published, {}, county(file.unit))).body.penaltyWithdrawal).toMatchObject({ withdrawBy: '2023-06-26', late: true });
  });

  it('its reason names no person of the case', async () => {
    const { file } = await decided({ name: canary });
    const published = (await record(file, { party: 'person' })).body;
    room.clock.set('2023-06-21T09:00:00+08:00');
    expect((await withdraw(published, { reason: `${canary}申请复议` })).problem).toMatchObject({ code: 'penalty-names-person', errors: [{ path: '/reason' }] });
  });
});

describe('a decision that came by law in the place of one that was taken back', () => {
  const anew = { ...paper, number: '示例政复决〔2023〕2号', authority: '示例市人民政府', decidedOn: '2023-06-20', sanctions: [{ kind: 'fine', fen: 500_000 }] };
  const change = ({ caseId, unit, version }: Case, more: Record<string, unknown> = {}, as = colleague(unit)) => room.call(inspection.changePenalty, { as, params: { caseId }, ifMatch: version, body: { ...anew, ...more } });
  async function takenBack(ground = 'changed'): Promise<Case> {
    const { file } = await decided();
    const published = (await record(file)).body;
    room.clock.set('2023-06-21T09:00:00+08:00');
    return (await withdraw(published, { ground })).body;
  }

  it('[XZCF-2021-48] is decided in the case and let out as its next revision; the one before stands beside it as taken back', async () => {
    const before = await takenBack();
    const done = (await change(before)).body;
    expect(done).toMatchObject({ decidedOn: '2023-06-20', sanctions: anew.sanctions, penalty: { number: anew.number, influential: true, recordedOn: '2023-06-21', shownAs: before.subjectName }, penaltyWithdrawal: null, earlierDecisions: [{ number: paper.number, decidedOn: '2023-05-20', sanctions: before.sanctions, document: back.document, changedOn: back.changedOn, withdrawnOn: '2023-06-21' }] });
    expect((await facts(before.caseId)).map(({ type, data }) => [type, data])).toMatchObject([['inspection.penalty-disclosed', { revision: 1 }], ['inspection.penalty-withdrawn', { revision: 2 }], ['inspection.penalty-disclosed', { revision: 3, penalty: { number: anew.number, authority: anew.authority, decidedOn: '2023-06-20', sanctions: anew.sanctions } }]]);
    expect((await room.facts<{ caseId: string }>()).filter(({ type, data }) => type === 'inspection.case-decided' && data.caseId === before.caseId)).toMatchObject([{ data: { decidedOn: '2023-05-20' } }, { data: { decidedOn: '2023-06-20', sanctions: anew.sanctions } }]);
    const certified = await room.database.query('inspection', `select kind, body::jsonb #>> '{inputs,decidedOn}' as on, body::jsonb #>> '{inputs,before,paper}' as before from certificate where subject = $1 and kind in ('sanction', 'publication') order by at, kind desc`, [before.caseId]);
    expect(certified).toEqual([{ kind: 'sanction', on: '2023-05-20', before: null }, { kind: 'publication', on: '2023-05-20', before: null }, { kind: 'sanction', on: '2023-06-20', before: paper.number }, { kind: 'publication', on: '2023-06-20', before: null }]);
    expect(await left(before.caseId)).not.toContain(paper.reason);
  });

  it('is taken back in its turn, and changed again', async () => {
    const done = (await change(await takenBack())).body;
    room.clock.set('2023-07-04T09:00:00+08:00');
    const again = (await withdraw(done, { ground: 'changed', changedOn: '2023-07-03', document: '示例行初〔2023〕3号' })).body;
    expect((await change(again, { number: '示例行初〔2023〕3号', decidedOn: '2023-07-03', influential: false })).body.earlierDecisions.map(({ number }) => number)).toEqual([paper.number, anew.number]);
    expect((await facts(done.caseId)).map(({ data }) => (data as { revision?: number }).revision)).toEqual([1, 2, 3, 4]);
  });

  it('of no social impact stays in the room; found to be of impact later, it is let out', async () => {
    const kept = (await change(await takenBack(), { influential: false })).body;
    expect([kept.penalty, (await facts(kept.caseId)).length]).toMatchObject([{ number: anew.number, influential: false, shownAs: null }, 2]);
    expect(await record(kept)).toMatchObject({ status: 422, problem: { code: 'penalty-same-number' } });
    await record(kept, { number: anew.number, authority: anew.authority });
    expect((await facts(kept.caseId)).at(-1)).toMatchObject({ type: 'inspection.penalty-disclosed', data: { revision: 3, penalty: { decidedOn: '2023-06-20', sanctions: anew.sanctions } } });
  });

  it('is recorded by somebody else than who recorded the check, on what they have seen, and only after a change', async () => {
    const file = await takenBack();
    expect(await change(file, {}, county(file.unit))).toMatchObject({ status: 422, problem: { code: 'case-own-visit' } });
    expect(await change(file, {}, county('990000'))).toMatchObject({ status: 404 });
    expect((await change({ ...file, version: file.version - 1 })).status).toBe(412);
    expect(await change(file, { sanctions: [{ kind: 'fine' }] })).toMatchObject({ status: 422, problem: { code: 'case-sanctions', errors: [{ path: '/sanctions/0/fen' }] } });
    expect(await change(file, { number: paper.number })).toMatchObject({ status: 422, problem: { code: 'penalty-same-number', errors: [{ path: '/number' }] } });
    expect(await change(await takenBack('annulled'))).toMatchObject({ status: 409, problem: { code: 'penalty-not-changed' } });
    expect(await facts(file.caseId)).toHaveLength(2);
  });
});

it('the database keeps no penalty of a case that is not decided, and takes nothing back that was not published', async () => {
  const { file } = await decided();
  const kept = (await record(file, { influential: false })).body;
  const by = (sql: string) => room.dataSource.query(sql, [kept.caseId]).then(() => 'done', (error: Error) => error.message);
  expect(await by(`update case_file set penalty_withdrawal = '{}' where id = $1`)).toMatch(/case_penalty_withdrawn/);
  expect(await by(`update case_file set state = 'open' where id = $1`)).toMatch(/case_penalty_decided/);
  expect(await by(`update case_file set penalty = null, earlier_decisions = '[{}]' where id = $1`)).toMatch(/case_earlier_decided/);
});
