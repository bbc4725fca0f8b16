import type { Calendar, LocalDate } from '@zhijian/calendar';
import { decide } from './decide.js';
import type { Pack } from './pack.js';
import type { CampaignPlan } from './plan.js';
import { dueAfter } from './rule-lookup.js';
import type { Assumptions, RehearsedBody } from './rehearsal-input.js';
import type { LateReport } from './rehearsal-reports.js';
import { planned, visitDuties, type ToVisit, type Visit } from './rehearsal-visits.js';

/** What the pack decides on a body that fails. `decision` null: undetermined, `reason` says why. */
export interface RehearsedCase { readonly city: string; readonly institution: string; readonly on: LocalDate; readonly decision: unknown; readonly reason: string | null; readonly clauses: readonly string[] }
/** A duty that hangs on an event of the rehearsal. */
export interface Following { readonly city: string; readonly institution: string; readonly duty: string; readonly event: string; readonly eventOn: LocalDate; readonly dueOn: LocalDate; readonly firm: boolean }
export interface Unvisited { readonly city: string; readonly institution: string; readonly duty: string }

/** Who is visited when and by whom, city by city; who is under key supervision is visited after its lateness is known. */
export function visited(plan: CampaignPlan, bodies: ReadonlyMap<string, readonly RehearsedBody[]>, late: readonly LateReport[], calendar: Calendar, assumptions: Assumptions): { visits: Visit[]; unvisited: Unvisited[] } {
  const key = new Map(late.filter(({ consequence }) => consequence === 'key-supervision').map((it) => [it.institution, it]));
  const visits = plan.cities.flatMap((city) => {
    const load = new Map<string, number>();
    return visitDuties(city).flatMap(({ stage, duty, closesOn }) => {
      const toVisit = (bodies.get(city.city) ?? []).map((body): ToVisit => ({ body, from: laterOf(stage.opensOn, key.get(body.id)?.doneOn) }));
      return planned(city.city, duty.id, stage.opensOn, closesOn, toVisit, calendar, assumptions, load);
    });
  });
  const held = new Set(visits.map(({ duty, institution }) => `${duty}\n${institution}`));
  const unvisited = plan.cities.flatMap((city) => visitDuties(city).flatMap(({ duty }) => (bodies.get(city.city) ?? [])
    .filter(({ id }) => !held.has(`${duty.id}\n${id}`)).map(({ id }): Unvisited => ({ city: city.city, institution: id, duty: duty.id }))));
  return { visits, unvisited };
}

const laterOf = (a: LocalDate, b: LocalDate | undefined): LocalDate => (b !== undefined && b > a ? b : a);

/** The cases of those that fail: an item found uncorrected at the visit, put to the pack's own table. */
export function casesOf(pack: Pack, visits: readonly Visit[], failing: ReadonlySet<string>): RehearsedCase[] {
  if (!Object.hasOwn(pack.decisions, 'case-filing')) return [];
  const decided = decide(pack, 'case-filing', { uncorrectedItem: true, seriousViolation: false });
  const clauses = decided.clauses.map(({ id }) => id);
  return visits.filter(({ institution }) => failing.has(institution))
    .map(({ city, institution, on }): RehearsedCase => ({ city, institution, on, decision: decided.value, reason: decided.reason, clauses }));
}

/** Days that hang on something which happens in a rehearsal: the visit of a body. */
export function followingOf(pack: Pack, plan: CampaignPlan, visits: readonly Visit[], calendar: Calendar): Following[] {
  const visitsIn = Map.groupBy(visits, ({ city }) => city);
  const rolls = new Map((pack.campaign?.stages ?? []).flatMap((stage) => stage.duties.map(({ id, due }) => [id, due.roll] as const)));
  return plan.cities.flatMap(({ city, stages }) => stages.flatMap((stage) => stage.duties.flatMap((duty) => {
    const { after } = duty;
    if (after?.event !== 'visit-held') return [];
    return (visitsIn.get(city) ?? []).map(({ institution, on }): Following => {
      const { on: dueOn, firm } = dueAfter(after, rolls.get(duty.id) ?? 'none', on, calendar);
      return { city, institution, duty: duty.id, event: after.event, eventOn: on, dueOn, firm };
    });
  })));
}
