import { describe, expect, it } from '@jest/globals';
import type { CertificateDraft } from '@zhijian/audit';
import { agrees, decidedByRule } from '@zhijian/audit/rules';
import { comparisonCounts, decimalText, roundedTo, type AssignedRule, type CountedInput, type ScoreKind, type ScoringRule } from '@zhijian/policy';
import { askedIndependently, written } from './independently.js';

/** Random rounds of laboratory comparisons, evaluated by us and by a program that shares no code with ours (`evaluate.py`, written from libs/audit/RULES.md and ISO 13528). */
const rounds = process.env['PROVE'] ? 2000 : 60;
let state = Number(process.env['SEED'] ?? 20_261_128);
const random = (): number => { state = (state * 1_103_515_245 + 12_345) % 2_147_483_648; return state / 2_147_483_648; };
const below = (most: number): number => Math.floor(random() * most);
const pick = <T>(from: readonly T[]): T => from[below(from.length)]!;
const text = (value: number, places: number): string => decimalText(roundedTo(value, places));
const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

interface Round { rules: AssignedRule[]; scoring: ScoringRule; values: string[][]; fixed: { value: string; sd: string; uncertainty: string } }
const kinds: readonly ScoreKind[] = ['z', 'z-prime', 'zeta', 'en'];

/** Results around a value, some wild, many equal, some exactly at two and three deviations. */
function aRound(): Round {
  const places = below(4);
  const centre = Math.round(random() * 1000) / 10;
  const spread = Math.max(10 ** -places, Math.round(random() * centre * 0.2 * 10 ** places) / 10 ** places);
  const participants = 2 + below(40);
  const values = [0, 1, 2].map(() => Array.from({ length: participants }, () => {
    const how = below(10);
    if (how === 0) return text(centre + pick([-3, -2, 2, 3]) * spread, places);
    if (how === 1) return text(centre * (1 + 9 * random()), places);
    return how < 4 ? text(centre, places) : text(centre + spread * normal(), places);
  }));
  const robust = () => ({ by: pick(['algorithm-a', 'median-niqr'] as const), places: below(5), least: pick([3, 12]) });
  const rules = [
    { assigned: { by: 'fixed' as const }, deviation: { by: 'fixed' as const } }, { assigned: robust(), deviation: robust() }, { assigned: { by: 'fixed' as const, value: text(centre, 2), uncertainty: '0.05' }, deviation: { by: 'percent' as const, percent: text(1 + random() * 20, 1) } },
  ];
  const limits = { satisfactory: '2', satisfactoryIncluded: random() < 0.5, unsatisfactory: '3', unsatisfactoryIncluded: random() < 0.5 };
  const measurands = rules.map((_, at) => ({
    id: `m${at}`, optional: random() < 0.3, score: pick(kinds), weight: pick(['1', '2', '0.5']), points: { satisfactory: '5', questionable: '2.5', unsatisfactory: '0' }, ...(random() < 0.5 && { part: pick(['a', 'b']) }), ...(random() < 0.3 && { limits }),
  }));
  const inputs = Object.fromEntries(comparisonCounts.flatMap((count): [string, CountedInput][] => [
    [`n${count.replace('-', '')}`, { count, weighted: random() < 0.5, ...(random() < 0.3 && { part: 'a' }) }], [`p${count.replace('-', '')}`, { count, weighted: random() < 0.5, per: pick(comparisonCounts) }],
  ]));
  return { rules, values, scoring: { measurands, inputs, ...(random() < 0.3 && { minimum: 1 + below(3) }) }, fixed: { value: text(centre, places), sd: text(spread, places), uncertainty: text(spread / 3, places + 2) } };
}

const of = (form: 'assigned-value' | 'proficiency' | 'participation', ruleText: unknown, inputs: Record<string, unknown>): CertificateDraft => decidedByRule(null, { kind: 'score', subject: form, form, name: form, text: ruleText, inputs, clauses: [] });

function certificatesOf({ rules, scoring, values, fixed }: Round): CertificateDraft[] {
  const assigned = rules.map((rule, at) => of('assigned-value', rule, { results: values[at], fixed: random() < 0.9 ? fixed : {} }));
  const against = Object.fromEntries(assigned.map(({ outcome, determined }, at) => [`m${at}`, determined === false ? { value: null, sd: null, uncertainty: null } : outcome]));
  const laboratories = values[0]!.slice(0, 5).map((_, lab) => of('proficiency', scoring, {
    assigned: against, results: Object.fromEntries(values.flatMap((list, at) => (random() < 0.85 ? [[`m${at}`, { value: list[lab]!, uncertainty: random() < 0.8 ? text(random() * 2, 3) : null }]] : []))),
  }));
  const without = { absent: pick([null, 'undetermined', { result: '不合格' }]), late: pick([null, 'table', { result: '不合格' }]), withdrawn: null, partial: { result: '合格', clauses: ['XX-2024-01'] } };
  return [...assigned, ...laboratories, ...['absent', 'late', 'withdrawn', 'partial'].map((unrated) => of('participation', without, { unrated }))];
}

describe('laboratory comparisons, evaluated by a program that shares no code with ours', () => {
  it(`agree in ${rounds} random rounds: assigned values, scores, verdicts at the limits, counts, shares`, () => {
    const kept = Array.from({ length: rounds }, aRound).flatMap(certificatesOf).map(written);
    expect(kept.filter(({ certificate, rule }) => agrees(JSON.parse(certificate) as never, rule) !== 'same')).toEqual([]);
    const said = askedIndependently(kept);
    expect(said.differing).toEqual([]);
    expect(said).toMatchObject({ same: kept.length, different: 0 });
    expect(Math.min(...['assigned-value', 'proficiency', 'participation'].map((form) => said.forms[form] ?? 0))).toBeGreaterThan(rounds);
  });

  it('differ as soon as one score is another', () => {
    const [first] = Array.from({ length: 1 }, aRound).flatMap(certificatesOf).filter(({ rule }) => rule!.form === 'proficiency').map(written);
    const altered = { ...first!, certificate: first!.certificate.replace(/"partial":(true|false)/, (_, was) => `"partial":${was === 'true' ? 'false' : 'true'}`) };
    expect(askedIndependently([altered])).toMatchObject({ same: 0, different: 1 });
  });
});
