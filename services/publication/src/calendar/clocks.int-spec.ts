import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '@zhijian/contracts';
import { jurisdictionChanged } from '@zhijian/contracts/facts';
import { gateway, publication } from '@zhijian/contracts/http';
import { aFact, aPrincipal } from '@zhijian/testing';
import { officer, place, Play, theRoom } from '../notice/notice.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
let play: Play;
let objectionId: string;
const asked = async (query: Record<string, string> = {}, as = officer) => (await room.call(gateway.listClocks, { as, query: { from: '2024-09-01', to: '2024-10-31', ...query } })).body.items;
const mine = async (query: Record<string, string> = {}, as = officer) => (await asked(query, as)).filter(({ subject }) => [play.noticeId, objectionId].includes(subject!));

beforeAll(async () => {
  room = await theRoom('2024-09-13T10:00:00+08:00');
  await room.hear(aFact(jurisdictionChanged, place, { jurisdictionId: place, code: place, name: '示例直辖市', level: 'province', from: '1997-06-18', to: null, mergedInto: null, parents: [], version: 1 }, { jurisdiction: place }));
  play = await (await new Play(room).registered(2)).signed();
});
afterAll(() => room?.stop());

it('a draft has no last day; a notice that runs stands on its last day, with how it was counted', async () => {
  expect(await mine()).toEqual([]);
  expect(await play.post()).toMatchObject({ status: 201 });
  expect(await mine()).toMatchObject([{ kind: 'notice', campaignId: null, campaign: '公示', unit: place, unitName: '示例直辖市', institution: null, subject: play.noticeId, title: expect.stringMatching(/^公示：/), dueOn: '2024-09-23', firm: true, planned: false, open: 1, overdue: 0, done: 0, because: expect.stringMatching(/^自2024年9月13日起5个工作日/), clauses: expect.arrayContaining(['CQ-2024-08']), pack: 'chongqing/colour-2024@1' }]);
  expect(await mine({ to: '2024-09-22' })).toEqual([]);
});

it('an open objection stands on the day of its answer with its body; late, it says so; answered, it is done', async () => {
  room.clock.set('2024-09-18T09:00:00+08:00');
  ({ body: { objectionId } } = await play.object(play.institutions[0]!));
  expect(await mine()).toHaveLength(1); // the text gives no time for an answer
  const { version } = (await room.call(publication.getObjection, { as: officer, params: { objectionId } })).body;
  expect((await room.call(publication.setObjectionDue, { as: officer, params: { objectionId }, body: { dueOn: '2024-10-08' }, ifMatch: version })).status).toBe(201);
  const line = async () => (await mine()).find(({ kind }) => kind === 'objection');
  expect(await line()).toMatchObject({ campaign: '异议', unit: place, institution: expect.stringMatching(/^示例职业卫生技术服务机构/), subject: objectionId, title: expect.stringMatching(/^答复异议：/), dueOn: '2024-10-08', open: 1, overdue: 0, done: 0, because: '文件没有规定答复期限，这一天由经办人指定。' });
  room.clock.set('2024-10-09T09:00:00+08:00');
  expect(await line()).toMatchObject({ open: 0, overdue: 1, done: 0 });
  await play.answer(objectionId);
  expect(await line()).toMatchObject({ open: 0, overdue: 0, done: 1 });
});

it('a last day that the publisher chose says what the text would have given', async () => {
  room.clock.set('2024-09-13T10:00:00+08:00');
  const longer = await (await new Play(room, 2025).registered(1)).signed();
  await longer.post({ lastDay: '2024-09-30' });
  expect((await asked()).find(({ subject }) => subject === longer.noticeId)).toMatchObject({ dueOn: '2024-09-30', because: '发布公示时定为 2024-09-30，长于文件规定的公示期（至 2024-09-23）。' });
});

it('is listed for its own place only, though anybody may read the notice; of a campaign there is none', async () => {
  expect(await asked({ unit: '330000' })).toEqual([]);
  expect(await asked({ campaignId: newId() })).toEqual([]);
  expect(await asked({}, aPrincipal('province', '330000'))).toEqual([]);
  expect((await asked({}, aPrincipal('auditor', '330000'))).length).toBeGreaterThan(0);
});
