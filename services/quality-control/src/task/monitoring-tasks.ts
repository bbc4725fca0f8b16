import type { Calendar, LocalDate } from '@zhijian/calendar';
import { agencyOn, explainDue, packName, type Pack } from '@zhijian/policy';
import type { OpenTask, PackShelf } from '@zhijian/service-kit';
import { quotasOf, type Reader } from '../monitoring/quota.queries.js';
import { owedOf } from '../monitoring/quota.rules.js';
import { summaryDutyOf } from '../monitoring/summary.service.js';

type Duty = NonNullable<Pack['campaign']>['stages'][number]['duties'][number];
interface ColourYear { jurisdiction: string; year: number; pack: string; isPublic: boolean; sent: boolean; outdated: boolean }
/** Which day, which place and which tasks are asked for; null: all of them. The calendar names its version beside a day. */
export interface Asked { readonly today: LocalDate; readonly calendar: Calendar; readonly unit: string | null; readonly only: readonly string[] | null }

/**
 * Of monitoring: what a place still owes in this year, one task however many bodies; and the year-end summary nobody has sent,
 * this year's once its colours are public, last year's as long as it lacks, and any year's again (a supplement) once a correction of
 * what it has counted is public. A year nobody has opened goes by the year before. Counted when asked, as the quotas are.
 */
export async function monitoringTasks(reader: Reader, packs: PackShelf, { today, calendar, unit, only }: Asked): Promise<OpenTask[]> {
  const thisYear = Number(today.slice(0, 4));
  const years = await reader.query<ColourYear>(
    `select r.jurisdiction, y.year, r.pack || '@' || r.pack_version as pack, r.year = y.year and r.state = 'published' as "isPublic", sent.at is not null as sent,
            exists (select 1 from colour_correction k join colour_publication p on p.run_id = k.run_id and p.institution_id = k.institution_id and p.revision = k.revision
                     where k.jurisdiction = r.jurisdiction and k.state = 'accepted' and k.effects @> jsonb_build_array(jsonb_build_object('what', 'monitoring-summary', 'year', y.year)) and p.told_at > sent.at) as outdated
       from (select unnest($1::int[]) as year union select year from monitoring_summary) y
       cross join lateral (select distinct on (c.jurisdiction) c.* from colour_run c where c.year = y.year or (c.year = y.year - 1 and c.state = 'published') order by c.jurisdiction, c.year desc) r
       cross join lateral (select max(s.sent_at) as at from monitoring_summary s where s.jurisdiction = r.jurisdiction and s.year = y.year) sent
      where $2::text is null or r.jurisdiction = $2 order by r.jurisdiction, y.year`, [[thisYear - 1, thisYear], unit]);
  const wanted = (taskId: string): boolean => only?.includes(taskId) ?? true;
  const tasks: OpenTask[] = [];
  for (const { jurisdiction, year, pack: name, isPublic, sent, outdated } of years) {
    const pack = await packs.get(name);
    const of = { jurisdiction, campaignId: null };
    const [owed, summary] = [`monitoring/${jurisdiction}/${year}`, `monitoring-summary/${jurisdiction}/${year}`];
    const duty = monitoringDutyOf(pack);
    const bodies = duty && year === thisYear && wanted(owed) ? (await quotasOf(reader, pack, { jurisdiction, year }, today)).filter((row) => owedOf(row) > 0) : [];
    if (duty && bodies.length) tasks.push({ ...of, taskId: owed, kind: 'monitoring', title: `${year} 年度质量监测：${bodies.length} 家尚欠 ${bodies.reduce((sum, row) => sum + owedOf(row), 0)} 次`, agency: actorOf(pack, duty, today), ...dueOf(pack, duty, year, calendar), link: `/monitorings?year=${jurisdiction}/${year}&state=owed` });
    const closing = summaryDutyOf(pack);
    const lacking = !sent && year >= thisYear - 1 && (isPublic || year < thisYear);
    if (closing && (lacking || outdated) && wanted(summary)) tasks.push({ ...of, taskId: summary, kind: 'monitoring-summary', title: `${outdated ? '补报（报送后颜色有变动）' : '报送'} ${year} 年度${closing.title}`, agency: actorOf(pack, closing, today), ...dueOf(pack, closing, year, calendar), link: `/monitorings/summaries/${jurisdiction}/${year}` });
  }
  return tasks;
}

const monitoringDutyOf = (pack: Pack): Duty | undefined => pack.campaign?.stages.flatMap(({ duties }) => duties).find(({ kind }) => kind === 'quality-monitoring');
const actorOf = (pack: Pack, { actor }: Duty, today: LocalDate): string => (actor ? agencyOn(pack, actor, today)?.name : undefined) ?? pack.document.issuer ?? pack.jurisdiction;

/** The day that the text names for every year, and the clause that does. */
function dueOf(pack: Pack, { id, due, clauses }: Duty, year: number, calendar: Calendar): Pick<OpenTask, 'dueOn' | 'why'> {
  if (due.kind !== 'yearly') return { dueOn: null, why: null };
  return { dueOn: `${year}-${due.yearly}`, why: { because: explainDue(pack, id, null, calendar)?.because ?? null, counted: [], firm: true, clauses: [...clauses], pack: packName(pack), calendar: calendar.version } };
}
