import { Chip, count, DateNote, DecisionNote, day, dueMoment, Facts, moment, Part, selfCheckWords, Table, untilEndOf, usePack, type Column, type Tone } from '@zhijian/web';
import { Link } from 'react-router-dom';
import { useIs } from '../app/session.js';
import { volumeWords } from '../campaign/campaign.js';
import { asksQuality, qualityWords, type Report, type ReportItem, type Subject } from './report.js';

const tones: Record<string, Tone> = { submitted: 'info', returned: 'warn', accepted: 'good', superseded: 'off' };

const lateWords = ({ late, early, dueOn }: Report): string => (late === null ? '待核实' : late ? `逾期（期限 ${untilEndOf(dueOn)}）` : early ? '按期（早于阶段开始）' : '按期');

/** What key supervision is decided from: when the report came, and what its receiver found it to be. */
const judgedBy = ({ late, judged, state }: Report) => ({ lateness: late === null ? 'open' : late ? 'late' : 'in-time', quality: judged?.quality ?? (state === 'accepted' ? 'sound' : 'unseen') });

const columnsFor = (subject: Subject): Column<ReportItem>[] => [
  { key: 'source', title: '来源', show: ({ source, checklistItem }) => (source === 'self' ? (subject.checklist.find(({ id }) => id === checklistItem)?.title ?? '自查') : '上年度质量考核通报') },
  { key: 'text', title: '问题', show: ({ text }) => text },
  { key: 'remedy', title: '整改', show: ({ correctedOn, correctBy }) => (correctedOn ? `已于 ${correctedOn} 整改` : `机构所报期限 ${day(correctBy)}`) },
  { key: 'accepted', title: '认可的期限', show: ({ acceptedBy, correctedOn }) => (correctedOn ? '—' : day(acceptedBy)) },
];

/** How the day of the report was reckoned: the body's own duty tells it. */
function ReportDue({ report: { campaignId, dueOn, clauses, calendar }, subject }: { report: Report; subject: Subject }) {
  const duty = subject.obligations.find((one) => one.duty === subject.selfCheckDuty);
  if (!dueOn) return null;
  return <DateNote because={duty?.because ?? null} clauses={clauses} calendar={calendar} firm={duty?.firm ?? true} {...(duty && { of: { campaignId, obligationId: duty.obligationId } })} />;
}

/** A report as it was sent, with its fate: accepted, returned and why, replaced by a later one. */
export function ReportView({ report, subject }: { report: Report; subject: Subject }) {
  const pack = usePack().data;
  const words = volumeWords(pack);
  const asked = useIs('province', 'city', 'county', 'auditor') && asksQuality(pack);
  const here = `/campaigns/${report.campaignId}/institutions/${report.institutionId}/self-check`;
  return (
    <Part title={`自查报告（第 ${report.report} 份）`}>
      <p><Chip tone={tones[report.state] ?? 'info'}>{selfCheckWords[report.state] ?? report.state}</Chip></p>
      {report.returns.map(({ at, reasons }) => (
        <div className="zj-partial" key={at}><strong>{moment(at)} 退回</strong><ul className="reasons">{reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul></div>
      ))}
      <Facts of={[
        ['编号', <code key="id">{report.selfCheckId}</code>], ['收到', dueMoment(report.receivedAt)], ['时限', <span key="late">{lateWords(report)}<ReportDue report={report} subject={subject} /><DecisionNote decision="report-lateness" inputs={{ handedIn: true, pastDue: report.late }} /></span>],
        ...(report.volumes ? [[words.employers, count(report.volumes.employers)] as const, [words.workers, count(report.volumes.workers)] as const] : []),
        ['用印岗位', report.sealedBy ?? '—'], ...(asked ? [['对报告的评价', <span key="judged">{report.judged ? `${qualityWords[report.judged.quality]}：${report.judged.reason}` : report.state === 'accepted' ? '没有敷衍了事、弄虚作假' : '接收时作出'}<DecisionNote decision="key-supervision" inputs={judgedBy(report)} /></span>] as const] : []), ...(report.onBehalf ? [['录入', '执法人员代录'] as const] : []),
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
