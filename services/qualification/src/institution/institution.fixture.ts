import { creditCodeOf } from '@zhijian/policy';
import type { Registration } from './institution.rows.js';

/** A valid, invented credit code; `number` makes it another one. */
export const aCreditCode = (number = 1): string => creditCodeOf(`52990101${String(number).padStart(9, '0')}`);

/** A filed health-examination institution of an invented district. */
export const aRegistration = (change: Partial<Registration> = {}): Registration => ({
  creditCode: aCreditCode(), name: '测试一院', kind: 'health-examination', jurisdiction: '990101', address: '测试路1号', contactPost: '医务科', invented: true,
  filing: { number: '测卫职检备〔2020〕1号', filedOn: '2020-05-06', categories: ['粉尘类'], items: ['矽尘'], outreach: true },
  ...change,
});
