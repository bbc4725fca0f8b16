import { describe, expect, it } from '@jest/globals';
import { keptBecause, localDate, takenOver } from './index.js';

const day = (on: string, firm = true) => ({ on: localDate(on), firm });
const noon = '2030-04-12T12:00:00+08:00';

describe('a day that binds somebody, under another calendar', () => {
  it.each<[string, ReturnType<typeof day>, ReturnType<typeof day>, string, string]>([
    ['that is the same', day('2030-04-15'), day('2030-04-15'), noon, 'same'],
    ['provisional, that becomes firm as the same day', day('2030-04-15', false), day('2030-04-15'), noon, 'moved'],
    ['provisional, that stays so on another day', day('2030-04-15', false), day('2030-04-16', false), noon, 'moved'],
    ['provisional, that comes earlier', day('2030-04-15', false), day('2030-04-11'), noon, 'moved'],
    ['provisional, that has passed', day('2030-04-10', false), day('2030-04-11'), noon, 'moved'],
    ['firm, that comes later', day('2030-04-15'), day('2030-04-16'), noon, 'moved'],
    ['firm, that would come earlier', day('2030-04-15'), day('2030-04-12'), noon, 'shortened'],
    ['firm, that would be provisional', day('2030-04-15'), day('2030-04-16', false), noon, 'same'],
    ['firm, in its last second', day('2030-04-15'), day('2030-04-16'), '2030-04-15T23:59:59+08:00', 'moved'],
    ['firm, that has ended at 24:00 Beijing', day('2030-04-15'), day('2030-04-16'), '2030-04-15T16:00:00Z', 'passed'],
  ])('%s', (_, stood, anew, now, expected) => expect(takenOver(stood, anew, now)).toBe(expected));

  it('a firm day that binds nobody yet may come earlier', () => {
    expect(keptBecause(day('2030-04-15'), day('2030-04-12'), { now: noon, binding: false })).toBeNull();
  });
});
