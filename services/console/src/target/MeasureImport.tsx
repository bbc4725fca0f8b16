import { addressOf, Field, FormShell, Part, upload, useSubmissionOf, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import type { Campaign } from '../campaign/campaign.js';

/** Counts from a spreadsheet: every line or none, and each fault names its cell. */
export function MeasureImport({ campaign }: { campaign: Campaign }) {
  const [unit, setUnit] = useState(campaign.units.length === 1 ? (campaign.units[0]?.code ?? '') : '');
  const [file, setFile] = useState<File | null>(null);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const send = useSubmissionOf((sent: File, key: string) => upload<{ imported: number }>(addressOf('/api/v1/campaigns/{campaignId}/measure-imports', { campaignId: campaign.campaignId }, { unit }), sent, key));
  const told = send.problem?.problem.errors ?? [];
  const submit = () => {
    const wrong = [...(unit ? [] : [{ path: '/import/unit', message: '请选择单位' }]), ...(file ? [] : [{ path: '/import/file', message: '请选择表格文件' }])];
    setErrors(wrong);
    if (!wrong.length && file) void send.send(file);
  };
  return (
    <Part title="从表格导入" note="xlsx 文件，工作表名“统计数据”，列依次为：指标、机构类别、数量、截至日期、来源。有一处错误即全部不导入。">
      <FormShell label="导入统计数" errors={errors} problem={told.length ? null : send.problem} onSubmit={submit}>
        {send.answer ? <p className="zj-note" role="status">已导入 {send.answer.imported} 行。</p> : null}
        {told.length ? <section className="zj-summary" role="alert"><h2>{send.problem?.problem.title}</h2><ul>{told.slice(0, 50).map(({ path, message }) => <li key={`${path} ${message}`}><code>{path}</code>　{message}</li>)}</ul></section> : null}
        <div className="zj-row">
          <Field pointer="/import/unit" label="单位">{(field) => <select {...field} className="zj-input" value={unit} onChange={(event) => setUnit(event.target.value)}><option value="">请选择</option>{campaign.units.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}</select>}</Field>
          <Field pointer="/import/file" label="表格文件">{(field) => <input {...field} className="zj-input" type="file" accept=".xlsx" onChange={(event) => setFile(event.target.files?.[0] ?? null)} />}</Field>
          <button type="submit" className="zj-button" disabled={send.pending}>导入</button>
        </div>
      </FormShell>
    </Part>
  );
}
