import { Injectable } from '@nestjs/common';
import { stateAllows, type Decider, type Principal } from '@zhijian/access';
import { decidedByPerson, decidedByRule, periodText } from '@zhijian/audit/rules';
import { dayOf, localDate } from '@zhijian/calendar';
import { newId, refuse, type Refused } from '@zhijian/contracts';
import { objectionRaised } from '@zhijian/contracts/facts';
import { publication, type BodyOf } from '@zhijian/contracts/http';
import { StaleWrite, UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import type { Pack } from '@zhijian/policy';
import { Calendars, Directory, notFound, PackShelf } from '@zhijian/service-kit';
import { noticeMoved } from '../notice/finish.work.js';
import { postingRuleOf } from '../notice/notice.rules.js';
import { ofNotice, packNameOf, policyOf, takeNotice, type NoticeRow } from '../notice/notice.store.js';
import { closed } from './closing.work.js';
import { answerDue, answeringRefused, answerPeriod, maybeKept, raisingRefused, sourceRefused, type Answered, type ObjectionRefusal, type Source } from './objection.rules.js';

type Done = { objectionId: string } | Refused<ObjectionRefusal>;
interface Row extends Answered { id: string; version: number; noticeId: string; institutionId: string; jurisdiction: string; raisedBy: string; answeredBy: string | null; dueStated: boolean; clauses: string[] }

/** Objections during a notice: raised, given a day, answered with reasons, taken back. */
@Injectable()
export class ObjectionService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf, private readonly calendars: Calendars, private readonly directory: Directory) {}

  raise(noticeId: string, body: BodyOf<typeof publication.raiseObjection>, principal: Principal, by: Caller): Promise<Done> {
    return this.uow.run(by, async (tx) => {
      const notice = await takeNotice(tx, noticeId);
      const pack = await this.packs.get(packNameOf(notice));
      const [entry] = await tx.query<{ state: string; open: boolean }>(
        `select e.state, exists (select 1 from objection o where o.notice_id = e.notice_id and o.institution_id = e.institution_id and o.settled_at is null) as open from notice_entry e where e.notice_id = $1 and e.institution_id = $2`, [noticeId, body.institutionId]);
      const objection = notice.postedOn ? (postingRuleOf(pack, localDate(notice.postedOn))?.objection ?? 'entry-waits') : 'entry-waits';
      const at = { ...notice, clauses: notice.clauses.map(({ id }) => id), objection, entryState: entry?.state ?? null, open: entry?.open ?? false };
      const refused = sourceRefused(principal, body, notice.jurisdiction) ?? raisingRefused(at, body.source, tx.now);
      if (refused) return refused;
      const done = await this.written(tx, notice, pack, body, principal);
      if (notice.state === 'ended') await heldBack(tx, notice, objection === 'all-wait' ? null : body.institutionId);
      return done;
    });
  }

  private async written(tx: Tx, notice: NoticeRow, pack: Pack, { institutionId, grounds, source }: BodyOf<typeof publication.raiseObjection>, principal: Principal): Promise<Done> {
    const objectionId = newId();
    const raisedOn = localDate(source?.receivedOn ?? dayOf(tx.now));
    const period = answerPeriod(pack, raisedOn);
    const calendar = this.calendars.current();
    const due = period && answerDue(period, raisedOn, calendar);
    const clauses = period ? [...period.period.clauses] : notice.clauses.map(({ id }) => id);
    tx.write(`insert into objection (id, notice_id, institution_id, jurisdiction, raised_at, raised_by, due_on, due_stated, firm, calendar, clauses) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [objectionId, notice.id, institutionId, notice.jurisdiction, tx.now, principal.id, due?.on ?? null, period !== null, due?.firm ?? true, due ? calendar.version : null, JSON.stringify(clauses)]);
    tx.write(`insert into objection_word (objection_id, what, words, source, said_at, said_by) values ($1, 'raised', $2, $3, $4, $5)`, [objectionId, grounds, source && JSON.stringify(source), tx.now, principal.id]);
    if (period) tx.certify(decidedByRule(pack, { kind: 'due-date', subject: objectionId, about: [institutionId], jurisdiction: notice.jurisdiction, form: 'period', name: period.id, text: periodText(period.period, raisedOn, calendar), inputs: { eventOn: raisedOn }, clauses, calendar: calendar.version, context: { notice: notice.id } }));
    tx.fact(objectionRaised, institutionId, { objectionId, ...ofNotice(notice), institutionId, raisedAt: tx.now, policy: policyOf(notice) }, notice.jurisdiction);
    tx.note('objection raised', objectionId, policyOf(notice), { notice: notice.id, institution: institutionId, source: source !== null, dueOn: due?.on ?? null }, notice.jurisdiction);
    return { objectionId };
  }

  /** Where the text gives no time for an answer, an officer names the day. */
  setDue(objectionId: string, dueOn: string, principal: Principal, ifMatch: number, by: Caller): Promise<Done> {
    return this.changed(objectionId, ifMatch, by, async (tx, row, { notice, pack }) => {
      const refused = answeringRefused(principal, row, row.jurisdiction, null, [], null);
      if (refused) return refused;
      if (row.dueStated) return refuse<ObjectionRefusal>('objection-limit-stated', row.clauses);
      if (dueOn < dayOf(tx.now)) return refuse<ObjectionRefusal>('objection-limit-past', [], {}, { errors: [{ path: '/dueOn', message: '不能早于今天' }] });
      await tx.execute('update objection set due_on = $2, version = version + 1 where id = $1', [objectionId, dueOn]);
      tx.certify(decidedByPerson(pack, { kind: 'due-date', subject: objectionId, about: [row.institutionId], jurisdiction: row.jurisdiction, clauses: row.clauses, inputs: { stated: false }, outcome: { dueOn }, reason: '文件没有规定答复期限，由经办人指定' }));
      tx.note('objection due', objectionId, policyOf(notice), { dueOn }, row.jurisdiction);
      return { objectionId };
    });
  }

  /**
   * Answers with reasons. What is kept goes on with its notice; what is to be changed waits for quality control. Where that
   * changes nothing, another person answers again that the result is kept, so that nothing waits for ever.
   */
  answer(objectionId: string, { outcome, reasons }: BodyOf<typeof publication.answerObjection>, principal: Principal, ifMatch: number, by: Caller): Promise<Done> {
    return this.changed(objectionId, ifMatch, by, async (tx, row, { notice, pack }) => {
      const deciders = (accounts: (string | null)[]): Promise<Decider[]> => Promise.all(accounts.flatMap((account) => (account ? [this.directory.personOf(account).then((personId) => ({ account, personId }))] : [])));
      const [before, answered] = await Promise.all([deciders([notice.postedBy, row.raisedBy]), deciders([row.answeredBy])]);
      const refused = answeringRefused(principal, row, row.jurisdiction, outcome, before, answered[0] ?? null);
      return refused ?? closed(tx, row, { notice, pack, outcome, words: reasons, source: null, account: principal.id });
    });
  }

  /** The body takes its objection back; an officer enters it from a paper. */
  withdraw(objectionId: string, source: Source | null, principal: Principal, ifMatch: number, by: Caller): Promise<Done> {
    return this.changed(objectionId, ifMatch, by, async (tx, row, { notice, pack }) => {
      const refused = sourceRefused(principal, { institutionId: row.institutionId, source }, row.jurisdiction);
      if (refused) return refused;
      if (!stateAllows(publication.withdrawObjection, { objection: row.state })) return refuse<ObjectionRefusal>('objection-answered', [], {}, { wrongState: true });
      if (source && source.receivedOn > dayOf(tx.now)) return refuse<ObjectionRefusal>('objection-received', [], {}, { errors: [{ path: '/source/receivedOn', message: '收到日期不能晚于今天' }] });
      return closed(tx, row, { notice, pack, outcome: 'withdrawn', words: '机构撤回异议', source, account: principal.id });
    });
  }

  private changed(objectionId: string, ifMatch: number, by: Caller, work: (tx: Tx, row: Row, of: { notice: NoticeRow; pack: Pack }) => Promise<Done>): Promise<Done> {
    return this.uow.run(by, async (tx) => {
      const [row] = await tx.query<Row>(`select id, version, notice_id as "noticeId", institution_id as "institutionId", jurisdiction, raised_by as "raisedBy", answered_by as "answeredBy", state, outcome, settled_at is not null as settled, due_stated as "dueStated", clauses from objection where id = $1`, [objectionId]);
      if (!row) throw notFound('这件异议');
      const notice = await takeNotice(tx, row.noticeId);
      const [now] = await tx.query<Answered & { version: number; answeredBy: string | null }>('select version, state, outcome, settled_at is not null as settled, answered_by as "answeredBy" from objection where id = $1', [objectionId]);
      if (now!.version !== ifMatch && (now!.state === 'open' || maybeKept(now!))) throw new StaleWrite();
      return work(tx, { ...row, ...now! }, { notice, pack: await this.packs.get(packNameOf(notice)) });
    });
  }
}

/** What was ready to be posted on another official site waits again, for an objection that had come in time. */
async function heldBack(tx: Tx, notice: NoticeRow, institutionId: string | null): Promise<void> {
  await tx.execute(`update notice_entry set ready = false where notice_id = $1 and state = 'listed' and ready and ($2::text is null or institution_id = $2)`, [notice.id, institutionId]);
  await noticeMoved(tx, notice);
}
