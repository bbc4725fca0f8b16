import { addDays, dayOf, type LocalDate } from '@zhijian/calendar';
import { momentsOf } from './moments.js';
import type { CampaignPlan, CityPlan, PlannedDuty } from './plan.js';
import type { RehearsedBody } from './rehearsal-input.js';

/** What goes out on a day: bodies told of the campaign, reminders before a day, and notices that a day has passed. */
export interface Notices { readonly told: number; readonly reminders: number; readonly overdue: number }

type Counting = Map<LocalDate, { told: number; reminders: number; overdue: number }>;

/** When each body has done a duty; absent: on its last day. Keyed by duty, then by body. */
export type DoneOn = ReadonlyMap<string, ReadonlyMap<string, LocalDate>>;

/**
 * Notices of all units, day by day. Reminders stand where the real run's moments stand; a reminder to bodies is one for
 * each that has not done its duty yet, one to an agency is one. A notice of lateness goes out on the day after.
 */
export function noticesOf(plan: CampaignPlan, bodies: ReadonlyMap<string, readonly RehearsedBody[]>, done: DoneOn): ReadonlyMap<LocalDate, Notices> {
  const counting: Counting = new Map();
  for (const city of plan.cities) ofCity(city, bodies.get(city.city) ?? [], done, counting);
  return counting;
}

function ofCity(city: CityPlan, bodies: readonly RehearsedBody[], done: DoneOn, counting: Counting): void {
  const duties = new Map(city.stages.flatMap((stage) => stage.duties.map((duty) => [duty.id, { duty, stage }] as const)));
  const openOn = (duty: PlannedDuty, on: LocalDate): number => bodies.filter(({ id }) => (done.get(duty.id)?.get(id) ?? duty.dueOn ?? on) >= on).length;
  for (const { kind, duty: id, dueAt } of momentsOf(city.stages)) {
    const duty = kind === 'remind' && id !== null ? duties.get(id)?.duty : undefined;
    if (!duty) continue;
    const on = dayOf(dueAt);
    const open = duty.subject === 'institution' ? openOn(duty, on) : 1;
    add(counting, on, 'reminders', duty.actor === 'institution' ? open : Math.min(open, 1));
  }
  for (const { duty, stage } of duties.values()) {
    if (duty.kind === 'notification' && duty.subject === 'institution') add(counting, stage.opensOn, 'told', bodies.length);
    if (duty.dueOn === null || duty.subject !== 'institution') continue;
    const after = addDays(duty.dueOn, 1);
    add(counting, after, 'overdue', bodies.filter(({ id }) => (done.get(duty.id)?.get(id) ?? '') >= after).length);
  }
}

function add(counting: Counting, on: LocalDate, what: keyof Notices, count: number): void {
  if (count === 0) return;
  const day = counting.get(on) ?? { told: 0, reminders: 0, overdue: 0 };
  counting.set(on, { ...day, [what]: day[what] + count });
}
