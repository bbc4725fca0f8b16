import type { LocalDate } from '@zhijian/calendar';
import { within } from './dates.schema.js';

/** What decides which agency acts: from when to when one does, and who takes over from it. */
export interface AgencySpan { readonly from?: LocalDate | undefined; readonly to?: LocalDate | undefined; readonly replacedBy?: string | undefined }

/**
 * Who acts for the agency that a text names, on a day: the agency itself, or whoever has taken over (`instead` is then the
 * named one). Nobody acts while it has not begun (`not-begun`), after its end where no successor is named, and between its
 * end and the beginning of its successor (`ended`).
 */
export type Acting<A> =
  | { readonly state: 'acts'; readonly id: string; readonly agency: A; readonly instead: A | null }
  | { readonly state: 'not-begun'; readonly agency: A }
  | { readonly state: 'ended'; readonly agency: A; readonly successor: A | null };

/** @returns undefined where there is no such agency */
export function actingOn<A extends AgencySpan>(agencies: Readonly<Record<string, A>>, id: string, on: LocalDate): Acting<A> | undefined {
  const known = (at: string | undefined): A | undefined => (at !== undefined && Object.hasOwn(agencies, at) ? agencies[at] : undefined);
  const named = known(id);
  if (!named) return undefined;
  const seen = new Set<string>();
  for (let at = id, agency = named; ;) {
    if (within(on, agency)) return { state: 'acts', id: at, agency, instead: at === id ? null : named };
    if (agency.from && on < agency.from) return at === id ? { state: 'not-begun', agency } : { state: 'ended', agency: named, successor: agency };
    seen.add(at);
    const next = agency.replacedBy;
    const successor = known(next);
    if (next === undefined || !successor || seen.has(next)) return { state: 'ended', agency, successor: null };
    at = next;
    agency = successor;
  }
}
