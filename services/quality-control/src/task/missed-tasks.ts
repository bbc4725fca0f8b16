import { schemeOf } from '@zhijian/policy';
import type { OpenTask, PackShelf } from '@zhijian/service-kit';
import type { ResultRow } from '../comparison/comparison.store.js';
import type { Reader } from '../monitoring/quota.queries.js';
import type { Asked } from './monitoring-tasks.js';

interface Missed { roundId: string; title: string; jurisdiction: string; pack: string; scheme: string; agency: string | null; unrated: NonNullable<ResultRow['unrated']>[] }

/**
 * Bodies that had to take part in an evaluated round and were not rated by scores (HS-2024-20), one task for a round: open until
 * persons have decided about each of them, or the year that is coloured by the round has ended.
 */
export async function missedTasks(reader: Reader, packs: PackShelf, { today, unit, only }: Asked): Promise<OpenTask[]> {
  const rounds = await reader.query<Missed>(
    `select r.id as "roundId", r.title, r.jurisdiction, r.pack || '@' || r.pack_version as pack, r.scheme, m.unrated,
        (select a.name from agency_ref a where a.kind = 'quality-centre' and a.jurisdiction = r.jurisdiction and a.from_on <= $1::date and (a.to_on is null or a.to_on >= $1::date) order by a.from_on, a.id limit 1) as agency
       from comparison_round r cross join lateral (
         select array_agg(c.unrated) as unrated from comparison_participant p
           join lateral (select unrated, because from comparison_result c where c.round_id = p.round_id and c.institution_id = p.institution_id order by revision desc limit 1) c on c.unrated is not null and c.because = 'evaluation'
          where p.round_id = r.id and p.obliged and p.excused_at is null) m
      where r.state = 'evaluated' and m.unrated is not null and ($2::text is null or r.jurisdiction = $2) and ($3::text[] is null or 'comparison-missed/' || r.id = any($3))
        and not exists (select 1 from colour_run y where y.jurisdiction = r.jurisdiction and y.basis_year = r.year and y.year_end is not null) order by r.id`, [today, unit, only]);
  const tasks = await Promise.all(rounds.map(async ({ roundId, title, jurisdiction, pack: name, scheme, agency, unrated }): Promise<OpenTask[]> => {
    const pack = await packs.get(name);
    const { without } = schemeOf(pack, scheme)!.value;
    const bodies = unrated.filter((state) => without[state] !== 'table').length;
    return bodies ? [{ taskId: `comparison-missed/${roundId}`, kind: 'comparison-missed', title: `未按规定参加能力比对：${title}，${bodies} 家`, jurisdiction, agency: agency ?? pack.document.issuer ?? jurisdiction, dueOn: null, why: null, campaignId: null, link: `/comparisons/${roundId}` }] : [];
  }));
  return tasks.flat();
}
