import { expect, it } from '@jest/globals';
import { dateForm, wrongInDates } from './next-year.js';

const proposed = [{ title: '“自查”开始', was: '2023-03' }, { title: '“自查报告”的期限', was: '2023-04-15' }, { title: '“总结”结束', was: '2023' }];

it('dates are written as the text writes them: by day, by month, by year', () => expect(proposed.map(({ was }) => dateForm(was))).toEqual(['month', 'day', 'year']));

it('each date is later than that of the last time and complete; what is not is named by its field', () => {
  expect(wrongInDates(proposed, [{ on: '2024-03' }, { on: '2024-04-15' }, { on: '2024' }])).toEqual([]);
  expect(wrongInDates(proposed, [{ on: '2024-13' }, { on: '2023-04-15' }, { on: '' }])).toEqual([
    { path: '/dates/0/on', message: '“自查”开始：请填写月份，写作 2024-04' }, { path: '/dates/1/on', message: '“自查报告”的期限：须晚于上一次的 2023-04-15' }, { path: '/dates/2/on', message: '“总结”结束：请填写年份，写作 2024' },
  ]);
});
