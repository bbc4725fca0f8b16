import { decidedByRule, periodText } from '@zhijian/audit/rules';
import { dueAt, localDate, takenOver, type Calendar, type Due, type KeptBecause, type LocalDate } from '@zhijian/calendar';
import type { Tx } from '@zhijian/persistence';
import type { Cited, Pack, Period } from '@zhijian/policy';
import type { ClockLine, ReviewLine } from '@zhijian/service-kit';
import { packNameOf, policyOf, type NoticeRow } from '../notice/notice.store.js';
import { answerDue, answerPeriod } from './objection.rules.js';

interface Row { id: string; institutionId: string; raisedOn: string; dueOn: string; firm: boolean; calendar: string | null }
interface ObjectionDay { row: Row; raisedOn: LocalDate; period: { id: string; period: Cited<Period> }; due: Due; line: ClockLine; verdict: 'moved' | KeptBecause }

const columns = `o.id, o.institution_id as "institutionId", coalesce(w.source ->> 'receivedOn', to_char(o.raised_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')) as "raisedOn", to_char(o.due_on, 'YYYY-MM-DD') as "dueOn", o.firm, o.calendar`;
const ofNotice = `from objection o join objection_word w on w.objection_id = o.id and w.what = 'raised' where o.notice_id = $1 and o.due_stated and o.due_on is not null`;
/** The open objections of a notice whose day follows from the text. What was answered, and a day that an officer has named, stay. */
const open = `select ${columns} ${ofNotice} and o.state = 'open' order by o.id`;
const answered = `select ${columns}, o.answered_at as "answeredAt" ${ofNotice} and not o.firm and o.state = 'answered' and o.outcome <> 'withdrawn' order by o.id`;

/** The days of a notice's open objections that differ by a calendar. Changes nothing. */
export async function objectionDays(tx: Tx, notice: NoticeRow, pack: Pack, calendar: Calendar): Promise<ObjectionDay[]> {
  return (await tx.query<Row>(open, [notice.id])).flatMap((row): ObjectionDay[] => {
    const raisedOn = localDate(row.raisedOn);
    const period = answerPeriod(pack, raisedOn);
    if (!period) return [];
    const due = answerDue(period, raisedOn, calendar);
    const old = localDate(row.dueOn);
    const verdict = takenOver({ on: old, firm: row.firm }, due, tx.now);
    const line = lineOf(notice, row, period.period, due);
    return verdict === 'same' ? [] : [{ row, raisedOn, period, due, line, verdict }];
  });
}

/** Objections answered on a provisional day which this calendar makes certain at an earlier one: whether the answer was late is for an officer to say. */
export async function answersToReview(tx: Tx, notice: NoticeRow, pack: Pack, calendar: Calendar, year: number): Promise<ReviewLine[]> {
  const rows = await tx.query<Row & { answeredAt: Date }>(answered, [notice.id]);
  return rows.flatMap(({ answeredAt, ...row }): ReviewLine[] => {
    const raisedOn = localDate(row.raisedOn);
    const period = answerPeriod(pack, raisedOn);
    const due = period && answerDue(period, raisedOn, calendar);
    if (!due?.firm || !due.on.startsWith(String(year)) || answeredAt.getTime() < Date.parse(dueAt(due.on))) return [];
    return [{ ...lineOf(notice, row, period!.period, due), doneAt: answeredAt.toISOString() }];
  });
}

const lineOf = (notice: NoticeRow, row: Row, period: Cited<Period>, { on, firm }: Due): ClockLine =>
  ({ clock: `objection/${row.id}`, kind: 'objection', title: `答复异议：${notice.title}`, place: notice.jurisdiction, institutionId: row.institutionId, bodies: 1, old: localDate(row.dueOn), new: on, firm, clauses: period.clauses, pack: packNameOf(notice) });

/** Counts the days of a notice's open objections again by a calendar; what stood before stays in the journal. */
export async function recountObjections(tx: Tx, notice: NoticeRow, pack: Pack, calendar: Calendar): Promise<void> {
  for (const { row, raisedOn, period: { id, period }, due, verdict } of await objectionDays(tx, notice, pack, calendar)) {
    if (verdict !== 'moved') continue;
    const before = { dueOn: row.dueOn, firm: row.firm, calendar: row.calendar };
    await tx.execute('update objection set due_on = $2, firm = $3, calendar = $4, version = version + 1 where id = $1', [row.id, due.on, due.firm, calendar.version]);
    tx.certify(decidedByRule(pack, { kind: 'due-date', subject: row.id, about: [row.institutionId], jurisdiction: notice.jurisdiction, form: 'period', name: id, text: periodText(period, raisedOn, calendar), inputs: { eventOn: raisedOn }, clauses: [...period.clauses], calendar: calendar.version, reason: due.because, context: { notice: notice.id, before } }));
    tx.note('objection recounted', row.id, policyOf(notice, [...period.clauses]), { notice: notice.id, before, dueOn: due.on, firm: due.firm, calendar: calendar.version }, notice.jurisdiction);
  }
}
