import { Injectable } from '@nestjs/common';
import { canonicalJson, sha256 } from '@zhijian/audit';
import { decidedByRule, decidedByTable, latenessText, quoted } from '@zhijian/audit/rules';
import { addDays, dueAt, localDate } from '@zhijian/calendar';
import type { PolicyRef } from '@zhijian/contracts';
import type { ConsequenceDone, ConsequenceKind, ConsequenceResult, ConsequenceStep } from '@zhijian/contracts/activities';
import { checkYearClosed, rectificationMissed, rectificationOverdue } from '@zhijian/contracts/facts';
import type { ColourYearRun } from '@zhijian/contracts/workflows';
import { UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import { rectificationAsked, type Pack } from '@zhijian/policy';
import { beijing, Calendars, Clock, notYet, PackShelf } from '@zhijian/service-kit';
import { QuotaStore } from '../check/quota.store.js';
import { owedIn } from '../check/year.queries.js';
import { heardOf, yearOf, type ColourYear } from './colour.store.js';
import { isNotIn, nextOf, reportDuty, type Waiting } from './rectification.rules.js';

const daily = 24 * 3600_000;
/** A step that comes so little before its instant waits for it instead of answering. */
const little = 10 * 60_000;
interface Late { id: string; institutionId: string; dueOn: string }
interface Missed { id: string; institutionId: string; limitOn: string; pack: string }
/** A limit that an agency wrote, that nobody has seen kept, and that has not been stated as missed yet. */
const limited = `limit_at is not null and missed_at is null and rectified_on is null and state <> 'released'`;

/** What the colours of a year entail as time goes by: reminders, the end of the reports' day, the end of the year. */
@Injectable()
export class ConsequencesService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf, private readonly clock: Clock, private readonly calendars: Calendars, private readonly quotas: QuotaStore) {}

  /** @throws until as many colours of the notice have been heard as it published: the step is tried again */
  takeColours(run: ColourYearRun, { noticeId, published }: { noticeId: string; published: number }, by: Caller): Promise<ConsequenceResult> {
    return this.step(run, by, async (tx) => {
      const heard = await heardOf(tx, noticeId);
      if (heard < published) throw new Error(`${heard} of ${published} colours of the notice have arrived`);
      return null;
    });
  }

  next(run: ColourYearRun, by: Caller): Promise<ConsequenceResult> {
    return this.step(run, by, async () => null);
  }

  /** Everybody whose report is due within the pack's days and not in. The body sees it on its page; it changes no day. */
  remind(run: ColourYearRun, by: Caller): Promise<ConsequenceResult> {
    return this.step(run, by, async (tx, pack, year) => {
      const days = daysBefore(pack);
      if (days.length === 0) return null;
      const today = localDate(tx.now.slice(0, 10));
      const rows = await tx.query<{ id: string }>(
        `update rectification set reminded_at = $3, version = version + 1 where jurisdiction = $1 and year = $2 and ${isNotIn} and overdue_at is null and firm and reminded_at is null and due_on <= $4 and due_at > $3 returning id`,
        [run.jurisdiction, run.year, tx.now, addDays(today, Math.max(...days))]);
      if (rows.length) tx.note('reports reminded', `${run.jurisdiction}/${run.year}`, { pack: year.pack, version: year.version, clauses: [...(reportDuty(pack)?.clauses ?? [])] }, { reminded: rows.length }, run.jurisdiction); // what a step did stands in the log
      return rows.length ? done('remind', rows.map(({ id }) => id), { reminded: rows.length }) : null;
    }, 'remind');
  }

  /**
   * Whose report is not in by 24:00 of a firm due day, never sent or returned and not sent again, is overdue; who has not been seen
   * to have rectified by the end of a day an agency wrote has missed it. Qualification looks at both (never a revocation).
   */
  sweep(run: ColourYearRun, by: Caller): Promise<ConsequenceResult> {
    return this.step(run, by, async (tx, pack, year) => {
      const rows = await tx.query<Late>(
        `update rectification set overdue_at = $3, version = version + 1 where jurisdiction = $1 and year = $2 and ${isNotIn} and overdue_at is null and firm and due_at <= $3
         returning id, institution_id as "institutionId", due_on::text as "dueOn"`, [run.jurisdiction, run.year, tx.now]);
      const policy: PolicyRef = { pack: year.pack, version: year.version, clauses: [...(reportDuty(pack)?.clauses ?? [])] };
      for (const [dueOn, alike] of Map.groupBy(rows, (row) => row.dueOn)) certifyOverdue(tx, pack, run, dueOn, alike, policy.clauses);
      for (const { id, institutionId, dueOn } of rows) tx.fact(rectificationOverdue, institutionId, { rectificationId: id, institutionId, ...run, dueOn, policy }, run.jurisdiction);
      const missed = await this.missed(tx, run);
      return rows.length + missed.length ? done('sweep', [...rows, ...missed].map(({ id }) => id), { ...(rows.length && { overdue: rows.length }), ...(missed.length && { missed: missed.length }) }) : null;
    }, 'sweep');
  }

  /** Limits that have ended, each by the pack its duty rests on (AMB-CQ-9); one that nobody wrote is missed by nobody. */
  private async missed(tx: Tx, run: ColourYearRun): Promise<Missed[]> {
    const rows = await tx.query<Missed>(
      `update rectification set missed_at = $3, version = version + 1 where jurisdiction = $1 and year = $2 and ${limited} and limit_at <= $3
       returning id, institution_id as "institutionId", limit_on::text as "limitOn", pack || '@' || pack_version as pack`, [run.jurisdiction, run.year, tx.now]);
    for (const row of rows) stateMissed(tx, await this.packs.get(row.pack), run, row);
    return rows;
  }

  /** The list of checks that were owed and not done, as it stands when the year has ended; the year after begins. */
  closeYear(run: ColourYearRun, by: Caller): Promise<ConsequenceResult> {
    return this.step(run, by, async (tx, pack, year) => {
      if (!this.clock.passed(dueAt(localDate(`${run.year}-12-31`)))) return null;
      const list = await owedIn(tx, pack, run);
      const digest = sha256(canonicalJson(list));
      const closed = await tx.execute('update colour_year set closed_at = $3, year_end = $4, year_end_sha256 = $5 where jurisdiction = $1 and year = $2 and closed_at is null', [run.jurisdiction, run.year, tx.now, JSON.stringify(list), digest]);
      if (closed === 0) return null;
      const clauses = [...new Set(list.flatMap((line) => line.clauses))];
      const policy: PolicyRef = { pack: pack.id, version: pack.version, clauses };
      tx.certify({
        kind: 'listing', basis: 'rule', subject: `${run.jurisdiction}/${run.year}`, ...(list.length && { about: list.map(({ institutionId }) => institutionId).sort() }), jurisdiction: run.jurisdiction, inputs: { context: { year: run.year } },
        outcome: { owed: list.length, sha256: digest }, reason: '年末应检查而未检查的机构', clauses: quoted(pack, clauses), pack: { id: pack.id, version: pack.version, sha256: pack.hash }, calendar: null, rule: null,
      });
      tx.fact(checkYearClosed, run.jurisdiction, { ...run, owed: list.length, sha256: digest, policy }, run.jurisdiction);
      tx.note('check year closed', `${run.jurisdiction}/${run.year}`, policy, { owed: list.length, sha256: digest }, run.jurisdiction);
      await this.quotas.turned(tx, year);
      return { kind: 'year-end', counts: { owed: list.length }, digest };
    }, 'year-end');
  }

  /** @throws while the year is not known here yet: the step is tried again */
  private step(run: ColourYearRun, by: Caller, work: (tx: Tx, pack: Pack, year: ColourYear) => Promise<ConsequenceDone | null>, ordered?: ConsequenceKind): Promise<ConsequenceResult> {
    return this.uow.run({ ...by, lock: `consequences/${run.jurisdiction}/${run.year}` }, async (tx) => {
      const year = await yearOf(tx, run.jurisdiction, run.year);
      if (!year) throw new Error('the year has not arrived yet');
      const pack = await this.packs.get(`${year.pack}@${year.version}`);
      const did = await work(tx, pack, year);
      const next = await this.nextStep(tx, run, pack);
      if (!did && ordered) this.wait(next, ordered);
      return { pack: `${pack.id}@${pack.version}`, calendar: this.calendars.current().version, ...(did && { did: [did] }), next };
    });
  }

  /** Nothing was due: when the ordered moment comes soon, the step is given again then, and its history stays as it is. */
  private wait({ kind, dueAt: at, passed }: ConsequenceStep, ordered: ConsequenceKind): void {
    if (passed || kind !== ordered || !at || this.clock.passed(at)) return;
    const wait = this.clock.wait(at);
    if (wait <= little) throw notYet(wait);
  }

  private async nextStep(tx: Tx, run: ColourYearRun, pack: Pack): Promise<ConsequenceStep> {
    const waiting = await tx.query<Waiting>(
      `select due_on::text as "dueOn", firm, bool_and(reminded_at is not null or due_at <= $3) as reminded from rectification
        where jurisdiction = $1 and year = $2 and ${isNotIn} and overdue_at is null and due_on is not null group by due_on, firm
       union all select limit_on::text, true, true from rectification where jurisdiction = $1 and year = $2 and ${limited} group by limit_on`, [run.jurisdiction, run.year, tx.now]);
    const [closed] = await tx.query('select 1 from colour_year where jurisdiction = $1 and year = $2 and closed_at is not null', [run.jurisdiction, run.year]);
    const next = nextOf(run.year, closed !== undefined, waiting, daysBefore(pack));
    if (!next) return { kind: 'done', passed: true };
    const come = this.clock.passed(next.dueAt);
    // Nothing legal happens on a provisional day: once it has come it is asked again each day until it is firm.
    const wakeAt = this.clock.wakeAt(come && !next.firm ? beijing(this.clock.milliseconds() + daily) : next.dueAt);
    return { kind: next.kind, dueAt: next.dueAt, wakeAt, passed: come && next.firm, clauses: [...(reportDuty(pack)?.clauses ?? [])] };
  }
}

const daysBefore = (pack: Pack): number[] => (reportDuty(pack)?.reminders ?? []).map((reminder) => reminder.daysBefore);
const done = (kind: ConsequenceDone['kind'], ids: readonly string[], counts: Record<string, number>): ConsequenceDone => ({ kind, counts, digest: sha256([...ids].sort().map((id) => `${id}\n`).join('')) });

/** One certificate for all that were due on a day. */
function certifyOverdue(tx: Tx, pack: Pack, { jurisdiction, year }: ColourYearRun, dueOn: string, alike: readonly Late[], clauses: readonly string[]): void {
  tx.certify(decidedByRule(pack, {
    kind: 'lateness', subject: `${jurisdiction}/${year}/rectification-report`, about: alike.flatMap(({ id, institutionId }) => [id, institutionId]), jurisdiction, form: 'lateness', name: 'lateness', text: latenessText, clauses, context: { year },
    inputs: { dueOn, firm: true, done: Object.fromEntries(alike.map(({ id }) => [id, null])), asOf: tx.now },
  }));
  for (const { id } of alike) tx.note('rectification overdue', id, { pack: pack.id, version: pack.version, clauses: [...clauses] }, { dueOn }, jurisdiction);
}

/** What the pack's table says of a limit whose day has ended, certified and stated once for each body. */
function stateMissed(tx: Tx, pack: Pack, { jurisdiction, year }: ColourYearRun, { id, institutionId, limitOn }: Missed): void {
  const { decision, inputs } = rectificationAsked({ rectified: false, limitOn: localDate(limitOn) }, localDate(tx.now.slice(0, 10)));
  const state = decidedByTable(pack, decision, inputs, { kind: 'lateness', subject: id, about: [institutionId], jurisdiction, context: { year, limitOn } });
  const policy: PolicyRef = { pack: pack.id, version: pack.version, clauses: state.clauses.map(({ id: clause }) => clause) };
  tx.certify(state);
  tx.fact(rectificationMissed, institutionId, { rectificationId: id, institutionId, jurisdiction, year, limitOn, policy }, jurisdiction);
  tx.note('rectification missed', id, policy, { institution: institutionId, year, limitOn }, jurisdiction);
}
