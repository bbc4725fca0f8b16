import type { LocalDate } from '@zhijian/calendar';
import { byCodePoint } from './digest.js';
import { campaignStages } from './moments.js';
import type { CampaignPlan, PlannedDuty } from './plan.js';
import type { RehearsedBody } from './rehearsal-input.js';

/** One duty of one body, or of a unit (`institution` null), with its last day. */
export interface Deadline { readonly city: string; readonly duty: string; readonly institution: string | null; readonly dueOn: LocalDate }

/** Whom a duty binds that is done by sample, by the id of the duty. */
export type Members = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

/**
 * Every deadline that the real run would lay down for these bodies: one for each body of the unit, or one for the unit;
 * a duty done by sample binds whom the sample names;
 * the duties of the campaign as a whole stand under the jurisdiction of the pack. What hangs on an event has none yet.
 */
export function deadlinesOf(plan: CampaignPlan, bodies: ReadonlyMap<string, readonly RehearsedBody[]>, jurisdiction: string, chosen: Members = new Map()): Deadline[] {
  const of = (duty: PlannedDuty, city: string): Deadline[] => {
    const { dueOn, id, subject } = duty;
    if (dueOn === null) return [];
    const members = chosen.get(id);
    return subject === 'institution' ? (bodies.get(city) ?? []).filter((body) => !members || members.has(body.id)).map((body) => ({ city, duty: id, institution: body.id, dueOn })) : [{ city, duty: id, institution: null, dueOn }];
  };
  const deadlines = [...plan.cities.flatMap(({ city, stages }) => stages.flatMap(({ duties }) => duties.flatMap((duty) => of(duty, city)))), ...campaignStages(plan).flatMap(({ duties }) => duties.flatMap((duty) => of(duty, jurisdiction)))];
  return deadlines.sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : byCodePoint(a.city, b.city) || byCodePoint(a.duty, b.duty) || byCodePoint(a.institution ?? '', b.institution ?? '')));
}
