import { describe, expect, it } from '@jest/globals';
import { localDate } from '@zhijian/calendar';
import type { PlannedDuty, PlannedStage } from '@zhijian/policy';
import { recomputed } from './recomputed.rules.js';

const aDuty = (on: string | null, firm: boolean, limit = on): PlannedDuty => ({
  id: 'report', kind: 'self-check-report', title: '报告', stage: 'check', subject: 'institution', actor: 'institution', receiver: 'office', copyTo: [], form: null, checklist: null,
  dueOn: on === null ? null : localDate(on), limitOn: limit === null ? null : localDate(limit), after: null, firm, because: '', wording: null, missed: { consequence: null, clauses: [] }, reminders: [], mayBringForward: false, clauses: ['TEST-2030-02'],
});
const stages = (duty: PlannedDuty): PlannedStage[] => [{ id: 'check', kind: 'self-check', title: '自查', opensOn: localDate('2030-03-01'), closesOn: localDate('2030-04-30'), clauses: [], duties: [duty] }];
const changed = (old: PlannedDuty, next: PlannedDuty, { binding = false, now = '2030-03-05T09:00:00+08:00' } = {}) => {
  const { stages: [stage], moved, kept } = recomputed(stages(old), stages(next), { binding: new Set(binding ? ['report'] : []), now });
  const { dueOn, limitOn, firm } = stage!.duties[0]!;
  return { dueOn, limitOn, firm, moved: moved.length, kept: kept.map(({ why }) => why) };
};

describe('a day under another calendar', () => {
  it.each<[string, PlannedDuty, PlannedDuty, Parameters<typeof changed>[2], object]>([
    ['that is the same is not listed', aDuty('2030-04-15', true), aDuty('2030-04-15', true), {}, { dueOn: '2030-04-15', moved: 0 }],
    ['that only becomes firm is listed', aDuty('2030-04-15', false), aDuty('2030-04-15', true), {}, { firm: true, moved: 1 }],
    ['provisional, may come earlier, though it binds', aDuty('2030-04-15', false), aDuty('2030-04-12', true), { binding: true }, { dueOn: '2030-04-12', moved: 1 }],
    ['provisional, may turn out to have passed', aDuty('2030-04-15', false), aDuty('2030-04-12', true), { now: '2030-05-01T00:00:00+08:00' }, { dueOn: '2030-04-12', moved: 1, kept: [] }],
    ['firm and binding, comes later', aDuty('2030-04-15', true), aDuty('2030-04-16', true), { binding: true }, { dueOn: '2030-04-16', moved: 1 }],
    ['firm and binding, is not shortened', aDuty('2030-04-15', true), aDuty('2030-04-12', true), { binding: true }, { dueOn: '2030-04-15', moved: 0, kept: ['shortened'] }],
    ['firm, binding nobody yet, may come earlier', aDuty('2030-04-15', true), aDuty('2030-04-12', true), {}, { dueOn: '2030-04-12', moved: 1 }],
    ['firm, is still open on its last day', aDuty('2030-04-15', true), aDuty('2030-04-16', true), { now: '2030-04-15T23:59:59+08:00' }, { dueOn: '2030-04-16', kept: [] }],
    ['firm, has passed at 24:00', aDuty('2030-04-15', true), aDuty('2030-04-16', true), { now: '2030-04-16T00:00:00+08:00' }, { dueOn: '2030-04-15', kept: ['passed'] }],
    ['firm, never becomes provisional', aDuty('2030-04-15', true), aDuty('2030-04-16', false), {}, { dueOn: '2030-04-15', firm: true, moved: 0, kept: [] }],
    ['brought forward by a unit stays while the limit moves', aDuty('2030-04-10', false, '2030-04-15'), aDuty('2030-04-10', true, '2030-04-16'), {}, { dueOn: '2030-04-10', limitOn: '2030-04-16', moved: 1 }],
    ['that hangs on an event is no day yet', aDuty(null, false), aDuty(null, true), {}, { dueOn: null, moved: 0 }],
  ])('%s', (_, old, next, standing, expected) => {
    expect(changed(old, next, standing)).toMatchObject(expected);
  });
});
