import type { AnswerOf, inspection } from '@zhijian/contracts/http';
import type { Pack } from '@zhijian/policy';
import { changesAfter, type Stood } from './check.rules.js';
import { titleOf, type Reader, type Which } from './which.js';

type Quota = AnswerOf<typeof inspection.listQuotas>['items'][number];
export type Changed = NonNullable<AnswerOf<typeof inspection.getColourYear>['yearEnd']>['changed'][number];

/** Whose quota of a year became another after an instant, the earliest first: what was frozen then has counted what stood before. */
export async function changedAfter(reader: Reader, pack: Pack, { jurisdiction, year }: Which, instant: string): Promise<Changed[]> {
  const rows = await reader.query<Pick<Quota, 'institutionId' | 'institutionName' | 'colour' | 'min' | 'history'>>(
    `select q.institution_id as "institutionId", i.name as "institutionName", q.colour, q.min, q.history from check_quota q join institution_ref i on i.institution_id = q.institution_id
      where q.jurisdiction = $1 and q.year = $2 and (q.history -> -1 ->> 'at')::timestamptz > $3::timestamptz order by q.institution_id`, [jurisdiction, year, instant]);
  const titled = ({ colour, min }: Stood) => ({ colour, colourTitle: titleOf(pack, colour), min });
  return rows.flatMap(({ institutionId, institutionName, ...quota }) => changesAfter(quota, instant).map(({ at, because, before, after }) => ({ institutionId, institutionName, at, because, before: titled(before), after: titled(after) })))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

const reasons: Readonly<Record<string, string>> = { published: '结果公开', corrected: '颜色更正', withdrawn: '结果撤回' };
const beijingDay = (instant: string): string => new Date(Date.parse(instant) + 8 * 3600_000).toISOString().slice(0, 10);

/** The note that stays with a summary: what it has counted is no more. */
export const remarkOf = ({ institutionName, at, because, before, after }: Changed): string =>
  `本版报送以后，${institutionName}适用的颜色于 ${beijingDay(at)} 由${before.colourTitle ?? '没有颜色'}变为${after.colourTitle ?? '没有颜色'}${reasons[because] ? `（${reasons[because]}）` : ''}；本表保留报送时的内容。`;
