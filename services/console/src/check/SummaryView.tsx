import { addressOf, ClauseNote, Empty, Field, FormShell, moment, PackOnPage, Page, Part, ProblemNote, Shown, Table, untilEndOf, useAnswer, useSubmission, type Answer, type Column, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { useIs, type Role } from '../app/session.js';
import type { FormContent } from '../form/form.js';
import { Sheet } from '../form/Sheet.js';
import { useDownload } from '../form/use-download.js';
import '../form/sheet.css';

type Summary = Answer<'getInspectionSummary' | 'getMonitoringSummary'>;
type Version = Summary['versions'][number];
/** Which of the two summaries of a year: the one on checks, or the one on monitoring. */
export interface Kind { show: 'getInspectionSummary' | 'getMonitoringSummary'; send: 'sendInspectionSummary' | 'sendMonitoringSummary'; address: string; senders: readonly Role[]; back: { to: string; word: string } }
interface Where { jurisdiction: string; year: number }

const columns: Column<Version>[] = [
  { key: 'version', title: '版本', show: ({ version }) => <Link to={`?version=${version}`}>第 {version} 版{version > 1 ? '（补充）' : ''}</Link> }, { key: 'at', title: '报送时间', show: ({ sentAt }) => moment(sentAt) }, { key: 'receiver', title: '报送至', show: ({ receiver }) => receiver },
  { key: 'summary', title: '工作总结', show: ({ summary, note }) => <><span className="zj-text">{summary}</span>{note ? <span className="zj-soft">　{note}</span> : null}</> }, { key: 'sha', title: '摘要', show: ({ sha256 }) => <code title={sha256}>{sha256.slice(0, 12)}</code> },
];

function Send({ kind, where, summary }: { kind: Kind; where: Where; summary: Summary }) {
  const [words, setWords] = useState('');
  const [note, setNote] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const send = useSubmission(kind.send);
  const submit = () => {
    setErrors(words.trim() ? [] : [{ path: '/summary', message: '请填写工作总结' }]);
    if (words.trim()) void send.send({ params: where, body: { summary: words.trim(), note: note.trim() } });
  };
  return (
    <Part title="报送" note={`由${summary.sender}报送${summary.receiver}。报送后冻结为一版，再次报送为补充。`}>
      <FormShell label="报送年度总结" errors={errors} problem={send.problem} onSubmit={submit}>
        <Field pointer="/summary" label="工作总结" wide>{(field) => <textarea {...field} className="zj-input" rows={8} maxLength={50000} value={words} onChange={(event) => setWords(event.target.value)} />}</Field>
        <Field pointer="/note" label="说明（可不填）" wide>{(field) => <input {...field} className="zj-input" maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={send.pending}>报送</button></p>
      </FormShell>
    </Part>
  );
}

function Work({ kind, where, summary, version }: { kind: Kind; where: Where; summary: Summary; version: number | undefined }) {
  const sender = useIs(...kind.senders);
  const download = useDownload(addressOf(kind.address, { ...where }, version === undefined ? {} : { version }), `${summary.draft.title}${version === undefined ? '（草稿）' : `（第${version}版）`}.xlsx`);
  return (
    <>
      <p className="zj-actions">
        <span>{version === undefined ? '按当前数据填写' : `已报送的第 ${version} 版`}　报送期限 {untilEndOf(summary.dueOn)}<ClauseNote ids={summary.clauses} /></span>
        {version === undefined ? null : <Link to="?">看当前数据</Link>}
        <button type="button" className="zj-button" disabled={download.pending} onClick={() => void download.send(undefined)}>下载 xlsx</button>
        <button type="button" className="zj-button" onClick={() => window.print()}>打印</button>
      </p>
      {download.problem ? <ProblemNote error={download.problem} /> : null}
      <Sheet content={{ ...summary.draft, remarks: [] } as unknown as FormContent} />
      {summary.remarks.map((remark) => <p key={remark} className="zj-note">{remark}</p>)}
      {sender && version === undefined ? <Send key={summary.versions.length} kind={kind} where={where} summary={summary} /> : null}
      <Part title="已报送的版本">{summary.versions.length ? <Table caption="已报送的版本" rows={summary.versions} columns={columns} rowKey={({ summaryId }) => summaryId} /> : <Empty>尚未报送。报送期限 {untilEndOf(summary.dueOn)}。</Empty>}</Part>
    </>
  );
}

/** A year-end summary: filled from the data, sent as frozen versions, printed and downloaded. */
export function SummaryView({ kind }: { kind: Kind }) {
  const { jurisdiction = '', year: typed = '' } = useParams();
  const [search] = useSearchParams();
  const where = { jurisdiction, year: Number(typed) };
  const version = search.get('version') ? Number(search.get('version')) : undefined;
  const answer = useAnswer(kind.show, { params: where, query: version === undefined ? {} : { version } });
  return (
    <Page title={answer.data?.draft.title ?? `${typed} 年度总结`} trail={<Link to={kind.back.to}>{kind.back.word}</Link>}>
      <Shown of={answer} what="年度总结">{(it) => <PackOnPage.Provider value={it.pack}><Work kind={kind} where={where} summary={it} version={version} /></PackOnPage.Provider>}</Shown>
    </Page>
  );
}

export const InspectionSummaryPage = () => <SummaryView kind={{ show: 'getInspectionSummary', send: 'sendInspectionSummary', address: '/api/v1/colour-years/{jurisdiction}/{year}/inspection-summary/xlsx', senders: ['province', 'city', 'county'], back: { to: '/checks', word: '分类检查' } }} />;
export const MonitoringSummaryPage = () => <SummaryView kind={{ show: 'getMonitoringSummary', send: 'sendMonitoringSummary', address: '/api/v1/colour-years/{jurisdiction}/{year}/monitoring-summary/xlsx', senders: ['quality-centre'], back: { to: '/monitorings', word: '质量监测' } }} />;
