import type { Tx } from '@zhijian/persistence';
import type { Candidate } from './roster.rules.js';

const candidate = `select i.id as "institutionId", i.kind, i.jurisdiction as unit, f.filed_on::text as "filedOn", f.closed_on::text as "closedOn",
    (select o.operating from operation o where o.institution_id = i.id and o.unit = i.jurisdiction order by o.observed_on desc, o.id desc limit 1) as operating
  from institution i left join filing f on f.institution_id = i.id and f.superseded_at is null`;

/** Every institution whose home is the unit. What another unit saw of it does not count here. */
export const candidatesOf = (tx: Tx, unit: string): Promise<Candidate[]> => tx.query(`${candidate} where i.jurisdiction = $1`, [unit]);

export const candidatesById = (tx: Tx, ids: readonly string[]): Promise<(Candidate & { unit: string })[]> => tx.query(`${candidate} where i.id = any($1::text[])`, [ids]);
