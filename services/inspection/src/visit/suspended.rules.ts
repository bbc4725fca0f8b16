import type { InstitutionKind } from '@zhijian/contracts';
import type { QualificationLine, Suspension } from '@zhijian/contracts/facts';
import { decide, type Pack } from '@zhijian/policy';

/** A qualification that rested on a day; `service`: what the campaign's pack calls services given on it, null where it says nothing of that. */
export interface Suspended extends Suspension { readonly kind: InstitutionKind; readonly to: string | null; readonly service: string | null; readonly clauses: readonly string[] }

/** The table that says what services given during a suspension are. */
const table = 'service-while-suspended';

/**
 * The qualifications of a body that rested on a day, as the register knows it now: also of a day before it was entered.
 * It finds nothing by itself: what was served, the officers see.
 * @param day LocalDate of the visit
 */
export function suspendedOn(lines: readonly QualificationLine[], day: string, pack: Pack): Suspended[] {
  return lines.flatMap(({ kind, suspended, suspendedBefore = [] }) => {
    const periods = [...suspendedBefore, ...(suspended ? [{ ...suspended, to: null }] : [])];
    const [period] = periods.filter(({ from, to }) => from <= day && (to === null || day < to));
    return period ? [{ kind, ...period, ...serviceIs(pack) }] : [];
  });
}

function serviceIs(pack: Pack): Pick<Suspended, 'service' | 'clauses'> {
  if (!Object.hasOwn(pack.decisions, table)) return { service: null, clauses: [] };
  const made = decide<string>(pack, table, { suspended: true, served: true });
  return { service: made.determined ? made.value : null, clauses: made.clauses.map(({ id }) => id) };
}
