import { describe, expect, it } from '@jest/globals';
import { localDate } from '@zhijian/calendar';
import { acceptReport, timeliness, type Report } from './self-check.rules.js';

const aReport = (change: Partial<Report> = {}): Report => ({ items: [{ source: 'self', problemId: null, text: '档案缺页', correctedOn: '2030-04-01', correctBy: null }], noProblems: false, sealedBy: '办公室主任', ...change });
const known = { problems: [], receivedOn: localDate('2030-04-10'), closesOn: localDate('2030-11-30'), clauses: ['TEST-2030-02'] };

describe('a self-check report', () => {
  it('that came at the last minute of its day is in time, at 24:00 it is late', () => {
    const due = localDate('2030-04-15');
    expect(timeliness('2030-04-15T23:59:59+08:00', due, localDate('2030-03-01'))).toEqual({ late: false, early: false });
    expect(timeliness('2030-04-16T00:00:00+08:00', due, localDate('2030-03-01'))).toEqual({ late: true, early: false });
  });
  it('before its stage opens is early, not refused', () => {
    expect(timeliness('2030-02-27T10:00:00+08:00', localDate('2030-04-15'), localDate('2030-03-01')).early).toBe(true);
  });
  it('without a due date is neither late nor in time', () => {
    expect(timeliness('2030-02-27T10:00:00+08:00', null, localDate('2030-03-01')).late).toBeNull();
  });
  it('is taken late, with its lateness', () => expect(acceptReport(aReport(), { ...known, receivedOn: localDate('2030-06-01') })).toEqual({ ok: true }));
  it('is refused when the campaign is over', () => expect(acceptReport(aReport(), { ...known, receivedOn: localDate('2030-12-01') })).toMatchObject({ code: 'self-check-campaign-closed', wrongState: true, clauses: ['TEST-2030-02'] }));
  it('without a seal names the field', () => expect(acceptReport(aReport({ sealedBy: null }), known)).toMatchObject({ code: 'self-check-unsealed', errors: [{ path: '/sealedBy' }] }));
  it('without problems must say so', () => {
    expect(acceptReport(aReport({ items: [] }), known)).toMatchObject({ code: 'self-check-empty' });
    expect(acceptReport(aReport({ items: [], noProblems: true }), known)).toEqual({ ok: true });
  });
  it('dates every problem: corrected at once, or by when', () => {
    expect(acceptReport(aReport({ items: [{ source: 'self', problemId: null, text: '缺页', correctedOn: null, correctBy: null }] }), known)).toMatchObject({ code: 'self-check-item-undated', errors: [{ path: '/items/0/correctBy' }] });
  });
  it('answers each problem of last year’s circular', () => {
    expect(acceptReport(aReport(), { ...known, problems: ['p1'] })).toMatchObject({ code: 'self-check-problem-unanswered' });
  });
  it('cannot have been corrected tomorrow', () => {
    expect(acceptReport(aReport({ items: [{ source: 'self', problemId: null, text: '缺页', correctedOn: '2030-04-11', correctBy: null }] }), known)).toMatchObject({ code: 'self-check-date-outside' });
  });
});
