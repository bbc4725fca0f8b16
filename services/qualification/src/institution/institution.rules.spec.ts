import { describe, expect, it } from '@jest/globals';
import { creditCodeOf } from '@zhijian/policy';
import { acceptClosure, acceptFiling, acceptObservation, readCreditCode } from './institution.rules.js';

const today = '2023-03-01';
const present = { filedOn: '2020-05-06', closedOn: null };

describe('the credit code of an institution', () => {
  it('is accepted with spaces and lower case when its check digit holds', () => {
    const code = creditCodeOf('12330106MB1234567');
    expect(readCreditCode(` ${code.toLowerCase()} `)).toEqual({ ok: true, code });
  });
  it.each([['123', 'credit-code-length'], ['1233010600000000IO', 'credit-code-character'], [`${creditCodeOf('12330106MB1234567').slice(0, 17)}?`, 'credit-code-character']])(
    '%s is refused and its field is named', (text, code) => {
      expect(readCreditCode(text)).toMatchObject({ ok: false, code, errors: [{ path: '/creditCode' }] });
    });
  it('with a wrong check digit is refused in Chinese', () => {
    const code = creditCodeOf('12330106MB1234567');
    const wrong = `${code.slice(0, 17)}${code.endsWith('0') ? '1' : '0'}`;
    expect(readCreditCode(wrong)).toMatchObject({ code: 'credit-code-check-digit', errors: [{ message: '统一社会信用代码校验码不符，请核对' }] });
  });
});

describe('a filing', () => {
  it('of today is accepted, of tomorrow not', () => {
    expect(acceptFiling({ filedOn: today }, null, today)).toEqual({ ok: true });
    expect(acceptFiling({ filedOn: '2023-03-02' }, null, today)).toMatchObject({ code: 'filing-in-future' });
  });
  it('older than the present one never becomes present', () => {
    expect(acceptFiling({ filedOn: '2020-05-05' }, present, today)).toMatchObject({ code: 'filing-older-than-present' });
  });
  it('that is closed cannot be closed again: a wrong state', () => {
    expect(acceptClosure(today, { ...present, closedOn: '2022-01-01' }, today)).toMatchObject({ code: 'filing-not-open', wrongState: true });
    expect(acceptClosure(today, null, today)).toMatchObject({ code: 'filing-not-open' });
  });
  it('is closed between the day it was filed and today, both included', () => {
    expect(acceptClosure('2020-05-06', present, today)).toEqual({ ok: true });
    expect(acceptClosure('2020-05-05', present, today)).toMatchObject({ code: 'closure-before-filing' });
    expect(acceptClosure('2023-03-02', present, today)).toMatchObject({ code: 'closure-in-future' });
  });
});

it('what a district saw lies in the past', () => {
  expect(acceptObservation(today, today)).toEqual({ ok: true });
  expect(acceptObservation('2023-03-02', today)).toMatchObject({ code: 'observation-in-future' });
});
