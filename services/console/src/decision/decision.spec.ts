import { expect, it } from '@jest/globals';
import { decisionKinds } from '@zhijian/contracts';
import { inputRows, kindWords, said } from './decision.js';

it('every kind of decision has its Chinese word', () => {
  expect(decisionKinds.filter((kind) => kindWords[kind] === undefined)).toEqual([]);
});
it('inputs are named as the table names its columns', () => {
  expect(inputRows({ context: { unit: '330106' }, late: true }, { inputs: [{ expression: 'late', label: '是否逾期' }] })).toEqual([['是否逾期', '是'], ['所属', '单位 330106']]);
  expect(inputRows({ late: true, notAsked: 1 }, { inputs: [{ expression: 'late', label: '是否逾期' }] })).toEqual([['是否逾期', '是']]);
});
it('outcomes are said in words', () => {
  expect(said({ dueOn: '2023-05-10', limitOn: '2023-05-10', firm: true })).toBe('期限 2023-05-10；最迟 2023-05-10；已确定 是');
  expect(said({ '01a20f11-53a8-7d04-a555-302c6d91b204': 'late' })).toBe('逾期');
  expect(said(null)).toBe('无');
});
