import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@zhijian/contracts';
import { publication as http, task } from '@zhijian/contracts/http';
import { aPrincipal } from '@zhijian/testing';
import { officer, Play, publisher, second, theRoom } from '../notice/notice.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom(); });
afterAll(() => room?.stop());

const over = '2024-09-24T00:00:00+08:00';
const play = async (count = 3) => {
  room.clock.set('2024-09-13T10:00:00+08:00');
  const it = await (await new Play(room).registered(count)).signed();
  await it.post();
  room.clock.set('2024-09-18T09:00:00+08:00');
  return it;
};
const paper = { receivedOn: '2024-09-18', document: '书面异议申请一份' };
const shown = async (objectionId: string, as = officer) => room.call(http.getObjection, { as, params: { objectionId } });

describe('an objection', () => {
  it('[CQ-2024-09] is raised by the body itself during the notice; its entry waits at the end, the others go on', async () => {
    const it = await play();
    const { status, body } = await it.object(it.institutions[0]!);
    expect([status, body.state, body.dueOn, body.dueStated, body.source]).toEqual([201, 'open', null, false, null]);
    expect((await it.facts('objection-raised')).at(-1)).toMatchObject({ subject: it.institutions[0], data: { objectionId: body.objectionId } });
    room.clock.set(over);
    expect(await it.publish()).toEqual({ published: 2, ready: 0, waiting: 1, settled: false });
    expect((await it.facts('notice-finished')).at(-1)).toMatchObject({ data: { published: 2, waiting: 1 } });
    expect(await it.notice()).toMatchObject({ state: 'ended', published: 2, waiting: 1, openObjections: 1 });
  });

  it('whose day an officer named says so, as a task too; before that there is no day to ask about', async () => {
    const it = await play(1);
    const { objectionId, version, because } = (await it.object(it.institutions[0]!)).body;
    expect(because).toBeNull();
    await room.call(http.setObjectionDue, { as: officer, params: { objectionId }, ifMatch: version, body: { dueOn: '2024-09-30' } });
    expect((await shown(objectionId)).body).toMatchObject({ dueOn: '2024-09-30', because: '文件没有规定答复期限，这一天由经办人指定。', counted: [] });
    const waiting = (await room.call(task.listTasks, { as: officer, query: { room: 'publication', limit: 500 } })).body.items.find(({ taskId }) => taskId === `objection/${objectionId}`);
    expect(waiting).toMatchObject({ dueOn: '2024-09-30', why: { because: '文件没有规定答复期限，这一天由经办人指定。', firm: true } });
  });

  it('kept, its entry goes on as it was put up, once the notice is over', async () => {
    const it = await play(2);
    const { objectionId } = (await it.object(it.institutions[0]!)).body;
    expect((await it.answer(objectionId)).body).toMatchObject({ state: 'answered', outcome: 'kept', settled: true, reasons: '经复核，比对报告结论与系统记载一致' });
    await expect(it.publish()).rejects.toThrow('its instant has not come yet');
    room.clock.set(over);
    expect(await it.publish()).toMatchObject({ published: 2, settled: true });
    expect((await it.facts('objection-answered')).at(-1)).toMatchObject({ data: { objectionId, outcome: 'kept' } });
  });

  it('kept after the end, its entry is published then', async () => {
    const it = await play(2);
    const { objectionId } = (await it.object(it.institutions[0]!)).body;
    room.clock.set(over);
    expect(await it.publish()).toMatchObject({ published: 1, waiting: 1 });
    room.clock.set('2024-10-10T10:00:00+08:00');
    await it.answer(objectionId);
    expect(await it.publish()).toEqual({ published: 2, ready: 0, waiting: 0, settled: true });
    expect((await it.published()).map(({ publishedOn }) => publishedOn).sort()).toEqual(['2024-09-24', '2024-10-10']);
  });

  it('[CQ-2024-08] to be changed, its entry gets a full notice of its own; the others are published without it', async () => {
    const it = await play(3);
    const { objectionId } = (await it.object(it.institutions[0]!)).body;
    expect((await it.answer(objectionId, 'to-be-changed')).body).toMatchObject({ outcome: 'to-be-changed', settled: false });
    room.clock.set(over);
    expect(await it.publish()).toMatchObject({ published: 2, waiting: 1, settled: false });
    room.clock.set('2024-09-25T10:00:00+08:00');
    await it.revised(it.institutions[0]!, 'green', 2);
    expect(await it.notice()).toMatchObject({ state: 'settled', published: 2, waiting: 0 });
    expect((await it.facts('notice-finished')).at(-1)).toMatchObject({ data: { noticeId: it.noticeId, published: 2, waiting: 0 } });
    expect((await shown(objectionId)).body.settled).toBe(true);
    const [own] = (await it.notices()).filter(({ because }) => because === 'objection');
    expect(own).toMatchObject({ state: 'draft', entries: 1 });
    expect((await it.post({ explanation: '比对结果更正为优秀' }, own!.noticeId)).body).toMatchObject({ postedOn: '2024-09-25', lastDay: '2024-10-08' });
    expect((await it.entries(own!.noticeId))[0]!.content).toMatchObject({ colour: { id: 'green' }, before: { id: 'yellow' } });
    room.clock.set('2024-10-09T00:00:00+08:00');
    await it.publish(own!.noticeId);
    expect((await it.facts('colour-published')).at(-1)).toMatchObject({ data: { colour: 'green', before: null, erratum: false } });
  });

  it('whose result turns out the same is answered by that: the notice goes on', async () => {
    const it = await play(2);
    const { objectionId } = (await it.object(it.institutions[0]!)).body;
    await it.answer(objectionId, 'to-be-changed');
    await it.revised(it.institutions[0]!, 'yellow', 2);
    expect((await it.notices())).toHaveLength(1);
    room.clock.set(over);
    expect(await it.publish()).toMatchObject({ published: 2, settled: true });
  });

  it('to be changed, while quality control finds its input right, is kept after all by another person: the entry is published and the notice settles', async () => {
    const it = await play(2);
    const { objectionId } = (await it.object(it.institutions[0]!)).body;
    const third = aPrincipal('province', '500000', undefined, 'third-person');
    await it.answer(objectionId, 'to-be-changed');
    room.clock.set(over);
    expect(await it.publish()).toMatchObject({ published: 1, waiting: 1, settled: false });
    expect(await it.answer(objectionId, 'to-be-changed', third)).toMatchObject({ status: 409, problem: { code: 'objection-answered' } });
    expect(await it.answer(objectionId, 'kept')).toMatchObject({ status: 422, problem: { code: 'objection-own-answer' } });
    expect(await it.answer(objectionId, 'kept', publisher)).toMatchObject({ status: 403 });
    expect(await it.answer(objectionId, 'kept', { ...officer, id: publisher.id })).toMatchObject({ status: 422, problem: { code: 'objection-own-matter' } });
    const stale = await room.call(http.answerObjection, { as: third, params: { objectionId }, body: { outcome: 'kept', reasons: '经质控机构复核，评分无误' }, ifMatch: 1 });
    expect(stale.status).toBe(412);
    expect((await it.answer(objectionId, 'kept', third)).body).toMatchObject({ outcome: 'kept', settled: true, reasons: '经复核，比对报告结论与系统记载一致\n经复核，比对报告结论与系统记载一致' });
    expect((await it.facts('objection-answered')).filter(({ subject }) => subject === it.institutions[0]).map(({ data }) => data['outcome'])).toEqual(['to-be-changed', 'kept']);
    expect(await it.publish()).toMatchObject({ published: 2, waiting: 0, settled: true });
    expect(await it.answer(objectionId, 'kept', third)).toMatchObject({ status: 409, problem: { code: 'objection-answered' } });
  });

  it('taken back, nothing holds its entry', async () => {
    const it = await play(1);
    const { objectionId, version } = (await it.object(it.institutions[0]!)).body;
    const own = aPrincipal('institution', '500103', it.institutions[0]);
    const done = await room.call(http.withdrawObjection, { as: own, params: { objectionId }, body: {}, ifMatch: version });
    expect(done.body).toMatchObject({ state: 'answered', outcome: 'withdrawn', settled: true });
    room.clock.set(over);
    expect(await it.publish()).toMatchObject({ published: 1, settled: true });
  });

  it('entered by an officer names the paper and its day; somebody else answers it', async () => {
    const it = await play(1);
    const id = it.institutions[0]!;
    expect(await it.object(id, {}, officer)).toMatchObject({ status: 422, problem: { code: 'objection-source-needed', errors: [{ path: '/source' }] } });
    for (const receivedOn of ['2024-09-12', '2024-09-19']) expect(await it.object(id, { source: { ...paper, receivedOn } }, officer)).toMatchObject({ status: 422, problem: { code: 'objection-received', errors: [{ path: '/source/receivedOn' }] } });
    expect(await it.object(id, { source: paper }, aPrincipal('county', '500103'))).toMatchObject({ status: 422, problem: { code: 'objection-elsewhere' } });
    const { objectionId } = (await it.object(id, { source: paper }, officer)).body;
    expect(await it.answer(objectionId, 'kept', officer)).toMatchObject({ status: 422, problem: { code: 'objection-own-matter' } });
    expect(await it.answer(objectionId, 'kept', { ...officer, id: publisher.id })).toMatchObject({ status: 422, problem: { code: 'objection-own-matter', title: '发布这次公示的人、代录这件异议的人不能答复，须由另一人办理' } });
    expect((await it.answer(objectionId, 'kept', second)).status).toBe(201);
  });

  it('on a paper that came on the last day is entered the next morning while its result is not published: it waits', async () => {
    const it = await play(2);
    const [id, other] = it.institutions;
    const lastDay = { receivedOn: '2024-09-23', document: '9 月 23 日收到的书面异议一份' };
    room.clock.set('2024-09-24T08:30:00+08:00');
    expect(await it.object(id!, { source: { ...lastDay, receivedOn: '2024-09-24' } }, officer)).toMatchObject({ status: 422, problem: { code: 'objection-received', errors: [{ path: '/source/receivedOn', message: '应在 2024-09-13 至 2024-09-23 之间' }] } });
    expect(await it.object(id!)).toMatchObject({ status: 409, problem: { code: 'objection-not-running' } });
    expect((await it.object(id!, { source: lastDay }, officer)).body).toMatchObject({ state: 'open', source: lastDay });
    expect(await it.publish()).toMatchObject({ published: 1, waiting: 1 });
    expect((await it.published()).map(({ institutionId }) => institutionId)).toEqual([other]);
  });

  it('on such a paper, once its result is published, is refused with what is to be done: a correction', async () => {
    const it = await play(1);
    room.clock.set(over);
    await it.publish();
    room.clock.set('2024-09-24T08:30:00+08:00');
    const before = await it.facts('objection-raised');
    expect(await it.object(it.institutions[0]!, { source: { receivedOn: '2024-09-23', document: '书面异议一份' } }, officer)).toMatchObject({ status: 409, problem: { code: 'objection-published', title: expect.stringContaining('请质控机构发起更正') } });
    expect(await it.facts('objection-raised')).toEqual(before);
  });

  it('on such a paper holds back what was ready to be posted on another official site, until it is answered', async () => {
    room.clock.set('2024-09-13T10:00:00+08:00');
    const it = await (await new Play(room).registered(2)).signed();
    await it.post({ site: 'elsewhere', address: 'https://wsjkw.example.cn/tzgg/2.html', proof: 'ab'.repeat(32) });
    room.clock.set('2024-09-24T08:30:00+08:00');
    expect(await it.publish()).toMatchObject({ ready: 2, waiting: 0 });
    const { objectionId } = (await it.object(it.institutions[0]!, { source: { receivedOn: '2024-09-23', document: '书面异议一份' } }, officer)).body;
    expect(await it.notice()).toMatchObject({ state: 'ended', ready: 1, waiting: 1, openObjections: 1 });
    expect((await it.facts('notice-finished')).at(-1)).toMatchObject({ data: { noticeId: it.noticeId, published: 0, waiting: 1 } });
    await it.answer(objectionId);
    expect(await it.publish()).toMatchObject({ ready: 2, waiting: 0 });
  });

  it('has the day an officer names, for the text gives none; past it, it is overdue', async () => {
    const it = await play(1);
    const { objectionId, version } = (await it.object(it.institutions[0]!)).body;
    const due = (dueOn: string, ifMatch = version) => room.call(http.setObjectionDue, { as: officer, params: { objectionId }, body: { dueOn }, ifMatch });
    expect(await due('2024-09-17')).toMatchObject({ status: 422, problem: { code: 'objection-limit-past', errors: [{ path: '/dueOn' }] } });
    expect((await due('2024-09-20')).body).toMatchObject({ dueOn: '2024-09-20', dueStated: false, daysLeft: 2, overdue: false });
    expect(await due('2024-09-21')).toMatchObject({ status: 412 });
    room.clock.set('2024-09-21T00:00:00+08:00');
    expect((await shown(objectionId)).body).toMatchObject({ overdue: true, daysLeft: -1 });
  });
});

describe('what is no objection', () => {
  it.each<[string, (it: Play) => Promise<{ status: number; problem: { code: string; title: string } }>, number, string]>([
    ['by another body', async (it) => it.object(it.institutions[0]!, {}, aPrincipal('institution', '500103', it.institutions[1])), 422, 'objection-foreign'],
    ['by a body that is not in the notice', async (it) => { const stranger = newId(); return it.object(stranger); }, 422, 'objection-not-listed'],
    ['with a source, by the body itself', async (it) => it.object(it.institutions[0]!, { source: paper }), 422, 'objection-source-own'],
    ['after the end', async (it) => { room.clock.set(over); return it.object(it.institutions[0]!); }, 409, 'objection-not-running'],
    ['a second one while one is open', async (it) => { await it.object(it.institutions[0]!); return it.object(it.institutions[0]!); }, 409, 'objection-open-already'],
    ['without grounds', async (it) => it.object(it.institutions[0]!, { grounds: ' ' }), 400, 'bad-input'],
    ['against an unknown notice', async (it) => { it.noticeId = newId(); return it.object(it.institutions[0]!); }, 404, 'not-found'],
  ])('%s is refused, and nothing changes', async (_, attempt, status, code) => {
    const it = await play(2);
    const before = await it.facts('objection-raised');
    const answer = await attempt(it);
    expect({ status: answer.status, code: answer.problem.code }).toEqual({ status, code });
    expect(answer.problem.title).toMatch(/[一-鿿]/);
    const own = (await it.facts('objection-raised')).length - before.length;
    expect(own).toBe(code === 'objection-open-already' ? 1 : 0);
  });

  it('answered twice, the second answer changes nothing', async () => {
    const it = await play(1);
    const { objectionId, version } = (await it.object(it.institutions[0]!)).body;
    await it.answer(objectionId);
    const again = await room.call(http.answerObjection, { as: second, params: { objectionId }, body: { outcome: 'to-be-changed', reasons: '再次答复' }, ifMatch: version });
    expect(again).toMatchObject({ status: 409, problem: { code: 'objection-answered' } });
    expect((await shown(objectionId)).body).toMatchObject({ outcome: 'kept' });
  });

  it('with a notice that is taken back its objections end; they may be raised against the next one', async () => {
    const it = await play(1);
    const { objectionId } = (await it.object(it.institutions[0]!)).body;
    await room.call(http.withdrawNotice, { as: publisher, params: { noticeId: it.noticeId }, body: { reason: '录入有误' }, ifMatch: (await it.notice()).version });
    expect((await shown(objectionId)).body).toMatchObject({ state: 'answered', outcome: 'withdrawn' });
    it.noticeId = (await it.notices()).find(({ state }) => state === 'draft')!.noticeId;
    await it.post();
    expect((await it.object(it.institutions[0]!)).status).toBe(201);
  });
});

it('a body sees its own entry and its own objection, never another’s', async () => {
  const it = await play(2);
  const [own, other] = it.institutions.map((id) => aPrincipal('institution-head', '500103', id));
  const { objectionId } = (await it.object(it.institutions[0]!)).body;
  const entries = (as = own!) => room.call(http.listNoticeEntries, { as, params: { noticeId: it.noticeId }, query: {} });
  expect((await entries()).body.items.map(({ institutionId }) => institutionId)).toEqual([it.institutions[0]]);
  expect((await entries()).body.items[0]!.objection).toMatchObject({ objectionId, state: 'open' });
  expect((await entries(other)).body.items[0]!.institutionId).toBe(it.institutions[1]);
  expect((await shown(objectionId, own)).body.grounds).toContain('比对结果');
  expect((await shown(objectionId, other)).status).toBe(404);
  expect((await room.call(http.listObjections, { as: other!, query: {} })).body.items).toEqual([]);
  expect((await room.call(http.listNotices, { as: aPrincipal('institution', '500103', newId()), query: {} })).body.items).toEqual([]);
  // Whoever is of another place sees the notice as the public does, and no word of an objection.
  expect((await room.call(http.listObjections, { as: aPrincipal('county', '500103'), query: {} })).body.items).toEqual([]);
});

it('the words of an objection leave the room as commitments only', async () => {
  const it = await play(1);
  const { objectionId } = (await it.object(it.institutions[0]!, { grounds: '经办人某某认为比对样品在运输中受损' })).body;
  await it.answer(objectionId);
  const told = JSON.stringify([await room.facts(), await room.audit()]);
  expect(told).not.toContain('样品在运输中受损');
  expect(told).not.toContain('比对报告结论与系统记载一致');
  expect(JSON.stringify(await room.database.query('publication', 'select * from public_notice_entry where notice_id = $1', [it.noticeId]))).not.toContain('样品');
});

it('an open objection is a task of the notice’s place, with its agency and its day; answered, it is none', async () => {
  const it = await play(1);
  const { objectionId, version } = (await it.object(it.institutions[0]!)).body;
  await room.call(http.setObjectionDue, { as: officer, params: { objectionId }, body: { dueOn: '2024-09-20' }, ifMatch: version });
  const tasks = async (as = officer) => (await room.call(task.listTasks, { as, query: { room: 'publication', limit: 500 } })).body.items.filter(({ link }) => link === `/objections/${objectionId}`);
  expect(await tasks()).toMatchObject([{ kind: 'objection', title: expect.stringMatching(/^答复异议：示例/), jurisdiction: '500000', agency: '市卫生健康委', dueOn: '2024-09-20', holder: { kind: 'agency', name: '市卫生健康委' } }]);
  expect(await tasks(aPrincipal('county', '500103'))).toEqual([]);
  await it.answer(objectionId);
  expect(await tasks()).toEqual([]);
});
