import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { builtInCalendar } from '@zhijian/calendar';
import { newId } from '@zhijian/contracts';
import { calendarLoaded, calendarProposed, jurisdictionChanged } from '@zhijian/contracts/facts';
import { gateway, publication } from '@zhijian/contracts/http';
import type { Pack } from '@zhijian/policy';
import { PackShelf } from '@zhijian/service-kit';
import { aFact, aPrincipal, samplesOf } from '@zhijian/testing';
import { officer, place, Play, theRoom } from '../notice/notice.fixture.js';

/** Chongqing's pack as it would be if its text gave twenty working days for an answer. */
class WithAnswerPeriod extends PackShelf {
  override async get(name: string): Promise<Pack> {
    const pack = await super.get(name);
    const { periods } = pack.rules;
    return { ...pack, rules: { ...pack.rules, periods: { ...periods, 'objection-answer': { ...periods['result-notice']!, event: 'objection-raised', workingDays: 20 } } } };
  }
}

let room: Awaited<ReturnType<typeof theRoom>>;
beforeAll(async () => {
  room = await theRoom('2024-09-13T10:00:00+08:00', new WithAnswerPeriod());
  await room.hear(aFact(jurisdictionChanged, place, { jurisdictionId: place, code: place, name: '示例直辖市', level: 'province', from: '1997-06-18', to: null, mergedInto: null, parents: [], version: 1 }, { jurisdiction: place }));
});
afterAll(() => room?.stop());

const { off, workdays } = builtInCalendar.years['2024']!;
/** The holidays of 2024 with other days off: a correction replaces the year as a whole. */
const corrected = (more: string[], work: string[] = []) => ({ year: 2024, number: '示例〔2024〕9号', title: null, off: [...off, ...more].sort(), workdays: [...workdays, ...work].sort() });
const proposed = (notice: ReturnType<typeof corrected>, noticeId: string) => room.hear(aFact(calendarProposed, '2024', { noticeId, ...notice }));
const loaded = (notice: ReturnType<typeof corrected>, noticeId: string) => room.hear(aFact(calendarLoaded, '2024', { noticeId, ...notice, calendar: 'c' }));
const preview = (noticeId: string, as = officer) => room.call(gateway.getCalendarPreview, { as, params: { noticeId } });

/** A running notice with an objection against one of its two entries. */
async function running() {
  room.clock.set('2024-09-13T10:00:00+08:00');
  const it = await (await new Play(room).registered(2)).signed();
  expect(await it.post()).toMatchObject({ status: 201 });
  room.clock.set('2024-09-18T09:00:00+08:00');
  const { body } = await it.object(it.institutions[0]!);
  return { it, objectionId: body.objectionId };
}
type Running = Awaited<ReturnType<typeof running>>;
const days = async ({ it, objectionId }: Running): Promise<Record<string, string>> => {
  const { lastDay } = await it.notice();
  const { body: { dueOn } } = await room.call(publication.getObjection, { as: officer, params: { objectionId } });
  return { [`notice/${it.noticeId}`]: lastDay!, [`objection/${objectionId}`]: dueOn! };
};

describe('a holiday notice that is entered', () => {
  it('is answered with each running notice and each open objection that it would move, by place and body; it moves none, and confirmed it moves exactly those', async () => {
    const [one, other] = [await running(), await running()];
    await other.it.answer(other.objectionId);
    const before = { ...(await days(one)), ...(await days(other)) };
    const noticeId = newId();
    expect((await preview(noticeId)).status).toBe(404);
    await proposed(corrected(['2024-09-20']), noticeId);
    expect({ ...(await days(one)), ...(await days(other)) }).toEqual(before);
    const { body: { moved, kept, calendar } } = await preview(noticeId);
    expect(kept).toEqual([]);
    expect(calendar).toMatch(/^CN-2014\.\.2026#/);
    expect(moved.find(({ clock }) => clock === `notice/${one.it.noticeId}`)).toMatchObject({ kind: 'notice', title: expect.stringMatching(/^公示：/), place, placeName: '示例直辖市', institution: null, old: '2024-09-23', new: '2024-09-24', firm: true, clauses: expect.arrayContaining(['CQ-2024-08']), pack: 'chongqing/colour-2024@1' });
    expect(moved.find(({ clock }) => clock === `objection/${one.objectionId}`)).toMatchObject({ kind: 'objection', place, institutionId: one.it.institutions[0], institution: expect.stringMatching(/^示例职业卫生技术服务机构/), old: '2024-10-21', new: '2024-10-22' });
    await loaded(corrected(['2024-09-20']), noticeId);
    const after = { ...(await days(one)), ...(await days(other)) };
    const changed = Object.keys(before).filter((clock) => before[clock] !== after[clock]).map((clock) => ({ clock, old: before[clock], new: after[clock] }));
    expect(changed).toHaveLength(3);
    expect(moved.map(({ clock, old, new: next }) => ({ clock, old, new: next })).sort((a, b) => a.clock.localeCompare(b.clock))).toEqual(changed.sort((a, b) => a.clock.localeCompare(b.clock)));
    const facts = (await room.facts<{ holidayNoticeId: string; moved: { clock: string }[] }>('publication.clocks-previewed')).filter(({ data }) => data.holidayNoticeId === noticeId);
    expect(facts.flatMap(({ data }) => data.moved.map(({ clock }) => clock)).sort()).toEqual(changed.map(({ clock }) => clock).sort());
  });

  it('lists what would come earlier as kept: a notice and the day of an objection are never shortened', async () => {
    const it = await running();
    const before = await days(it);
    const noticeId = newId();
    await proposed(corrected([], ['2024-09-21', '2024-09-22']), noticeId);
    const { body: { moved, kept } } = await preview(noticeId);
    const own = (lines: readonly { clock: string }[]) => lines.filter(({ clock }) => Object.hasOwn(before, clock));
    expect(own(moved)).toEqual([]);
    expect(own(kept)).toMatchObject([{ kind: 'notice', old: '2024-09-23', new: '2024-09-21', why: 'shortened' }, { kind: 'objection', old: '2024-10-21', new: '2024-10-17', why: 'shortened' }]);
    await loaded(corrected([], ['2024-09-21', '2024-09-22']), noticeId);
    expect(await days(it)).toEqual(before);
  });

  it('shows an officer the lines of their own places only, and no institution any', async () => {
    await running();
    const noticeId = newId();
    await proposed(corrected(['2024-09-20']), noticeId);
    expect((await preview(noticeId)).body.moved.length).toBeGreaterThan(0);
    expect((await preview(noticeId, aPrincipal('province', '330000'))).body).toMatchObject({ moved: [], kept: [] });
    expect((await preview(noticeId, aPrincipal('institution', '500103', newId()))).status).toBe(403);
  });
});

it.each(samplesOf(calendarProposed.type))('publication still understands %s', async (_, sample) => {
  await expect(room.hear({ ...sample, id: newId() })).resolves.toBeUndefined();
});
