import type { Span } from './due.schema.js';

/** Whether one length is longer than another; `maybe` where it depends on the day on which both begin. */
export type Longer = 'no' | 'maybe' | 'yes';

/**
 * Is the first length longer than the second? In one unit the numbers say it; across units the fewest and most calendar
 * days that each can come to. Public holidays make working days longer without a bound that no calendar knows.
 */
export function longer(a: Span, b: Span): Longer {
  const [[unitA, lengthA], [unitB, lengthB]] = [lengthOf(a), lengthOf(b)];
  if (unitA === unitB) return lengthA > lengthB ? 'yes' : 'no';
  const [[fewest, most], [fewestB, mostB]] = [calendarDays(unitA, lengthA), calendarDays(unitB, lengthB)];
  if (most <= fewestB) return 'no';
  return fewest > mostB ? 'yes' : 'maybe';
}

/** The one length that a span gives, with its unit; at once is no day at all. */
function lengthOf(span: Span): [unit: string, length: number] {
  if ('workingDays' in span) return ['workingDays', span.workingDays];
  if ('days' in span) return ['days', span.days];
  if ('months' in span) return ['months', span.months];
  return 'years' in span ? ['years', span.years] : ['days', 0];
}

function calendarDays(unit: string, length: number): [fewest: number, most: number] {
  if (unit === 'workingDays') return [length, Infinity];
  if (unit === 'months') return [length * 30 - 2, length * 31];
  return unit === 'years' ? [length * 365, length * 366] : [length, length];
}
