import { expect, it } from '@jest/globals';
import { builtInCalendar } from '@zhijian/calendar';
import { builtInPacks, Packs, type Pack } from '@zhijian/policy';
import { dueReason } from './objection.rules.js';

const plain = await new Packs([builtInPacks]).get('chongqing/colour-2024');
/** The same, if its text gave ten working days for an answer. */
const pack: Pack = { ...plain, rules: { ...plain.rules, periods: { ...plain.rules.periods, 'objection-answer': { ...plain.rules.periods['result-notice']!, event: 'objection-raised', workingDays: 10 } } } };

it('a day that the text gives is told with the days that were counted', () => {
  const { because, counted } = dueReason(pack, { dueOn: '2024-10-09', dueStated: true, raisedOn: '2024-09-19' }, builtInCalendar);
  expect(because).toContain('10个工作日');
  expect([counted.length, counted[0], counted.at(-1)]).toEqual([10, '2024-09-20', '2024-10-09']);
});

it('one that the calendar would no longer give says that it stands, and counts nothing', () => {
  expect(dueReason(pack, { dueOn: '2024-10-08', dueStated: true, raisedOn: '2024-09-19' }, builtInCalendar)).toEqual({ because: expect.stringContaining('期限确定后不缩短'), counted: [] });
});

it('no day has no reason', () => expect(dueReason(plain, { dueOn: null, dueStated: false, raisedOn: '2024-09-19' }, builtInCalendar)).toEqual({ because: null, counted: [] }));
