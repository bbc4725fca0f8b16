import { isWorkingDay, addDays, type Calendar, type LocalDate } from '@zhijian/calendar';
import { byCodePoint, sha256 } from './digest.js';
import type { PlanInput } from './plan.js';

/** A body as the roster of a rehearsal lists it. `inspectors`: who may visit it; the city's own where it is empty. */
export interface RehearsedBody { readonly id: string; readonly name: string; readonly kind: string; readonly city: string; readonly inspectors: readonly string[] }

/** What a rehearsal supposes. None of it stands in a policy; whoever reads the report sees each of them. */
export interface Assumptions {
  readonly seed: number;
  /** Bodies in a hundred that hand in late; and that fail when they are visited. */
  readonly late: number;
  readonly failing: number;
  /** A late report comes one to so many calendar days after its day. */
  readonly latestByDays: number;
  /** Officers that go on one visit. */
  readonly officers: number;
  /** More visits in a week make an inspector overloaded. */
  readonly visitsAWeek: number;
}
export const usualAssumptions: Assumptions = { seed: 1, late: 20, failing: 10, latestByDays: 10, officers: 2, visitsAWeek: 5 };

export interface RehearsalInput {
  readonly bodies: readonly RehearsedBody[];
  readonly assumptions?: Partial<Assumptions>;
  /** As in the real run: amendments, own dates, names of units. Units are the cities of the roster. */
  readonly amendments?: PlanInput['amendments'];
  readonly unitDates?: PlanInput['unitDates'];
  readonly unitNames?: Readonly<Record<string, string>>;
}

/** The same number from 0 up to, not including, `below`, for the same seed and words. */
export const chance = (seed: string, below: number): number => (below < 1 ? 0 : Number.parseInt(sha256(seed).slice(0, 12), 16) % below);

/** The working days of a window, both ends included; where it has none, all its days. */
export function daysToWork(from: LocalDate, to: LocalDate, calendar: Calendar): LocalDate[] {
  const all: LocalDate[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) all.push(day);
  const working = all.filter((day) => isWorkingDay(day, calendar));
  return working.length > 0 ? working : all;
}

/** Bodies by city, both in code point order. */
export function byCity(bodies: readonly RehearsedBody[]): Map<string, RehearsedBody[]> {
  const ordered = [...bodies].sort((a, b) => byCodePoint(a.city, b.city) || byCodePoint(a.id, b.id));
  return Map.groupBy(ordered, ({ city }) => city);
}
