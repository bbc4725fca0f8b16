import { describe, expect, it } from '@jest/globals';
import { builtInCalendar, localDate } from '@zhijian/calendar';
import { Packs, type Pack } from '@zhijian/policy';
import { daysLeft, plannedPeriod, postingRefused, postingRuleOf, recordingRefused } from './notice.rules.js';

const chongqing = await new Packs().get('chongqing/colour-2024@1');
const rule = postingRuleOf(chongqing, localDate('2024-09-13'))!;
const posting = { site: 'portal' as const, address: null, proof: null, lastDay: null, explanation: null };

describe('a notice after the pack', () => {
  it('[CQ-2024-08] [CQ-2024-09] runs over five working days and is then published on the official site', () => {
    expect(rule).toMatchObject({ id: 'colour-posting', periodId: 'result-notice', objection: 'entry-waits', place: '市卫生健康委官方网站', clauses: ['CQ-2024-08'] });
    expect(plannedPeriod(rule, localDate('2024-09-13'), builtInCalendar)).toMatchObject({ on: '2024-09-23', firm: true });
    expect(plannedPeriod(rule, localDate('2024-09-30'), builtInCalendar)).toMatchObject({ on: '2024-10-12', firm: true }); // National Day, and two make-up days
  });

  it('posted on the eve of a year without a holiday notice it has no last day', () => {
    const planned = plannedPeriod(rule, localDate('2026-12-28'), builtInCalendar);
    expect(postingRefused(posting, planned, { because: 'run', clauses: rule.clauses })).toMatchObject({ code: 'notice-calendar-missing', facts: { year: '2027' } });
  });

  const without = (change: (notices: Record<string, unknown>) => unknown): Pack => ({ ...chongqing, rules: { ...chongqing.rules, notices: change(chongqing.rules.notices) as never } });
  it.each<[string, Pack]>([
    ['no notice at all', without(() => ({}))],
    ['a circular, which is no notice', without((all) => ({ ...all, 'colour-posting': { ...(all['colour-posting'] as object), kind: 'circular' } }))],
    ['a notice that nothing follows', without(({ 'colour-posting': one }) => ({ 'colour-posting': one }))],
    ['a notice without a period', without((all) => ({ ...all, 'colour-posting': { ...(all['colour-posting'] as object), period: undefined } }))],
    ['two notices', without((all) => ({ ...all, other: all['colour-posting'], after: { ...(all['colour-publication'] as object), after: 'other' } }))],
  ])('a pack with %s lets nothing be put up', (_, pack) => expect(postingRuleOf(pack, localDate('2024-09-13'))).toBeNull());

  it('counts today among the days that are left', () => {
    const of = { lastDay: '2024-09-23', counted: ['2024-09-14', '2024-09-18', '2024-09-19', '2024-09-20', '2024-09-23'] };
    expect(daysLeft(of, '2024-09-13T23:00:00+08:00')).toEqual({ days: 11, workingDays: 5 });
    expect(daysLeft(of, '2024-09-20T08:00:00+08:00')).toEqual({ days: 4, workingDays: 2 });
    expect(daysLeft(of, '2024-09-24T00:00:00+08:00')).toEqual({ days: 0, workingDays: 0 });
  });

  it.each([
    ['2024-09-23T23:59:59+08:00', '2024-09-23', 'publication-early'], ['2024-09-24T00:00:00+08:00', '2024-09-23', 'publication-day'], ['2024-09-24T00:00:00+08:00', '2024-09-25', 'publication-day'], ['2024-09-24T00:00:00+08:00', '2024-09-24', undefined],
  ])('at %s a publication of %s is %s', (now, on, code) => {
    const notice = { state: 'ended', site: 'elsewhere', lastDay: '2024-09-23', until: '2024-09-24T00:00:00+08:00', clauses: [] };
    expect(recordingRefused(notice, on, now)?.code).toBe(code);
  });
});
