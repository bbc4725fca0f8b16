import { isWorkingDay, localDate, type Calendar, type Due } from '@zhijian/calendar';

interface Running { readonly lastDay: string; readonly counted: readonly string[] }

/**
 * What a running notice is after a holiday notice, or null where it stands as it is. A counted day that has become a day off
 * is made up for at the end; whatever else moves, a notice is never shortened.
 */
export function lengthened(stood: Running, planned: Pick<Due, 'on' | 'counted'>, calendar: Calendar): Running | null {
  const same = planned.counted.join() === stood.counted.join();
  const worked = stood.counted.every((day) => isWorkingDay(localDate(day), calendar));
  if (planned.on <= stood.lastDay && (same || worked)) return null;
  return { lastDay: planned.on > stood.lastDay ? planned.on : stood.lastDay, counted: planned.counted };
}
