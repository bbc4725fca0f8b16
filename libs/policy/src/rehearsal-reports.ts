import { addDays, type Calendar, type LocalDate } from '@zhijian/calendar';
import { decide } from './decide.js';
import { drawSample } from './draw.js';
import type { Pack } from './pack.js';
import type { CampaignPlan, PlannedDuty, PlannedStage } from './plan.js';
import type { Consequence } from './vocabulary.js';
import { chance, daysToWork, type Assumptions, type RehearsedBody } from './rehearsal-input.js';

/** When a body does one of its own duties in the rehearsal. */
export interface Done { readonly city: string; readonly institution: string; readonly duty: string; readonly dueOn: LocalDate; readonly doneOn: LocalDate; readonly late: boolean }

/** A report that comes late, and what the text attaches to that. */
export interface LateReport {
  readonly city: string; readonly institution: string; readonly name: string; readonly duty: string; readonly dueOn: LocalDate; readonly doneOn: LocalDate;
  /** What the pack's own table says of it; null where it has none or cannot tell. */
  readonly verdict: unknown;
  readonly consequence: Consequence | null;
  readonly until: LocalDate | null;
  readonly clauses: readonly string[];
}

/** So many of a hundred, drawn as a sample is drawn: ranked by SHA-256 of seed and id. */
export function drawn(bodies: readonly RehearsedBody[], percent: number, seed: string): ReadonlySet<string> {
  const pool = bodies.map(({ id }) => id);
  const sample = drawSample({ seed, pool, size: Math.round((pool.length * percent) / 100) });
  if (!sample.ok) throw new RangeError(`${sample.message}：${sample.facts.ids.slice(0, 5).join('、')}`);
  return new Set(sample.record.result);
}

const writtenBy = (duty: PlannedDuty): boolean => duty.subject === 'institution' && duty.actor === 'institution';

/** The duty by whose day a body is late: its self-check report, or where no stage asks for one whatever it hands in itself. */
const judged = (duties: readonly PlannedDuty[]): readonly PlannedDuty[] => {
  const reports = duties.filter((duty) => duty.kind === 'self-check-report');
  return reports.length > 0 ? reports : duties;
};

/** What each body hands in and when: on a working day inside the stage, or after its day when it is one of the late. */
export function handedIn(plan: CampaignPlan, bodies: ReadonlyMap<string, readonly RehearsedBody[]>, late: ReadonlySet<string>, calendar: Calendar, { seed, latestByDays }: Assumptions): Done[] {
  const windows = new Map<string, LocalDate[]>();
  const daysOf = (from: LocalDate, to: LocalDate): LocalDate[] => {
    const key = `${from} ${to}`;
    const days = windows.get(key) ?? daysToWork(from <= to ? from : to, to, calendar);
    windows.set(key, days);
    return days;
  };
  const doneOn = (stage: PlannedStage, dueOn: LocalDate, isLate: boolean, words: string): LocalDate => {
    if (isLate) return addDays(dueOn, 1 + chance(`${seed}\nlate by\n${words}`, latestByDays));
    const days = daysOf(stage.opensOn, dueOn);
    return days[chance(`${seed}\nhanded in\n${words}`, days.length)] ?? dueOn;
  };
  return plan.cities.flatMap(({ city, stages }) => {
    const asked = judged(stages.flatMap(({ duties }) => duties.filter((duty) => writtenBy(duty) && duty.dueOn !== null)));
    return stages.flatMap((stage) => stage.duties.filter((duty) => writtenBy(duty)).flatMap((duty) => {
      const { dueOn } = duty;
      if (dueOn === null) return [];
      return (bodies.get(city) ?? []).map(({ id }): Done => {
        const isLate = late.has(id) && duty.firm && asked.includes(duty); // nobody is late on a provisional day
        return { city, institution: id, duty: duty.id, dueOn, doneOn: doneOn(stage, dueOn, isLate, `${duty.id}\n${id}`), late: isLate };
      });
    }));
  });
}

/** Those that are late, with what the pack decides and attaches; a body once for each duty it is judged by. */
export function lateReports(pack: Pack, plan: CampaignPlan, done: readonly Done[], nameOf: ReadonlyMap<string, string>): LateReport[] {
  const duties = new Map(plan.cities.map(({ city, stages }) => [city, new Map(stages.flatMap((stage) => stage.duties.map((duty) => [duty.id, duty] as const)))]));
  const decided = Object.hasOwn(pack.decisions, 'report-lateness') ? decide(pack, 'report-lateness', { handedIn: true, pastDue: true }) : null;
  return done.filter((it) => it.late).flatMap(({ city, institution, duty: id, dueOn, doneOn }) => {
    const duty = duties.get(city)?.get(id);
    if (!duty) return [];
    const { consequence, clauses, until } = duty.missed;
    return [{
      city, institution, name: nameOf.get(institution) ?? institution, duty: id, dueOn, doneOn, verdict: decided?.value ?? null, consequence, until: until ?? null,
      clauses: [...new Set([...duty.clauses, ...(decided?.clauses.map((it) => it.id) ?? []), ...clauses])],
    }];
  });
}
