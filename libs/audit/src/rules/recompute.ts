import { assignedValue, drawSample, evaluateTable, laboratoryScores, sampleSize, targetOutcome, type Against, type FixedValue, type Reported, type Unrated } from '@zhijian/policy';
import { canonicalJson, sha256 } from '../canonical.js';
import type { Certificate } from '../certificate.js';
import { amendedDate, dateOf, ownDate, periodEnd } from './recompute.dates.js';
import { indicatorScore } from './recompute.indicators.js';
import { lateness } from './recompute.lateness.js';
import { determined, undetermined, type Recomputed } from './recomputed.js';
import { ruleText, tableOf } from './rule-text.js';
import type { AssignedValueText, ConsequenceText, DateText, DrawText, IncludeText, OwnDateText, ParticipationText, PeriodText, ProficiencyText, PublicText, RuleForm, ScopeText, TableText, TargetText } from './texts.js';

type Inputs = Readonly<Record<string, unknown>>;
type Form = (text: never, inputs: never) => Recomputed;

const forms: Record<RuleForm, Form> = {
  table: (text: TableText, inputs: Inputs) => {
    const outcome = evaluateTable(tableOf(text), inputs);
    return 'code' in outcome ? undetermined : determined(outcome.value);
  },
  date: (text: DateText, inputs: { own: string | null }) => dateOf(text, inputs),
  period: (text: PeriodText, inputs: { eventOn: string | null }) => periodEnd(text, inputs),
  'amended-date': (_text: unknown, inputs: Parameters<typeof amendedDate>[0]) => amendedDate(inputs),
  'own-date': (text: OwnDateText, inputs: Parameters<typeof ownDate>[1]) => ownDate(text, inputs),
  lateness: (_text: unknown, inputs: Parameters<typeof lateness>[0]) => lateness(inputs),
  consequence: ({ consequence, until }: ConsequenceText, { state }: { state: string }) => determined(['late', 'overdue'].includes(state) ? { consequence, until } : { consequence: null, until: null }),
  scope: (text: ScopeText, { filed, operating }: { filed: boolean; operating: boolean | null }) =>
    (!filed ? determined('idle') : !text.operating || operating ? determined('in') : operating === false ? determined('idle') : undetermined),
  draw: drawn,
  include: ({ include, reopens }: IncludeText, { ground }: { ground: string }) => determined([...include, ...reopens].some((reason) => reason === ground)),
  target: reached,
  'public-record': published,
  indicators: indicatorScore,
  'assigned-value': (text: AssignedValueText, { results, fixed }: { results: readonly string[]; fixed: FixedValue }) => {
    const made = assignedValue(text, results, fixed);
    return 'why' in made ? undetermined : determined(made);
  },
  proficiency: (text: ProficiencyText, { results, assigned }: { results: Readonly<Record<string, Reported>>; assigned: Readonly<Record<string, Against>> }) => determined(laboratoryScores(text, results, assigned)),
  participation: (text: ParticipationText, { unrated }: { unrated: Unrated }) => {
    const said = text[unrated];
    return said !== null && typeof said === 'object' ? determined(said.result) : undetermined;
  },
};

/**
 * What the rule says of a certificate's inputs, computed from the two alone.
 * @param text the rule's text as JSON (a string, or already read)
 * @returns null where nothing can be computed: a person weighed it, or the form is not known
 */
export function recompute(certificate: Pick<Certificate, 'basis' | 'rule' | 'inputs'>, text: unknown): Recomputed | null {
  const form = certificate.rule && (forms as Record<string, Form | undefined>)[certificate.rule.form];
  if (certificate.basis !== 'rule' || !form) return null;
  return form((typeof text === 'string' ? ruleText(text).value : text) as never, certificate.inputs as never);
}

/** Which rules of a table hit, by their ids; none where the rule is no table, or nothing hit. */
export function rulesHit(certificate: Pick<Certificate, 'rule' | 'inputs'>, text: unknown): string[] {
  if (certificate.rule?.form !== ('table' satisfies RuleForm)) return [];
  const outcome = evaluateTable(tableOf(text as TableText), certificate.inputs);
  return 'hits' in outcome ? outcome.hits.map(({ id }) => id) : [];
}

export type Agreement = 'same' | 'different' | 'not-computable';

/** Does a certificate say what its rule says? Its hashes are checked too. */
export function agrees(certificate: Certificate, text: string | null): Agreement {
  if (sha256(canonicalJson(certificate.inputs)) !== certificate.inputsSha256) return 'different';
  if (certificate.basis === 'person') return 'not-computable';
  if (!certificate.rule || text === null) return 'not-computable';
  const rule = ruleText(text);
  if (rule.sha256 !== certificate.rule.sha256) return 'different';
  const again = recompute(certificate, rule.value);
  if (!again) return 'not-computable';
  return again.determined === certificate.determined && canonicalJson(again.outcome) === canonicalJson(certificate.outcome) ? 'same' : 'different';
}

function drawn({ size, rounding, min }: DrawText, inputs: { seed: string; pool: readonly string[]; size: number | null }): Recomputed {
  const many = size === null ? (inputs.size ?? 0) : sampleSize({ size, rounding, min: min ?? undefined }, inputs.pool.length);
  const made = drawSample({ seed: inputs.seed, pool: inputs.pool, size: many });
  return made.ok ? determined({ poolSha256: made.record.poolSha256, size: many, result: made.record.result }) : undetermined;
}

function reached(rule: TargetText, { numerator, denominator }: { numerator: number | null; denominator: number | null }): Recomputed {
  if (denominator === 0 && (numerator ?? 0) === 0) return determined({ state: 'not-applicable', percent: null });
  if (numerator === null || denominator === null || numerator > denominator) return undetermined;
  const cut = (BigInt(numerator) * 10_000n) / BigInt(denominator);
  return determined({ state: targetOutcome(rule, numerator, denominator), percent: `${cut / 100n}.${String(cut % 100n).padStart(2, '0')}` });
}

function published({ institution, filing, lines, unfiled }: PublicText, { register }: { register: Inputs & { filing: Inputs | null; lines?: readonly Inputs[] } }): Recomputed {
  const held = (lines && register.lines) ?? [];
  if (!register.filing && held.length === 0) return determined(null);
  const of = (fields: Readonly<Record<string, string>>, from: Inputs): Inputs => Object.fromEntries(Object.entries(fields).map(([field, as]) => [as, from[field]]));
  return determined({ ...of(institution, register), ...(register.filing ? of(filing, register.filing) : unfiled), ...(lines && { lines: held.map((line) => of(lines, line)) }) });
}
