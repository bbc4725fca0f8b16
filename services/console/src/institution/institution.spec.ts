import { expect, it } from '@jest/globals';
import { glanceOf, type ColourYearOf } from './institution.js';

const line = { line: 'occupational-health-service', grade: 'A', level: 'II', colour: 'yellow', rule: 'r', clauses: [], score: '82.5', served: true, result: '合格', reason: null, missing: [] } as const;
const coloured = { year: 2024, jurisdiction: '500000', runId: 'r', colour: 'yellow', publishedOn: '2024-09-24', redYears: 0, told: [], lines: [line], clauses: [], pack: 'p@1', calendar: null } as unknown as ColourYearOf;

it('a body’s years at a glance, the latest first', () => {
  const rows = glanceOf({ history: [coloured], rectifications: [{ year: 2024, board: 'accepted' }], checks: [{ year: 2024, origin: 'planned' }, { year: 2025, origin: 'complaint' }], monitorings: [] });
  expect(rows).toEqual([
    { year: 2025, colour: { id: null }, scores: '', results: '', redYears: 0, report: null, checks: { planned: 0, complaint: 1 }, monitorings: 0 },
    { year: 2024, colour: { id: 'yellow' }, scores: '82.5', results: '合格', redYears: 0, report: 'accepted', checks: { planned: 1, complaint: 0 }, monitorings: 0 },
  ]);
});

it('what could not be had is not shown as nothing', () => {
  const [row] = glanceOf({ history: undefined, rectifications: [{ year: 2024, board: 'overdue' }], checks: undefined, monitorings: undefined });
  expect(row).toEqual({ year: 2024, colour: undefined, scores: undefined, results: undefined, redYears: undefined, report: 'overdue', checks: undefined, monitorings: undefined });
});
