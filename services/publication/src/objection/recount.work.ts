import { decidedByRule, periodText } from '@zhijian/audit/rules';
import { dayOf, localDate, type Calendar } from '@zhijian/calendar';
import type { Tx } from '@zhijian/persistence';
import type { Pack } from '@zhijian/policy';
import { policyOf, type NoticeRow } from '../notice/notice.store.js';
import { answerDue, answerPeriod } from './objection.rules.js';
import { recounted } from './recounted.rules.js';

interface Row { id: string; institutionId: string; raisedOn: string; dueOn: string; firm: boolean; calendar: string | null }

/** The open objections of a notice whose day follows from the text. What was answered, and a day that an officer has named, stay. */
const open = `select o.id, o.institution_id as "institutionId", coalesce(w.source ->> 'receivedOn', to_char(o.raised_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')) as "raisedOn", to_char(o.due_on, 'YYYY-MM-DD') as "dueOn", o.firm, o.calendar
  from objection o join objection_word w on w.objection_id = o.id and w.what = 'raised' where o.notice_id = $1 and o.state = 'open' and o.due_stated and o.due_on is not null order by o.id`;

/** Counts the days of a notice's open objections again by a calendar; what stood before stays in the journal. */
export async function recountObjections(tx: Tx, notice: NoticeRow, pack: Pack, calendar: Calendar): Promise<void> {
  for (const row of await tx.query<Row>(open, [notice.id])) {
    const raisedOn = localDate(row.raisedOn);
    const period = answerPeriod(pack, raisedOn);
    const due = period && answerDue(period, raisedOn, calendar);
    if (!due || !recounted(row, due, dayOf(tx.now))) continue;
    const before = { dueOn: row.dueOn, firm: row.firm, calendar: row.calendar };
    await tx.execute('update objection set due_on = $2, firm = $3, calendar = $4, version = version + 1 where id = $1', [row.id, due.on, due.firm, calendar.version]);
    tx.certify(decidedByRule(pack, { kind: 'due-date', subject: row.id, about: [row.institutionId], jurisdiction: notice.jurisdiction, form: 'period', name: period.id, text: periodText(period.period, raisedOn, calendar), inputs: { eventOn: raisedOn }, clauses: [...period.period.clauses], calendar: calendar.version, reason: due.because, context: { notice: notice.id, before } }));
    tx.note('objection recounted', row.id, policyOf(notice, [...period.period.clauses]), { notice: notice.id, before, dueOn: due.on, firm: due.firm, calendar: calendar.version }, notice.jurisdiction);
  }
}
