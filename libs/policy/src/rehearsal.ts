import { addDays, type Calendar, type LocalDate } from '@zhijian/calendar';
import { byCodePoint, canonicalJson, sha256 } from './digest.js';
import type { Pack } from './pack.js';
import { planCampaign, type CampaignPlan } from './plan.js';
import { deadlinesOf, type Deadline } from './rehearsal-deadlines.js';
import { daysOf, type RehearsedDay } from './rehearsal-days.js';
import { byCity, usualAssumptions, type Assumptions, type RehearsalInput, type RehearsedBody } from './rehearsal-input.js';
import { casesOf, followingOf, visited, type Following, type RehearsedCase, type Unvisited } from './rehearsal-outcome.js';
import type { Reopened, Stratum } from './rehearsal-sample.js';
import { drawn, handedIn, lateReports, type LateReport } from './rehearsal-reports.js';
import { perWeek, type Load } from './rehearsal-visits.js';

export interface Overload extends Load { readonly limit: number }
/** A body that must be looked at because of what it did; `visitOn` null where no officer could be found. */
export interface KeySupervision { readonly city: string; readonly institution: string; readonly from: LocalDate; readonly until: LocalDate | null; readonly visitOn: LocalDate | null; readonly clauses: readonly string[] }

export interface Rehearsal {
  /** SHA-256 over the canonical JSON of all the rest. */
  readonly hash: string;
  readonly pack: string; readonly calendar: string; readonly assumptions: Assumptions;
  readonly cities: readonly { readonly city: string; readonly bodies: number; readonly inspectors: number }[];
  readonly deadlines: readonly Deadline[];
  readonly perDay: readonly RehearsedDay[];
  readonly perInspectorWeek: readonly Load[];
  readonly overloaded: readonly Overload[];
  readonly late: readonly LateReport[];
  readonly keySupervision: readonly KeySupervision[];
  /** Where the pack visits a sample: what was drawn, and who was added later. */
  readonly samples: readonly Stratum[];
  readonly reopened: readonly Reopened[];
  readonly cases: readonly RehearsedCase[];
  readonly following: readonly Following[];
  /** Duties without a day of their own, and why; what hangs on an event that a rehearsal plays stands in `following`. */
  readonly undated: readonly { readonly duty: string; readonly because: string }[];
  /** Bodies of a kind the campaign does not concern; bodies nobody could visit; cities with fewer officers than a visit takes. */
  readonly outside: readonly string[];
  readonly unvisited: readonly Unvisited[];
  readonly understaffed: readonly string[];
}

/**
 * Plays a campaign before it is launched, with the plan, the moments, the decisions and the draw of the real run. Chance
 * comes from the seed alone: equal arguments give an equal report, whatever the order of the roster. Sends nothing,
 * reads nothing. Throws when the pack carries no campaign, RangeError when two bodies have one id.
 */
export function rehearse(pack: Pack, calendar: Calendar, input: RehearsalInput): Rehearsal {
  const assumptions = { ...usualAssumptions, ...input.assumptions };
  const kinds: readonly string[] = pack.campaign?.scope.kinds ?? [];
  const inside = input.bodies.filter(({ kind }) => kinds.includes(kind));
  const bodies = byCity(inside);
  const units = [...byCity(input.bodies).keys()].map((code) => ({ code, name: input.unitNames?.[code] ?? code }));
  const plan = planCampaign(pack, calendar, { units, ...(input.amendments ? { amendments: input.amendments } : {}), ...(input.unitDates ? { unitDates: input.unitDates } : {}) });
  const reports = handedIn(plan, bodies, drawn(inside, assumptions.late, `${assumptions.seed}\nlate`), calendar, assumptions);
  const late = lateReports(pack, plan, reports, new Map(inside.map(({ id, name }) => [id, name])));
  const { visits, unvisited, strata, reopened, members } = visited(pack, plan, bodies, late, calendar, assumptions);
  const failing = drawn(inside, assumptions.failing, `${assumptions.seed}\nfailing`);
  const cases = casesOf(pack, visits, failing);
  const deadlines = deadlinesOf(plan, bodies, pack.jurisdiction, members);
  const load = perWeek(visits);
  const visitsOf = Map.groupBy(visits, ({ institution }) => institution);
  const report = {
    pack: `${pack.id}@${pack.version}`, calendar: calendar.version, assumptions,
    cities: units.map(({ code }) => ({ city: code, bodies: bodies.get(code)?.length ?? 0, inspectors: officersOf(bodies.get(code)) })),
    deadlines, perDay: daysOf(plan, bodies, { deadlines, reports, visits, cases }),
    perInspectorWeek: load, overloaded: load.filter((it) => it.visits > assumptions.visitsAWeek).map((it): Overload => ({ ...it, limit: assumptions.visitsAWeek })),
    late, keySupervision: late.filter(({ consequence }) => consequence === 'key-supervision').map((it): KeySupervision => ({
      city: it.city, institution: it.institution, from: addDays(it.dueOn, 1), until: it.until, clauses: it.clauses, visitOn: visitsOf.get(it.institution)?.find(({ on }) => on > it.dueOn)?.on ?? null,
    })),
    samples: strata, reopened, cases, following: followingOf(pack, plan, visits, failing, calendar), undated: undatedOf(plan), outside: input.bodies.filter(({ kind }) => !kinds.includes(kind)).map(({ id }) => id).sort(byCodePoint), unvisited,
    understaffed: units.map(({ code }) => code).filter((code) => (bodies.get(code)?.length ?? 0) > 0 && officersOf(bodies.get(code)) < assumptions.officers),
  };
  return { hash: sha256(canonicalJson({ ...report, packHash: pack.hash })), ...report };
}

const officersOf = (bodies: readonly RehearsedBody[] = []): number => new Set(bodies.flatMap(({ inspectors }) => inspectors)).size;

function undatedOf(plan: CampaignPlan): Rehearsal['undated'] {
  const [city] = plan.cities;
  const duties = [...[...(city?.stages ?? []), ...(city?.milestones ?? [])].flatMap((stage) => stage.duties), ...plan.campaignDuties];
  return duties.filter(({ dueOn }) => dueOn === null).map(({ id, because }) => ({ duty: id, because }));
}
