import { expect, it } from '@jest/globals';
import { acceptResumption, acceptSuspension, withSuspensions } from './suspension.rules.js';

const today = '2024-03-01';
const line = { kind: 'radiation-health-service', number: '（测）001', issuer: '990000', from: '2023-05-01', to: '2028-04-30' } as const;
const once = { kind: 'radiation-health-service', from: '2024-02-01', how: 'ordered', basis: '示例〔2024〕3号', reason: '人员不足', resumedOn: null, resumedBasis: null, resumedReason: null, lapsed: false } as const;
const over = { ...once, resumedOn: '2024-02-20' };

it('a qualification rests from a day on which it was held, once at a time', () => {
  expect(acceptSuspension('2024-02-01', line, [], today)).toMatchObject({ ok: true });
  expect(acceptSuspension('2024-02-01', undefined, [], today)).toMatchObject({ code: 'suspension-not-held', wrongState: true, errors: [{ path: '/kind' }] });
  expect(acceptSuspension('2024-02-01', { ...line, ended: 'cancelled', to: today }, [], today)).toMatchObject({ code: 'suspension-not-held' });
  expect(acceptSuspension('2024-02-01', { ...line, to: '2024-02-29' }, [], today)).toMatchObject({ code: 'suspension-not-held' });
  expect(acceptSuspension('2024-02-10', line, [once], today)).toMatchObject({ code: 'suspension-already', wrongState: true });
  expect(acceptSuspension('2024-03-02', line, [], today)).toMatchObject({ code: 'suspension-in-future', errors: [{ path: '/from' }] });
  expect(acceptSuspension('2023-04-30', line, [], today)).toMatchObject({ code: 'suspension-before-term' });
  expect(acceptSuspension('2024-02-19', line, [over], today)).toMatchObject({ code: 'suspension-overlaps', errors: [{ path: '/from', message: '不能早于 2024-02-20' }] });
  expect(acceptSuspension('2024-02-20', line, [over], today)).toMatchObject({ ok: true });
});

it('it serves again from a day of the suspension; from its first, nothing was suspended', () => {
  expect(acceptResumption('2024-02-01', [over, once], today)).toMatchObject({ ok: true, present: once });
  expect(acceptResumption('2024-01-31', [once], today)).toMatchObject({ code: 'resumption-before', errors: [{ path: '/on' }] });
  expect(acceptResumption('2024-03-02', [once], today)).toMatchObject({ code: 'resumption-in-future' });
  expect(acceptResumption('2024-02-10', [over], today)).toMatchObject({ code: 'suspension-none', wrongState: true });
  expect(acceptResumption('2024-02-10', [{ ...once, lapsed: true }], today)).toMatchObject({ code: 'suspension-none' });
});

it('each qualification has the suspension that lasts and those that are over; why is not said', () => {
  const other = { ...line, kind: 'health-examination' } as const;
  const [own, untouched] = withSuspensions([line, other], [over, { ...once, from: '2024-02-25' }]);
  const { from, how, basis } = once;
  expect(own).toEqual({ ...line, suspended: { from: '2024-02-25', how, basis }, suspendedBefore: [{ from, how, basis, to: '2024-02-20' }] });
  expect(untouched).toEqual(other);
  expect(withSuspensions([line], [{ ...once, lapsed: true }])[0]).toEqual({ ...line, suspendedBefore: [{ from, how, basis, to: null }] });
});
