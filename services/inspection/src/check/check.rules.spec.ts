import { expect, it } from '@jest/globals';
import { acceptCheck, changesAfter, owedOf, stateOf } from './check.rules.js';
import { summaryRows } from './summary.rules.js';

const ruled = { today: '2024-10-18', managed: true, year: 2024, clauses: ['T-1'] };
const planned = { origin: 'planned', visitedOn: '2024-10-17', complaint: null } as const;

it('a check lies in the past, and a complaint has its number', () => {
  expect(acceptCheck(planned, ruled)).toEqual({ ok: true });
  expect(acceptCheck({ ...planned, visitedOn: '2024-10-19' }, ruled)).toMatchObject({ code: 'check-in-future', errors: [{ path: '/visitedOn' }] });
  expect(acceptCheck({ ...planned, complaint: 'T1' }, ruled)).toMatchObject({ code: 'check-complaint-given' });
  expect(acceptCheck({ ...planned, origin: 'complaint' }, ruled)).toMatchObject({ code: 'check-complaint-missing', errors: [{ path: '/complaint' }] });
});

it('[CQ-2024-14] whoever is complained about is checked, managed or not; planned checks are of the managed', () => {
  expect(acceptCheck({ origin: 'complaint', visitedOn: '2024-10-17', complaint: 'T1' }, { ...ruled, managed: false })).toEqual({ ok: true });
  expect(acceptCheck(planned, { ...ruled, managed: false })).toMatchObject({ code: 'check-not-managed', errors: [{ path: '/institutionId' }] });
});

it('what is permitted is never owed', () => {
  expect([owedOf({ min: 2, permitted: false, done: 1 }), owedOf({ min: 2, permitted: false, done: 3 }), owedOf({ min: 0, permitted: true, done: 0 }), owedOf({ min: null, permitted: false, done: 0 })]).toEqual([1, 0, 0, 0]);
  expect([{ min: 2, done: 1 }, { min: 2, done: 2 }, { min: 0, done: 0 }, { min: null, done: 0 }].map(({ min, done }) => stateOf({ min, done, permitted: false }))).toEqual(['owed', 'met', 'permitted', 'not-ruled']);
});

it('the summary has a line for each colour, whether there is a body of it or not, and their sum', () => {
  const row = { colour: 'red', bodies: 2, required: 4, done: 3, visited: 2, short: 1, complaints: 1, problems: 5, reportsDue: 2, inTime: 1, late: 0, missing: 1, accepted: 1 };
  const rows = summaryRows([row, { ...row, colour: 'none', required: 0, reportsDue: 0, inTime: 0, missing: 0, accepted: 0 }], [{ id: 'red', title: '红色' }, { id: 'green', title: '绿色' }]);
  expect(rows.map((cells) => cells.slice(0, 4))).toEqual([['红色', 2, 4, 3], ['绿色', 0, 0, 0], ['没有颜色', 2, 0, 3], ['合计', 4, 4, 6]]);
});

it('what of a quota became another after an instant: from what to what, and why; where only whose colour it is has changed, nothing has', () => {
  const history = [{ at: '2024-09-24T01:00:00+00:00', colour: 'red', min: 2, because: 'published' }, { at: '2025-03-01T01:00:00+00:00', colour: 'red', min: 2, because: 'corrected' }];
  const changes = changesAfter({ colour: 'yellow', min: 1, history }, '2024-01-01T00:00:00+08:00');
  expect(changes).toEqual([{ at: '2025-03-01T01:00:00+00:00', because: 'corrected', before: { colour: 'red', min: 2 }, after: { colour: 'yellow', min: 1 } }]);
  expect(changesAfter({ colour: 'yellow', min: 1, history }, '2025-03-01T09:00:00+08:00')).toEqual([]); // what changed at that instant was counted already
});
