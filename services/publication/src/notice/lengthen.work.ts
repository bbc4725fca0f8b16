import { decidedByRule, periodText } from '@zhijian/audit/rules';
import { localDate, type Calendar } from '@zhijian/calendar';
import type { Tx } from '@zhijian/persistence';
import type { Pack } from '@zhijian/policy';
import { lengthened } from './lengthened.rules.js';
import { overAt, plannedPeriod, postingRuleOf } from './notice.rules.js';
import { policyOf, type NoticeRow } from './notice.store.js';

/** Lengthens a notice that stands, where a holiday notice leaves it fewer working days than the pack asks for. One whose time is over stays; its workflow asks for the last day again on each waking. */
export async function lengthenNotice(tx: Tx, notice: NoticeRow, pack: Pack, calendar: Calendar): Promise<void> {
  if (notice.state !== 'posted' || Date.parse(tx.now) >= Date.parse(notice.until!)) return;
  const postedOn = localDate(notice.postedOn!);
  const rule = postingRuleOf(pack, postedOn);
  if (!rule) return;
  const [row] = await tx.query<{ counted: string[] }>(`select jsonb_agg(d::text order by d) as counted from notice n, unnest(n.counted) d where n.id = $1`, [notice.id]);
  const before = { lastDay: notice.lastDay!, counted: row!.counted };
  const planned = plannedPeriod(rule, postedOn, calendar);
  const anew = lengthened(before, planned, calendar);
  if (!anew) return;
  await tx.execute('update notice set last_day = $2, until = $3, counted = $4, calendar = $5, version = version + 1 where id = $1', [notice.id, anew.lastDay, overAt(localDate(anew.lastDay)), anew.counted, calendar.version]);
  tx.certify(decidedByRule(pack, {
    kind: 'due-date', subject: notice.id, jurisdiction: notice.jurisdiction, form: 'period', name: rule.periodId, text: periodText(rule.period, postedOn, calendar), inputs: { eventOn: postedOn }, clauses: rule.clauses,
    calendar: calendar.version, reason: planned.because, context: { run: notice.runId, year: notice.year, before },
  }));
  tx.note('notice lengthened', notice.id, policyOf(notice), { before: { ...before, calendar: notice.calendar }, ...anew, firm: planned.firm, calendar: calendar.version }, notice.jurisdiction);
}
