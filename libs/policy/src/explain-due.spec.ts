import { describe, expect, it } from '@jest/globals';
import { builtInCalendar, localDate } from '@zhijian/calendar';
import { explainDue, explainMoment, momentsOf, planCampaign } from './index.js';
import { builtInPacks, Packs } from './load.js';

const packs = new Packs([builtInPacks]);

describe('why a duty is due when it is', () => {
  it('[CQ-2024-17] thirty working days over Spring Festival are counted one by one, holidays and make-up days as the notice says', async () => {
    const said = explainDue(await packs.get('chongqing/colour-2024'), 'rectification-report', localDate('2025-01-20'), builtInCalendar);
    expect(said).toMatchObject({ rule: { kind: 'after', workingDays: 30, printed: null }, start: { event: 'results-published', on: '2025-01-20' }, on: '2025-03-07', firm: true });
    expect(said!.counted).toHaveLength(30);
    expect(said!.counted).toEqual(expect.arrayContaining(['2025-01-26', '2025-02-08'])); // worked Sundays and Saturdays
    expect(said!.counted).not.toContain('2025-01-29');
    expect(said!.because).toContain('当日不计');
    expect(said!.clauses).toEqual([{ id: 'CQ-2024-17', quote: expect.stringContaining('30个工作日') }]);
  });

  it('an event that has not happened gives no day, and says so', async () => {
    const said = explainDue(await packs.get('chongqing/colour-2024'), 'rectification-report', null, builtInCalendar);
    expect(said).toMatchObject({ on: null, firm: false, counted: [], start: { on: null } });
    expect(said!.because).toContain('尚未发生');
  });

  it('a year whose notice is not loaded gives a provisional day', async () => {
    expect(explainDue(await packs.get('chongqing/colour-2024'), 'rectification-report', localDate('2027-12-20'), builtInCalendar)).toMatchObject({ firm: false });
  });

  it('[HZ-2023-09] a day printed in the document is quoted, not counted', async () => {
    const pack = await packs.get('hangzhou/exam-campaign-2023');
    for (const duty of pack.campaign!.stages.flatMap(({ duties }) => duties)) {
      const said = explainDue(pack, duty.id, null, builtInCalendar)!;
      expect(said.counted).toEqual([]);
      expect(said.clauses.every(({ quote }) => quote.length > 0)).toBe(true);
      if (duty.due.kind === 'on') expect([said.rule.printed, said.because]).toEqual([duty.due.on, expect.stringContaining('文件载明')]);
    }
  });
});

it('every moment of a unit has its reason; a reminder the days before its day', async () => {
  const { cities } = planCampaign(await packs.get('hangzhou/exam-campaign-2023'), builtInCalendar);
  const stages = cities[0]!.stages;
  for (const moment of momentsOf(stages)) {
    const { because, counted } = explainMoment(moment, stages);
    expect(because).toMatch(/阶段|期限/);
    if (moment.kind === 'remind') expect(counted.length).toBeGreaterThan(0);
  }
});
