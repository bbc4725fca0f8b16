import { createHash } from 'node:crypto';
import type { PolicyRef } from '@zhijian/contracts';
import type { RosterMember } from '@zhijian/contracts/facts';
import { decide, type Pack } from '@zhijian/policy';

/** What the register knows of an institution when a roster asks. `operating` null: nobody has looked yet. */
export interface Candidate {
  readonly institutionId: string;
  readonly kind: string;
  readonly filedOn: string | null;
  readonly closedOn: string | null;
  readonly operating: boolean | null;
}

/** The table of a pack that says who is in its campaign; one without it goes by its scope. */
export const scopeTable = 'in-campaign';
const byId = (a: { institutionId: string }, b: { institutionId: string }): number => (a.institutionId < b.institutionId ? -1 : a.institutionId > b.institutionId ? 1 : 0);

/** Filed and not closed on that day; the day of the closure itself counts as closed. */
export const filedOn = ({ filedOn: from, closedOn: to }: Candidate, day: string): boolean => from !== null && from <= day && (to === null || to > day);

/** Does the pack's scope speak of this institution at all? */
export const inScope = (pack: Pack, candidate: Candidate): boolean => scopeOf(pack).kinds.includes(candidate.kind as never);

/**
 * The state of one institution on a day, and the clauses it rests on: filed and operating is in; filed but idle stays
 * visible, outside the campaign, as does one whose filing was closed; where nobody has looked it is undetermined (待核实).
 */
export function memberOf(pack: Pack, candidate: Candidate, day: string): RosterMember {
  const { institutionId, operating } = candidate;
  const filed = filedOn(candidate, day);
  if (!Object.hasOwn(pack.decisions, scopeTable)) {
    const scope = scopeOf(pack);
    const state = !filed ? 'idle' : !scope.operating || operating ? 'in' : operating === false ? 'idle' : 'undetermined';
    return { institutionId, state, clauses: [...scope.clauses] };
  }
  const made = decide<string>(pack, scopeTable, { filed, operating: filed ? operating : (operating ?? false) });
  const state = !made.determined ? 'undetermined' : made.value === 'in' ? 'in' : 'idle';
  return { institutionId, state, clauses: made.clauses.map(({ id }) => id) };
}

/** The roster of a unit on a day: institutions in scope with an open filing, by id. */
export const rosterOf = (pack: Pack, candidates: readonly Candidate[], day: string): RosterMember[] => rosters(pack, day)(candidates);

/** The same for many units: the verdict rests on two answers of the register alone, and is made once for each pair of them. */
export function rosters(pack: Pack, day: string): (candidates: readonly Candidate[]) => RosterMember[] {
  const made = new Map<string, RosterMember>();
  const verdict = (candidate: Candidate): RosterMember => {
    const key = `${filedOn(candidate, day)} ${candidate.operating}`;
    if (!made.has(key)) made.set(key, memberOf(pack, candidate, day));
    return { ...made.get(key)!, institutionId: candidate.institutionId };
  };
  return (candidates) => candidates.filter((candidate) => inScope(pack, candidate) && filedOn(candidate, day)).map(verdict).sort(byId);
}

/** SHA-256 (lower-case hex) over the lines `id:state`, sorted by code point, each followed by a line feed. */
export function rosterDigest(members: readonly Pick<RosterMember, 'institutionId' | 'state'>[]): string {
  const lines = [...members].sort(byId).map(({ institutionId, state }) => `${institutionId}:${state}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}

export const countsOf = (members: readonly RosterMember[]): Record<string, number> => ({
  members: members.length, in: count(members, 'in'), idle: count(members, 'idle'), undetermined: count(members, 'undetermined'),
});
const count = (members: readonly RosterMember[], state: RosterMember['state']): number => members.filter((member) => member.state === state).length;

/** Members in parts of at most 500 (some 60 KB); an empty roster is one empty part. */
export function partsOf(members: readonly RosterMember[], size = 500): RosterMember[][] {
  const parts = Math.max(1, Math.ceil(members.length / size));
  return Array.from({ length: parts }, (_, at) => members.slice(at * size, (at + 1) * size));
}

export const policyOf = (pack: Pack, clauses: readonly string[] = scopeOf(pack).clauses): PolicyRef => ({ pack: pack.id, version: pack.version, clauses: [...clauses] });

function scopeOf(pack: Pack) {
  if (!pack.campaign) throw new Error(`${pack.id}@${pack.version} has no campaign`);
  return pack.campaign.scope;
}
