import { amendmentWords, DateInput, Field, FieldGroup, FormShell, Part, usePack, useSubmission, type BodyInput, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { useToday } from '../app/session.js';
import { stagesOf, type Campaign } from './campaign.js';

type Body = BodyInput<'amendCampaign'>;
type Kind = Body['kind'];
const kinds: readonly Kind[] = ['extend', 'replace-date', 'suspend', 'resume'];
const hints: Record<Kind, string> = {
  extend: '一个阶段的结束日延后，其中以阶段结束为期限的任务随之延后。', 'replace-date': '一项任务改用新的期限。',
  suspend: '所选辖区停止计时，不再提醒；恢复后继续。', resume: '所选辖区恢复进行。',
};

const wrongIn = (body: Body): FieldError[] => [
  ...(body.kind === 'extend' && !body.stage ? [{ path: '/stage', message: '请选择要延期的阶段' }] : []),
  ...(body.kind === 'replace-date' && !body.duty ? [{ path: '/duty', message: '请选择要改期的任务' }] : []),
  ...((body.kind === 'extend' || body.kind === 'replace-date') && !body.on ? [{ path: '/on', message: '请填写新的日期' }] : []),
  ...(body.reason.trim() ? [] : [{ path: '/reason', message: '请写明变更理由' }]),
];

/** Amends a running campaign openly: what, where, from when, why, on what ground. */
export function AmendForm({ campaign }: { campaign: Campaign }) {
  const stages = stagesOf(usePack().data);
  const today = useToday();
  const [body, setBody] = useState<Body>({ kind: 'extend', reason: '' });
  const [errors, setErrors] = useState<FieldError[]>([]);
  const amend = useSubmission('amendCampaign');
  const put = (more: Partial<Body>) => setBody({ ...body, ...more });
  const dated = body.kind === 'extend' || body.kind === 'replace-date';
  const submit = async () => {
    const wrong = wrongIn(body);
    setErrors(wrong);
    const sent = wrong.length ? null : await amend.send({ params: { campaignId: campaign.campaignId }, body });
    if (sent) setBody({ kind: 'extend', reason: '' });
  };
  const chosen = body.units ?? [];
  return (
    <Part title="变更进行中的行动" note="变更立即通知各辖区的工作流程，并连同理由、依据记入变更记录，不能删除。">
      {amend.answer ? <p className="zj-note" role="status">已{amendmentWords[amend.answer.kind]}，并记入变更记录。</p> : null}
      <FormShell label="变更" errors={errors} problem={amend.problem} onSubmit={() => void submit()}>
        <FieldGroup pointer="/kind" label="变更方式" hint={hints[body.kind]}>
          <div className="zj-choices">{kinds.map((kind) => <label key={kind}><input type="radio" name="kind" checked={body.kind === kind} onChange={() => setBody({ kind, reason: body.reason, ...(body.units ? { units: body.units } : {}) })} />{amendmentWords[kind]}</label>)}</div>
        </FieldGroup>
        <FieldGroup pointer="/units" label="适用辖区" hint="不选即为全部。">
          <div className="zj-choices">{campaign.units.map(({ code, name }) => <label key={code}><input type="checkbox" checked={chosen.includes(code)} onChange={(event) => put({ units: event.target.checked ? [...chosen, code] : chosen.filter((it) => it !== code) })} />{name}</label>)}</div>
        </FieldGroup>
        {body.kind === 'extend' ? <Field pointer="/stage" label="阶段">{(field) => <select {...field} className="zj-input" value={body.stage ?? ''} onChange={(event) => put({ stage: event.target.value })}><option value="">请选择</option>{stages.map(({ id, title }) => <option key={id} value={id}>{title}</option>)}</select>}</Field> : null}
        {body.kind === 'replace-date' ? <Field pointer="/duty" label="任务" wide>{(field) => <select {...field} className="zj-input" value={body.duty ?? ''} onChange={(event) => put({ duty: event.target.value })}><option value="">请选择</option>{stages.flatMap(({ duties }) => duties).map(({ id, title }) => <option key={id} value={id}>{title}</option>)}</select>}</Field> : null}
        {dated ? <Field pointer="/on" label="新的日期" hint="当日 24:00 截止。">{(field) => <DateInput {...field} today={today} value={body.on ?? null} onChange={(on) => put({ on: on ?? undefined })} />}</Field> : null}
        <Field pointer="/reason" label="理由" wide>{(field) => <textarea {...field} className="zj-input" maxLength={500} value={body.reason} onChange={(event) => put({ reason: event.target.value })} />}</Field>
        <Field pointer="/clause" label="依据条款（可不填）" hint="条款编号；不填即以所变更阶段或任务的条款为依据。">{(field) => <input {...field} className="zj-input" maxLength={60} value={body.clause ?? ''} onChange={(event) => put({ clause: event.target.value || undefined })} />}</Field>
        <Field pointer="/document" label="来文文号（可不填）" hint="据以变更的文件的发文字号。">{(field) => <input {...field} className="zj-input" maxLength={60} value={body.document ?? ''} onChange={(event) => put({ document: event.target.value || undefined })} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={amend.pending}>{amendmentWords[body.kind]}</button></p>
      </FormShell>
    </Part>
  );
}
