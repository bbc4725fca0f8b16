import type { AnswerOf, directory as http } from '@zhijian/contracts/http';
import { everywhere, within } from '@zhijian/persistence';
import type { DataSource } from 'typeorm';
import { day } from './stated.js';

type Area = AnswerOf<typeof http.createJurisdiction>;
interface Reading { query<Rows>(sql: string, parameters?: unknown[]): Promise<Rows> }

const columns = `j.id as "jurisdictionId", j.code, j.name, j.level, ${day('j.from_on')} as "from", ${day('j.to_on')} as "to", j.merged_into as "mergedInto", j.version,
  (select parent from jurisdiction_parent p where p.child = j.id and p.from_on <= $1 and (p.to_on is null or p.to_on >= $1)) as parent,
  coalesce((select jsonb_agg(jsonb_build_object('parent', p.parent, 'from', ${day('p.from_on')}, 'to', ${day('p.to_on')}) order by p.from_on) from jurisdiction_parent p where p.child = j.id), '[]') as history`;

/** One area as of a day. */
export async function areaShown(reading: { query(sql: string, parameters?: unknown[]): Promise<unknown> }, id: string, on: string): Promise<Area> {
  return ((await reading.query(`select ${columns} from jurisdiction j where j.id = $2`, [on, id])) as Area[])[0]!;
}

/** Every area there is or was by a day, with what it belonged to then. */
export const areasOn = (source: DataSource, on: string): Promise<Area[]> =>
  within(everywhere, () => (source as Reading).query<Area[]>(`select ${columns} from jurisdiction j where j.from_on <= $1 order by j.id`, [on]));
