import { decide, type Pack } from '@zhijian/policy';

export type Quality = 'perfunctory' | 'falsified';
export const qualityWords = { perfunctory: '敷衍了事', falsified: '弄虚作假' } satisfies Record<Quality, string>;
/** What inspectors may state of a body's self-check. */
export type Judgement = 'perfunctory' | 'false-report' | 'norm-not-carried-out';

/** A pack draws consequences from how a self-check was made: then inspectors are asked what they saw of it. */
export const judgementsAsked = ({ decisions }: Pick<Pack, 'decisions'>): boolean => Object.hasOwn(decisions, 'key-supervision') || Object.hasOwn(decisions, 'strict-circumstance');

export interface Decided { clauses: string[] }

/** What the table `key-supervision` asks. */
export const supervisionInputs = (late: boolean | null, quality: Quality | 'sound' | 'unseen') => ({ lateness: late === null ? 'open' : late ? 'late' : 'in-time', quality });

/**
 * Does a report put its body under key supervision? The pack's table decides from its lateness and from what somebody who
 * read it, or who was there, says of its quality. Null where the pack knows no such thing; `key` null: undetermined.
 */
export function keySupervision(pack: Pack, { late, quality }: { late: boolean | null; quality: Quality | 'sound' | 'unseen' }): (Decided & { key: boolean | null }) | null {
  if (!Object.hasOwn(pack.decisions, 'key-supervision')) return null;
  const decision = decide<string>(pack, 'key-supervision', supervisionInputs(late, quality));
  return { key: decision.determined ? decision.value === 'key' : null, clauses: decision.clauses.map(({ id }) => id) };
}

/** An offence: found by the authority, or one that the body had reported itself. */
export interface Offence { selfReported: boolean }
export interface Circumstance { value: string | null; reason: string | null; clauses: string[] }

/** What the tables behind a circumstance ask, by table. */
export const circumstanceInputs = (offences: readonly Offence[], judged: readonly Judgement[]) => ({
  leniency: { selfReported: offences.every(({ selfReported }) => selfReported) },
  'strict-circumstance': {
    perfunctory: judged.includes('perfunctory') || judged.includes('false-report'), foundByAuthority: offences.some(({ selfReported }) => !selfReported), normNotCarriedOut: judged.includes('norm-not-carried-out'),
  },
});

/**
 * Is a case to be judged leniently or strictly? Self-reported offences speak for the first; a perfunctory self-check and an
 * offence found by the authority, or one that comes of not carrying out the norm, for the second. Null where the pack says
 * nothing of it; `value` null: undetermined, with the reason.
 */
export function circumstanceOf(pack: Pack, offences: readonly Offence[], judged: readonly Judgement[]): Circumstance | null {
  if (!Object.hasOwn(pack.decisions, 'case-circumstance') || offences.length === 0) return null;
  const asked = circumstanceInputs(offences, judged);
  const leniency = decide<string>(pack, 'leniency', asked.leniency);
  const strictness = decide<string>(pack, 'strict-circumstance', asked['strict-circumstance']);
  const made = decide<string>(pack, 'case-circumstance', { leniency: leniency.value, strictness: strictness.value });
  const clauses = [...new Set([leniency, strictness, made].flatMap((one) => one.clauses.map(({ id }) => id)))];
  if (!made.determined) return { value: null, reason: made.reason, clauses };
  return { value: made.value, reason: [leniency.reason, strictness.reason, made.reason].filter(Boolean).join('；') || null, clauses: made.clauses.map(({ id }) => id) };
}

/** The flags a circumstance puts on the body and its case. A contradiction puts both: a person must weigh them. */
export const flagsOf = ({ value }: Circumstance): ('leniency' | 'strict')[] =>
  value === 'self-reported' ? ['leniency'] : value === 'strict' ? ['strict'] : value === 'contradictory' ? ['leniency', 'strict'] : [];
