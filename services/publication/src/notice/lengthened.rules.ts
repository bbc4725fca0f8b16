import { isWorkingDay, localDate, type Calendar, type Due, type LocalDate } from '@zhijian/calendar';

interface Running { readonly lastDay: LocalDate; readonly counted: readonly string[] }

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

/** Whether the text's own days would now end earlier than a last day that followed from them: listed, and not taken over. A longer period that the publisher chose is none of this. */
export const wouldShorten = ({ lastDay, counted }: Running, planned: Pick<Due, 'on'>): boolean => counted.at(-1) === lastDay && planned.on < lastDay;
