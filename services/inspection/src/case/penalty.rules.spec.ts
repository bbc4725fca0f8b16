import { beforeAll, describe, expect, it } from '@jest/globals';
import { builtInCalendar } from '@zhijian/calendar';
import { isRefused } from '@zhijian/contracts';
import { Packs, type Pack } from '@zhijian/policy';
import { changedPenaltyOf, penaltyLawOn, penaltyOf, revisionsOf, withdrawalDue, withdrawalRefused, type Changed, type Decided, type Penalty, type PenaltyWithdrawal, type PenaltyLaw, type Said } from './penalty.rules.js';

let pack: Pack;
let law: PenaltyLaw;
beforeAll(async () => {
  pack = await new Packs().get('hangzhou/exam-campaign-2023@1');
  law = penaltyLawOn(pack, '2023-05-20')!;
});

const said = (change: Partial<Said> = {}): Said => ({ number: '示例卫罚〔2023〕1号', authority: '示例区卫生健康局', basis: '《职业病防治法》第八十条', party: 'institution', influential: true, reason: '当地居民普遍关注', ...change });
const decided = (change: Partial<Decided> = {}): Decided => ({
  state: 'decided', decidedOn: '2023-05-20', sanctions: [{ kind: 'fine', fen: 1_000_000 }], reason: '严重违法：欧阳骞翊出具虚假报告', subjectName: '示例体检中心', penalty: null, penaltyWithdrawal: null, earlierDecisions: [],
  body: { name: '示例体检中心', creditCode: '52990101000000001X' }, stranger: null, officers: ['司马听澜', '甲'], law, ...change,
});
const of = (change: Partial<Said> = {}, more: Partial<Decided> = {}) => penaltyOf(said(change), decided(more), '2023-05-22');
const refusal = (made: ReturnType<typeof of>) => (isRefused(made) ? [made.code, made.errors?.[0]?.path ?? null] : made);
const stranger = { body: null, stranger: { creditCode: null }, subjectName: '欧阳骞翊' };

describe('what of a penalty is recorded and published', () => {
  it('of social impact: what the law lets out, and not the facts as written', () => {
    const made = of() as Penalty;
    expect(made.published).toEqual({ number: '示例卫罚〔2023〕1号', party: '示例体检中心', creditCode: '52990101000000001X', basis: '《职业病防治法》第八十条', sanctions: [{ kind: 'fine', fen: 1_000_000 }], authority: '示例区卫生健康局', decidedOn: '2023-05-20', clauses: ['行政处罚法 第四十八条'] });
    expect(made).toMatchObject({ influential: true, recordedOn: '2023-05-22' });
  });
  it('without social impact nothing is published, whoever it is about', () => {
    expect(of({ influential: false })).toMatchObject({ influential: false, published: null });
    expect(of({ influential: false }, stranger)).toMatchObject({ published: null });
  });
  it('of a person only the surname', () => {
    const made = of({ party: 'person' }, stranger) as Penalty;
    expect(made.published).toMatchObject({ party: '欧*', creditCode: null });
    expect(JSON.stringify(made)).not.toContain('骞翊');
  });
  it('of a practice that no register knows: by its code; without one it is not clear who was punished', () => {
    expect(of({}, { ...stranger, stranger: { creditCode: '52990101000000002X' }, subjectName: '示例门诊部' })).toMatchObject({ published: { party: '示例门诊部', creditCode: '52990101000000002X' } });
    expect(refusal(of({}, stranger))).toEqual(['penalty-party', '/party']);
    expect(refusal(of({ party: 'person' }))).toEqual(['penalty-party', '/party']);
  });
  it.each(['number', 'authority', 'basis'] as const)('the name of a person of the case does not stand in the field %s', (name) => {
    expect(refusal(of({ [name]: '由欧阳骞翊承担', party: 'person' }, stranger))).toEqual(['penalty-names-person', `/${name}`]);
    expect(refusal(of({ [name]: '经办：司马听澜' }))).toEqual(['penalty-names-person', `/${name}`]);
    expect(refusal(of({ [name]: '示例〔2023〕0102号' }, { officers: ['0102', 'jiandu', '司马听澜'] }))).toMatchObject({ [name]: '示例〔2023〕0102号' }); // the number of a certificate is nobody's name
  });
  it('one character is no name', () => expect(of({ basis: '《管理办法》第三十条甲项' })).toMatchObject({ published: {} }));
  it('a decision that is not made, or imposes nothing, is no penalty', () => {
    expect(refusal(of({}, { state: 'open', decidedOn: null }))).toEqual(['penalty-undecided', null]);
    expect(refusal(of({}, { sanctions: [{ kind: 'none', fen: null }] }))).toEqual(['penalty-none', null]);
  });
  it('found not to be of impact it may be found to be later; published, or taken back, nothing is recorded anew', () => {
    const before = of() as Penalty;
    expect(of({}, { penalty: { ...before, influential: false, published: null } })).toMatchObject({ influential: true });
    expect(refusal(of({}, { penalty: before }))).toEqual(['penalty-published', null]);
    expect(refusal(of({}, { penalty: before, penaltyWithdrawal: {} as never }))).toEqual(['penalty-withdrawn', null]);
  });
});

describe('the law behind it', () => {
  it('[XZCF-2021-48] holds from 15 July 2021: a decision of before is published by no clause', () => {
    expect([penaltyLawOn(pack, '2021-07-14'), penaltyLawOn(pack, '2021-07-15')?.name]).toEqual([null, 'national/superior-law@2']);
    expect(refusal(of({}, { law: null, decidedOn: '2014-10-22' }))).toEqual(['penalty-law', '/influential']);
    expect(of({ influential: false }, { law: null })).toMatchObject({ published: null });
  });
  it('[XZCF-2021-48] [XZCF-2021-85] gives three working days, the day of the change not counted, days off neither', () => {
    expect(law.withdrawal.clauses).toEqual(['XZCF-2021-48', 'XZCF-2021-85']);
    expect(withdrawalDue(law, '2023-06-20', builtInCalendar)).toMatchObject({ on: '2023-06-26', firm: true, counted: ['2023-06-21', '2023-06-25', '2023-06-26'] });
  });
});

describe('taking it back', () => {
  const back = { changedOn: '2023-06-19', document: '示例政复决〔2023〕2号', reason: '认定事实的证据不足' };
  const ask = (change: Partial<typeof back> = {}, more: Partial<Decided> = {}) => withdrawalRefused({ ...back, ...change }, decided({ penalty: of() as Penalty, ...more }), '2023-06-20');
  it('is of what is published, once, for a change between the decision and today', () => {
    expect(ask()).toBeNull();
    expect(ask({}, { penalty: null })).toMatchObject({ code: 'penalty-not-published', wrongState: true });
    expect(ask({}, { penalty: of({ influential: false }) as Penalty })).toMatchObject({ code: 'penalty-not-published' });
    expect(ask({}, { penaltyWithdrawal: {} as never })).toMatchObject({ code: 'penalty-withdrawn', wrongState: true });
    for (const changedOn of ['2023-05-19', '2023-06-21']) expect(ask({ changedOn })).toMatchObject({ code: 'penalty-change-date', errors: [{ path: '/changedOn' }] });
  });
  it('its public reason names nobody', () => expect(ask({ reason: '司马听澜取证违法' })).toMatchObject({ code: 'penalty-names-person', errors: [{ path: '/reason' }] }));
});

describe('what came by law in its place', () => {
  const back = { ground: 'changed' } as PenaltyWithdrawal;
  const ask = (change: Partial<Changed> = {}, more: Partial<Decided> = {}) =>
    changedPenaltyOf({ ...said({ number: '示例政复决〔2023〕2号' }), decidedOn: '2023-06-19', sanctions: [{ kind: 'warning', fen: null }], ...change }, decided({ penalty: of() as Penalty, penaltyWithdrawal: back, ...more }), law, '2023-06-20');
  it('is let out by the same rules, with its own number, day and sanctions', () => {
    expect(ask()).toMatchObject({ number: '示例政复决〔2023〕2号', recordedOn: '2023-06-20', published: { number: '示例政复决〔2023〕2号', decidedOn: '2023-06-19', sanctions: [{ kind: 'warning', fen: null }], party: '示例体检中心' } });
    expect(ask({ influential: false })).toMatchObject({ influential: false, published: null });
    expect(refusal(ask({ sanctions: [{ kind: 'none', fen: null }] }))).toEqual(['penalty-none', null]);
    expect(refusal(ask({ basis: '经办：司马听澜' }))).toEqual(['penalty-names-person', '/basis']);
    expect(refusal(changedPenaltyOf({ ...said({ number: '新' }), decidedOn: '2023-06-19', sanctions: [] }, decided({ penalty: of() as Penalty, penaltyWithdrawal: back }), null, '2023-06-20'))).toEqual(['penalty-law', '/influential']);
  });
  it('is there only for a decision that was taken back because it was changed', () => {
    expect(ask({}, { penaltyWithdrawal: null })).toMatchObject({ code: 'penalty-not-changed', wrongState: true });
    for (const ground of ['annulled', 'unlawful', 'invalid'] as const) expect(ask({}, { penaltyWithdrawal: { ...back, ground } })).toMatchObject({ code: 'penalty-not-changed' });
  });
  it('is made between the decision it changes and today, under a number that none of the case has had', () => {
    for (const decidedOn of ['2023-05-19', '2023-06-21']) expect(refusal(ask({ decidedOn }))).toEqual(['penalty-changed-date', '/decidedOn']);
    expect(refusal(ask({ number: said().number }))).toEqual(['penalty-same-number', '/number']);
    const earlierDecisions = [{ decidedOn: '2023-05-01', sanctions: [], penalty: { ...(of() as Penalty), number: '更早' }, penaltyWithdrawal: back }];
    expect(refusal(ask({ number: '更早' }, { earlierDecisions }))).toEqual(['penalty-same-number', '/number']);
    expect([revisionsOf({ earlierDecisions: [] }), revisionsOf({ earlierDecisions })]).toEqual([{ disclosed: 1, withdrawn: 2 }, { disclosed: 3, withdrawn: 4 }]);
  });
});
