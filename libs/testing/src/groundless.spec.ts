import { expect, it } from '@jest/globals';
import { groundless } from '@zhijian/policy';
import { whyGroundless } from './groundless.js';

const pack = { id: 'national/superior-law', version: 2, sha256: '0'.repeat(64) };
const one = { kind: 'filing', determined: true, pack, reason: groundless.unknown } as const;

it('a filing may rest on no words while its certificate says that the law has none', () => {
  expect(whyGroundless(one)).toMatch(/filings/);
  expect(whyGroundless({ ...one, pack: null, reason: groundless.uninstalled })).toMatch(/filings/);
});
it.each([
  ['says nothing', { reason: null }], ['gives another reason', { reason: '材料齐全' }], ['is of a kind that has its clauses', { kind: 'colour' as const }],
])('a certificate without words that %s is found', (_, change) => {
  expect(whyGroundless({ ...one, ...change })).toBeNull();
});
it('what could not be decided says what was missing, and by which pack', () => {
  const open = { ...one, kind: 'colour', determined: false, reason: '待核实：缺少得分' } as const;
  expect(whyGroundless(open)).toMatch(/nothing decided/);
  expect(whyGroundless({ ...open, pack: null })).toBeNull();
  expect(whyGroundless({ ...open, reason: null })).toBeNull();
});
