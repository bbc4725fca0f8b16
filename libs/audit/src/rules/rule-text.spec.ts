import { expect, it } from '@jest/globals';
import { canonicalJson, sha256 } from '../canonical.js';
import type { Certificate } from '../certificate.js';
import { agrees, recompute } from './recompute.js';
import { calendarOfDays } from './recompute.dates.js';
import { ruleText, tableOf } from './rule-text.js';
import type { TableText } from './texts.js';

const table = {
  id: 't', name: '颜色', hitPolicy: 'UNIQUE', inputs: [{ expression: 'score', label: '得分', type: 'number', mayLack: false }], outputs: [{ name: 'colour', label: '颜色', type: 'string' }],
  rules: [{ id: 'low', when: ['< 60'], then: ['"red"'], clauses: ['C1'] }, { id: 'high', when: ['>= 60'], then: ['"green"'], clauses: ['C1'] }],
};
const body = canonicalJson(table);
const aCertificate = (score: number, outcome: string): Certificate => {
  const inputs = { score };
  return { basis: 'rule', rule: { form: 'table', name: 't', sha256: sha256(body) }, inputs, inputsSha256: sha256(canonicalJson(inputs)), determined: true, outcome } as unknown as Certificate;
};
const copy = (text: string): string => `${text} `.slice(0, -1);

it('equal texts are read once and make one table, whoever asks', () => {
  const once = ruleText(body);
  expect(ruleText(copy(body))).toBe(once);
  expect(once.sha256).toBe(sha256(body));
  expect(tableOf(ruleText(copy(body)).value as TableText)).toBe(tableOf(once.value as TableText));
  expect(ruleText(body.replace('60', '61'))).not.toBe(once);
});

it('what a held text says is what a fresh one says, and another outcome, other inputs and another text are still found', () => {
  for (let score = 0; score <= 120; score += 0.5) {
    const outcome = score < 60 ? 'red' : 'green';
    expect(recompute(aCertificate(score, outcome), body)).toEqual(recompute(aCertificate(score, outcome), JSON.parse(body)));
    expect(agrees(aCertificate(score, outcome), copy(body))).toBe('same');
    expect(agrees(aCertificate(score, outcome === 'red' ? 'green' : 'red'), body)).toBe('different');
  }
  expect(agrees({ ...aCertificate(70, 'green'), inputs: { score: 50 } }, body)).toBe('different');
  expect(agrees(aCertificate(70, 'green'), body.replace('60', '80'))).toBe('different');
});

it('does not hold every text it was ever given', () => {
  const first = ruleText(body);
  for (let n = 0; n < 200; n += 1) ruleText(`{"n":${n}}`);
  expect(ruleText(body)).not.toBe(first);
  const large = JSON.stringify({ text: 'x'.repeat(300_000) });
  expect(ruleText(large)).not.toBe(ruleText(large));
});

it('what is no JSON is refused each time; it is another text than the one that was hashed', () => {
  expect(agrees(aCertificate(70, 'green'), body.slice(1))).toBe('different');
  for (const _ of [1, 2]) expect(() => ruleText('{').value).toThrow();
});

it('the days of one text make one calendar, and few are held', () => {
  const days = (at: number) => [{ on: `2024-05-0${at}`, working: false, firm: true, notice: null }];
  const one = days(1);
  const calendar = calendarOfDays(one);
  expect(calendarOfDays(one)).toBe(calendar);
  for (let at = 1; at <= 9; at += 1) calendarOfDays(days(at));
  expect(calendarOfDays(one)).not.toBe(calendar);
  expect(calendarOfDays(one)).toEqual(calendar);
});
