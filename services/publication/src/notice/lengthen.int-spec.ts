import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { builtInCalendar } from '@zhijian/calendar';
import { newId } from '@zhijian/contracts';
import { calendarLoaded } from '@zhijian/contracts/facts';
import { everywhere, within } from '@zhijian/persistence';
import { aFact } from '@zhijian/testing';
import { FinishService } from './finish.service.js';
import { Play, theRoom } from './notice.fixture.js';

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom(); });
afterAll(() => room?.stop());

/** The holidays of 2024, with more days off: a correction replaces the year as a whole. */
const loaded = (...more: string[]) => {
  const { off, workdays } = builtInCalendar.years['2024']!;
  return room.hear(aFact(calendarLoaded, '2024', { noticeId: newId(), year: 2024, number: '示例〔2024〕9号', title: null, off: [...off, ...more].sort(), workdays: [...workdays], calendar: 'c' }));
};
const running = async (more: Record<string, unknown> = {}) => {
  room.clock.set('2024-09-13T10:00:00+08:00');
  const it = await (await new Play(room).registered(1)).signed();
  expect(await it.post(more)).toMatchObject({ status: 201 });
  room.clock.set('2024-09-18T09:00:00+08:00');
  return it;
};
const step = (noticeId: string) => {
  const key = newId();
  return room.app.get(FinishService).step(noticeId, { actor: `workflow:notice/${noticeId}`, jurisdiction: '', cause: key, scope: everywhere, once: { key } });
};

it('[CQ-2024-08] a working day declared off while a notice runs lengthens it by that day: nothing ends and nothing is published before', async () => {
  const it = await running();
  await loaded('2024-09-20');
  expect(await it.notice()).toMatchObject({ lastDay: '2024-09-24', until: '2024-09-24T16:00:00.000Z', counted: ['2024-09-14', '2024-09-18', '2024-09-19', '2024-09-23', '2024-09-24'] });
  expect((await room.audit(it.noticeId)).find(({ action }) => action === 'notice lengthened')).toMatchObject({ detail: { before: { lastDay: '2024-09-23' }, lastDay: '2024-09-24', firm: true } });
  room.clock.set('2024-09-24T00:00:00+08:00');
  expect(await step(it.noticeId)).toMatchObject({ state: 'posted', passed: false, dueAt: '2024-09-25T00:00:00+08:00' });
  await expect(it.publish()).rejects.toThrow('its instant has not come yet');
  expect((await it.object(it.institutions[0]!)).status).toBe(201);
  room.clock.set('2024-09-25T00:00:00+08:00');
  expect(await step(it.noticeId)).toMatchObject({ passed: true });
  expect(await it.publish()).toMatchObject({ published: 0, waiting: 1 });
});

it('the correction taken back shortens nothing; heard again it changes nothing', async () => {
  const it = await running();
  await loaded('2024-09-20');
  const stood = await it.notice();
  await loaded('2024-09-20');
  expect(await it.notice()).toEqual(stood);
  await loaded();
  expect(await it.notice()).toMatchObject({ lastDay: '2024-09-24' });
});

it('a notice that runs longer than the pack asks for keeps its end; one whose time is over stays as it was', async () => {
  const longer = await running({ lastDay: '2024-09-30' });
  const over = await running();
  const stood = await over.notice();
  room.clock.set('2024-09-24T00:00:00+08:00');
  await loaded('2024-09-20');
  expect(await longer.notice()).toMatchObject({ lastDay: '2024-09-30', counted: ['2024-09-14', '2024-09-18', '2024-09-19', '2024-09-23', '2024-09-24'] });
  expect(await over.notice()).toMatchObject({ version: stood.version, lastDay: '2024-09-23' });
});

it('[CQ-2024-08] in the database a running notice is lengthened by another calendar only, with all its counted days', async () => {
  const it = await running();
  const attempt = (set: string) => within(everywhere, () => room.dataSource.query(`update notice set ${set} where id = $1`, [it.noticeId])).then(() => 'done', (error: Error) => error.message);
  const moved = (days: number) => `last_day = last_day + (${days}), until = until + ${days} * interval '1 day'`;
  expect(await attempt(moved(1))).toMatch('the period of a posted notice stands');
  expect(await attempt(`${moved(-1)}, calendar = 'other'`)).toMatch('nothing shortens it');
  expect(await attempt(`${moved(1)}, calendar = 'other', counted = counted[1:4]`)).toMatch('nothing shortens it');
  expect(await attempt(`${moved(1)}, calendar = 'other', working_days = 4`)).toMatch('the period of a posted notice stands');
  expect(await attempt(`last_day = last_day + 1, calendar = 'other'`)).toMatch('nothing shortens it');
  expect(await attempt(`${moved(1)}, calendar = 'other'`)).toBe('done');
});
