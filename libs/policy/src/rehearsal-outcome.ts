import type { Calendar, LocalDate } from '@zhijian/calendar';
import { decide } from './decide.js';
import type { Pack } from './pack.js';
import type { CampaignPlan } from './plan.js';
import type { Assumptions, RehearsedBody } from './rehearsal-input.js';
import type { Members } from './rehearsal-deadlines.js';
import type { LateReport } from './rehearsal-reports.js';
import { chosenFor, type Chosen, type Reopened, type Stratum } from './rehearsal-sample.js';
import { planned, visitDuties, type ToVisit, type Visit } from './rehearsal-visits.js';
import { dueAfter } from './rule-lookup.js';

/** What the pack decides on a body that fails. `decision` null: undetermined, `reason` says why. */
export interface RehearsedCase { readonly city: string; readonly institution: string; readonly on: LocalDate; readonly decision: unknown; readonly reason: string | null; readonly clauses: readonly string[] }
/** A duty that hangs on an event of the rehearsal. */
export interface Following { readonly city: string; readonly institution: string; readonly duty: string; readonly event: string; readonly eventOn: LocalDate; readonly dueOn: LocalDate; readonly firm: boolean }
export interface Unvisited { readonly city: string; readonly institution: string; readonly duty: string }
export interface Visited { readonly visits: readonly Visit[]; readonly unvisited: readonly Unvisited[]; readonly strata: readonly Stratum[]; readonly reopened: readonly Reopened[]; readonly members: Members }

/** Who is visited when and by whom, city by city. */
export function visited(pack: Pack, plan: CampaignPlan, bodies: ReadonlyMap<string, readonly RehearsedBody[]>, late: readonly LateReport[], calendar: Calendar, assumptions: Assumptions): Visited {
  const [first] = plan.cities;
  const chosen = new Map((first ? visitDuties(first) : []).map(({ stage, duty }) => [duty.id, chosenFor(pack, stage, duty, [...bodies.values()].flat(), late, assumptions.seed)]));
  const visits: Visit[] = [];
  const unvisited: Unvisited[] = [];
  for (const city of plan.cities) {
    const load = new Map<string, number>();
    for (const { stage, duty, closesOn } of visitDuties(city)) {
      const toVisit = (bodies.get(city.city) ?? []).flatMap((body): ToVisit[] => toVisitOf(body, chosen.get(duty.id)));
      const held = planned(city.city, duty.id, stage.opensOn, closesOn, toVisit, calendar, assumptions, load);
      const seen = new Set(held.map(({ institution }) => institution));
      visits.push(...held);
      unvisited.push(...toVisit.filter(({ body }) => !seen.has(body.id)).map(({ body }): Unvisited => ({ city: city.city, institution: body.id, duty: duty.id })));
    }
  }
  const all = [...chosen.values()];
  return { visits, unvisited, strata: all.flatMap(({ strata }) => strata), reopened: all.flatMap(({ reopened }) => reopened), members: new Map([...chosen].map(([duty, { from }]) => [duty, from])) };
}

function toVisitOf(body: RehearsedBody, chosen: Chosen | undefined): ToVisit[] {
  const from = chosen?.from.get(body.id);
  return from === undefined ? [] : [{ body, from }];
}

/** What is found at the visit of a body that fails: something it did not correct, which the officers saw, and nothing grave. A table takes what it asks for. */
const found = { uncorrectedItem: true, seriousViolation: false, uncorrectedViolation: true, violationFound: true };

/** The cases of those that fail, put to the pack's own table. */
export function casesOf(pack: Pack, visits: readonly Visit[], failing: ReadonlySet<string>): RehearsedCase[] {
  if (!Object.hasOwn(pack.decisions, 'case-filing')) return [];
  const decided = decide(pack, 'case-filing', found);
  const clauses = decided.clauses.map(({ id }) => id);
  return visits.filter(({ institution }) => failing.has(institution))
    .map(({ city, institution, on }): RehearsedCase => ({ city, institution, on, decision: decided.value, reason: decided.reason, clauses }));
}

const atVisit: readonly string[] = ['visit-held'];
const atFailure: readonly string[] = ['problem-found', 'violation-found', 'ordered'];

/** Days that hang on something which happens in a rehearsal: a visit, or what is found at one. Other events are not played. */
export function followingOf(pack: Pack, plan: CampaignPlan, visits: readonly Visit[], failing: ReadonlySet<string>, calendar: Calendar): Following[] {
  const visitsIn = Map.groupBy(visits, ({ city }) => city);
  const rolls = new Map((pack.campaign?.stages ?? []).flatMap((stage) => stage.duties.map(({ id, due }) => [id, due.roll] as const)));
  return plan.cities.flatMap(({ city, stages, milestones }) => [...stages, ...milestones].flatMap((stage) => stage.duties.flatMap((duty) => {
    const { after } = duty;
    const happened = !after ? [] : (visitsIn.get(city) ?? []).filter(({ institution }) => atVisit.includes(after.event) || (atFailure.includes(after.event) && failing.has(institution)));
    return !after ? [] : happened.map(({ institution, on }): Following => {
      const { on: dueOn, firm } = dueAfter(after, rolls.get(duty.id) ?? 'none', on, calendar);
      return { city, institution, duty: duty.id, event: after.event, eventOn: on, dueOn, firm };
    });
  })));
}
