import { Injectable } from '@nestjs/common';
import type { Principal } from '@zhijian/access';
import { canonicalJson, sha256 } from '@zhijian/audit';
import { decidedByPerson } from '@zhijian/audit/rules';
import { newId, refuse, type Refused } from '@zhijian/contracts';
import { inspectionSummarySent } from '@zhijian/contracts/facts';
import type { AnswerOf, BodyOf, inspection } from '@zhijian/contracts/http';
import { printedNotes, writeForm } from '@zhijian/documents';
import { UnitOfWork, type Caller } from '@zhijian/persistence';
import { scaleOf, type Pack } from '@zhijian/policy';
import { Clock, notFound, PackShelf, type FileAnswer } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { actingRefused, seatOf, type AgencyRefusal } from '../campaign/agency.rules.js';
import { groundIn } from '../rectification/rectification.rules.js';
import { changedAfter, remarkOf } from './changed.queries.js';
import type { CheckRefusal } from './check.rules.js';
import { summaryDuty, summaryLayout, summaryRows, type SummaryRow } from './summary.rules.js';
import type { Reader, Which } from './which.js';
import { YearQueries } from './year.queries.js';

type Content = AnswerOf<typeof inspection.getInspectionSummary>['draft'];
type Version = AnswerOf<typeof inspection.getInspectionSummary>['versions'][number];
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const counted = `with quota as (select q.institution_id, coalesce(q.colour, 'none') as colour, q.min,
      (select count(*)::int from check_record k where k.institution_id = q.institution_id and k.jurisdiction = $1 and k.year = $2 and k.origin = 'planned') as done,
      (select count(*)::int from check_record k where k.institution_id = q.institution_id and k.jurisdiction = $1 and k.year = $2 and k.origin = 'complaint') as complaints,
      (select coalesce(sum(jsonb_array_length(k.problems)), 0)::int from check_record k where k.institution_id = q.institution_id and k.jurisdiction = $1 and k.year = $2) as problems
    from check_quota q where q.jurisdiction = $1 and q.year = $2)
  select q.colour, count(*)::int as bodies, coalesce(sum(q.min), 0)::int as required, sum(q.done)::int as done, count(*) filter (where q.done > 0)::int as visited, count(*) filter (where q.min > q.done)::int as short,
      sum(q.complaints)::int as complaints, sum(q.problems)::int as problems, count(r.id)::int as "reportsDue", count(*) filter (where r.late = false)::int as "inTime", count(*) filter (where r.late)::int as late,
      count(*) filter (where r.id is not null and r.state = 'open')::int as missing, count(*) filter (where r.state = 'accepted')::int as accepted
    from quota q left join rectification r on r.institution_id = q.institution_id and r.jurisdiction = $1 and r.year = $2 and r.state <> 'released' group by q.colour`;

/** The year-end summary of enforcement by colour (CQ-2024-13): filled from the data, sent as a frozen version, downloaded. */
@Injectable()
export class SummaryService {
  constructor(private readonly uow: UnitOfWork, private readonly dataSource: DataSource, private readonly packs: PackShelf, private readonly years: YearQueries, private readonly clock: Clock) {}

  async show(which: Which, version: number | undefined) {
    const { pack, duty } = await this.place(which);
    if (!duty) return refuse<CheckRefusal>('summary-none');
    const ground = groundIn(pack, which.jurisdiction, this.clock.now());
    const versions = await this.versions(which);
    const sent = versions.find((one) => one.version === version);
    return {
      draft: version === undefined ? await this.filled(which, pack, duty, this.dataSource, this.clock.now()) : await this.kept(which, version), versions,
      remarks: sent ? (await changedAfter(this.dataSource, pack, which, sent.sentAt)).map(remarkOf) : [], dueOn: duty.due.kind === 'yearly' ? `${which.year}-${duty.due.yearly}` : null,
      sender: seatOf(duty.actor ?? null, ground).name, receiver: seatOf(duty.receiver ?? null, ground).name, clauses: [...duty.clauses], pack: `${pack.id}@${pack.version}`, calendar: null,
    };
  }

  async download(which: Which, version: number | undefined): Promise<FileAnswer | Refused> {
    const shown = await this.show(which, version);
    if ('ok' in shown) return shown;
    const { title, head, rows } = shown.draft;
    const layout = summaryLayout(title);
    return { file: await writeForm({ ...layout, notes: [...(layout.notes ?? []), ...shown.remarks] }, { head, rows }), fileName: `${title}${version === undefined ? '（草稿）' : `（第${version}版）`}.xlsx`, type: xlsx };
  }

  /** Freezes what the data say now and sends it to whom the pack names; sending again is a supplement. */
  async send(which: Which, given: BodyOf<typeof inspection.sendInspectionSummary>, principal: Principal, by: Caller) {
    const { pack, duty } = await this.place(which);
    if (!duty) return refuse<CheckRefusal>('summary-none');
    const ground = groundIn(pack, which.jurisdiction, this.clock.now());
    const stranger = actingRefused<'summary-elsewhere'>(principal, duty.actor ?? null, ground, duty.clauses, { foreign: 'summary-elsewhere' }) satisfies Refused<AgencyRefusal | CheckRefusal> | null;
    if (stranger) return stranger;
    return this.uow.run({ ...by, jurisdiction: which.jurisdiction, lock: `inspection-summary/${which.jurisdiction}/${which.year}` }, async (tx) => {
      const content = await this.filled(which, pack, duty, tx, tx.now);
      const [before] = await tx.query<{ version: number }>('select coalesce(max(version), 0)::int as version from inspection_summary where jurisdiction = $1 and year = $2', [which.jurisdiction, which.year]);
      const receiver = seatOf(duty.receiver ?? null, ground).name;
      const row: Version = { summaryId: newId(), version: (before?.version ?? 0) + 1, sentAt: tx.now, sentBy: by.actor, receiver, sha256: sha256(canonicalJson(content)), summary: given.summary, note: given.note };
      await tx.execute('insert into inspection_summary (id, jurisdiction, year, version, content, sha256, summary, note, receiver, sent_at, sent_by, clauses) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
        [row.summaryId, which.jurisdiction, which.year, row.version, JSON.stringify(content), row.sha256, row.summary, row.note, receiver, tx.now, by.actor, JSON.stringify(duty.clauses)]);
      const policy = { pack: pack.id, version: pack.version, clauses: [...duty.clauses] };
      tx.certify(decidedByPerson(pack, { kind: 'form', subject: row.summaryId, jurisdiction: which.jurisdiction, inputs: { year: which.year, version: row.version, table: content.rows }, outcome: { sha256: row.sha256, receiver }, clauses: duty.clauses }));
      tx.fact(inspectionSummarySent, which.jurisdiction, { summaryId: row.summaryId, ...which, version: row.version, sha256: row.sha256, receiver, policy }, which.jurisdiction);
      tx.note('inspection summary sent', row.summaryId, policy, { year: which.year, version: row.version, sha256: row.sha256 });
      return { ...row, content, clauses: [...duty.clauses], pack: `${pack.id}@${pack.version}`, calendar: null };
    });
  }

  private async place(which: Which) {
    const pack = await this.packs.get((await this.years.listed(which)).pack);
    return { pack, duty: summaryDuty(pack, 'site-check') };
  }

  private async filled({ jurisdiction, year }: Which, pack: Pack, duty: NonNullable<ReturnType<typeof summaryDuty>>, reader: Reader, now: string): Promise<Content> {
    const rows = await reader.query<SummaryRow>(counted, [jurisdiction, year]);
    const layout = summaryLayout(`${year}年度${duty.title}`);
    const head = { 填报单位: seatOf(duty.actor ?? null, groundIn(pack, jurisdiction, now)).name, 年度: String(year), 数据截至: now.slice(0, 10) };
    return { title: layout.title, head, columns: [...layout.columns], rows: summaryRows(rows, [...(scaleOf(pack, 'colour')?.value.values ?? [])].reverse()), notes: printedNotes(layout) };
  }

  private versions({ jurisdiction, year }: Which): Promise<Version[]> {
    return this.dataSource.query('select id as "summaryId", version, sent_at as "sentAt", sent_by as "sentBy", receiver, sha256, summary, note from inspection_summary where jurisdiction = $1 and year = $2 order by version', [jurisdiction, year]);
  }

  private async kept({ jurisdiction, year }: Which, version: number): Promise<Content> {
    const [row] = await this.dataSource.query<{ content: Content }[]>('select content from inspection_summary where jurisdiction = $1 and year = $2 and version = $3', [jurisdiction, year, version]);
    if (!row) throw notFound('这一版年度总结');
    return row.content;
  }
}
