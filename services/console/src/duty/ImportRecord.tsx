import { addressOf, DateInput, Field, FormShell, Part, ProblemNote, upload, useSubmissionOf, type Answer, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { useToday } from '../app/session.js';
import type { Campaign } from '../campaign/campaign.js';
import { useDownload } from '../form/use-download.js';
import type { UnitDuty } from './duty.js';

/** A list or a register from a spreadsheet: every line or none, and each fault names its cell. */
export function ImportRecord({ campaign, unit, duty, institutionId }: { campaign: Campaign; unit: string; duty: UnitDuty; institutionId: string | undefined }) {
  const today = useToday();
  const [doneOn, setDoneOn] = useState<string | null>(null);
  const [sealedBy, setSealedBy] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const where = { campaignId: campaign.campaignId, duty: duty.id };
  const on = doneOn ?? today;
  const send = useSubmissionOf((sent: File, key: string) => upload<Answer<'recordDuty'>>(addressOf('/api/v1/campaigns/{campaignId}/duties/{duty}/record-imports', where, { unit, doneOn: on, institutionId, sealedBy: sealedBy.trim() || undefined }), sent, key));
  const template = useDownload(addressOf('/api/v1/campaigns/{campaignId}/duties/{duty}/record-template', where, { unit }), `${duty.title}（空白）.xlsx`);
  const told = send.problem?.problem.errors ?? [];
  const submit = () => {
    const wrong = [...(on ? [] : [{ path: '/import/doneOn', message: '请填写办理日期' }]), ...(file ? [] : [{ path: '/import/file', message: '请选择表格文件' }]), ...(duty.sealed && !sealedBy.trim() ? [{ path: '/import/sealedBy', message: '请填写盖章岗位' }] : [])];
    setErrors(wrong);
    if (!wrong.length && file) void send.send(file);
  };
  return (
    <Part title="从表格登记" note="先下载空白表格，填好后上传。有一处错误即全部不登记，逐格指出。">
      {template.problem ? <ProblemNote error={template.problem} /> : null}
      <FormShell label="从表格登记" errors={errors} problem={told.length ? null : send.problem} onSubmit={submit}>
        {send.answer ? <p className="zj-note" role="status">已登记 {send.answer.issues.length} 项。</p> : null}
        {told.length ? <section className="zj-summary" role="alert"><h2>{send.problem?.problem.title}</h2><ul>{told.slice(0, 50).map(({ path, message }) => <li key={`${path} ${message}`}><code>{path}</code>　{message}</li>)}</ul></section> : null}
        <div className="zj-row">
          <Field pointer="/import/doneOn" label="办理日期">{(field) => <DateInput {...field} today={today} value={on || null} onChange={setDoneOn} />}</Field>
          {duty.sealed ? <Field pointer="/import/sealedBy" label="盖章岗位">{(field) => <input {...field} className="zj-input" maxLength={60} value={sealedBy} onChange={(event) => setSealedBy(event.target.value)} />}</Field> : null}
          <Field pointer="/import/file" label="表格文件">{(field) => <input {...field} className="zj-input" type="file" accept=".xlsx" onChange={(event) => setFile(event.target.files?.[0] ?? null)} />}</Field>
          <button type="submit" className="zj-button" disabled={send.pending}>登记</button>
          <button type="button" className="zj-button" disabled={template.pending} onClick={() => void template.send(undefined)}>下载空白表格</button>
        </div>
      </FormShell>
    </Part>
  );
}
