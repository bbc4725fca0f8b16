import { Injectable } from '@nestjs/common';
import { inPlace, type Principal } from '@zhijian/access';
import { canonicalJson, sha256 } from '@zhijian/audit';
import { decidedByPerson } from '@zhijian/audit/rules';
import { newId, refuse, type Refused } from '@zhijian/contracts';
import { monitoringSummarySent } from '@zhijian/contracts/facts';
import type { AnswerOf, BodyOf, qualityControl } from '@zhijian/contracts/http';
import { printedNotes, writeForm, type Cell, type FormLayout } from '@zhijian/documents';
import { UnitOfWork, type Caller } from '@zhijian/persistence';
import { scaleOf, type Pack } from '@zhijian/policy';
import { Clock, notFound, type FileAnswer } from '@zhijian/service-kit';
import { DataSource } from 'typeorm';
import { notedOn } from '../correction/noted.queries.js';
import { QuotaQueries, quotasOf, type Reader, type Which } from './quota.queries.js';
import { totalsOf, type MonitoringPlanRefusal, type MonitoringTotals } from './quota.rules.js';

type Answer = AnswerOf<typeof qualityControl.getMonitoringSummary>;
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The yearly summary that goes with monitoring; undefined where the pack asks for none. */
export const summaryDutyOf = (pack: Pack) => pack.campaign?.stages.find(({ duties }) => duties.some(({ kind }) => kind === 'quality-monitoring'))?.duties.find(({ kind }) => kind === 'annual-summary');
const nameOf = (pack: Pack, agency: string | undefined): string => (agency && pack.campaign?.agencies[agency]?.name) || '';

/** No text prints a form for it; the columns are ours. */
const layoutOf = (title: string): FormLayout => ({
  title, head: ['填报单位', '年度', '数据截至'], orientation: 'landscape',
  columns: [
    { title: '颜色', width: 10 }, { title: '机构数', width: 9 }, { title: '应监测次数', width: 12 }, { title: '可监测次数', width: 12 }, { title: '已监测次数', width: 12 }, { title: '已监测机构数', width: 14 }, { title: '未达到次数的机构数', width: 19 }, { title: '发现问题数', width: 12 },
  ],
  notesTitle: '说明：', notes: ['应监测次数为方案规定的下限，或者质控中心报告后确定的次数；可监测次数为方案许可的次数。', '颜色为年末适用的颜色；没有颜色的机构，方案不定监测频次。'],
});
const cells = ({ bodies, required, target, done, visited, short, problems }: Omit<MonitoringTotals, 'colour'>): Cell[] => [bodies, required, target, done, visited, short, problems];
const zero = { bodies: 0, required: 0, target: 0, done: 0, visited: 0, short: 0, problems: 0 };

function rowsOf(pack: Pack, totals: readonly MonitoringTotals[]): Cell[][] {
  const colours = [...[...(scaleOf(pack, 'colour')?.value.values ?? [])].reverse(), { id: 'none', title: '没有颜色' }];
  const sum = totals.reduce((all, row) => Object.fromEntries(Object.keys(zero).map((key) => [key, all[key as keyof typeof zero] + row[key as keyof typeof zero]])) as typeof zero, zero);
  return [...colours.map(({ id, title }): Cell[] => [title, ...cells(totals.find(({ colour }) => colour === id) ?? zero)]), ['合计', ...cells(sum)]];
}

/** The year-end summary of monitoring by colour (CQ-2024-16): filled from the data, sent as a frozen version, downloaded. */
@Injectable()
export class MonitoringSummaries {
  constructor(private readonly uow: UnitOfWork, private readonly dataSource: DataSource, private readonly quotas: QuotaQueries, private readonly clock: Clock) {}

  async show(which: Which, version: number | undefined): Promise<Answer | Refused<MonitoringPlanRefusal>> {
    const pack = await this.quotas.pack(which);
    const duty = summaryDutyOf(pack);
    if (!duty) return refuse('monitoring-summary-none');
    const reader: Reader = { query: (sql, parameters) => this.dataSource.query(sql, parameters) };
    const versions = await reader.query<Answer['versions'][number]>('select id as "summaryId", version, sent_at as "sentAt", sent_by as "sentBy", receiver, sha256, summary, note from monitoring_summary where jurisdiction = $1 and year = $2 order by version', [which.jurisdiction, which.year]);
    const draft = version === undefined ? await filled(reader, pack, which, this.clock.now()) : await kept(reader, which, version);
    const sentAt = versions.find((one) => one.version === version)?.sentAt;
    const noted = sentAt === undefined ? [] : (await notedOn(reader, 'monitoring-summary', which)).filter(({ decidedAt }) => new Date(decidedAt) > new Date(sentAt));
    const remarks = noted.map(({ name, institutionId, year, decidedAt }) => `本版报送以后，${name || institutionId} ${year} 年度的颜色于 ${decidedAt.slice(0, 10)} 决定更正；本表保留报送时的内容。`);
    return { draft, remarks, versions, dueOn: duty.due.kind === 'yearly' ? `${which.year}-${duty.due.yearly}` : null, sender: nameOf(pack, duty.actor), receiver: nameOf(pack, duty.receiver), clauses: [...duty.clauses], pack: `${pack.id}@${pack.version}`, calendar: null };
  }

  async download(which: Which, version: number | undefined): Promise<FileAnswer | Refused> {
    const shown = await this.show(which, version);
    if ('ok' in shown) return shown;
    const { title, head, rows } = shown.draft;
    const layout = layoutOf(title);
    return { file: await writeForm({ ...layout, notes: [...(layout.notes ?? []), ...shown.remarks] }, { head, rows }), fileName: `${title}${version === undefined ? '（草稿）' : `（第${version}版）`}.xlsx`, type: xlsx };
  }

  /** Freezes what the data say now; sending again is a supplement. */
  async send(which: Which, given: BodyOf<typeof qualityControl.sendMonitoringSummary>, principal: Principal, by: Caller) {
    const pack = await this.quotas.pack(which);
    const duty = summaryDutyOf(pack);
    if (!duty) return refuse<MonitoringPlanRefusal>('monitoring-summary-none');
    if (!inPlace(principal, which.jurisdiction)) return refuse<MonitoringPlanRefusal>('monitoring-elsewhere', [...duty.clauses], { agency: nameOf(pack, duty.actor) });
    return this.uow.run({ ...by, jurisdiction: which.jurisdiction, lock: `monitoring-summary/${which.jurisdiction}/${which.year}` }, async (tx) => {
      const content = await filled(tx, pack, which, tx.now);
      const [before] = await tx.query<{ version: number }>('select coalesce(max(version), 0)::int as version from monitoring_summary where jurisdiction = $1 and year = $2', [which.jurisdiction, which.year]);
      const row = { summaryId: newId(), version: (before?.version ?? 0) + 1, sentAt: tx.now, sentBy: by.actor, receiver: nameOf(pack, duty.receiver), sha256: sha256(canonicalJson(content)), ...given };
      await tx.execute('insert into monitoring_summary (id, jurisdiction, year, version, content, sha256, summary, note, receiver, sent_at, sent_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
        [row.summaryId, which.jurisdiction, which.year, row.version, JSON.stringify(content), row.sha256, row.summary, row.note, row.receiver, tx.now, by.actor]);
      const policy = { pack: pack.id, version: pack.version, clauses: [...duty.clauses] };
      tx.certify(decidedByPerson(pack, { kind: 'form', subject: row.summaryId, jurisdiction: which.jurisdiction, inputs: { year: which.year, version: row.version, table: content.rows }, outcome: { sha256: row.sha256, receiver: row.receiver }, clauses: duty.clauses }));
      tx.fact(monitoringSummarySent, which.jurisdiction, { summaryId: row.summaryId, ...which, version: row.version, sha256: row.sha256, receiver: row.receiver, policy }, which.jurisdiction);
      tx.note('monitoring summary sent', row.summaryId, policy, { year: which.year, version: row.version, sha256: row.sha256 });
      return { ...row, content, clauses: policy.clauses, pack: `${pack.id}@${pack.version}`, calendar: null };
    });
  }
}

async function filled(reader: Reader, pack: Pack, which: Which, now: string): Promise<Answer['draft']> {
  const duty = summaryDutyOf(pack)!;
  const layout = layoutOf(`${which.year}年度${duty.title}`);
  const head = { 填报单位: nameOf(pack, duty.actor), 年度: String(which.year), 数据截至: now.slice(0, 10) };
  return { title: layout.title, head, columns: [...layout.columns], rows: rowsOf(pack, totalsOf(await quotasOf(reader, pack, which, now.slice(0, 10)))), notes: printedNotes(layout) };
}

async function kept(reader: Reader, { jurisdiction, year }: Which, version: number): Promise<Answer['draft']> {
  const [row] = await reader.query<{ content: Answer['draft'] }>('select content from monitoring_summary where jurisdiction = $1 and year = $2 and version = $3', [jurisdiction, year, version]);
  if (!row) throw notFound('这一版年度总结');
  return row.content;
}
