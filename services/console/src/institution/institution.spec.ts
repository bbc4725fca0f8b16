import { expect, it } from '@jest/globals';
import { actsOn, faultsOf, glanceOf, heldLines, restWord, sentenceOf, type ColourYearOf, type Entry } from './institution.js';

const line = { line: 'occupational-health-service', grade: 'A', level: 'II', colour: 'yellow', rule: 'r', clauses: [], score: '82.5', served: true, result: '合格', reason: null, missing: [] } as const;
const coloured = { year: 2024, jurisdiction: '500000', runId: 'r', colour: 'yellow', publishedOn: '2024-09-24', redYears: 0, told: [], lines: [line], clauses: [], pack: 'p@1', calendar: null } as unknown as ColourYearOf;

it('a body’s years at a glance, the latest first', () => {
  const rows = glanceOf({ history: [coloured], rectifications: [{ year: 2024, board: 'accepted' }], checks: [{ year: 2024, origin: 'planned' }, { year: 2025, origin: 'complaint' }], monitorings: [] });
  expect(rows).toEqual([
    { year: 2025, colour: { id: null, clauses: [], pack: null }, scores: '', results: '', redYears: 0, report: null, checks: { planned: 0, complaint: 1 }, monitorings: 0 },
    { year: 2024, colour: { id: 'yellow', clauses: [], pack: 'p@1' }, scores: '82.5', results: '合格', redYears: 0, report: 'accepted', checks: { planned: 1, complaint: 0 }, monitorings: 0 },
  ]);
});

it('what could not be had is not shown as nothing', () => {
  const [row] = glanceOf({ history: undefined, rectifications: [{ year: 2024, board: 'overdue' }], checks: undefined, monitorings: undefined });
  expect(row).toEqual({ year: 2024, colour: undefined, scores: undefined, results: undefined, redYears: undefined, report: 'overdue', checks: undefined, monitorings: undefined });
});

const filing = { number: '（测）备001', filedOn: '2020-05-06', filedIn: '990101', categories: ['甲'], items: [], outreach: false, closedOn: null };
const own = { kind: 'health-examination', number: '（测）备001', issuer: null, from: '2020-05-06', to: null } as const;
const granted = { kind: 'radiation-health-service', number: '（测）001', issuer: '990000', from: '2023-05-01', to: '2028-04-30', categories: [] as string[], items: [] as string[] } as const;
const suspended = { from: '2024-02-01', how: 'ordered', basis: '示例〔2024〕3号' } as const;
const body = { kind: 'health-examination', filing } as const;

it('what is held can rest or end, what rests can serve again; what is over can do neither', () => {
  expect(heldLines(body, '2024-03-01')).toEqual([own]);
  expect(heldLines({ ...body, filing: null }, '2024-03-01')).toEqual([]);
  const lines = [own, { ...granted, categories: [], items: [] }, { ...granted, kind: 'disease-diagnosis' as const, categories: [], items: [], to: '2024-02-29' }, { ...granted, kind: 'hospital' as const, categories: [], items: [], ended: 'revoked' as const }];
  expect(heldLines({ ...body, lines }, '2024-03-01').map(({ kind }) => kind)).toEqual(['health-examination', 'radiation-health-service']);
  expect([actsOn(own, body), actsOn({ ...granted, categories: [], items: [], suspended }, body), actsOn({ ...own, number: null, from: null }, { ...body, filing: null })]).toEqual([['suspend', 'close'], ['resume', 'end'], ['suspend']]);
});

it('what is missing is named beside its field, and a day that cannot be', () => {
  const entry: Entry = { line: own, act: 'suspend', on: null, how: null, ended: null, basis: ' ', reason: '' };
  const paths = (change: Partial<Entry>) => faultsOf({ ...entry, ...change }, '2024-03-01').map(({ path, message }) => `${path} ${message}`);
  expect(paths({ act: null })).toEqual(['/act 请选择办理事项']);
  expect(paths({})).toEqual(['/how 请选择方式', '/from 请填写日期', '/basis 请写明依据', '/reason 请写明理由']);
  const whole = { how: 'ordered', basis: '文', reason: '因', on: '2024-03-01' } as const;
  expect([paths(whole), paths({ ...whole, on: '2024-03-02' }), paths({ ...whole, on: '2020-05-05' })]).toEqual([[], ['/from 不能晚于今天'], ['/from 不能早于 2020-05-06']]);
  expect([paths({ ...whole, act: 'resume', line: { ...own, suspended }, on: '2024-01-31' }), paths({ ...whole, act: 'end' }), paths({ ...whole, act: 'close', basis: '' })]).toEqual([['/on 不能早于 2024-02-01'], ['/how 请选择方式'], []]);
});

it('says in a sentence what is about to be entered, and how a qualification stands', () => {
  const entry: Entry = { line: { ...own, suspended }, act: 'resume', on: '2024-02-20', how: null, ended: null, basis: '示例〔2024〕9号', reason: '因' };
  expect(sentenceOf('示例院', entry)).toBe('示例院的职业健康检查机构资质自 2024-02-20 起恢复，依据：示例〔2024〕9号。');
  expect(sentenceOf('示例院', { ...entry, on: '2024-02-01' })).toContain('登记有误，予以更正');
  expect(restWord({ suspended, suspendedBefore: [{ ...suspended, from: '2023-01-10', to: '2023-02-10' }, { ...suspended, from: '2023-03-01', to: '2023-03-01' }] })).toBe('自 2024-02-01 起暂停（责令暂停；示例〔2024〕3号）；2023-01-10 至 2023-02-10 曾暂停（自该日恢复）；2023-03-01 的暂停登记有误，已更正');
});
