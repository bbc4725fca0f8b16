import { refuse, type Refused } from '@zhijian/contracts';
import { quotaFor, scaleOf, type KnownColours, type Pack } from '@zhijian/policy';

export type MonitoringPlanRefusal = 'monitoring-colour-unknown' | 'monitoring-below-minimum' | 'monitoring-reported-in-future' | 'monitoring-in-future' | 'monitoring-institution-unknown' | 'monitoring-not-managed' | 'monitoring-year-unknown' | 'monitoring-elsewhere' | 'monitoring-summary-none';

export const monitoringPlanSentences = {
  'monitoring-colour-unknown': '政策文件没有“{colour}”这种颜色',
  'monitoring-below-minimum': '{title}机构的质量监测不少于 {min} 次／年，不能确定为 {years} 年 {times} 次',
  'monitoring-reported-in-future': '报告日期 {on} 尚未到来；频次在报告以后确定',
  'monitoring-in-future': '质量监测日期 {on} 尚未到来',
  'monitoring-institution-unknown': '名录中没有这家机构',
  'monitoring-not-managed': '该机构 {year} 年度不在分色管理的范围内',
  'monitoring-year-unknown': '{year} 年度及以前没有开展分色管理，没有登记的依据',
  'monitoring-elsewhere': '质量监测由{agency}办理，您不在其辖区任职',
  'monitoring-summary-none': '政策文件没有要求报送这项年度总结',
} satisfies Record<MonitoringPlanRefusal, string>;

/** What the QC centre fixed for a colour. */
export interface Fixed { readonly times: number; readonly years: number }
/** How often a body is to be monitored: as the pack says, or as was fixed within it. */
export interface MonitoringQuota { readonly colour: string | null; readonly from: 'this-year' | 'last-year'; readonly min: number | null; readonly target: number | null; readonly years: number; readonly permitted: boolean; readonly fixed: boolean; readonly clauses: readonly string[] }

/** The pack's minimum or permission (CQ-2024-15); what was fixed after reporting takes its place and is owed (CQ-2024-16). */
export function monitoringQuota(pack: Pack, known: KnownColours, fixedOf: (colour: string) => Fixed | undefined): MonitoringQuota {
  const { colour, from, min, target, years, permitted, clauses } = quotaFor(pack, 'quality-monitoring', known);
  const fixed = colour === null ? undefined : fixedOf(colour);
  if (!fixed) return { colour, from, min, target, years, permitted, fixed: false, clauses };
  return { colour, from, min: fixed.times, target: fixed.times, years: fixed.years, permitted: false, fixed: true, clauses };
}

/** Visits that count for a year: those of the quota's years, this one the last of them. */
export const countedIn = (visitYears: readonly number[], year: number, years: number): number => visitYears.filter((on) => on <= year && on > year - years).length;

interface Counted { readonly min: number | null; readonly done: number }
export const owedOf = ({ min, done }: Counted): number => Math.max(0, (min ?? 0) - done);
export const stateOf = (quota: Counted): 'owed' | 'met' | 'permitted' | 'not-ruled' => (quota.min === null ? 'not-ruled' : owedOf(quota) > 0 ? 'owed' : quota.min === 0 ? 'permitted' : 'met');

/** May the QC centre fix this? Never less than the pack's least number in each year; after it was reported. */
export function acceptFrequency(pack: Pack, { colour, times, years, reportedOn }: Fixed & { colour: string; reportedOn: string }, today: string): { ok: true; clauses: string[] } | Refused<MonitoringPlanRefusal> {
  const title = scaleOf(pack, 'colour')?.value.values.find(({ id }) => id === colour)?.title;
  if (!title) return refuse('monitoring-colour-unknown', [], { colour }, { errors: [{ path: '/colour', message: '政策文件没有这种颜色' }] });
  const rule = quotaFor(pack, 'quality-monitoring', { published: true, thisYear: colour, lastYear: null });
  const clauses = [...rule.clauses];
  if (reportedOn > today) return refuse('monitoring-reported-in-future', clauses, { on: reportedOn }, { errors: [{ path: '/reportedOn', message: '报告日期不能晚于今天' }] });
  const min = rule.min ?? 0;
  if (times < min * years) return refuse('monitoring-below-minimum', clauses, { title, min, years, times }, { errors: [{ path: '/times', message: `次数不少于 ${min * years} 次` }] });
  return { ok: true, clauses };
}

export interface MonitoringTotals { readonly colour: string; readonly bodies: number; readonly required: number; readonly target: number; readonly done: number; readonly visited: number; readonly short: number; readonly problems: number }

/** The same by colour. */
export function totalsOf(rows: readonly (MonitoringQuota & { done: number; problems: number })[]): MonitoringTotals[] {
  return [...Map.groupBy(rows, ({ colour }) => colour ?? 'none')].map(([colour, alike]) => ({
    colour, bodies: alike.length, required: sum(alike, ({ min }) => min ?? 0), target: sum(alike, ({ target }) => target ?? 0), done: sum(alike, ({ done }) => done), visited: alike.filter(({ done }) => done > 0).length,
    short: alike.filter((row) => owedOf(row) > 0).length, problems: sum(alike, ({ problems }) => problems),
  }));
}
const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((total, row) => total + of(row), 0);
