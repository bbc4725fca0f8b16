import { Injectable } from '@nestjs/common';
import { inPlace, stateAllows, type Principal } from '@zhijian/access';
import { canonicalJson, sha256 } from '@zhijian/audit';
import { decidedByPerson, decidedByRule, periodText } from '@zhijian/audit/rules';
import { dayOf, localDate } from '@zhijian/calendar';
import { newId, refuse, type Refused } from '@zhijian/contracts';
import { publication } from '@zhijian/contracts/http';
import { noticePosted, noticeWithdrawn, type ColourEntry } from '@zhijian/contracts/facts';
import { StaleWrite, UnitOfWork, type Caller, type Tx } from '@zhijian/persistence';
import type { Pack } from '@zhijian/policy';
import { Calendars, PackShelf } from '@zhijian/service-kit';
import { closed } from '../objection/closing.work.js';
import { contentOf, listedText, listText } from './content.rules.js';
import { publishReady, type PostedElsewhere } from './finish.work.js';
import { overAt, plannedPeriod, postingRefused, postingRuleOf, recordingRefused, type NoticeRefusal, type PlannedPeriod, type Posting, type PostingRule, type PublicationRefusal } from './notice.rules.js';
import { keepSnapshot, ofNotice, packNameOf, policyOf, portalAddress, stoodBefore, takeNotice, type NoticeRow } from './notice.store.js';

type Done = { noticeId: string } | Refused<NoticeRefusal | PublicationRefusal>;
interface Listed { institutionId: string; before: string | null; entry: ColourEntry | null; creditCode: string | null; name: string; kind: string; jurisdiction: string; invented: boolean }

/** Posting a notice, taking it back, and recording what was posted on another official site afterwards. */
@Injectable()
export class NoticeService {
  constructor(private readonly uow: UnitOfWork, private readonly packs: PackShelf, private readonly calendars: Calendars) {}

  /** Puts a draft up for objection: from the day after, at least the pack's working days (CQ-2024-08). Today is its day, whatever was posted elsewhere before. */
  post(noticeId: string, posting: Posting, principal: Principal, ifMatch: number, by: Caller): Promise<Done> {
    return this.changed(noticeId, principal, ifMatch, by, async (tx, notice, pack) => {
      if (!stateAllows(publication.postNotice, { notice: notice.state })) return refuse<NoticeRefusal>(notice.state === 'collecting' ? 'notice-incomplete' : 'notice-not-draft', [], {}, { wrongState: true });
      const postedOn = dayOf(tx.now);
      const rule = postingRuleOf(pack, postedOn);
      if (!rule) return refuse<NoticeRefusal>('notice-rule-missing');
      const calendar = this.calendars.current();
      const planned = plannedPeriod(rule, postedOn, calendar);
      const refused = postingRefused(posting, planned, { because: notice.because, clauses: rule.clauses });
      if (refused) return refused;
      const entries = await tx.query<Listed>(listed, [noticeId]);
      const unknown = entries.filter(({ creditCode }) => creditCode === null).length;
      if (unknown) return refuse<NoticeRefusal>('notice-body-unknown', [], { count: unknown });
      tx.certify(decidedByRule(pack, { kind: 'due-date', subject: noticeId, jurisdiction: notice.jurisdiction, form: 'period', name: rule.periodId, text: periodText(rule.period, postedOn, calendar), inputs: { eventOn: postedOn }, clauses: rule.clauses, calendar: calendar.version, context: { run: notice.runId, year: notice.year } }));
      return this.written(tx, { ...notice, postedOn, calendar: calendar.version, clauses: rule.clauses.map((id) => ({ id, quote: pack.clauses[id]?.quote ?? '' })) }, { pack, rule, planned, posting, entries, principal });
    });
  }

  private async written(tx: Tx, notice: NoticeRow, { pack, rule, planned, posting, entries, principal }: { pack: Pack; rule: PostingRule; planned: PlannedPeriod; posting: Posting; entries: readonly Listed[]; principal: Principal }): Promise<Done> {
    const lastDay = localDate(posting.lastDay ?? planned.on);
    const until = overAt(lastDay);
    const before = await stoodBefore(tx, notice, entries.map(({ institutionId }) => institutionId));
    const shown = entries.map((it) => {
      const stood = before.get(it.institutionId)!;
      return { ...it, creditCode: it.creditCode!, content: canonicalJson(contentOf(pack, notice, it.entry, { ...stood, colour: stood.colour ?? it.before })) };
    });
    const head = { kind: 'notice', noticeId: notice.id, title: notice.title, jurisdiction: notice.jurisdiction, year: notice.year, pack: packNameOf(notice), postedOn: planned.postedOn, lastDay, clauses: notice.clauses, explanation: posting.explanation };
    const body = listText(head, shown.map((it) => listedText(it, it.content)));
    const hash = sha256(body);
    const [address, proof] = posting.site === 'portal' ? [portalAddress(notice.id), hash] : [posting.address, posting.proof];
    tx.write(
      `update notice_entry e set content = s.content, credit_code = s."creditCode", name = s.name, kind = s.kind, jurisdiction = s.jurisdiction, invented = s.invented
         from jsonb_to_recordset($2::jsonb) as s("institutionId" text, content text, "creditCode" text, name text, kind text, jurisdiction text, invented boolean) where e.notice_id = $1 and e.institution_id = s."institutionId"`,
      [notice.id, JSON.stringify(shown.map(({ entry: _entry, before: _before, ...it }) => it))]);
    await keepSnapshot(tx, notice.id, { kind: 'notice', entries: shown.length, sha256: hash, body });
    tx.write(
      `update notice set state = 'posted', posted_at = $2, posted_by = $3, posted_on = $4, last_day = $5, until = $6, calendar = $7, rule = $8, working_days = $9, counted = $10, clauses = $11, site = $12, place = $13, address = $14, proof_sha256 = $15, explanation = $16, version = version + 1 where id = $1`,
      [notice.id, tx.now, principal.id, planned.postedOn, lastDay, until, notice.calendar, rule.id, planned.counted.length, planned.counted, JSON.stringify(notice.clauses), posting.site, rule.place, address, proof, posting.explanation]);
    const policy = policyOf(notice);
    tx.certify(decidedByPerson(pack, {
      kind: 'notice', subject: notice.id, about: shown.map(({ institutionId }) => institutionId), jurisdiction: notice.jurisdiction, clauses: rule.clauses, calendar: notice.calendar, context: { run: notice.runId, year: notice.year, because: notice.because },
      inputs: { site: posting.site, address, proofSha256: proof, lastDay: posting.lastDay, explanation: posting.explanation }, outcome: { postedOn: planned.postedOn, lastDay, entries: shown.length, sha256: hash },
    }));
    tx.fact(noticePosted, notice.jurisdiction, { ...ofNotice(notice), postedOn: planned.postedOn, lastDay, until, entries: shown.length, because: notice.because, policy, calendar: notice.calendar! }, notice.jurisdiction);
    tx.note('notice posted', notice.id, policy, { postedOn: planned.postedOn, lastDay, entries: shown.length, sha256: hash, site: posting.site }, notice.jurisdiction);
    return { noticeId: notice.id };
  }

  /** Takes a notice back before its end; what it put up becomes a draft again, for another notice with a full period. */
  withdraw(noticeId: string, reason: string, principal: Principal, ifMatch: number, by: Caller): Promise<Done> {
    return this.changed(noticeId, principal, ifMatch, by, async (tx, notice, pack) => {
      if (notice.until !== null && notice.state !== 'withdrawn' && Date.parse(tx.now) >= Date.parse(notice.until)) return refuse<NoticeRefusal>('notice-over', [], { lastDay: notice.lastDay }, { wrongState: true });
      if (!stateAllows(publication.withdrawNotice, { notice: notice.state })) return refuse<NoticeRefusal>('notice-not-posted', [], {}, { wrongState: true });
      const policy = policyOf(notice);
      await tx.execute(`update notice set state = 'withdrawn', withdrawn_at = $2, withdrawn_reason = $3, version = version + 1 where id = $1`, [noticeId, tx.now, reason]);
      const next = newId();
      await tx.execute(
        `insert into notice (id, run_id, jurisdiction, year, basis_year, because, correction_id, follows, state, pack, pack_version, title, document, parts, undetermined, made_at, clauses, signed_digest)
         select $2, run_id, jurisdiction, year, basis_year, because, correction_id, id, 'draft', pack, pack_version, title, document, parts, undetermined, $3, '[]', signed_digest from notice where id = $1`, [noticeId, next, tx.now]);
      await tx.execute(`insert into notice_entry (notice_id, institution_id, revision, colour, before, entry) select $2, institution_id, revision, colour, before, entry from notice_entry where notice_id = $1 and state = 'listed'`, [noticeId, next]);
      await tx.execute(`update notice_entry set state = 'withdrawn', settled_at = $2 where notice_id = $1 and state = 'listed'`, [noticeId, tx.now]);
      await lapsed(tx, notice, pack, principal.id);
      tx.certify(decidedByPerson(pack, { kind: 'withdrawal', subject: noticeId, jurisdiction: notice.jurisdiction, clauses: policy.clauses, inputs: { reason, lastDay: notice.lastDay }, outcome: 'withdrawn', context: { run: notice.runId, next } }));
      tx.fact(noticeWithdrawn, notice.jurisdiction, { ...ofNotice(notice), reason, policy }, notice.jurisdiction);
      tx.note('notice withdrawn', noticeId, policy, { reason, next }, notice.jurisdiction);
      return { noticeId };
    });
  }

  /** Records the publication on another official site: from the day after it, rectification reports fall due (CQ-2024-17). */
  record(noticeId: string, posted: PostedElsewhere, principal: Principal, ifMatch: number, by: Caller): Promise<Done> {
    return this.changed(noticeId, principal, ifMatch, by, async (tx, notice, pack) => {
      if (notice.until === null || notice.state === 'withdrawn') return refuse<NoticeRefusal>('notice-not-posted', [], {}, { wrongState: true });
      const refused = recordingRefused({ ...notice, lastDay: notice.lastDay!, until: notice.until, clauses: notice.clauses.map(({ id }) => id) }, posted.publishedOn, tx.now);
      if (refused) return refused;
      const [ready] = await tx.query(`select 1 from notice_entry where notice_id = $1 and state = 'listed' and ready limit 1`, [noticeId]);
      if (!ready) return refuse<PublicationRefusal>('publication-none', [], {}, { wrongState: true });
      await publishReady(tx, notice, pack, posted);
      return { noticeId };
    });
  }

  /** A notice is somebody's of its own place, in the version that was seen. */
  private changed(noticeId: string, principal: Principal, ifMatch: number, by: Caller, work: (tx: Tx, notice: NoticeRow, pack: Pack) => Promise<Done>): Promise<Done> {
    return this.uow.run(by, async (tx) => {
      const notice = await takeNotice(tx, noticeId);
      if (!inPlace(principal, notice.jurisdiction)) return refuse<NoticeRefusal>('notice-foreign', [], { place: notice.jurisdiction });
      if (notice.version !== ifMatch) throw new StaleWrite();
      return work(tx, notice, await this.packs.get(packNameOf(notice)));
    });
  }
}

const listed = `select e.institution_id as "institutionId", e.before, nullif(e.entry, 'null') as entry, i.credit_code as "creditCode", i.name, i.kind, i.jurisdiction, i.invented
  from notice_entry e left join institution_ref i using (institution_id) where e.notice_id = $1 order by e.institution_id`;

/** What is objected to stands no more: its open objections are closed with it, and may be raised again against the next notice. */
async function lapsed(tx: Tx, notice: NoticeRow, pack: Pack, account: string): Promise<void> {
  const open = await tx.query<{ id: string; state: string; institutionId: string; jurisdiction: string }>(`select id, state, institution_id as "institutionId", jurisdiction from objection where notice_id = $1 and state = 'open' order by id`, [notice.id]);
  for (const row of open) await closed(tx, row, { notice, pack, outcome: 'withdrawn', words: '公示已撤回，异议随之终结；再次公示时可以重新提出', source: null, account });
}
