import type { Entrant, EntrantState, Measurand } from '@zhijian/policy';
import { partOf, type ResultSent } from './comparison.rules.js';

export interface Submitted { readonly id: string; readonly sequence: number; readonly results: readonly ResultSent[]; readonly late: readonly string[] }
export interface Standing { readonly state: Extract<EntrantState, 'reported' | 'late' | 'absent'>; readonly results: Entrant['results']; readonly submissions: ReadonlySet<string> }

/**
 * What stands of several submissions: for each part the last one that has a result of it. Somebody is late as soon as one
 * standing part is; absent where nothing stands.
 */
export function standingOf(measurands: readonly Pick<Measurand, 'id' | 'part'>[], submitted: readonly Submitted[]): Standing {
  const partOfId = new Map(measurands.map((it) => [it.id, partOf(it)]));
  const last = new Map<string, Submitted>();
  for (const one of [...submitted].sort((a, b) => a.sequence - b.sequence)) for (const { measurand } of one.results) last.set(partOfId.get(measurand) ?? '', one);
  const results = [...last].flatMap(([part, one]) => one.results.filter(({ measurand }) => partOfId.get(measurand) === part));
  const late = [...last].some(([part, one]) => one.late.includes(part));
  return {
    state: last.size === 0 ? 'absent' : late ? 'late' : 'reported', submissions: new Set([...last.values()].map(({ id }) => id)),
    results: Object.fromEntries(results.map(({ measurand, value, uncertainty }) => [measurand, { value, uncertainty: uncertainty ?? null }])),
  };
}

/** Parts that somebody has reported in time: they can no longer be changed once their day is over. */
export const inTime = (measurands: readonly Pick<Measurand, 'id' | 'part'>[], submitted: readonly Submitted[]): Set<string> => {
  const partOfId = new Map(measurands.map((it) => [it.id, partOf(it)]));
  return new Set(submitted.flatMap(({ results, late }) => results.map(({ measurand }) => partOfId.get(measurand) ?? '').filter((part) => !late.includes(part))));
};
