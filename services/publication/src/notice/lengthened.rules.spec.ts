import { expect, it } from '@jest/globals';
import { builtInCalendar, due, localDate, parseNotice, withNotice } from '@zhijian/calendar';
import { lengthened, wouldShorten } from './lengthened.rules.js';

const counted = ['2024-09-14', '2024-09-18', '2024-09-19', '2024-09-20', '2024-09-23'];
const { off, workdays } = builtInCalendar.years['2024']!;
const by = (lastDay: string, more: string[], work: string[] = []) => {
  const calendar = withNotice(builtInCalendar, parseNotice({ year: 2024, number: '示例〔2024〕1号', off: [...off, ...more].sort(), workdays: [...workdays, ...work].sort() }));
  return lengthened({ lastDay: localDate(lastDay), counted }, due({ from: localDate('2024-09-13'), workingDays: 5 }, calendar), calendar);
};

it.each<[string, string, string[], string[], ReturnType<typeof by>]>([
  ['a counted day that is off now is made up for at the end', '2024-09-23', ['2024-09-20'], [], { lastDay: localDate('2024-09-24'), counted: ['2024-09-14', '2024-09-18', '2024-09-19', '2024-09-23', '2024-09-24'] }],
  ['where the notice runs longer anyway only its counted days are others', '2024-09-30', ['2024-09-20'], [], { lastDay: localDate('2024-09-30'), counted: ['2024-09-14', '2024-09-18', '2024-09-19', '2024-09-23', '2024-09-24'] }],
  ['a day off outside of it changes nothing', '2024-09-23', ['2024-11-11'], [], null],
  ['a weekend that is worked does not shorten it', '2024-09-23', [], ['2024-09-21'], null],
])('%s', (_, lastDay, more, work, expected) => expect(by(lastDay, more, work)).toEqual(expected));

it.each<[string, string, string, boolean]>([
  ['days of the text that end earlier now', '2024-09-23', '2024-09-22', true],
  ['days of the text that end as they did', '2024-09-23', '2024-09-23', false],
  ['a longer period that the publisher chose', '2024-09-30', '2024-09-23', false],
])('a holiday notice would shorten: %s', (_, lastDay, planned, expected) => expect(wouldShorten({ lastDay: localDate(lastDay), counted }, { on: localDate(planned) })).toBe(expected));
