import { Confirmation, Field, FormShell, moment, Part, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import type { FormAnswer } from './form.js';

/** Freezes what the form shows now as a version and sends it up; once more is a supplement. */
export function SendForm({ where, answer, withSummary }: { where: { campaignId: string; unit: string; form: string }; answer: FormAnswer; withSummary: boolean }) {
  const [filledBy, setFilledBy] = useState('');
  const [note, setNote] = useState('');
  const [summary, setSummary] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const send = useSubmission('sendForm');
  const again = answer.versions.length > 0;
  const submit = () => {
    const wrong = [
      ...(filledBy.trim() ? [] : [{ path: '/filledBy', message: '请填写填表人' }]),
      ...(again && !note.trim() ? [{ path: '/note', message: '补充报送请写明补充了什么' }] : []),
      ...(withSummary && !again && !summary.trim() ? [{ path: '/summary', message: '请填写工作总结' }] : []),
    ];
    setErrors(wrong);
    if (!wrong.length) void send.send({ params: where, body: { filledBy, note, summary } });
  };
  if (send.answer) {
    return (
      <Confirmation title={send.answer.supplement ? '已补充报送' : '已报送'} number={send.answer.formVersionId}>
        <p>第 {send.answer.version} 版，{send.answer.rows} 行，{moment(send.answer.sentAt)} 报送{send.answer.receiver}{send.answer.late ? '，已超过期限，按逾期记载' : ''}。</p>
        <p>接下来：此版已冻结；之后有变化的，在本页补充报送。</p>
      </Confirmation>
    );
  }
  return (
    <Part title={again ? '补充报送' : '报送'} note={`报送即按当前数据冻结一版，不能撤回。${answer.draft.remarks.length ? `仍有 ${answer.draft.remarks.length} 处待定，可先报送、以后补充。` : ''}`}>
      <FormShell label="报送表格" errors={errors} problem={send.problem} onSubmit={submit}>
        <Field pointer="/filledBy" label="填表人" hint="填岗位或工号。">{(field) => <input {...field} className="zj-input" maxLength={40} value={filledBy} onChange={(event) => setFilledBy(event.target.value)} />}</Field>
        {withSummary ? <Field pointer="/summary" label="工作总结" wide>{(field) => <textarea {...field} className="zj-input" rows={8} maxLength={50000} value={summary} onChange={(event) => setSummary(event.target.value)} />}</Field> : null}
        <Field pointer="/note" label={again ? '补充说明' : '说明（可不填）'} wide>{(field) => <input {...field} className="zj-input" maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={send.pending}>{again ? '补充报送' : '报送'}</button></p>
      </FormShell>
    </Part>
  );
}
