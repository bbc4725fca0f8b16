import { describe, expect, it } from '@jest/globals';
import { Packs, type Pack } from '@zhijian/policy';
import { acceptLimit, acceptVerification, limitRuleOf, rectifiedInTime } from './limit.rules.js';

const pack = await new Packs().get('chongqing/colour-2024@1');
/** The same pack with another text for the limit of rectification. */
const saying = (change: object): Pack => {
  const { limit: _, ...rule } = pack.rules.periods['rectification']!;
  return { ...pack, rules: { ...pack.rules, periods: { ...pack.rules.periods, rectification: { ...rule, ...change } } } };
};
const on = '2024-09-24';

describe('[CQ-2024-20] who writes a limit for rectifying', () => {
  it('the receiver of the reports by its own order where the text gives none, as the pack reads it (AMB-CQ-9)', () => {
    expect(limitRuleOf(pack, on)).toEqual({ basis: 'own-order', agency: 'city-commission', clauses: ['CQ-2024-20'], reading: 'AMB-CQ-9' });
  });
  it('the agency the pack names where it is written case by case', () => {
    expect(limitRuleOf(saying({ limit: 'by-case', setBy: 'city-cdc' }), on)).toMatchObject({ basis: 'by-case', agency: 'city-cdc' });
  });
  it('nobody where the pack fixes a length, or has no such period, or no table says what follows', () => {
    expect(limitRuleOf(saying({ workingDays: 60 }), on)).toMatchObject({ code: 'rectification-limit-fixed', errors: [{ path: '/limitOn' }] });
    const { rectification: _, ...others } = pack.rules.periods;
    expect(limitRuleOf({ ...pack, rules: { ...pack.rules, periods: others } }, on)).toMatchObject({ code: 'rectification-limit-not-ruled' });
    const { 'rectification-state': _table, ...tables } = pack.decisions;
    expect(limitRuleOf({ ...pack, decisions: tables }, on)).toMatchObject({ code: 'rectification-limit-not-ruled', clauses: ['CQ-2024-20'] });
  });
});

const duty = { state: 'accepted', limitOn: null, missed: false, rectifiedOn: null, publishedOn: on, today: '2024-11-20', clauses: ['T-1'] };

describe('a limit', () => {
  it('is written from today on, on a report that was not returned', () => {
    expect(acceptLimit('2024-11-20', duty)).toEqual({ ok: true });
    expect(acceptLimit('2024-12-20', { ...duty, state: 'submitted' })).toEqual({ ok: true });
    expect(acceptLimit('2024-11-19', duty)).toMatchObject({ code: 'rectification-limit-past', clauses: ['T-1'], errors: [{ path: '/limitOn' }] });
    for (const state of ['open', 'returned', 'released']) expect(acceptLimit('2024-12-20', { ...duty, state })).toMatchObject({ code: 'rectification-limit-no-report', wrongState: true });
  });
  it('is extended while it runs and never brought forward', () => {
    const limited = { ...duty, limitOn: '2024-12-20' };
    expect(acceptLimit('2024-12-31', limited)).toEqual({ ok: true });
    expect(acceptLimit('2024-12-19', limited)).toMatchObject({ code: 'rectification-limit-shortened', errors: [{ path: '/limitOn' }] });
    expect(acceptLimit('2024-12-31', { ...limited, today: '2024-12-20' })).toEqual({ ok: true }); // its last day still runs
    for (const ended of [{ today: '2024-12-21' }, { missed: true }]) expect(acceptLimit('2024-12-31', { ...limited, ...ended })).toMatchObject({ code: 'rectification-limit-missed', wrongState: true });
    expect(acceptLimit('2024-12-31', { ...limited, rectifiedOn: '2024-11-19' })).toMatchObject({ code: 'rectification-verified', wrongState: true });
  });
});

describe('that it was rectified', () => {
  const check = (visitedOn: string | null) => ({ kind: 'check' as const, visitedOn });
  const report = (...corrected: (string | null)[]) => ({ kind: 'report' as const, corrected });
  it('rests on a check at or after that day', () => {
    expect(acceptVerification('2024-11-15', duty, check('2024-11-15'))).toEqual({ ok: true });
    expect(acceptVerification('2024-11-15', duty, check('2024-11-14'))).toMatchObject({ code: 'rectification-check-earlier', errors: [{ path: '/from' }] });
    expect(acceptVerification('2024-11-15', duty, check(null))).toMatchObject({ code: 'rectification-check-unknown', errors: [{ path: '/from' }] });
  });
  it('or on an accepted report that leaves no problem open', () => {
    expect(acceptVerification('2024-11-15', duty, report('2024-11-15', '2024-10-01'))).toEqual({ ok: true });
    expect(acceptVerification('2024-11-15', duty, report('2024-11-16', null))).toMatchObject({ code: 'rectification-report-unfinished', facts: { open: 2 }, errors: [{ path: '/from' }] });
    expect(acceptVerification('2024-11-15', duty, { kind: 'report', corrected: null })).toMatchObject({ code: 'rectification-report-unaccepted' });
  });
  it('is of a day between the publication and today, said once', () => {
    expect(acceptVerification('2024-11-21', duty, check('2024-11-21'))).toMatchObject({ code: 'rectification-verified-in-future', errors: [{ path: '/rectifiedOn' }] });
    expect(acceptVerification('2024-09-23', duty, check('2024-11-20'))).toMatchObject({ code: 'rectification-verified-before-publication' });
    expect(acceptVerification('2024-11-15', { ...duty, rectifiedOn: '2024-11-01' }, check('2024-11-20'))).toMatchObject({ code: 'rectification-verified', wrongState: true });
  });
  it('is looked at where a limit runs whatever became of the report, and not where nothing is owed', () => {
    expect(acceptVerification('2024-11-15', { ...duty, state: 'returned', limitOn: '2024-12-20' }, check('2024-11-20'))).toEqual({ ok: true });
    for (const state of ['returned', 'open']) expect(acceptVerification('2024-11-15', { ...duty, state }, check('2024-11-20'))).toMatchObject({ code: 'rectification-limit-no-report' });
    expect(acceptVerification('2024-11-15', { ...duty, state: 'released', limitOn: '2024-12-20' }, check('2024-11-20'))).toMatchObject({ code: 'rectification-limit-no-report', wrongState: true });
  });
  it('is in time as of the day it was done; where nobody wrote a limit nobody is late', () => {
    expect([rectifiedInTime('2024-12-20', '2024-12-20'), rectifiedInTime('2024-12-21', '2024-12-20'), rectifiedInTime('2024-12-21', null)]).toEqual([true, false, null]);
  });
});
