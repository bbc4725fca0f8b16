import type { Tx } from '@zhijian/persistence';
import type { Candidate } from './roster.rules.js';

/** What the register knows of institutions: the present filing, and what their own unit saw of them last. */
const candidate = (which: string) => `select i.id as "institutionId", i.kind, i.jurisdiction as unit, f.filed_on::text as "filedOn", f.closed_on::text as "closedOn", seen.operating
  from institution i
  left join filing f on f.institution_id = i.id and f.superseded_at is null
  left join lateral (select o.operating from operation o where o.institution_id = i.id and o.unit = i.jurisdiction order by o.observed_on desc, o.id desc limit 1) seen on true
 where ${which}`;

type Found = Candidate & { unit: string };
const ofUnits = candidate('i.jurisdiction = any($1::text[])');
const byId = candidate('i.id = any($1::text[])');

/** Every institution whose home is one of the units. What another unit saw of it does not count here. */
export const candidatesOf = (tx: Tx, units: readonly string[]): Promise<Found[]> => tx.query(ofUnits, [units]);

export const candidatesById = (tx: Tx, ids: readonly string[]): Promise<Found[]> => tx.query(byId, [ids]);
