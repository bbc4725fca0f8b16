import { describe, expect, it } from '@jest/globals';
import { archivesOf, notYetDue, repeatedIn } from './visit.js';

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
