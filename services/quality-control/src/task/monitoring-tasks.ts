import type { LocalDate } from '@zhijian/calendar';
import { agencyOn, type Pack } from '@zhijian/policy';
import type { OpenTask, PackShelf } from '@zhijian/service-kit';
import { quotasOf, type Reader } from '../monitoring/quota.queries.js';
import { owedOf } from '../monitoring/quota.rules.js';
import { summaryDutyOf } from '../monitoring/summary.service.js';

type Duty = NonNullable<Pack['campaign']>['stages'][number]['duties'][number];
interface ColourYear { jurisdiction: string; year: number; pack: string; isPublic: boolean; sent: boolean }
/** Which day, which place and which tasks are asked for; null: all of them. */
export interface Asked { readonly today: LocalDate; readonly unit: string | null; readonly only: readonly string[] | null }

/**
 * Of monitoring: what a place still owes in this year, one task however many bodies; and the year-end summary nobody has sent,
 * this year's once its colours are public, last year's as long as it lacks. Counted when asked, as the quotas are.
 */
export async function monitoringTasks(reader: Reader, packs: PackShelf, { today, unit, only }: Asked): Promise<OpenTask[]> {
  const thisYear = Number(today.slice(0, 4));
  const years = await reader.query<ColourYear>(
    `select r.jurisdiction, r.year, r.pack || '@' || r.pack_version as pack, r.state = 'published' as "isPublic", exists (select 1 from monitoring_summary s where s.jurisdiction = r.jurisdiction and s.year = r.year) as sent
       from colour_run r where r.year = any($1) and ($2::text is null or r.jurisdiction = $2) order by r.jurisdiction, r.year`, [[thisYear - 1, thisYear], unit]);
  const wanted = (taskId: string): boolean => only?.includes(taskId) ?? true;
  const tasks: OpenTask[] = [];
  for (const { jurisdiction, year, pack: name, isPublic, sent } of years) {
    const pack = await packs.get(name);
    const of = { jurisdiction, campaignId: null };
    const [owed, summary] = [`monitoring/${jurisdiction}/${year}`, `monitoring-summary/${jurisdiction}/${year}`];
    const duty = monitoringDutyOf(pack);
    const bodies = duty && year === thisYear && wanted(owed) ? (await quotasOf(reader, pack, { jurisdiction, year }, today)).filter((row) => owedOf(row) > 0) : [];
    if (duty && bodies.length) tasks.push({ ...of, taskId: owed, kind: 'monitoring', title: `${year} 年度质量监测：${bodies.length} 家尚欠 ${bodies.reduce((sum, row) => sum + owedOf(row), 0)} 次`, agency: actorOf(pack, duty, today), dueOn: dueOf(duty, year), link: `/monitorings?year=${jurisdiction}/${year}&state=owed` });
    const closing = summaryDutyOf(pack);
    if (closing && !sent && (isPublic || year < thisYear) && wanted(summary)) tasks.push({ ...of, taskId: summary, kind: 'monitoring-summary', title: `报送 ${year} 年度${closing.title}`, agency: actorOf(pack, closing, today), dueOn: dueOf(closing, year), link: `/monitorings/summaries/${jurisdiction}/${year}` });
  }
  return tasks;
}

const monitoringDutyOf = (pack: Pack): Duty | undefined => pack.campaign?.stages.flatMap(({ duties }) => duties).find(({ kind }) => kind === 'quality-monitoring');
const actorOf = (pack: Pack, { actor }: Duty, today: LocalDate): string => (actor ? agencyOn(pack, actor, today)?.name : undefined) ?? pack.document.issuer ?? pack.jurisdiction;
const dueOf = ({ due }: Duty, year: number): string | null => (due.kind === 'yearly' ? `${year}-${due.yearly}` : null);
