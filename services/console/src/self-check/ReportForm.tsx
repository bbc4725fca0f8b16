import { DateInput, Field, fieldId, FormShell, Part, usePack, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { useToday } from '../app/session.js';
import { volumeWords } from '../campaign/campaign.js';
import { Areas, LastYear } from './Areas.js';
import { CheckAnswers } from './CheckAnswers.js';
import { useKeptDraft } from './kept-draft.js';
import { asksVolumes, bodyOf, wrongIn, type Draft, type Report, type Subject } from './report.js';

interface Shared { draft: Draft; put: (more: Partial<Draft>) => void }

function OnBehalf({ draft, put }: Shared) {
  const today = useToday();
  return (
    <Part title="代机构录入" note="机构以盖章纸质报告报送的，由执法人员代录，并记明收到日期与理由。是否逾期按收到日期认定。">
      <Field pointer="/onBehalf/receivedOn" label="收到纸质报告的日期">{(field) => <DateInput {...field} today={today} value={draft.receivedOn} onChange={(receivedOn) => put({ receivedOn })} />}</Field>
      <Field pointer="/onBehalf/reason" label="代录理由" wide>{(field) => <input {...field} className="zj-input" maxLength={300} value={draft.reason} onChange={(event) => put({ reason: event.target.value })} />}</Field>
    </Part>
  );
}

function Volumes({ draft, put, subject }: Shared & { subject: Subject }) {
  const asked = asksVolumes(subject);
  const words = volumeWords(usePack().data);
  const period = subject.volumePeriod ? `${subject.volumePeriod.from} 至 ${subject.volumePeriod.to} 的全部业务量。` : '按本次专项行动规定的时段填写。';
  return (
    <Part title={asked ? '业务量' : '盖章'} {...(asked ? { note: period } : {})}>
      {asked ? <div className="zj-row">
        <Field pointer="/volumes/employers" label={words.employers}>{(field) => <input {...field} className="zj-input" inputMode="numeric" value={draft.employers} onChange={(event) => put({ employers: event.target.value })} />}</Field>
        <Field pointer="/volumes/workers" label={words.workers}>{(field) => <input {...field} className="zj-input" inputMode="numeric" value={draft.workers} onChange={(event) => put({ workers: event.target.value })} />}</Field>
      </div> : null}
      <Field pointer="/sealedBy" label="用印岗位" hint="填写在本报告上加盖单位公章的岗位，如“办公室主任”，不要填写姓名。">{(field) => <input {...field} className="zj-input" maxLength={60} value={draft.sealedBy} onChange={(event) => put({ sealedBy: event.target.value })} />}</Field>
    </Part>
  );
}

/** One form, then check answers, then sent. What was typed survives errors, a lost connection and a closed window. */
export function ReportForm({ subject, first, onBehalf, onSent, onCancel }: { subject: Subject; first: Draft; onBehalf: boolean; onSent: (report: Report) => void; onCancel?: () => void }) {
  const { campaignId } = subject.campaign;
  const { draft, put, forget } = useKeptDraft(`self-check/${campaignId}/${subject.institutionId}/${onBehalf}`, first);
  const words = volumeWords(usePack().data);
  const [checking, setChecking] = useState(false);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const send = useSubmission('submitSelfCheck');
  const goOn = async () => {
    const wrong = wrongIn(draft, subject, onBehalf, words);
    setErrors(wrong);
    send.clear();
    if (wrong.length) return setChecking(false);
    if (!checking) return setChecking(true);
    const report = await send.send({ params: { campaignId }, body: bodyOf(draft, subject, onBehalf) });
    if (!report) return setChecking(false);
    forget();
    onSent(report);
  };
  return (
    <FormShell label="自查报告" errors={errors} problem={send.problem} onSubmit={() => void goOn()}>
      {checking ? <CheckAnswers draft={draft} subject={subject} onBehalf={onBehalf} words={words} /> : (
        <>
          {onBehalf ? <OnBehalf draft={draft} put={put} /> : null}
          {subject.lastYearProblems.length || asksVolumes(subject) ? <Part title="一、上年度质量考核通报的问题"><LastYear draft={draft} put={put} subject={subject} /></Part> : null}
          <div id={fieldId('/items')} tabIndex={-1}><Part title={subject.lastYearProblems.length || asksVolumes(subject) ? '二、自查内容' : '自查内容'} note="逐项自查。发现的问题能立即整改的写明完成日期，其余写明整改期限。"><Areas draft={draft} put={put} subject={subject} /></Part></div>
          <Volumes draft={draft} put={put} subject={subject} />
        </>
      )}
      <p className="zj-actions">
        <button type="submit" className="zj-button zj-primary zj-tall" disabled={send.pending}>{checking ? (send.pending ? '正在报送……' : '确认无误，报送') : '下一步：核对'}</button>
        {checking ? <button type="button" className="zj-button zj-tall" onClick={() => setChecking(false)}>返回修改</button> : null}
        {onCancel ? <button type="button" className="zj-link" onClick={onCancel}>暂不填写</button> : null}
        {checking ? null : <span className="zj-soft">已填内容随时保存在本机，可稍后继续。</span>}
      </p>
    </FormShell>
  );
}
