import type { LocalDate } from '@zhijian/calendar';
import type { CampaignPlan } from './plan.js';
import type { Deadline } from './rehearsal-deadlines.js';
import type { RehearsedBody } from './rehearsal-input.js';
import { noticesOf } from './rehearsal-notices.js';
import type { RehearsedCase } from './rehearsal-outcome.js';
import type { Done } from './rehearsal-reports.js';
import type { Visit } from './rehearsal-visits.js';

/** A day on which something ends or happens: last days that fall on it, notices that go out (told, reminded, overdue), reports that come in, visits, cases. */
export interface RehearsedDay {
  readonly on: LocalDate; readonly deadlines: number; readonly notices: number; readonly told: number; readonly reminders: number; readonly overdue: number;
  readonly reports: number; readonly visits: number; readonly cases: number;
}
interface Events { readonly deadlines: readonly Deadline[]; readonly reports: readonly Done[]; readonly visits: readonly Visit[]; readonly cases: readonly RehearsedCase[] }

/** The rehearsal day by day; days on which nothing happens are left out. */
export function daysOf(plan: CampaignPlan, bodies: ReadonlyMap<string, readonly RehearsedBody[]>, { deadlines, reports, visits, cases }: Events): RehearsedDay[] {
  const done = new Map<string, Map<string, LocalDate>>();
  const record = (duty: string, institution: string, on: LocalDate) => {
    const of = done.get(duty) ?? new Map<string, LocalDate>();
    done.set(duty, of.set(institution, on));
  };
  for (const { duty, institution, doneOn } of reports) record(duty, institution, doneOn);
  for (const { duty, institution, on } of visits) record(duty, institution, on);
  const notices = noticesOf(plan, bodies, done);
  const ends = counted(deadlines.map(({ dueOn }) => dueOn));
  const [reported, seen, filed] = [counted(reports.map(({ doneOn }) => doneOn)), counted(visits.map(({ on }) => on)), counted(cases.map(({ on }) => on))];
  const days = [...new Set([notices, ends, reported, seen, filed].flatMap((it) => [...it.keys()]))].sort();
  return days.map((on): RehearsedDay => {
    const { told = 0, reminders = 0, overdue = 0 } = notices.get(on) ?? {};
    return { on, deadlines: ends.get(on) ?? 0, notices: told + reminders + overdue, told, reminders, overdue, reports: reported.get(on) ?? 0, visits: seen.get(on) ?? 0, cases: filed.get(on) ?? 0 };
  });
}

function counted(days: readonly LocalDate[]): Map<LocalDate, number> {
  const counts = new Map<LocalDate, number>();
  for (const day of days) counts.set(day, (counts.get(day) ?? 0) + 1);
  return counts;
}
