import { describe, expect, it } from '@jest/globals';
import { archivesOf, filingInputs, notYetDue, remedyWords, repeatedIn } from './visit.js';

describe('an on-site visit', () => {
  it('a pasted list may be separated by lines, commas or tabs', () => expect(archivesOf('A1\nA2，A3\tA4;;\r\n A5 ')).toEqual(['A1', 'A2', 'A3', 'A4', 'A5']));
  it('[HZ-2023-10] a number that stands twice is named before anything is drawn', () => expect(repeatedIn(['a', 'b', 'a', 'a'])).toEqual(['a']));
  it('[HZ-2023-11] an item whose accepted day has not passed at the visit is not uncorrected', () => {
    expect(notYetDue({ acceptedBy: '2023-06-01' }, '2023-05-20')).toBe(true);
    expect(notYetDue({ acceptedBy: '2023-05-20' }, '2023-05-20')).toBe(true);
    expect(notYetDue({ acceptedBy: '2023-05-19' }, '2023-05-20')).toBe(false);
    expect(notYetDue({ acceptedBy: null }, '2023-05-20')).toBe(false);
  });
});

it('[HZ-2023-11] a problem that the body says it has corrected has no limit, but the day it said', () => {
  expect([remedyWords({ acceptedBy: '2023-04-02', correctedOn: '2023-04-02' }), remedyWords({ acceptedBy: '2023-05-31', correctedOn: null }), remedyWords({ acceptedBy: null })]).toEqual(['机构报告已于 2023-04-02 整改', '整改期限 2023-05-31', '整改期限 —']);
});

describe('what the filing of a case is decided with', () => {
  const item = (outcome: 'corrected' | 'uncorrected' | 'undetermined') => ({ itemId: outcome, text: '', acceptedBy: null, corrected: null, outcome, note: '', clauses: [] });
  const finding = (serious: boolean) => ({ findingId: 'f', kind: 'other' as const, title: '', text: '', serious, clauses: [], checklistItem: null, class: null, selfReported: null });

  it('is known where an item was not corrected or all were seen, and unknown while one was not', () => {
    expect(filingInputs({ verifications: [item('uncorrected'), item('undetermined')], findings: [] }).uncorrectedItem).toBe(true);
    expect(filingInputs({ verifications: [item('corrected')], findings: [] })).toEqual({ uncorrectedItem: false, seriousViolation: false, uncorrectedViolation: false, violationFound: false });
    expect(filingInputs({ verifications: [item('undetermined')], findings: [] }).uncorrectedItem).toBeNull();
    expect(filingInputs({ verifications: [item('undetermined')], findings: [finding(true)] })).toMatchObject({ uncorrectedItem: false, seriousViolation: true });
  });
});
