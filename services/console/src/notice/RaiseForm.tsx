import { Confirmation, DateInput, Field, FormShell, Part, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useToday } from '../app/session.js';
import type { Entry, NoticeDetail } from './notice.js';

/** 提出异议: by the body itself, or entered by an officer from a paper that has come in. */
export function RaiseForm({ notice, entries, officer }: { notice: NoticeDetail; entries: readonly Entry[]; officer: boolean }) {
  const today = useToday();
  const over = notice.state !== 'posted';
  const usual = (over ? notice.lastDay : null) ?? today;
  const open = entries.filter(({ state, objection }) => state === 'listed' && objection?.state !== 'open');
  const [body, setBody] = useState(officer ? '' : (open[0]?.institutionId ?? ''));
  const [grounds, setGrounds] = useState('');
  const [received, setReceived] = useState<string | null>(null);
  const [document, setDocument] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const raise = useSubmission('raiseObjection');
  const submit = () => {
    const wrong = [...(body ? [] : [{ path: '/institutionId', message: '请选择机构' }]), ...(grounds.trim() ? [] : [{ path: '/grounds', message: '请写明异议的理由' }]), ...(officer && !document.trim() ? [{ path: '/source/document', message: '请写明收到的书面材料' }] : [])];
    setErrors(wrong);
    if (!wrong.length) void raise.send({ params: { noticeId: notice.noticeId }, body: { institutionId: body, grounds: grounds.trim(), source: officer ? { receivedOn: received ?? usual, document: document.trim() } : null } });
  };
  if (raise.answer) return <Confirmation title="异议已提出" number={raise.answer.objectionId}><p>接下来：由发布公示的部门答复，答复以前本结果暂缓公开。</p><p className="zj-actions"><Link className="zj-button" to={`/objections/${raise.answer.objectionId}`}>查看这件异议</Link></p></Confirmation>;
  if (!open.length) return null;
  return (
    <Part title={officer ? '代录异议' : '提出异议'} note={over ? `公示期已于 ${notice.lastDay ?? '—'} 24:00 届满：只补录此前收到书面材料、结果尚未公开的异议。` : `公示期至 ${notice.lastDay ?? '—'} 24:00，此后不再受理。`}>
      <FormShell label={officer ? '代录异议' : '提出异议'} errors={errors} problem={raise.problem} onSubmit={submit}>
        {officer ? <Field pointer="/institutionId" label="机构">{(field) => <select {...field} className="zj-input" value={body} onChange={(event) => setBody(event.target.value)}><option value="">请选择</option>{open.map(({ institutionId, name }) => <option key={institutionId} value={institutionId}>{name ?? institutionId}</option>)}</select>}</Field> : null}
        <Field pointer="/grounds" label="异议理由" hint="写明对哪一项结果有异议、理由和证明材料。不要写个人信息。" wide>{(field) => <textarea {...field} className="zj-input" rows={5} maxLength={5000} value={grounds} onChange={(event) => setGrounds(event.target.value)} />}</Field>
        {officer ? <div className="zj-row"><Field pointer="/source/receivedOn" label="收到日期">{(field) => <DateInput {...field} today={today} value={(received ?? usual) || null} onChange={setReceived} />}</Field><Field pointer="/source/document" label="书面材料">{(field) => <input {...field} className="zj-input" maxLength={300} value={document} onChange={(event) => setDocument(event.target.value)} />}</Field></div> : null}
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={raise.pending}>提出</button></p>
      </FormShell>
    </Part>
  );
}
