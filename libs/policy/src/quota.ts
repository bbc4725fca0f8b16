import { citedDecision, decide, type Decision } from './decide.js';
import type { Pack } from './pack.js';
import { frequencyOf } from './rule-lookup.js';

/** What a colour may demand so often, and the table that says which frequency. */
export const quotaTables = { inspection: 'inspection-frequency', 'quality-monitoring': 'monitoring-frequency' } as const;
export type QuotaActivity = keyof typeof quotaTables;

/** The colours of a body: of the year in question once it is public, and of the year before. */
export interface KnownColours { readonly published: boolean; readonly thisYear: string | null; readonly lastYear: string | null }

/**
 * How often something must and may be done for a body in a year. `frequency` null: the pack does not rule it (no colour), or
 * it cannot be told, and then `reason` says why. `min` is owed, `target` is planned or permitted.
 */
export interface Quota {
  readonly colour: string | null;
  readonly from: 'this-year' | 'last-year';
  readonly frequency: string | null;
  readonly min: number | null;
  readonly target: number | null;
  /** Over so many years. */
  readonly years: number;
  readonly permitted: boolean;
  readonly decidedBy: string | null;
  readonly reason: string | null;
  readonly clauses: readonly string[];
}

const none = 'none';
const notRuled = 'not-ruled';

/** The inputs of `colour-in-use`: before publication the colour of the year before applies. */
export const colourInputs = ({ published, thisYear, lastYear }: KnownColours) => ({ published, thisYear: thisYear ?? none, lastYear: lastYear ?? none });

/** The colour that applies, by the pack's table `colour-in-use`; a body without one has `none`. */
export const colourInUse = (pack: Pack, known: KnownColours): Decision<string> => decide<string>(pack, 'colour-in-use', colourInputs(known));

/** By the pack's tables `colour-in-use` and that of the activity, which names a rule of `frequencies`. */
export function quotaFor(pack: Pack, activity: QuotaActivity, known: KnownColours): Quota {
  const from = known.published ? 'this-year' : 'last-year';
  const open = { from, frequency: null, min: null, target: null, years: 1, permitted: false, decidedBy: null } as const;
  const colour = colourInUse(pack, known);
  if (!colour.determined) return { ...open, colour: null, reason: colour.reason, clauses: citedDecision(colour).clauses };
  const ruled = decide<string>(pack, quotaTables[activity], { colour: colour.value });
  const clauses = [...new Set([...colour.clauses, ...ruled.clauses].map(({ id }) => id))];
  const shown = colour.value === none ? null : colour.value;
  if (!ruled.determined) return { ...open, colour: shown, reason: ruled.reason, clauses };
  const rule = ruled.value === notRuled ? undefined : frequencyOf(pack, ruled.value);
  if (!rule) return { ...open, colour: shown, reason: ruled.reason, clauses: ruled.clauses.map(({ id }) => id) };
  const { min, target, per, permitted, decidedBy } = rule.value;
  const years = typeof per === 'object' && 'years' in per ? per.years : 1;
  return { from, colour: shown, frequency: ruled.value, min, target: target ?? min, years, permitted, decidedBy: decidedBy ?? null, reason: ruled.reason, clauses: [...new Set([...ruled.clauses.map(({ id }) => id), ...rule.clauses])] };
}
