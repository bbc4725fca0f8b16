import { describe, expect, it } from '@jest/globals';
import { askedFor, choicesOf, emptyIssue, inputsOf, isRecorded, issuesSent, wrongIn } from './duty.js';

const given = { doneOn: '2024-08-20', note: '', issues: [], sealedBy: '', institutionId: 'a' };

describe('a record of a duty', () => {
  it('is kept for duties without a page of their own', () => expect([isRecorded('issue-list'), isRecorded('self-check-report')]).toEqual([true, false]));

  it('asks for lines where the form has lines, and says so beside the field', () => {
    const pack = { forms: { F: { rows: 'issues', title: '问题清单' } }, checklists: { C: { title: '清单', items: [] } } };
    expect(askedFor(pack, { form: 'F', checklist: 'C', decision: null })).toMatchObject({ lists: true, checklist: { title: '清单' }, table: undefined });
    expect(wrongIn(given, { lists: true, sealed: false, ofBody: true })).toEqual([{ path: '/issues', message: expect.stringContaining('逐项') }]);
    expect(wrongIn({ ...given, note: '没有发现问题', sealedBy: '' }, { lists: true, sealed: true, ofBody: true }).map(({ path }) => path)).toEqual(['/sealedBy']);
    expect(wrongIn({ ...given, issues: [emptyIssue], institutionId: '' }, { lists: true, sealed: false, ofBody: true }).map(({ path }) => path)).toEqual(['/institutionId', '/issues/0/text']);
  });

  it('sends no empty item, and numbers and yes or no as such', () => {
    expect(issuesSent([{ ...emptyIssue, text: ' 档案不全 ' }])).toMatchObject([{ item: null, text: '档案不全', due: null }]);
    expect(inputsOf({ a: '是', b: '3', c: '否', d: ' ', e: '较好' })).toEqual({ a: true, b: 3, c: false, e: '较好' });
  });
});

it('what a table takes is offered in words; numbers are typed', () => {
  const kinds = (kind: string) => (kind === 'hospital' ? '医院' : kind);
  expect(choicesOf('"both", "none", "before-2020", "hospital"', kinds).map(({ word }) => word)).toEqual(['两者都有', '无', '2020年以前', '医院']);
  expect([choicesOf('true,false', kinds), choicesOf('[0..100]', kinds), choicesOf(undefined, kinds)]).toEqual([[{ value: '是', word: '是' }, { value: '否', word: '否' }], [], []]);
});
