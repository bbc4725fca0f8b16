import type { Calendar } from '@zhijian/calendar';
import type { Cited } from './cited.js';
import { decide } from './decide.js';
import { formColumns } from './form.js';
import { scoreIndicators } from './indicator-score.js';
import type { IndicatorSet } from './indicator.schema.js';
import type { DecisionCase, GoldenCase, ValueCase } from './golden.schema.js';
import { agencyOn, endOfPeriod, listAt, periodOf, ruleOf, type Period } from './rule-lookup.js';
import { sampleSize, targetOutcome } from './measure.js';
import type { Pack } from './pack.js';
import { planCampaign, type CampaignPlan } from './plan.js';
import type { SampleRule } from './sample.schema.js';
import type { TargetRule } from './target.schema.js';
import { boundsOf, lawOf } from './law.js';
import { within } from './dates.schema.js';
import type { LawPart, RuleSection } from './vocabulary.js';

export interface GoldenFailure { readonly title: string; readonly expected: unknown; readonly actual: unknown }
export interface GoldenResult { readonly passed: number; readonly failed: number; readonly failures: readonly GoldenFailure[] }

/** Runs the golden cases of a pack. */
export function runGolden(pack: Pack, calendar: Calendar): GoldenResult {
  const plan = pack.campaign && planCampaign(pack, calendar, { units: [{ code: '000000', name: '样例' }] });
  const failures = pack.golden.flatMap((it) => run(it, pack, plan, calendar));
  return { passed: pack.golden.length - failures.length, failed: failures.length, failures };
}

const run = (it: GoldenCase, pack: Pack, plan: CampaignPlan | undefined, calendar: Calendar): GoldenFailure[] =>
  ('decision' in it ? runDecision(it, pack) : runValue(it, pack, plan, calendar));

function runDecision(it: DecisionCase, pack: Pack): GoldenFailure[] {
  const decision = decide(pack, it.decision, it.inputs);
  const expected = it.undetermined ? { determined: false, ...(it.missing && { missing: it.missing }) } : { value: it.expect, clauses: it.clauses };
  const actual = { ...decision, clauses: decision.clauses.map(({ id }) => id) };
  return matches(actual, expected) ? [] : [{ title: it.title, expected, actual: decision.determined ? decision.value : decision.reason }];
}

function runValue(it: ValueCase, pack: Pack, plan: CampaignPlan | undefined, calendar: Calendar): GoldenFailure[] {
  const actual = valueOf(it, pack, plan, calendar);
  return actual && matches(actual, it.expect) ? [] : [{ title: it.title, expected: it.expect, actual }];
}

function valueOf(it: ValueCase, pack: Pack, plan: CampaignPlan | undefined, calendar: Calendar): object | undefined {
  const city = plan?.cities[0];
  const stages = [...(city?.stages ?? []), ...(city?.milestones ?? [])];
  if (it.rule) return ruleValue(it, pack, calendar);
  if (it.bound ?? it.act) return lawValue(it, pack);
  if (it.stage) return stages.find((stage) => stage.id === it.stage);
  if (it.duty) return [...stages.flatMap((stage) => stage.duties), ...(plan?.campaignDuties ?? [])].find((duty) => duty.id === it.duty);
  if (it.parameter) return Object.entries(pack.parameters).find(([name]) => name === it.parameter)?.[1];
  if (it.agency) return it.at ? agencyOn(pack, it.agency, it.at) : pack.campaign?.agencies[it.agency];
  if (it.document) return pack.document;
  if (it.basis) return pack.basis.find(({ id }) => id === it.basis);
  const form = it.form ? pack.forms[it.form] : undefined;
  if (form) return { ...form, leafColumns: formColumns(form).map((column) => column.title) };
  return it.checklist ? pack.checklists[it.checklist] : pack.campaign?.scope;
}

/** A rule as it is looked up on the day of the case, with what follows from what is given. Undefined unless it rests on every clause the case names. */
function ruleValue({ rule = '', at, facts, given = {}, clauses }: ValueCase, pack: Pack, calendar: Calendar): object | undefined {
  const [section, id] = rule.split('/') as [RuleSection, string];
  const plain = ruleOf(pack, section, id);
  const found: Cited<object> | undefined = section === 'periods' && !(plain && 'variants' in plain.value && plain.value.variants && !at) ? periodOf(pack, id, at ? { on: at } : {})
    : section === 'lists' && at ? listAt(pack, id, at, facts) : plain;
  if (!found || !clauses.every((clause) => found.clauses.includes(clause))) return undefined;
  const it = found.value;
  if (given.eventOn && 'after' in it) return { ...it, dueOn: endOfPeriod(it as Period, given.eventOn, calendar)?.on ?? null };
  if (given.denominator !== undefined && 'percent' in it) return { ...it, outcome: targetOutcome(it as TargetRule, given.numerator ?? 0, given.denominator) };
  if (given.entries && section === 'indicators') return { ...it, scored: scoreIndicators(it as IndicatorSet, given.entries) };
  if (given.of !== undefined && 'rounding' in it) return { ...it, drawn: sampleSize(it as SampleRule, given.of) };
  return it;
}

/** A bound or an act of a law file. Undefined unless it rests on every clause the case names and, where the case has a day, holds on it. */
function lawValue({ bound, act, at, clauses }: ValueCase, pack: Pack): object | undefined {
  if (act !== undefined) return pick(pack.bounds?.acts[act], clauses, pack.bounds?.acts[act]?.ended ?? []);
  const [section, id] = (bound ?? '').split('/') as [LawPart, string];
  const found = boundsOf({ laws: [lawOf(pack)].filter((it) => it !== undefined) }, section).find((it) => it.id === id);
  return found && (at === undefined || within(at, found)) ? pick(found.bound, clauses, found.bound.clauses) : undefined;
}
const pick = <T>(it: T | undefined, asked: readonly string[], rests: readonly string[]): T | undefined => (asked.every((clause) => rests.includes(clause)) ? it : undefined);

/** Everything expected is there, deeply; what is not mentioned may be anything. Lists must be equal in length. */
function matches(actual: unknown, expected: unknown): boolean {
  if (typeof expected !== 'object' || expected === null || typeof actual !== 'object' || actual === null) return actual === expected;
  if (Array.isArray(expected)) return Array.isArray(actual) && actual.length === expected.length && expected.every((it, i) => matches(actual[i], it));
  return Object.entries(expected).every(([key, it]) => matches((actual as Record<string, unknown>)[key], it));
}
