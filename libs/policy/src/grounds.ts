import { boundsOf, type LawBehind } from './law.js';
import type { Pack } from './pack.js';
import type { GroundedDecision, InstitutionKind } from './vocabulary.js';

/** Whom a decision is about (their kinds; none: nobody in particular), and on which day it is taken. */
export interface About { readonly kinds?: readonly InstitutionKind[]; readonly on: string }

/** On what a decision rests. `reason`: why there are no clauses; null where there are. */
export interface Grounds { readonly pack: Pack | null; readonly clauses: readonly string[]; readonly reason: string | null }

/** What a certificate without clauses says instead: a sentence that begins with one of these. */
export const groundless = { unknown: '所装的上位法没有收录这项决定所依据的条文', uninstalled: '没有装入可以读取的全国上位法' } as const;

/** The first of these laws that says on what the decision rests, with its clauses. */
export function groundsIn(laws: readonly LawBehind[], decision: GroundedDecision, { kinds = [], on }: About): { name: string; clauses: string[] } | undefined {
  const concerns = (only: readonly InstitutionKind[] | undefined): boolean => !only || only.some((kind) => kinds.includes(kind));
  return laws.map((law) => ({
    name: law.name,
    clauses: [...new Set(boundsOf({ laws: [law] }, 'grounds').filter(({ bound, from, to }) => bound.decisions.includes(decision) && concerns(bound.kinds) && (from ?? '') <= on && on <= (to ?? '9999')).flatMap(({ bound }) => bound.clauses))],
  })).find(({ clauses }) => clauses.length > 0);
}
