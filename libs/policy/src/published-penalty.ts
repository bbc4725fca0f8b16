import { maskedName } from './personal-data.js';

/** Who was punished. A body is not a person: of it, what the register says is public anyway. */
export type Punished =
  | { readonly kind: 'institution'; readonly name: string; readonly creditCode: string; readonly representative?: string }
  | { readonly kind: 'person'; readonly name: string; readonly idNumber?: string; readonly phone?: string; readonly address?: string };
/** `S`: a sanction, in words or as a kind with its amount. */
export interface PenaltyDecision<S = string> { readonly number: string; readonly party: Punished; readonly facts: string; readonly basis: string; readonly sanctions: readonly S[]; readonly authority: string; readonly decidedOn: string; readonly influential: boolean }
export interface PublishedPenalty<S = string> { readonly number: string; readonly party: string; readonly creditCode: string | null; readonly basis: string; readonly sanctions: readonly S[]; readonly authority: string; readonly decidedOn: string; readonly clauses: readonly string[] }

/**
 * What of a penalty is published: decisions of social influence (行政处罚法 art. 48), with party, basis, sanction, authority and
 * day, and nothing else. A person's name stands masked; number of identity, telephone, address and the facts as written do
 * not leave. A body's legal representative is not the party and is not named.
 * @returns null where the law does not ask for publication
 */
export function publishedPenalty<S>(decision: PenaltyDecision<S>): PublishedPenalty<S> | null {
  if (!decision.influential) return null;
  const { number, party, basis, sanctions, authority, decidedOn } = decision;
  const named = party.kind === 'institution' ? { party: party.name, creditCode: party.creditCode } : { party: maskedName(party.name), creditCode: null };
  return { number, ...named, basis, sanctions: [...sanctions], authority, decidedOn, clauses: ['行政处罚法 第四十八条'] };
}
