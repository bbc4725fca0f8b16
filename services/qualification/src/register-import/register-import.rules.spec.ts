import { expect, it } from '@jest/globals';
import { registerTable } from '@zhijian/documents';
import { ledgerFor, linesOf, sift } from './register-import.rules.js';

const value = {
  creditCode: 'X', name: '测试一院', kind: 'radiation-health-service', jurisdiction: '990101', address: '测试路1号', contactPost: null, filingNumber: '1号', filedOn: '2020-05-06',
  categories: ['粉尘类'], items: [], outreach: true, invented: null,
};

it('a line becomes a registration of its kind with its filing or qualification', () => {
  expect(sift([{ row: 2, value }], registerTable)).toMatchObject({ good: [{ kind: 'radiation-health-service', invented: false, filing: { number: '1号', filedOn: '2020-05-06', outreach: true } }], faults: [] });
});

it.each([
  ['without a day of filing', { filedOn: null }, '登记日期'],
  ['filed without categories', { categories: [] }, '“类别”'],
])('a line %s is a fault of the whole line', (_, change, word) => {
  const { good, faults } = sift([{ row: 7, value: { ...value, ...change } }], registerTable);
  expect(good).toEqual([]);
  expect(faults).toMatchObject([{ path: '名单!A7:L7', message: expect.stringContaining(word) as unknown }]);
});

it('an institution that is not filed is registered without a filing', () => {
  expect(sift([{ row: 2, value: { ...value, filingNumber: null, filedOn: null, categories: [] } }], registerTable).good).toMatchObject([{ filing: null }]);
});

it('the ledger of an officer refuses other places and days to come, beside its own checks', () => {
  const check = (key: string, text: string) => ledgerFor(registerTable, { places: ['990101'], today: '2023-02-15' }).columns.find((column) => column.key === key)?.check?.(text) ?? null;
  expect([check('jurisdiction', '990101'), check('filedOn', '2023-02-15')]).toEqual([null, null]);
  expect(check('jurisdiction', '990102')).toContain('不在您的管辖范围内');
  expect(check('jurisdiction', '99')).toContain('6位数字');
  expect(check('filedOn', '2023-02-16')).toContain('晚于今日');
});

it('lines are counted once, whatever number of faults they have', () => {
  expect(linesOf([1, 2], [{ path: '名单!A4', message: '' }, { path: '名单!C4', message: '' }, { path: '名单!A5:L5', message: '' }])).toBe(4);
  expect(linesOf([], [{ path: '名单!A1', message: '缺少列' }])).toBe(0);
});
