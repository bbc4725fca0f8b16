import type { Calendar } from '@zhijian/calendar';
import { decide } from './decide.js';
import { formColumns } from './form.js';
import type { DecisionCase, GoldenCase, ValueCase } from './golden.schema.js';
import type { Pack } from './pack.js';
import { planCampaign, type CampaignPlan } from './plan.js';

export interface GoldenFailure { readonly title: string; readonly expected: unknown; readonly actual: unknown }
export interface GoldenResult { readonly passed: number; readonly failed: number; readonly failures: readonly GoldenFailure[] }

/** Runs the golden cases of a pack. */
export function runGolden(pack: Pack, calendar: Calendar): GoldenResult {
  const plan = pack.campaign && planCampaign(pack, calendar, { units: [{ code: '000000', name: '样例' }] });
  const failures = pack.golden.flatMap((it) => run(it, pack, plan));
  return { passed: pack.golden.length - failures.length, failed: failures.length, failures };
}

const run = (it: GoldenCase, pack: Pack, plan: CampaignPlan | undefined): GoldenFailure[] => ('decision' in it ? runDecision(it, pack) : runValue(it, pack, plan));

function runDecision(it: DecisionCase, pack: Pack): GoldenFailure[] {
  const decision = decide(pack, it.decision, it.inputs);
  const expected = it.undetermined ? { determined: false, ...(it.missing && { missing: it.missing }) } : { value: it.expect, clauses: it.clauses };
  const actual = { ...decision, clauses: decision.clauses.map(({ id }) => id) };
  return matches(actual, expected) ? [] : [{ title: it.title, expected, actual: decision.determined ? decision.value : decision.reason }];
}

function runValue(it: ValueCase, pack: Pack, plan: CampaignPlan | undefined): GoldenFailure[] {
  const actual = valueOf(it, pack, plan);
  return actual && matches(actual, it.expect) ? [] : [{ title: it.title, expected: it.expect, actual }];
}

function valueOf(it: ValueCase, pack: Pack, plan: CampaignPlan | undefined): object | undefined {
  const stages = plan?.cities[0]?.stages ?? [];
  if (it.stage) return stages.find((stage) => stage.id === it.stage);
  if (it.duty) return [...stages.flatMap((stage) => stage.duties), ...(plan?.campaignDuties ?? [])].find((duty) => duty.id === it.duty);
  if (it.parameter) return Object.entries(pack.parameters).find(([name]) => name === it.parameter)?.[1];
  const form = it.form ? pack.forms[it.form] : undefined;
  if (form) return { ...form, leafColumns: formColumns(form).map((column) => column.title) };
  return it.checklist ? pack.checklists[it.checklist] : pack.campaign?.scope;
}

/** Everything expected is there, deeply; what is not mentioned may be anything. Lists must be equal in length. */
function matches(actual: unknown, expected: unknown): boolean {
  if (typeof expected !== 'object' || expected === null || typeof actual !== 'object' || actual === null) return actual === expected;
  if (Array.isArray(expected)) return Array.isArray(actual) && actual.length === expected.length && expected.every((it, i) => matches(actual[i], it));
  return Object.entries(expected).every(([key, it]) => matches((actual as Record<string, unknown>)[key], it));
}
