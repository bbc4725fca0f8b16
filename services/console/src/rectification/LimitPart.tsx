import { ClauseNote, DateInput, Empty, Facts, Field, FormShell, moment, Part, useAnswer, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { useToday } from '../app/session.js';
import { basisWords, limitWords, namesIn, wrongInLimit, wrongInVerification } from './limit.js';
import type { Duty } from './rectification.js';

interface Given { duty: Duty; reload: () => void }
const toOf = (duty: Duty) => ({ params: { rectificationId: duty.rectificationId }, version: duty.version });

/** The agency writes by which day the body must have rectified, with the number of the paper that says so. */
function WriteLimit({ duty, reload }: Given) {
  const today = useToday();
  const [limitOn, setLimitOn] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [document, setDocument] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const send = useSubmission('limitRectification');
  const submit = () => {
    const wrong = wrongInLimit({ limitOn, reason, document }, duty.limitOn, today);
    setErrors(wrong);
    if (wrong.length === 0 && limitOn) void send.send({ ...toOf(duty), body: { limitOn, reason: reason.trim(), document: document.trim() } });
  };
  return (
    <Part title={duty.limitOn ? '延长整改期限' : '写明整改期限'}>
      <FormShell label="写明整改期限" errors={errors} problem={send.problem} onSubmit={submit} reload={reload}>
        <Field pointer="/limitOn" label="整改期限" hint="当日 24:00 期满。">{(field) => <DateInput {...field} today={today} value={limitOn} onChange={setLimitOn} />}</Field>
        <Field pointer="/document" label="文书文号">{(field) => <input {...field} className="zj-input" maxLength={100} value={document} onChange={(event) => setDocument(event.target.value)} />}</Field>
        <Field pointer="/reason" label="理由" wide>{(field) => <textarea {...field} className="zj-input" rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={send.pending}>写明期限</button></p>
      </FormShell>
    </Part>
  );
}

/** Somebody saw that it was rectified: at a check of this body, or by the accepted report. */
function Verify({ duty, reload }: Given) {
  const today = useToday();
  const checks = useAnswer('listChecks', { query: { jurisdiction: duty.jurisdiction, institutionId: duty.institutionId, limit: 100 } });
  const [rectifiedOn, setRectifiedOn] = useState<string | null>(null);
  const [names, setNames] = useState('');
  const [from, setFrom] = useState('');
  const [remark, setRemark] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const send = useSubmission('verifyRectification');
  const submit = () => {
    const wrong = wrongInVerification({ rectifiedOn, names, from }, today);
    setErrors(wrong);
    if (wrong.length === 0 && rectifiedOn) void send.send({ ...toOf(duty), body: { rectifiedOn, verifiedBy: namesIn(names), from: from === 'report' ? { kind: 'report' } : { kind: 'check', checkId: from }, remark: remark.trim() } });
  };
  return (
    <Part title="登记核实整改">
      <FormShell label="登记核实整改" errors={errors} problem={send.problem} onSubmit={submit} reload={reload}>
        <Field pointer="/rectifiedOn" label="整改完成的日期">{(field) => <DateInput {...field} today={today} value={rectifiedOn} onChange={setRectifiedOn} />}</Field>
        <Field pointer="/from" label="据以核实">{(field) => (
          <select {...field} className="zj-input" value={from} onChange={(event) => setFrom(event.target.value)}>
            <option value="">请选择</option>
            {duty.state === 'accepted' ? <option value="report">已通过的整改报告</option> : null}
            {(checks.data?.items ?? []).map(({ checkId, visitedOn }) => <option key={checkId} value={checkId}>{visitedOn} 现场检查</option>)}
          </select>
        )}</Field>
        <Field pointer="/verifiedBy" label="核实人员" hint="多人以顿号分开。">{(field) => <input {...field} className="zj-input" maxLength={300} value={names} onChange={(event) => setNames(event.target.value)} />}</Field>
        <Field pointer="/remark" label="说明（可不填）" wide>{(field) => <textarea {...field} className="zj-input" rows={2} maxLength={500} value={remark} onChange={(event) => setRemark(event.target.value)} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={send.pending}>登记已整改</button></p>
      </FormShell>
    </Part>
  );
}

/** Rectifying itself, beside the report: by which day, by whose order, whether it was seen to be done, and the two small forms. */
export function LimitPart({ duty, reload }: Given) {
  const today = useToday();
  const { limits, verification, mayLimit, mayVerify } = duty;
  return (
    <>
      <Part title="整改期限" note="与提交整改报告的期限不同。期满仍未核实整改的，提请资质认可、备案机关审查，系统不自动取消任何资质。">
        {limits.length || verification ? (
          <>
            <Facts of={[['整改', <span key="limit">{limitWords(duty, today)}<ClauseNote ids={duty.limitOn ? duty.limitClauses : []} /></span>], ...(verification ? [['核实', `${verification.verifiedBy.join('、')}，依据${verification.from.kind === 'check' ? '现场检查' : '整改报告'}${verification.remark ? `；${verification.remark}` : ''}`] as const] : [])]} />
            <ul className="zj-plain">{limits.map((one) => <li key={one.at}>{moment(one.at)}　{one.agency}写明 {one.limitOn}，{one.document}：{one.reason}<br /><span className="zj-soft">{basisWords(one)}</span></li>)}</ul>
          </>
        ) : <Empty>没有写明整改期限；没有写明的，不作“限期未整改”的认定。</Empty>}
      </Part>
      {mayLimit || mayVerify ? <div className="zj-columns">{mayLimit ? <WriteLimit key={`limit ${duty.version}`} duty={duty} reload={reload} /> : null}{mayVerify ? <Verify key={`verify ${duty.version}`} duty={duty} reload={reload} /> : null}</div> : null}
    </>
  );
}
