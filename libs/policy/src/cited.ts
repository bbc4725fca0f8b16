/** A value and the clauses it rests on. The clauses travel with the value into rows, facts and records. */
export interface Cited<T> { readonly value: T; readonly clauses: readonly string[] }

/** What cannot be decided is an outcome too: it says why, and what was missing. */
export interface Undetermined { readonly determined: false; readonly reason: string; readonly missing: readonly string[]; readonly clauses: readonly string[] }

export const cited = <T>(value: T, clauses: readonly string[]): Cited<T> => ({ value, clauses: unique(clauses) });

/** The same value resting on further clauses, each named once. */
export const cite = <T>(it: Cited<T>, ...also: readonly (readonly string[])[]): Cited<T> => cited(it.value, [...it.clauses, ...also.flat()]);

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];
