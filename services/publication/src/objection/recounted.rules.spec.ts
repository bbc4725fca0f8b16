import { expect, it } from '@jest/globals';
import { localDate } from '@zhijian/calendar';
import { recounted } from './recounted.rules.js';

const today = localDate('2027-01-12');
it.each([
  ['a provisional day becomes certain, even as the same day', '2027-01-14', false, '2027-01-14', true, true],
  ['a provisional day that has passed becomes certain', '2027-01-04', false, '2027-01-05', true, true],
  ['a provisional day moves while it stays provisional', '2027-01-14', false, '2027-01-15', false, true],
  ['a provisional day that is the same stays', '2027-01-14', false, '2027-01-14', false, false],
  ['a certain day is lengthened', '2027-01-14', true, '2027-01-15', true, true],
  ['a certain day is never shortened', '2027-01-14', true, '2027-01-13', true, false],
  ['a certain day is never made uncertain', '2027-01-14', true, '2027-01-15', false, false],
  ['a certain day that has passed stays', '2027-01-11', true, '2027-01-15', true, false],
])('%s', (_, dueOn, firm, on, sure, expected) => expect(recounted({ dueOn, firm }, { on: localDate(on), firm: sure }, today)).toBe(expected));
