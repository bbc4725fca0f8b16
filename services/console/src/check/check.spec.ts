import { expect, it } from '@jest/globals';
import { frequencyWords, linesIn, namesIn } from './check.js';

it('says a least number, a permission, and what nobody rules, each in its own words', () => {
  expect(frequencyWords({ min: 2, target: 2, permitted: false })).toBe('不少于 2 次／年');
  expect(frequencyWords({ min: 0, target: 1, permitted: true }, 2)).toBe('可 1 次／ 2 年');
  expect(frequencyWords({ min: 0, target: 0, permitted: true })).toBe('可不主动实施');
  expect(frequencyWords({ min: null, target: null, permitted: false })).toBe('不定频次');
});

it('takes names and lines as they are typed', () => {
  expect(namesIn('甲、乙 丙，丙')).toEqual(['甲', '乙', '丙', '丙']);
  expect(linesIn(' 缺少签名 \n\n空白样缺失')).toEqual(['缺少签名', '空白样缺失']);
});
