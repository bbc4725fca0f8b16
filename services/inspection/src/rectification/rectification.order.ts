import { Injectable } from '@nestjs/common';
import { decidedByRule, decidedByTable, periodText, quoted } from '@zhijian/audit/rules';
import { dueAt, localDate, takenOver, type Calendar, type KeptBecause, type LocalDate } from '@zhijian/calendar';
import { newId, type PolicyRef } from '@zhijian/contracts';
import { rectificationOrdered, rectificationReleased, reportClocksPreviewed } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';
import { endOfPeriod, periodOf, scaleOf, type Pack } from '@zhijian/policy';
import { Calendars, inParts, keepForReview, PackShelf, type ClockLine, type KeptLine, type ReviewLine } from '@zhijian/service-kit';
import { bodyOf, type Published, type Withdrawn } from './colour.store.js';
import { isNotIn, reportPeriod, turnOf, type Standing, type Turn } from './rectification.rules.js';

interface Row extends Standing { id: string; version: number; publishedOn: string; firm: boolean; runId: string }
/** A report that is not in, with a day. */
interface Open extends Omit<Row, 'dueOn'> { dueOn: string; institutionId: string; jurisdiction: string; place: string; year: number; pack: string; packVersion: number }
interface Reckoned { row: Open; pack: Pack; dated: Dated; old: LocalDate; on: LocalDate; verdict: 'moved' | KeptBecause }
interface Dated { dueOn: string | null; firm: boolean; because: string; clauses: string[] }
const table = 'rectification-duty';

const present = `select r.id, r.version, r.state, r.colour, r.published_on::text as "publishedOn", r.due_on::text as "dueOn", r.firm, r.run_id as "runId",
    coalesce((select jsonb_agg(jsonb_build_object('state', p.state) order by p.report) from rectification_report p where p.rectification_id = r.id), '[]') as reports
  from rectification r where r.institution_id = $1 and r.jurisdiction = $2 and r.year = $3 for update`;

/** What a published colour entails for a body: a report is owed by a day (CQ-2024-17), or no more. */
@Injectable()
export class RectificationOrder {
  constructor(private readonly packs: PackShelf, private readonly calendars: Calendars) {}

  /** The latest public colour of a body's year obliges, releases, or changes what it obliged to. */
  async follow({ data }: Published, tx: Tx): Promise<void> {
    const pack = await this.packs.get(`${data.policy.pack}@${data.policy.version}`);
    if (!Object.hasOwn(pack.decisions, table) || !periodOf(pack, reportPeriod)) return;
    const duty = decidedByTable(pack, table, { colour: data.colour }, { kind: 'duty', subject: subjectOf(data), about: [data.institutionId], jurisdiction: data.jurisdiction, context: { revision: data.revision, notice: data.noticeId } });
    tx.certify(duty);
    if (!duty.determined) return;
    const [before] = await tx.query<Row>(present, [data.institutionId, data.jurisdiction, data.year]);
    const turn = turnOf(duty.outcome === 'report', { id: data.colour, title: titleOf(pack, data.colour) }, before ?? null);
    if (turn.do === 'release') return released(tx, pack, before!, data, turn.reason, duty.clauses.map(({ id }) => id));
    if (turn.do !== 'nothing') await this.turned(tx, pack, turn, before, data);
  }

  /** A colour taken back obliges nobody. */
  async withdrawn({ data }: Withdrawn, tx: Tx): Promise<void> {
    const [before] = await tx.query<Row>(present, [data.institutionId, data.jurisdiction, data.year]);
    if (!before || before.state === 'released') return;
    const pack = await this.packs.get(`${data.policy.pack}@${data.policy.version}`);
    await released(tx, pack, before, data, '赋色结果已撤回，不再要求提交整改报告', data.policy.clauses);
  }

  /** What a calendar would make of the days of reports that are not in, and says so place by place. Moves nothing. */
  async preview(tx: Tx, calendar: Calendar, noticeId: string): Promise<{ moved: ClockLine[]; kept: KeptLine[] }> {
    const days = await this.reckoned(tx, calendar);
    const moved = days.filter(({ verdict }) => verdict === 'moved');
    for (const alike of Map.groupBy(moved, ({ row, pack }) => `${row.jurisdiction} ${pack.id}@${pack.version}`).values()) {
      const [{ row: { jurisdiction }, pack }] = alike as [Reckoned, ...Reckoned[]];
      for (const part of inParts(alike.map(lineOf))) tx.fact(reportClocksPreviewed, jurisdiction, { noticeId, jurisdiction, calendar: calendar.version, ...part, policy: policyOf(pack, []) }, jurisdiction);
    }
    return { moved: moved.map(lineOf), kept: days.flatMap((day) => (day.verdict === 'moved' ? [] : [{ ...lineOf(day), why: day.verdict }])) };
  }

  /** Days that a holiday notice makes certain or moves. What is certain and told to somebody is never shortened, and what has ended stays. */
  async recount(tx: Tx, calendar: Calendar = this.calendars.current()): Promise<void> {
    for (const { row, pack, dated, verdict } of await this.reckoned(tx, calendar)) {
      if (verdict !== 'moved') continue;
      certifyDue(tx, pack, row.id, row, dated, calendar);
      await tx.execute(`update rectification set due_on = $2, due_at = $3, firm = $4, because = $5, calendar = $6, reminded_at = null, version = version + 1 where id = $1`, [row.id, dated.dueOn, endAt(dated), dated.firm, dated.because, calendar.version]);
      stated(tx, row.id, row, { ...row, publishedOn: row.publishedOn, colour: row.colour, policy: policyOf(pack, dated.clauses) }, dated, calendar, 'calendar');
    }
  }

  /** Reports that came in on a provisional day which this calendar makes certain at an earlier one: whether they were late is for an officer to say. Asked before the days are counted again. */
  async review(tx: Tx, calendar: Calendar, { noticeId, year }: { noticeId: string; year: number }): Promise<void> {
    const rows = await tx.query<Open & { receivedAt: Date }>(
      `select r.id, r.version, r.state, r.colour, r.published_on::text as "publishedOn", r.due_on::text as "dueOn", r.firm, r.run_id as "runId", r.institution_id as "institutionId", r.jurisdiction, r.place, r.year, r.pack, r.pack_version as "packVersion", p.received_at as "receivedAt"
         from rectification r join rectification_report p on p.rectification_id = r.id and p.report = 1 where not r.firm and r.due_on is not null and r.state <> 'released' order by r.id`);
    const lines: ReviewLine[] = [];
    for (const row of rows) {
      const pack = await this.packs.get(`${row.pack}@${row.packVersion}`);
      const dated = dueOf(pack, row.publishedOn, calendar);
      if (dated.dueOn === null || !dated.firm || !dated.dueOn.startsWith(String(year)) || row.receivedAt.getTime() < Date.parse(endAt(dated)!)) continue;
      lines.push({ ...lineOf({ row, pack, dated, old: localDate(row.dueOn), on: localDate(dated.dueOn), verdict: 'moved' }), doneAt: row.receivedAt.toISOString() });
    }
    await keepForReview(tx, noticeId, calendar.version, lines);
  }

  /** The days of reports that are not in, of those by this calendar that differ. */
  private async reckoned(tx: Tx, calendar: Calendar): Promise<Reckoned[]> {
    const open = await tx.query<Open>(
      `select id, version, state, colour, published_on::text as "publishedOn", due_on::text as "dueOn", firm, run_id as "runId", institution_id as "institutionId", jurisdiction, place, year, pack, pack_version as "packVersion"
         from rectification where ${isNotIn} and overdue_at is null and due_on is not null and (not firm or due_at > $1) order by id for update`, [tx.now]);
    const found: Reckoned[] = [];
    for (const row of open) {
      const pack = await this.packs.get(`${row.pack}@${row.packVersion}`);
      const dated = dueOf(pack, row.publishedOn, calendar);
      if (dated.dueOn === null) continue;
      const old = localDate(row.dueOn);
      const on = localDate(dated.dueOn);
      const verdict = takenOver({ on: old, firm: row.firm }, { on, firm: dated.firm }, tx.now);
      if (verdict !== 'same') found.push({ row, pack, dated, old, on, verdict });
    }
    return found;
  }

  private async turned(tx: Tx, pack: Pack, turn: Exclude<Turn, { do: 'nothing' } | { do: 'release' }>, before: Row | undefined, data: Published['data']): Promise<void> {
    const calendar = this.calendars.current();
    const dated = dueOf(pack, data.publishedOn, calendar);
    const note = turn.note ? JSON.stringify([{ at: tx.now, text: turn.note }]) : '[]';
    const id = before?.id ?? newId();
    if (turn.do === 'keep' && !turn.recount) {
      await tx.execute('update rectification set colour = $2, revision = $3, notes = notes || $4::jsonb, version = version + 1 where id = $1', [id, data.colour, data.revision, note]);
      return;
    }
    certifyDue(tx, pack, id, data, dated, calendar);
    const { place } = await bodyOf(tx, data.institutionId);
    await tx.execute(
      `insert into rectification (id, institution_id, jurisdiction, place, year, run_id, colour, revision, published_on, due_on, due_at, firm, because, pack, pack_version, calendar, clauses, notes, ordered_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
       on conflict (institution_id, jurisdiction, year) do update set run_id = excluded.run_id, colour = excluded.colour, revision = excluded.revision, published_on = excluded.published_on, due_on = excluded.due_on, due_at = excluded.due_at,
         firm = excluded.firm, because = excluded.because, calendar = excluded.calendar, clauses = excluded.clauses, state = $20, overdue_at = null, reminded_at = null, notes = rectification.notes || excluded.notes, version = rectification.version + 1`,
      [id, data.institutionId, data.jurisdiction, place, data.year, data.runId, data.colour, data.revision, data.publishedOn, dated.dueOn, endAt(dated), dated.firm, dated.because, pack.id, pack.version, calendar.version, JSON.stringify(dated.clauses), note, tx.now,
        turn.do === 'reopen' ? turn.state : (before?.state ?? 'open')]);
    stated(tx, id, data, { ...data, policy: policyOf(pack, dated.clauses) }, dated, calendar, before ? 'corrected' : 'published');
  }
}

const policyOf = (pack: Pack, clauses: readonly string[]): PolicyRef => ({ pack: pack.id, version: pack.version, clauses: [...clauses] });
const lineOf = ({ row, pack, dated, old, on }: Reckoned): ClockLine => ({
  clock: `rectification/${row.id}`, kind: 'rectification-report', title: `${row.year}年度整改报告`, place: row.place, institutionId: row.institutionId, bodies: 1, old, new: on, firm: dated.firm, clauses: dated.clauses, pack: `${pack.id}@${pack.version}`,
});
const subjectOf = ({ jurisdiction, year, institutionId }: { jurisdiction: string; year: number; institutionId: string }): string => `${jurisdiction}/${year}/${institutionId}`;
const titleOf = (pack: Pack, colour: string): string => scaleOf(pack, 'colour')?.value.values.find(({ id }) => id === colour)?.title ?? colour;
const endAt = ({ dueOn }: Dated): string | null => (dueOn === null ? null : dueAt(localDate(dueOn)));

/** The last day of the report, counted from the day after the result was made public (AMB-CQ-15). */
function dueOf(pack: Pack, publishedOn: string, calendar: Calendar): Dated {
  const rule = periodOf(pack, reportPeriod)!;
  const end = endOfPeriod(rule.value, localDate(publishedOn), calendar);
  return { dueOn: end?.on ?? null, firm: end?.firm ?? true, because: end?.because ?? '文件没有写明期限', clauses: [...rule.clauses] };
}

function certifyDue(tx: Tx, pack: Pack, id: string, { institutionId, jurisdiction, year, publishedOn }: { institutionId: string; jurisdiction: string; year: number; publishedOn: string }, { because }: Dated, calendar: Calendar): void {
  const rule = periodOf(pack, reportPeriod)!;
  tx.certify(decidedByRule(pack, {
    kind: 'due-date', subject: id, about: [institutionId], jurisdiction, form: 'period', name: reportPeriod, text: periodText(rule, localDate(publishedOn), calendar), inputs: { eventOn: publishedOn },
    clauses: rule.clauses, calendar: calendar.version, reason: because, context: { year },
  }));
}

interface Ordered { institutionId: string; jurisdiction: string; year: number; runId: string; colour: string; publishedOn: string; policy: PolicyRef }
function stated(tx: Tx, rectificationId: string, { jurisdiction }: { jurisdiction: string }, { institutionId, year, runId, colour, publishedOn, policy }: Ordered, { dueOn, firm }: Dated, calendar: Calendar, because: 'published' | 'corrected' | 'calendar'): void {
  if (dueOn === null) return;
  tx.fact(rectificationOrdered, institutionId, { rectificationId, institutionId, jurisdiction, year, runId, colour, publishedOn, dueOn, dueAt: dueAt(localDate(dueOn)), firm, policy, calendar: calendar.version, because }, jurisdiction);
  tx.note('rectification ordered', rectificationId, policy, { institution: institutionId, year, dueOn, firm, because }, jurisdiction);
}

async function released(tx: Tx, pack: Pack, { id }: Row, { institutionId, jurisdiction, year }: { institutionId: string; jurisdiction: string; year: number }, reason: string, clauses: readonly string[]): Promise<void> {
  await tx.execute(`update rectification set state = 'released', overdue_at = null, limit_on = null, limit_at = null, missed_at = null, notes = notes || $2::jsonb, version = version + 1 where id = $1`, [id, JSON.stringify([{ at: tx.now, text: reason }])]);
  const policy = policyOf(pack, clauses);
  tx.certify({ kind: 'release', basis: 'rule', subject: id, about: [institutionId], jurisdiction, inputs: { context: { year } }, outcome: 'released', reason, clauses: quoted(pack, clauses), pack: { id: pack.id, version: pack.version, sha256: pack.hash }, calendar: null, rule: null });
  tx.fact(rectificationReleased, institutionId, { rectificationId: id, institutionId, jurisdiction, year, reason, policy }, jurisdiction);
  tx.note('rectification released', id, policy, { institution: institutionId, year, reason }, jurisdiction);
}

