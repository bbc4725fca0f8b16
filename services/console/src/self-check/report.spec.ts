import { describe, expect, it } from '@jest/globals';
import { bodyOf, draftFrom, emptyDraft, wrongIn, type Draft, type Report, type Subject } from './report.js';

const subject = {
  institutionId: 'i1', lastYearProblems: [{ problemId: 'p1', text: '比对不合格', year: 2022 }],
  checklist: [{ id: 'filing', title: '备案管理', clauses: [] }, { id: 'archives', title: '档案管理', clauses: [] }],
} as unknown as Subject;
const filled: Draft = {
  ...emptyDraft, lastYear: { p1: { corrected: true, on: '2023-03-20' } }, areas: { filing: 'clear', archives: 'found' },
  own: [{ area: 'archives', text: '档案缺少签名', corrected: false, on: '2023-05-31' }], employers: '12', workers: '3400', sealedBy: '办公室',
};

describe('a self-check report', () => {
  it('[HZ-2023-06] last year\'s problems lead the items, each with its day', () => {
    const { items, noProblems } = bodyOf(filled, subject, false);
    expect(items.map(({ source, correctedOn, correctBy }) => [source, correctedOn, correctBy])).toEqual([['assessment-last-year', '2023-03-20', null], ['self', null, '2023-05-31']]);
    expect(noProblems).toBe(false);
  });
  it('what is filled in completely has no errors', () => expect(wrongIn(filled, subject, false)).toEqual([]));
  it('every last-year problem and every area must be answered', () => {
    expect(wrongIn(emptyDraft, subject, false).map(({ path }) => path)).toEqual(['/items/0', '/areas/filing', '/areas/archives', '/volumes/employers', '/volumes/workers', '/sealedBy']);
  });
  it('an officer on behalf of a body says when the paper came and why', () => expect(wrongIn(filled, subject, true).map(({ path }) => path)).toEqual(['/onBehalf/receivedOn', '/onBehalf/reason']));
  it('a returned report is taken up where it was', () => {
    const { items } = bodyOf(filled, subject, false);
    const report = { items: items.map((it, index) => ({ ...it, itemId: String(index), acceptedBy: null })), volumes: { employers: 12, workers: 3400 }, sealedBy: '办公室' } as unknown as Report;
    expect(bodyOf(draftFrom(report, subject), subject, false).items).toEqual(items.map((it) => ({ ...it })));
  });
});
