import { describe, expect, it } from '@jest/globals';
import type { CertificateDraft } from '@zhijian/audit';
import { decidedByRule } from '@zhijian/audit/rules';
import { scoreKinds, scaledMad, type AssignedRule, type ScoringRule } from '@zhijian/policy';
import { askedIndependently, written } from './independently.js';
import { consensusExamples, mercury, type ConsensusExample } from './iso-13528-examples.js';

const certified = (form: 'assigned-value' | 'proficiency', text: unknown, inputs: Record<string, unknown>): CertificateDraft => decidedByRule(null, { kind: 'score', subject: form, form, name: form, text, inputs, clauses: [] });

/** As many places as the example prints. */
function consensus({ by, results, value, sd }: ConsensusExample): CertificateDraft {
  const places = (value ?? sd)!.split('.')[1]!.length;
  const robust = { by, places, least: 3 } as const;
  const rule: AssignedRule = { assigned: robust, deviation: robust };
  return certified('assigned-value', rule, { results: results.map(String), fixed: {} });
}

const limits: ScoringRule['measurands'] = scoreKinds.map((score) => ({ id: score, optional: false, score, weight: '1' }));
const half = (expanded: string): string => String(Number(expanded) / 2);
/** z and z′ by the deviation, ζ by standard uncertainties, E_n by expanded ones. */
const against = {
  z: { value: mercury.value, sd: mercury.sd, uncertainty: null }, 'z-prime': { value: mercury.value, sd: mercury.sd, uncertainty: half(mercury.expanded) },
  zeta: { value: mercury.value, sd: null, uncertainty: half(mercury.expanded) }, en: { value: mercury.value, sd: null, uncertainty: mercury.expanded },
};
const laboratory = (value: string, expanded: string, factor: string): CertificateDraft => {
  const standard = { value, uncertainty: (Number(expanded) / Number(factor)).toFixed(12) };
  return certified('proficiency', { measurands: limits, inputs: {} } satisfies ScoringRule, { assigned: against, results: { z: standard, 'z-prime': standard, zeta: standard, en: { value, uncertainty: expanded } } });
};
const scoresOf = ({ outcome }: CertificateDraft) => (outcome as { scores: Record<string, { score: string; verdict: string }> }).scores;

describe('the worked examples of ISO 13528:2022, Annex E', () => {
  it.each(consensusExamples.map((example) => [example.table, example.by, example] as const))('table %s by %s comes to the printed numbers', (_table, _by, example) => {
    const { value, sd, carriedOn = sd, uncertainty } = example;
    expect(consensus(example).outcome).toMatchObject({ ...(value && { value }), ...(sd && { sd: carriedOn }), ...(uncertainty && { uncertainty }) });
  });
  it('table E.5: the scaled median absolute deviation', () => {
    expect(scaledMad(consensusExamples.find(({ table }) => table === 'E.5')!.results)).toBeCloseTo(0.0386, 4);
  });
  it.each(mercury.laboratories)('table E.7: laboratory %s has its printed z, z′, ζ and E_n', (_code, value, expanded, factor, ...printed) => {
    const scores = scoresOf(laboratory(value, expanded, factor));
    expect(scoreKinds.map((kind) => scores[kind]!.score)).toEqual(printed);
  });
  it('nine laboratories call for action by z; by z′ eight, for the reference value is itself uncertain', () => {
    const acting = (kind: 'z' | 'z-prime') => mercury.laboratories.filter(([, value, expanded, factor]) => scoresOf(laboratory(value, expanded, factor))[kind]!.verdict === 'unsatisfactory').length;
    expect([acting('z'), acting('z-prime')]).toEqual([9, 8]);
  });
  it('come to the same by a program that shares no code with ours', () => {
    const kept = [...consensusExamples.map(consensus), ...mercury.laboratories.map(([, value, expanded, factor]) => laboratory(value, expanded, factor))].map(written);
    const said = askedIndependently(kept);
    expect(said.differing).toEqual([]);
    expect(said).toMatchObject({ same: kept.length, different: 0 });
  });
});
