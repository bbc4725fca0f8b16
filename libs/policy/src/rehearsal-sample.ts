import { addDays, type LocalDate } from '@zhijian/calendar';
import type { Pack } from './pack.js';
import type { PlannedDuty, PlannedStage } from './plan.js';
import type { RehearsedBody } from './rehearsal-input.js';
import type { LateReport } from './rehearsal-reports.js';
import { sampleOf } from './rule-lookup.js';
import { drawStrata } from './sample.js';
import type { SampleRule } from './sample.schema.js';

/** One stratum of a sample: how many there are, how many were drawn, and who was added when it was re-opened. */
export interface Stratum { readonly duty: string; readonly sample: string; readonly stratum: string; readonly of: number; readonly drawn: number; readonly added: number; readonly clauses: readonly string[] }
/** Somebody whom a sample took in later, from the day his lateness stood. */
export interface Reopened { readonly city: string; readonly institution: string; readonly duty: string; readonly from: LocalDate; readonly clauses: readonly string[] }
/** From which day each body is to be visited; who is not in it is not visited. */
export interface Chosen { readonly from: ReadonlyMap<string, LocalDate>; readonly strata: readonly Stratum[]; readonly reopened: readonly Reopened[] }

/**
 * Whom a visit duty concerns: every body, or those that the pack's sample draws, by stratum, ranked as every draw is.
 * Where the sample re-opens for the late, they are added the day after their day has passed. Who is under key
 * supervision is visited from then on.
 */
export function chosenFor(pack: Pack, stage: PlannedStage, duty: PlannedDuty, bodies: readonly RehearsedBody[], late: readonly LateReport[], seed: number): Chosen {
  const lateness = new Map(late.map((it) => [it.institution, it]));
  const key = (id: string): LateReport | undefined => (lateness.get(id)?.consequence === 'key-supervision' ? lateness.get(id) : undefined);
  const since = (it: LateReport | undefined): LocalDate => (it && addDays(it.dueOn, 1) > stage.opensOn ? addDays(it.dueOn, 1) : stage.opensOn);
  const rule = duty.sample === undefined ? undefined : sampleOf(pack, duty.sample);
  if (!rule || rule.value.of !== 'institutions') return { from: new Map(bodies.map(({ id }) => [id, since(key(id))])), strata: [], reopened: [] };

  const from = new Map<string, LocalDate>();
  const strata: Stratum[] = [];
  const reopened: Reopened[] = [];
  const cityOf = new Map(bodies.map(({ id, city }) => [id, city]));
  const candidates = bodies.map(({ id, city, kind }) => ({ institutionId: id, unit: city, kind }));
  for (const { stratum, record } of drawStrata(rule.value, candidates, `${seed}\nsample\n${duty.id}`)) {
    const drawn = new Set(record.result);
    const added = record.pool.filter((id) => !drawn.has(id) && taken(rule.value, lateness.get(id)));
    for (const id of drawn) from.set(id, since(key(id)));
    for (const id of added) {
      from.set(id, since(lateness.get(id)));
      reopened.push({ city: cityOf.get(id) ?? '', institution: id, duty: duty.id, from: since(lateness.get(id)), clauses: [...new Set([...rule.clauses, ...(lateness.get(id)?.clauses ?? [])])] });
    }
    strata.push({ duty: duty.id, sample: duty.sample ?? '', stratum, of: record.pool.length, drawn: drawn.size, added: added.length, clauses: rule.clauses });
  }
  return { from, strata, reopened };
}

/** Does the sample take in who was late, from the start or when it is re-opened? */
const taken = ({ include, reopens }: SampleRule, it: LateReport | undefined): boolean =>
  it !== undefined && [...include, ...reopens].some((why) => why === 'report-late' || (why === 'key-supervision' && it.consequence === 'key-supervision'));
