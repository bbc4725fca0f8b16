import { beforeAll, describe, expect, it } from '@jest/globals';
import { Packs, type Pack } from '@zhijian/policy';
import type { SelfCheckItem } from '../self-check/self-check.entity.js';
import { caseNeeded, caseNumber, classAsked, found, verificationFaults, verify } from './visit.rules.js';

let pack: Pack;
beforeAll(async () => { pack = await new Packs().get('hangzhou/exam-campaign-2023'); });

const anItem = (change: Partial<SelfCheckItem> = {}): SelfCheckItem => ({ itemId: 'i1', source: 'self', problemId: null, checklistItem: null, text: '档案缺页', correctedOn: null, correctBy: '2023-05-10', acceptedBy: '2023-05-10', ...change });
const outcomeOn = (visitOn: string, corrected: boolean | null, item = anItem()) => verify([item], [{ itemId: 'i1', corrected, note: '' }], visitOn, pack)[0]!.outcome;

describe('an item of a self-check, seen on a visit', () => {
  it('[HZ-2023-11] whose own accepted date lies after the visit is not uncorrected', () => expect(outcomeOn('2023-05-09', false)).toBe('not-yet-due'));
  it('[HZ-2023-11] is not yet due on its very day, uncorrected on the next', () => expect([outcomeOn('2023-05-10', false), outcomeOn('2023-05-11', false)]).toEqual(['not-yet-due', 'uncorrected']));
  it('[HZ-2023-11] counts by the date the district accepted, not by the one the body proposed', () => expect(outcomeOn('2023-05-20', false, anItem({ acceptedBy: '2023-06-01' }))).toBe('not-yet-due'));
  it('[HZ-2023-11] said to be corrected and found open is uncorrected', () => expect(outcomeOn('2023-05-09', false, anItem({ correctedOn: '2023-04-01', correctBy: null, acceptedBy: null }))).toBe('uncorrected'));
  it('[HZ-2023-11] that nobody could see is undetermined', () => expect(outcomeOn('2023-05-20', null)).toBe('undetermined'));
  it('[HZ-2023-11] cites its clause', () => expect(verify([anItem()], [{ itemId: 'i1', corrected: true, note: '' }], '2023-05-20', pack)[0]).toMatchObject({ outcome: 'corrected', clauses: ['HZ-2023-11'] }));
});

describe('verification', () => {
  it('takes every item, and only items of the report', () => {
    expect(verificationFaults([anItem()], [{ itemId: 'i1' }])).toBeNull();
    expect(verificationFaults([anItem()], [])).toMatchObject({ code: 'visit-unverified', errors: [{ path: '/verifications', message: '尚未核实：档案缺页' }] });
    expect(verificationFaults([anItem()], [{ itemId: 'i1' }, { itemId: 'x' }])).toMatchObject({ code: 'visit-item-unknown', errors: [{ path: '/verifications/1/itemId' }] });
  });
});

describe('a case', () => {
  const needed = (outcomes: ('corrected' | 'uncorrected' | 'undetermined' | 'not-yet-due')[], serious: boolean[] = []) =>
    caseNeeded(outcomes.map((outcome) => ({ outcome, text: '甲' })), serious.map((one) => ({ serious: one, text: '乙' })), pack);
  it.each([
    [['corrected', 'not-yet-due'], [false], false], [['uncorrected'], [], true], [['corrected'], [true], true], [['uncorrected', 'undetermined'], [], true], [['undetermined'], [true], true], [[], [], false],
  ] as const)('[HZ-2023-11] items %j with serious findings %j: filed %s', (outcomes, serious, file) => {
    expect(needed([...outcomes], [...serious])).toMatchObject({ file, clauses: ['HZ-2023-11'] });
  });
  it('is neither filed nor ruled out while an item is undetermined', () => expect(needed(['undetermined'], [false]).file).toBeNull());
  it('says why', () => expect(needed(['uncorrected'], [true]).reason).toBe('逾期未整改：甲；严重违法：乙'));
  it('is numbered by the pack’s pattern', () => expect(caseNumber('{unit}卫职检立〔{year}〕{serial}号', { unit: '测试区', year: 2023, serial: 7 })).toBe('测试区卫职检立〔2023〕7号'));
});

describe('a case where the text asks for offences and names no list', () => {
  let heshui: Pack;
  beforeAll(async () => { heshui = await new Packs().get('heshui/quality-action-2024'); });
  const seen = (kind: 'false-certificate' | 'quality-assessment' | 'archives', as: 'violation' | 'gap' | null) => ({ kind, text: '甲', serious: false, checklistItem: null, class: as, selfCheckItem: null });
  const of = (...given: ReturnType<typeof seen>[]) => found(given, undefined, [], () => 'f', classAsked(heshui));
  const needed = (...given: ReturnType<typeof seen>[]) => caseNeeded([], of(...given) as never, heshui);

  it('[HS-2024-19] an offence is a case, a gap is not', () => {
    expect(needed(seen('false-certificate', 'violation'))).toMatchObject({ file: true, reason: '违法违规：甲', clauses: expect.arrayContaining(['HS-2024-19']) });
    expect(needed(seen('archives', 'gap'))).toMatchObject({ file: false });
    expect(needed()).toMatchObject({ file: false });
  });
  it('[HS-2024-10] working on after a failed quality control is one', () => expect(needed(seen('quality-assessment', 'violation'))).toMatchObject({ file: true, clauses: expect.arrayContaining(['HS-2024-10']) }));
  it('a finding of which nobody says whether it is an offence is refused, where the pack has to know', () => {
    expect(of(seen('archives', 'gap'), seen('false-certificate', null))).toMatchObject({ code: 'finding-unclassed', errors: [{ path: '/findings/1/class' }] });
    expect(classAsked(pack)).toBe(false);
  });
});
