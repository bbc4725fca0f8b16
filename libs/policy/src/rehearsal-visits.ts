import { addDays, weekday, type Calendar, type LocalDate } from '@zhijian/calendar';
import { byCodePoint } from './digest.js';
import { drawSample } from './draw.js';
import type { CityPlan, PlannedDuty, PlannedStage } from './plan.js';
import { daysToWork, type Assumptions, type RehearsedBody } from './rehearsal-input.js';

export interface Visit { readonly city: string; readonly institution: string; readonly duty: string; readonly on: LocalDate; readonly inspectors: readonly string[] }
export interface Load { readonly city: string; readonly inspector: string; readonly week: LocalDate; readonly visits: number }

/** Somebody to be visited, from a day on (a late body only once it is late). */
export interface ToVisit { readonly body: RehearsedBody; readonly from: LocalDate }

export const mondayOf = (on: LocalDate): LocalDate => addDays(on, 1 - weekday(on));

/** The duties by which officers go to bodies, with the stage each stands in. */
export const visitDuties = ({ stages }: Pick<CityPlan, 'stages'>): { stage: PlannedStage; duty: PlannedDuty; closesOn: LocalDate }[] =>
  stages.flatMap((stage) => stage.duties.flatMap((duty) => (duty.kind === 'site-check' && duty.subject === 'institution' && duty.dueOn !== null ? [{ stage, duty, closesOn: duty.dueOn }] : [])));

/**
 * Spreads visits evenly over the working days of the window, in an order drawn by lot, and gives each to the officers
 * with the fewest visits in that week, then in the campaign, then by name. Officers who are not there are not invented:
 * a visit may have fewer than it needs, or none and is then not held.
 */
export function planned(city: string, duty: string, opensOn: LocalDate, closesOn: LocalDate, toVisit: readonly ToVisit[], calendar: Calendar, { seed, officers }: Assumptions, load: Map<string, number>): Visit[] {
  const days = daysToWork(opensOn, closesOn, calendar);
  const lot = new Map(ranked(`${seed}\nvisits\n${city}\n${duty}`, toVisit.map(({ body }) => body.id)).map((id, at) => [id, at]));
  const order = [...toVisit].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : (lot.get(a.body.id) ?? 0) - (lot.get(b.body.id) ?? 0)));
  const dated = [...Map.groupBy(order, ({ from }) => from)].flatMap(([from, group]) => {
    const open = days.filter((day) => day >= from);
    return group.map(({ body }, at) => ({ body, on: open[Math.floor(((at + 0.5) * open.length) / group.length)] ?? closesOn }));
  }).sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : (lot.get(a.body.id) ?? 0) - (lot.get(b.body.id) ?? 0)));
  const all = [...new Set(toVisit.flatMap(({ body }) => body.inspectors))].sort(byCodePoint);
  return dated.flatMap(({ body, on }) => {
    const inspectors = free(body.inspectors, all, on, officers, load);
    return inspectors.length > 0 ? [{ city, institution: body.id, duty, on, inspectors }] : [];
  });
}

const ranked = (seed: string, pool: readonly string[]): readonly string[] => {
  const sample = drawSample({ seed, pool, size: pool.length });
  return sample.ok ? sample.record.result : pool;
};

/** The body's own officers first, then others of the city; the least busy of each. Books them. */
function free(own: readonly string[], all: readonly string[], on: LocalDate, officers: number, load: Map<string, number>): string[] {
  const week = mondayOf(on);
  const busy = (name: string, when: string): number => load.get(`${name}\n${when}`) ?? 0;
  const least = (names: readonly string[]): string[] => [...names].sort((a, b) => busy(a, week) - busy(b, week) || busy(a, 'all') - busy(b, 'all') || byCodePoint(a, b));
  const chosen = [...least(own), ...least(all.filter((name) => !own.includes(name)))].slice(0, officers);
  for (const name of chosen) for (const when of [week, 'all']) load.set(`${name}\n${when}`, busy(name, when) + 1);
  return chosen.sort(byCodePoint);
}

/** Visits of each inspector in each week, named by its Monday. */
export function perWeek(visits: readonly Visit[]): Load[] {
  const counts = new Map<string, Load>();
  for (const { city, on, inspectors } of visits) {
    const week = mondayOf(on);
    for (const inspector of inspectors) {
      const key = `${week}\n${city}\n${inspector}`;
      counts.set(key, { city, inspector, week, visits: (counts.get(key)?.visits ?? 0) + 1 });
    }
  }
  return [...counts].sort(([a], [b]) => byCodePoint(a, b)).map(([, load]) => load);
}
