import { spansOf, type Span } from './due.schema.js';
import { longer } from './longer.js';
import type { Later } from './later-due.js';
import type { PeriodRule } from './period.schema.js';
import { inWords } from './span-words.js';

interface Bound { readonly atLeast?: number | undefined; readonly atMost?: number | undefined }
interface Part { readonly from?: string | undefined; readonly to?: string | undefined; readonly span: Span | undefined; readonly limited: boolean }

/**
 * Where a period is weaker than the one above: longer or, where the one above is a least (不少于), shorter. Bounds that are
 * given hold instead, in the unit of the period above. Of variants, those that hold on the same days are compared.
 */
export function weakerPeriods(mine: PeriodRule, theirs: PeriodRule | undefined, bound: Bound | undefined): Later[] {
  const found = partsOf(mine).flatMap((part) => (theirs ? partsOf(theirs) : []).filter((above) => meet(part, above)).flatMap((above) => (bound ? outsideBound(part, above, bound) : weaker(part, above, mine, theirs))));
  return found.toSorted((a, b) => (a.severity < b.severity ? -1 : 1)).slice(0, 1);
}

const partsOf = (it: PeriodRule): Part[] => (it.variants ?? [{ ...it, from: undefined, to: undefined }]).map((one) => ({ from: one.from, to: one.to, span: spansOf(one)[0], limited: one.limit !== 'none' }));
const meet = (a: Part, b: Part): boolean => (a.to ?? '9999') >= (b.from ?? '') && (b.to ?? '9999') >= (a.from ?? '');

function outsideBound({ span, limited }: Part, { span: above }: Part, { atLeast, atMost }: Bound): Later[] {
  if (!span) return limited ? [] : [{ severity: 'error', why: `没有期限${atMost === undefined ? '' : `，应不多于 ${atMost}`}` }];
  const unit = Object.keys(above && !('immediately' in above) ? above : span)[0] ?? 'days';
  const of = (count: number): Span => ({ [unit]: count }) as unknown as Span;
  const over = atMost === undefined ? 'no' : longer(span, of(atMost));
  const under = atLeast === undefined ? 'no' : longer(of(atLeast), span);
  if (over === 'no' && under === 'no') return [];
  const limits = [atLeast === undefined ? '' : `，应不少于 ${atLeast}`, atMost === undefined ? '' : `，应不多于 ${atMost}`].join('');
  return [{ severity: over === 'yes' || under === 'yes' ? 'error' : 'warning', why: `${inWords(span)}${limits}` }];
}

function weaker({ span, limited }: Part, { span: above }: Part, mine: PeriodRule, theirs: PeriodRule | undefined): Later[] {
  if (!above) return [];
  if (!span) return limited ? [] : [{ severity: 'error', why: `没有期限，上级为${inWords(above)}` }];
  if (mine.event !== theirs?.event) return [{ severity: 'warning', why: '起算的事件与上级不同' }];
  const is = theirs.atLeast ? longer(above, span) : longer(span, above);
  return is === 'no' ? [] : [{ severity: is === 'yes' ? 'error' : 'warning', why: `${inWords(span)}，上级为${theirs.atLeast ? '不少于' : ''}${inWords(above)}` }];
}
