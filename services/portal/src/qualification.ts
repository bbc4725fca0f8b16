import type { LineRow, PublicInstitution } from './published.queries.js';

export type Qualification = PublicInstitution['qualifications'][number];

/** Its state on a day: how it ended, where that was recorded; else whether its last day is over, or it is suspended. A term without a last day goes on. */
export const stateOn = ({ ended, suspended, to }: Pick<LineRow, 'ended' | 'suspended' | 'to'>, day: string): Qualification['state'] =>
  ended ?? (to !== null && to < day ? 'expired' : suspended && suspended.from <= day ? 'suspended' : 'in-force');

function stands(line: Pick<LineRow, 'ended' | 'suspended' | 'to'>, day: string): Pick<Qualification, 'state' | 'suspended'> {
  const state = stateOn(line, day);
  return { state, suspended: state === 'suspended' ? (line.suspended ?? null) : null };
}

/** The qualifications as they stand on a day, whoever granted them by name. */
export const qualificationsOn = (lines: readonly LineRow[], day: string, places: ReadonlyMap<string, string>): Qualification[] =>
  lines.map(({ ended, issuer, suspended = null, ...line }) => ({ ...line, ...stands({ ended, suspended, to: line.to }, day), issuer: issuer === null ? null : { code: issuer, name: places.get(issuer) ?? null } }));
