import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@zhijian/contracts';
import { calendarLoaded } from '@zhijian/contracts/facts';
import { gateway, publication as http } from '@zhijian/contracts/http';
import type { Pack } from '@zhijian/policy';
import { PackShelf } from '@zhijian/service-kit';
import { aFact, samplesOf } from '@zhijian/testing';
import { officer, Play, theRoom } from '../notice/notice.fixture.js';

/** Chongqing's pack as it would be if its text gave so many working days for an answer that they reach into a year without a holiday notice. */
class WithAnswerPeriod extends PackShelf {
  override async get(name: string): Promise<Pack> {
    const pack = await super.get(name);
    const { periods } = pack.rules;
    return { ...pack, rules: { ...pack.rules, periods: { ...periods, 'objection-answer': { ...periods['result-notice']!, event: 'objection-raised', workingDays: 259 } } } };
  }
}

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => { room = await theRoom('2025-12-18T10:00:00+08:00', new WithAnswerPeriod()); });
afterAll(() => room?.stop());

const loaded = (off: string[], year = 2027, noticeId = newId(), workdays: string[] = []) => room.hear(aFact(calendarLoaded, String(year), { noticeId, year, number: `示例〔${year}〕1号`, title: null, off, workdays, calendar: 'c' }));
const raised = async (on: string) => {
  room.clock.set('2025-12-18T10:00:00+08:00');
  const it = await (await new Play(room, 2025).registered(1)).signed();
  expect(await it.post()).toMatchObject({ status: 201 });
  room.clock.set(`${on}T09:00:00+08:00`);
  const done = await it.object(it.institutions[0]!);
  expect(done).toMatchObject({ status: 201 });
  const { objectionId } = done.body;
  return { it, objectionId, shown: async () => (await room.call(http.getObjection, { as: officer, params: { objectionId } })).body };
};

describe('the day of an objection that the text gives', () => {
  it('in a year without its holidays is provisional and nobody is late on it; the holiday notice makes it certain, and then it can be overdue', async () => {
    const { it: play, objectionId, shown } = await raised('2025-12-23');
    const answered = await raised('2025-12-23');
    await answered.it.answer(answered.objectionId);
    const settled = await answered.shown();
    expect(await shown()).toMatchObject({ dueOn: '2027-01-08', firm: false, dueStated: true });
    room.clock.set('2027-01-12T09:00:00+08:00');
    expect(await shown()).toMatchObject({ overdue: false });
    await loaded(['2027-01-01', '2027-01-04']);
    expect(await shown()).toMatchObject({ dueOn: '2027-01-11', firm: true, overdue: true, daysLeft: -1, version: 2 });
    const notes = (await room.audit()).filter((entry) => JSON.stringify(entry).includes('objection recounted'));
    expect(notes).toHaveLength(1);
    expect(JSON.stringify(notes)).toContain(objectionId);
    expect(JSON.stringify(notes)).toContain('2027-01-08');
    expect(await answered.shown()).toEqual(settled);
    expect(play.institutions).toHaveLength(1);
  });

  it('answered on a provisional day, behind the day that a notice makes certain, is listed for review with both days', async () => {
    const late = await raised('2025-12-23');
    const inTime = await raised('2025-12-23');
    await inTime.it.answer(inTime.objectionId);
    room.clock.set('2027-01-08T10:00:00+08:00');
    await late.it.answer(late.objectionId);
    const noticeId = newId();
    await loaded(['2027-01-20'], 2027, noticeId, ['2027-01-02', '2027-01-03']);
    const { body: { review } } = await room.call(gateway.getCalendarPreview, { as: officer, params: { noticeId } });
    expect(review.map(({ clock }) => clock)).not.toContain(`objection/${inTime.objectionId}`);
    expect(review.find(({ clock }) => clock === `objection/${late.objectionId}`)).toMatchObject({ kind: 'objection', title: expect.stringMatching(/^答复异议：/), institutionId: late.it.institutions[0], old: '2027-01-08', firm: true, doneAt: '2027-01-08T02:00:00.000Z' });
  });

  it('once certain is not shortened by another notice, only lengthened while it runs', async () => {
    const { shown } = await raised('2025-12-23');
    room.clock.set('2026-12-28T09:00:00+08:00');
    await loaded(['2027-01-01', '2027-01-04']);
    expect(await shown()).toMatchObject({ dueOn: '2027-01-11', firm: true });
    await loaded(['2027-01-01']);
    expect(await shown()).toMatchObject({ dueOn: '2027-01-11', firm: true });
    await loaded(['2027-01-01', '2027-01-04', '2027-01-05']);
    expect(await shown()).toMatchObject({ dueOn: '2027-01-12', firm: true });
  });
});

it.each(samplesOf(calendarLoaded.type))('publication still understands %s', async (_, sample) => {
  await expect(room.hear({ ...sample, id: newId() })).resolves.toBeUndefined();
});
