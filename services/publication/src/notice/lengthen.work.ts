import { decidedByRule, periodText } from '@zhijian/audit/rules';
import { localDate, type Calendar, type LocalDate } from '@zhijian/calendar';
import type { Tx } from '@zhijian/persistence';
import type { Pack } from '@zhijian/policy';
import type { ClockLine } from '@zhijian/service-kit';
import { lengthened, wouldShorten } from './lengthened.rules.js';
import { overAt, plannedPeriod, postingRuleOf, type PlannedPeriod, type PostingRule } from './notice.rules.js';
import { packNameOf, policyOf, type NoticeRow } from './notice.store.js';

interface Standing { rule: PostingRule; planned: PlannedPeriod; before: { lastDay: LocalDate; counted: string[] }; anew: { lastDay: LocalDate; counted: readonly string[] } | null }

/** What a calendar makes of a running notice; null for one that does not run any more. */
async function standing(tx: Tx, notice: NoticeRow, pack: Pack, calendar: Calendar): Promise<Standing | null> {
  if (notice.state !== 'posted' || Date.parse(tx.now) >= Date.parse(notice.until!)) return null;
  const postedOn = localDate(notice.postedOn!);
  const rule = postingRuleOf(pack, postedOn);
  if (!rule) return null;
  const [row] = await tx.query<{ counted: string[] }>(`select jsonb_agg(d::text order by d) as counted from notice n, unnest(n.counted) d where n.id = $1`, [notice.id]);
  const before = { lastDay: localDate(notice.lastDay!), counted: row!.counted };
  const planned = plannedPeriod(rule, postedOn, calendar);
  return { rule, planned, before, anew: lengthened(before, planned, calendar) };
}

/** The line of a notice that a calendar would lengthen, or would shorten if it could; null where its last day stands. Changes nothing. */
export async function lengtheningOf(tx: Tx, notice: NoticeRow, pack: Pack, calendar: Calendar): Promise<{ line: ClockLine; verdict: 'moved' | 'shortened' } | null> {
  const found = await standing(tx, notice, pack, calendar);
  if (!found) return null;
  const { rule, planned, before, anew } = found;
  const line = (next: LocalDate): ClockLine => ({
    clock: `notice/${notice.id}`, kind: 'notice', title: `公示：${notice.title}`, place: notice.jurisdiction, institutionId: null, bodies: 0, old: before.lastDay, new: next, firm: planned.firm, clauses: rule.clauses, pack: packNameOf(notice),
  });
  if (anew && anew.lastDay > before.lastDay) return { line: line(anew.lastDay), verdict: 'moved' };
  return !anew && wouldShorten(before, planned) ? { line: line(planned.on), verdict: 'shortened' } : null;
}

/** Lengthens a notice that stands, where a holiday notice leaves it fewer working days than the pack asks for. One whose time is over stays; its workflow asks for the last day again on each waking. */
export async function lengthenNotice(tx: Tx, notice: NoticeRow, pack: Pack, calendar: Calendar): Promise<void> {
  const found = await standing(tx, notice, pack, calendar);
  if (!found?.anew) return;
  const { rule, planned, before, anew } = found;
  await tx.execute('update notice set last_day = $2, until = $3, counted = $4, calendar = $5, version = version + 1 where id = $1', [notice.id, anew.lastDay, overAt(anew.lastDay), anew.counted, calendar.version]);
  tx.certify(decidedByRule(pack, {
    kind: 'due-date', subject: notice.id, jurisdiction: notice.jurisdiction, form: 'period', name: rule.periodId, text: periodText(rule.period, planned.postedOn, calendar), inputs: { eventOn: planned.postedOn }, clauses: rule.clauses,
    calendar: calendar.version, reason: planned.because, context: { run: notice.runId, year: notice.year, before },
  }));
  tx.note('notice lengthened', notice.id, policyOf(notice), { before: { ...before, calendar: notice.calendar }, ...anew, firm: planned.firm, calendar: calendar.version }, notice.jurisdiction);
}
