import type { Span } from './due.schema.js';

/** A length as a civil servant writes it: 10个工作日. */
export function inWords(span: Span): string {
  if ('workingDays' in span) return `${span.workingDays}个工作日`;
  if ('days' in span) return `${span.days}日`;
  if ('months' in span) return `${span.months}个月`;
  return 'years' in span ? `${span.years}年` : '即时';
}
