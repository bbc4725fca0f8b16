import { Chip, count, DecisionNote, day, dueMoment, Facts, moment, Part, selfCheckWords, Table, untilEndOf, type Column, type Tone } from '@zhijian/web';
import { Link } from 'react-router-dom';
import { useIs } from '../app/session.js';
import type { Report, ReportItem, Subject } from './report.js';

const tones: Record<string, Tone> = { submitted: 'info', returned: 'warn', accepted: 'good', superseded: 'off' };

const lateWords = ({ late, early, dueOn }: Report): string => (late === null ? '待核实' : late ? `逾期（期限 ${untilEndOf(dueOn)}）` : early ? '按期（早于阶段开始）' : '按期');

const columnsFor = (subject: Subject): Column<ReportItem>[] => [
  { key: 'source', title: '来源', show: ({ source, checklistItem }) => (source === 'self' ? (subject.checklist.find(({ id }) => id === checklistItem)?.title ?? '自查') : '上年度质量考核通报') },
  { key: 'text', title: '问题', show: ({ text }) => text },
  { key: 'remedy', title: '整改', show: ({ correctedOn, correctBy }) => (correctedOn ? `已于 ${correctedOn} 整改` : `机构所报期限 ${day(correctBy)}`) },
  { key: 'accepted', title: '认可的期限', show: ({ acceptedBy, correctedOn }) => (correctedOn ? '—' : day(acceptedBy)) },
];

/** A report as it was sent, with its fate: accepted, returned and why, replaced by a later one. */
export function ReportView({ report, subject }: { report: Report; subject: Subject }) {
  const officer = useIs('province', 'city', 'county', 'auditor');
  const here = `/campaigns/${report.campaignId}/institutions/${report.institutionId}/self-check`;
  return (
    <Part title={`自查报告（第 ${report.report} 份）`}>
      <p><Chip tone={tones[report.state] ?? 'info'}>{selfCheckWords[report.state] ?? report.state}</Chip></p>
      {report.returns.map(({ at, reasons }) => (
        <div className="zj-partial" key={at}><strong>{moment(at)} 退回</strong><ul className="reasons">{reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul></div>
      ))}
      <Facts of={[
        ['编号', <code key="id">{report.selfCheckId}</code>], ['收到', dueMoment(report.receivedAt)], ['时限', <span key="late">{lateWords(report)}<DecisionNote decision="report-lateness" inputs={{ handedIn: true, pastDue: report.late }} />{officer ? <DecisionNote decision="key-supervision" inputs={{ lateness: report.late === null ? 'open' : report.late ? 'late' : 'in-time', quality: report.judged?.quality ?? (report.state === 'accepted' ? 'sound' : 'unseen') }} /> : null}</span>], ['家数', report.volumes ? count(report.volumes.employers) : '不要求'], ['人数', report.volumes ? count(report.volumes.workers) : '不要求'],
        ['用印岗位', report.sealedBy ?? '—'], ...(report.onBehalf ? [['录入', '执法人员代录'] as const] : []),
      ]} />
      {report.items.length ? <Table caption="问题与整改" rows={report.items} columns={columnsFor(subject)} rowKey={({ itemId }) => itemId} /> : <p>自查未发现问题。</p>}
      {report.history.length > 1 ? (
        <details><summary>历次报送（{report.history.length}）</summary>
          <ul className="reasons">{report.history.map((it) => <li key={it.selfCheckId}><Link to={`${here}?report=${it.selfCheckId}`}>第 {it.report} 份</Link>　{moment(it.receivedAt)}　{selfCheckWords[it.state] ?? it.state}</li>)}</ul>
        </details>
      ) : null}
    </Part>
  );
}
