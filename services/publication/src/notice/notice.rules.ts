import { stateAllows } from '@zhijian/access';
import { dayOf, dueAt, localDate, type Calendar, type Due, type LocalDate } from '@zhijian/calendar';
import { refuse, type Refused } from '@zhijian/contracts';
import { publication } from '@zhijian/contracts/http';
import { endOfPeriod, periodOf, type Cited, type NoticeRule, type Pack, type Period } from '@zhijian/policy';

export type NoticeRefusal =
  | 'notice-not-draft' | 'notice-incomplete' | 'notice-body-unknown' | 'notice-rule-missing' | 'notice-calendar-missing' | 'notice-last-day-short' | 'notice-elsewhere-unproved' | 'notice-unexplained'
  | 'notice-foreign' | 'notice-not-posted' | 'notice-over';
export const noticeSentences = {
  'notice-not-draft': '这次公示已经发布或者撤回，不能再发布',
  'notice-incomplete': '赋色结果尚未收齐，请稍候再发布公示',
  'notice-body-unknown': '有 {count} 家机构的登记信息尚未收到，请稍候再发布公示',
  'notice-rule-missing': '政策包没有写明结果如何公示、公示多久，不能发布公示',
  'notice-calendar-missing': '公示期将跨入 {year} 年，该年的放假安排尚未录入，末日不能确定；请先录入放假通知，再发布公示',
  'notice-last-day-short': '公示期不得短于文件的规定，末日不能早于 {lastDay}',
  'notice-elsewhere-unproved': '另在官方网站发布公示的，须登记网址和凭证',
  'notice-unexplained': '更正的、因异议另行公示的，须写明改了什么、为什么',
  'notice-foreign': '这次公示属{place}，须由该处的工作人员办理',
  'notice-not-posted': '这次公示没有发布，或者已经撤回',
  'notice-over': '公示期已于 {lastDay} 24:00 届满，不能再撤回公示；已公开的可以更正或者撤下',
} satisfies Record<NoticeRefusal, string>;

/** How a pack has results put up for objection and then published. */
export interface PostingRule {
  readonly id: string; readonly title: string; readonly periodId: string; readonly period: Cited<Period>; readonly objection: NonNullable<NoticeRule['objection']>;
  /** Where it is published afterwards, in the pack's words. */ readonly place: string | null; readonly clauses: readonly string[];
}

/**
 * The notice (公示) of a pack that a publication (公开) follows. A circular (通报) or a notification is none.
 * Null where there is no such notice, several, or one without a period: then nothing can be put up.
 */
export function postingRuleOf(pack: Pack, on: LocalDate): PostingRule | null {
  const rules = Object.entries(pack.rules.notices);
  const followed = rules.filter(([id, it]) => it.kind === 'posting' && it.period && rules.some(([, other]) => other.kind === 'publication' && other.after === id));
  const [found] = followed;
  if (!found || followed.length > 1 || !pack.decisions['may-publish']) return null;
  const [id, rule] = found;
  const period = periodOf(pack, rule.period!, { on });
  if (!period?.value.after) return null;
  const after = rules.find(([, other]) => other.kind === 'publication' && other.after === id)![1];
  return { id, title: rule.title, periodId: rule.period!, period, objection: rule.objection ?? 'entry-waits', place: after.place ?? null, clauses: [...new Set([...rule.clauses, ...period.clauses])] };
}

export interface PlannedPeriod extends Due { readonly postedOn: LocalDate }

/** The last day of a notice posted on that day: the first day counted is the day after. */
export const plannedPeriod = (rule: PostingRule, postedOn: LocalDate, calendar: Calendar): PlannedPeriod => ({ postedOn, ...endOfPeriod(rule.period.value, postedOn, calendar)! });

/** 怎么算的: by the text's period from the day after the posting, or as much longer as the publisher chose. A day that today's calendar no longer gives was counted by the one of its time. */
export function noticeReason(rule: PostingRule | null, { postedOn, lastDay, chosen }: { readonly postedOn: string; readonly lastDay: string; readonly chosen: boolean }, calendar: Calendar): string {
  const planned = rule && plannedPeriod(rule, localDate(postedOn), calendar);
  if (planned?.on === lastDay) return planned.because;
  if (!chosen) return `自 ${postedOn} 发布公示起算，按当时的放假安排为 ${lastDay}；公示期不缩短。`;
  return `发布公示时定为 ${lastDay}，长于文件规定的公示期${planned ? `（至 ${planned.on}）` : ''}。`;
}

/** What somebody wants to post. */
export interface Posting { site: 'portal' | 'elsewhere'; address: string | null; proof: string | null; lastDay: string | null; explanation: string | null }

/**
 * May it be posted like this? A last day in a year without a holiday notice is none; a longer period than the pack's is
 * the publisher's, a shorter one nobody's.
 */
export function postingRefused(posting: Posting, planned: PlannedPeriod, { because, clauses }: { because: string; clauses: readonly string[] }): Refused<NoticeRefusal> | null {
  const said = (code: NoticeRefusal, path: string, message: string, facts: Record<string, unknown> = {}) => refuse(code, [...clauses], facts, { errors: [{ path, message }] });
  if (!planned.firm) return refuse<NoticeRefusal>('notice-calendar-missing', [...clauses], { year: planned.on.slice(0, 4) });
  if (posting.lastDay !== null && posting.lastDay < planned.on) return said('notice-last-day-short', '/lastDay', `不能早于 ${planned.on}`, { lastDay: planned.on });
  if (posting.site === 'elsewhere' && posting.address === null) return said('notice-elsewhere-unproved', '/address', '请填写公示的网址');
  if (posting.site === 'elsewhere' && posting.proof === null) return said('notice-elsewhere-unproved', '/proof', '请登记公示页面的凭证（SHA-256）');
  if (because !== 'run' && posting.explanation === null) return said('notice-unexplained', '/explanation', '请写明改了什么、为什么');
  return null;
}

/** The instant a notice of that last day is over: nothing is published before. */
export const overAt = (lastDay: LocalDate): string => dueAt(lastDay);

/** Days that are left of a running notice, today included, and how many of them are counted ones. */
export function daysLeft({ lastDay, counted }: { lastDay: string; counted: readonly string[] }, now: string): { days: number; workingDays: number } {
  const today = dayOf(now);
  const days = Math.max(0, Math.round((Date.parse(lastDay) - Date.parse(today)) / 86_400_000) + 1);
  return { days, workingDays: counted.filter((on) => on >= today).length };
}

export type PublicationRefusal = 'publication-early' | 'publication-on-portal' | 'publication-day' | 'publication-none' | 'publication-gone';
export const publicationSentences = {
  'publication-early': '公示期至 {lastDay} 24:00 届满，此前不得公开',
  'publication-on-portal': '这次公示由本系统的公示页公开，不另作登记',
  'publication-day': '公开日期须在公示期满（{lastDay}）之后，且不晚于今天',
  'publication-none': '没有等待登记公开的机构：有异议的须先答复',
  'publication-gone': '这份公开已经撤下，或者已被后来的更正替代',
} satisfies Record<PublicationRefusal, string>;

/** May a posting on another official site be recorded? The day of the posting is when the clock of rectification starts. */
export function recordingRefused(notice: { state: string; site: string | null; lastDay: string; until: string; clauses: readonly string[] }, publishedOn: string, now: string): Refused<PublicationRefusal> | null {
  const clauses = [...notice.clauses];
  const facts = { lastDay: notice.lastDay };
  if (Date.parse(now) < Date.parse(notice.until) || !stateAllows(publication.recordPublication, { notice: notice.state })) return refuse('publication-early', clauses, facts, { wrongState: true });
  if (notice.site !== 'elsewhere') return refuse('publication-on-portal', clauses, {}, { wrongState: true });
  if (publishedOn <= notice.lastDay || publishedOn > dayOf(now)) return refuse('publication-day', clauses, facts, { errors: [{ path: '/publishedOn', message: `应在 ${notice.lastDay} 之后，且不晚于今天` }] });
  return null;
}
