import { describe, expect, it } from '@jest/globals';
import { acceptReport, boardOf, latenessOf, nextOf, turnOf } from './rectification.rules.js';

const known = { state: 'open', publishedOn: '2024-09-24', clauses: ['T-1'], released: null, receivedOn: '2024-10-10', today: '2024-10-10' };
const item = { problem: '缺少签名', measure: '培训', correctedOn: '2024-10-08', correctBy: null };

describe('a rectification report', () => {
  it('is taken while nothing was accepted, from the day of publication on', () => {
    expect(acceptReport([item], known)).toEqual({ ok: true });
    expect(acceptReport([item], { ...known, state: 'returned' })).toEqual({ ok: true });
    expect(acceptReport([item], { ...known, state: 'accepted' })).toMatchObject({ code: 'rectification-accepted', wrongState: true, clauses: ['T-1'] });
    expect(acceptReport([item], { ...known, state: 'released', released: '颜色更正为绿色' })).toMatchObject({ code: 'rectification-released', facts: { reason: '颜色更正为绿色' } });
    expect(acceptReport([item], { ...known, receivedOn: '2024-09-23' })).toMatchObject({ code: 'rectification-before-publication', errors: [{ path: '/onBehalf/receivedOn' }] });
    expect(acceptReport([item], { ...known, receivedOn: '2024-10-11' })).toMatchObject({ code: 'rectification-received-in-future' });
  });
  it.each([
    ['neither corrected nor dated', { correctedOn: null }, '/items/0/correctBy'], ['corrected after it was handed in', { correctedOn: '2024-10-11' }, '/items/0/correctedOn'],
    ['to be corrected before it was handed in', { correctedOn: null, correctBy: '2024-10-09' }, '/items/0/correctBy'],
  ])('names the field of a problem %s', (_, change, path) => {
    expect(acceptReport([{ ...item, ...change }], known)).toMatchObject({ code: 'rectification-dates', errors: [{ path }] });
  });
});

describe('[CQ-2024-17] lateness', () => {
  const due = { dueOn: '2024-11-08', firm: true };
  it('begins at 24:00 of the due day in Beijing', () => {
    expect(latenessOf(due, '2024-11-08T23:59:59.999+08:00', [])).toBe(false);
    expect(latenessOf(due, '2024-11-09T00:00:00+08:00', [])).toBe(true);
    expect(latenessOf(due, '2024-11-08T16:00:00Z', [])).toBe(true);
  });
  it('is nobody’s on a provisional day, and not that of who reported in time before', () => {
    expect(latenessOf({ ...due, firm: false }, '2024-12-01T00:00:00+08:00', [])).toBeNull();
    expect(latenessOf(due, '2024-12-01T00:00:00+08:00', [false])).toBe(false);
    expect(latenessOf(due, '2024-12-01T00:00:00+08:00', [true])).toBe(true);
  });
});

describe('a colour that is published anew', () => {
  const green = { id: 'green', title: '绿色' };
  const red = { id: 'red', title: '红色' };
  const before = (state: string, reports: string[] = []) => ({ state, colour: 'yellow', dueOn: '2024-11-08', reports: reports.map((one) => ({ state: one })) });
  it('orders, and orders nothing where nothing is owed', () => {
    expect(turnOf(true, red, null)).toMatchObject({ do: 'order' });
    expect(turnOf(false, green, null)).toEqual({ do: 'nothing' });
    expect(turnOf(false, green, before('released'))).toEqual({ do: 'nothing' });
  });
  it('releases whoever owed, in whatever state', () => {
    for (const state of ['open', 'submitted', 'accepted']) expect(turnOf(false, green, before(state))).toMatchObject({ do: 'release' });
  });
  it('counts the days anew only while no report is in', () => {
    expect(turnOf(true, red, before('open'))).toMatchObject({ do: 'keep', recount: true });
    expect(turnOf(true, red, before('accepted', ['accepted']))).toMatchObject({ do: 'keep', recount: false, note: expect.stringContaining('继续有效') });
    expect(turnOf(true, { id: 'yellow', title: '黄色' }, before('open'))).toEqual({ do: 'keep', recount: false, note: null });
  });
  it('orders again what had fallen away, with what was done', () => {
    expect(turnOf(true, red, before('released', ['returned', 'accepted']))).toMatchObject({ do: 'reopen', state: 'accepted' });
    expect(turnOf(true, red, before('released'))).toMatchObject({ do: 'reopen', state: 'open' });
  });
});

describe('what comes next', () => {
  const waiting = { dueOn: '2024-11-08', firm: true, reminded: false };
  it('is the reminder, then the end of the due day, then that of the year, then nothing', () => {
    expect(nextOf(2024, false, [waiting], [7])).toEqual({ kind: 'remind', dueAt: '2024-11-01T00:00:00+08:00', firm: true });
    expect(nextOf(2024, false, [{ ...waiting, reminded: true }], [7])).toEqual({ kind: 'sweep', dueAt: '2024-11-09T00:00:00+08:00', firm: true });
    expect(nextOf(2024, false, [], [7])).toEqual({ kind: 'year-end', dueAt: '2025-01-01T00:00:00+08:00', firm: true });
    expect(nextOf(2024, true, [], [7])).toBeNull();
  });
  it('the earliest of several days; a provisional day reminds nobody and holds up nobody else', () => {
    const provisional = { dueOn: '2024-10-08', firm: false, reminded: false };
    expect(nextOf(2024, false, [waiting, { ...waiting, dueOn: '2024-11-29' }, provisional], [7])).toMatchObject({ kind: 'remind', dueAt: '2024-11-01T00:00:00+08:00' });
    expect(nextOf(2024, false, [provisional], [7])).toMatchObject({ kind: 'year-end' });
    expect(nextOf(2024, true, [provisional], [7])).toMatchObject({ kind: 'sweep', firm: false });
  });
});

it.each([['open', false, null, 'awaited'], ['open', true, null, 'overdue'], ['submitted', true, true, 'to-review'], ['returned', false, false, 'returned'], ['returned', true, false, 'overdue'], ['returned', true, true, 'returned'], ['accepted', false, false, 'accepted'], ['released', false, null, 'released']])('%s, overdue %s, its report late %s, stands under %s', (state, overdue, late, board) => {
  expect(boardOf({ state, overdue, late })).toBe(board);
});
