import { describe, expect, it } from '@jest/globals';
import { beijingDay, lanesOf, monthsOf, placeOf, spanOf } from './gantt.js';

const stage = (opensOn: string, closesOn: string) => ({ opensOn, closesOn });

describe('the picture of stages', () => {
  it('a stage inside another lies in a lane of its own', () => {
    const lanes = lanesOf([stage('2014-10-01', '2014-11-30'), stage('2014-10-01', '2014-10-10'), stage('2014-12-01', '2014-12-31')]);
    expect(lanes.map((lane) => lane.length)).toEqual([2, 1]);
  });
  it('stages that follow each other share a lane', () => expect(lanesOf([stage('2023-02-01', '2023-03-31'), stage('2023-04-01', '2023-10-31')])).toHaveLength(1));
  it('the picture covers whole months, across a year too', () => {
    const months = monthsOf(spanOf([stage('2023-11-15', '2024-01-10')]));
    expect(months.map(({ label }) => label)).toEqual(['2023年11月', '12月', '2024年1月']);
    expect(months.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });
  it('today is in the picture while it is near, and out of it when it is far', () => {
    const stages = [stage('2023-02-01', '2023-11-30')];
    expect(monthsOf(spanOf(stages, '2023-12-01')).at(-1)?.label).toBe('12月');
    expect(monthsOf(spanOf(stages, '2026-01-01')).at(-1)?.label).toBe('11月');
  });
  it('what lies outside the picture is cut off', () => {
    const span = spanOf([stage('2023-02-01', '2023-02-28')]);
    expect(placeOf(span, '2023-01-01', '2023-02-14')).toEqual({ left: '0%', width: '50%' });
    expect(placeOf(span, '2023-05-01', '2023-05-02')).toBeNull();
  });
  it('an instant belongs to its day in Beijing', () => expect(beijingDay('2023-04-11T16:30:00Z')).toBe('2023-04-12'));
});
