import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isIdNumber, maskedName, personalIn, withoutPersonal } from './personal-data.js';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const idNumber = (area: number, day: Date, serial: number): string => {
  const head = `${String(area).padStart(6, '3')}${day.toISOString().slice(0, 10).replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
  return head + '10X98765432'[weights.reduce((sum, weight, at) => sum + weight * Number(head[at]), 0) % 11];
};
const people = fc.tuple(fc.integer({ min: 110000, max: 659000 }), fc.date({ min: new Date('1930-01-02'), max: new Date('2020-12-30'), noInvalidDate: true }), fc.integer({ min: 0, max: 999 })).map(([area, day, serial]) => idNumber(area, day, serial));

describe('numbers of people in free text', () => {
  it('finds every id number with a valid check digit, however it is typed, and leaves nothing of it', () => {
    fc.assert(fc.property(people, fc.constantFrom('', ' ', '-'), (id, gap) => {
      const typed = `当事人${id.slice(0, 6)}${gap}${id.slice(6, 14)}${gap}${id.slice(14)}，已约谈`;
      expect([personalIn(typed), isIdNumber(id)]).toEqual(['id-number', true]);
      expect(withoutPersonal(typed)).toBe('当事人［居民身份证号码］,已约谈');
    }));
  });
  it('finds mobile numbers, full width too', () => {
    for (const typed of ['联系 13812345678', '１３８１２３４５６７８', '+86 138-1234-5678', '电话:13812345678。']) expect(personalIn(typed)).toBe('phone');
  });
  it.each(['91350100M000100Y43', '档案编号 20230415001', '330106', '2023-04-15', '0571-87654321', '012345678901234567', 'a3f13812345678bc', '（杭）职检字〔2023〕第12号', '12345678901234567890123'])('leaves “%s” alone', (text) => {
    expect([personalIn(text), withoutPersonal(text).length]).toEqual([null, text.normalize('NFKC').length]);
  });
  it('a name is shown by its first character', () => expect([maskedName('张三丰'), maskedName('')]).toEqual(['张*', '']));
});
