import { describe, expect, it } from '@jest/globals';
import { acceptLine, acceptLineEnd, withOwn } from './line.rules.js';

const today = '2024-03-01';
const radiation = { kind: 'radiation-health-service', number: '（测）卫放技字（2023）第001号', issuer: '990000', from: '2023-05-01', to: '2028-04-30' } as const;
const filing = { number: '测备〔2020〕1号', filedOn: '2020-05-06', filedIn: '990101', categories: ['粉尘类'], items: [], outreach: false, closedOn: null };

describe('the qualifications of a body', () => {
  it('are what is recorded, and what its own kind and filing stand for', () => {
    expect(withOwn([radiation], { kind: 'occupational-health-service', filing: null }).map(({ kind }) => kind)).toEqual(['occupational-health-service', 'radiation-health-service']);
    expect(withOwn([radiation], { kind: 'health-examination', filing })[0]).toEqual({ kind: 'health-examination', number: '测备〔2020〕1号', issuer: null, from: '2020-05-06', to: null });
  });
  it('name none for a hospital or a centre of which nothing else is known: that is no qualification', () => {
    expect(withOwn([radiation], { kind: 'disease-control-centre', filing: null })).toEqual([radiation]);
    expect(withOwn([radiation], { kind: 'radiation-health-service', filing: null })).toEqual([radiation]);
  });
});

it('a qualification neither ends before it begins, nor begins to come, nor is older than the one it renews', () => {
  expect(acceptLine(radiation, undefined, today)).toEqual({ ok: true });
  expect(acceptLine({ from: '2023-05-01', to: '2023-04-30' }, undefined, today)).toMatchObject({ code: 'line-dates', errors: [{ path: '/to' }] });
  expect(acceptLine({ from: '2024-03-02', to: null }, undefined, today)).toMatchObject({ code: 'line-in-future' });
  expect(acceptLine({ from: '2023-04-30', to: null }, radiation, today)).toMatchObject({ code: 'line-older-than-present' });
});

it('a qualification that is not held, or has ended, cannot be ended', () => {
  expect(acceptLineEnd(today, radiation, today)).toEqual({ ok: true });
  expect(acceptLineEnd(today, undefined, today)).toMatchObject({ code: 'line-not-held', wrongState: true });
  expect(acceptLineEnd(today, { from: null, to: '2024-02-29' }, today)).toMatchObject({ code: 'line-not-held' });
  expect(acceptLineEnd('2024-03-02', radiation, today)).toMatchObject({ code: 'line-end-in-future' });
  expect(acceptLineEnd('2023-04-30', radiation, today)).toMatchObject({ code: 'line-end-before' });
});
