import { Confirmation, DateInput, Field, FieldGroup, FormShell, institutionWord, Part, useAnswer, usePack, useSubmission, type FieldError, type FieldProps } from '@zhijian/web';
import { useState } from 'react';
import { useToday } from '../app/session.js';
import type { Campaign } from '../campaign/campaign.js';
import { askedFor, choicesOf, inputsOf, issuesSent, outcomeWords, wrongIn, type IssueDraft, type UnitDuty } from './duty.js';
import { IssueRows } from './IssueRows.js';

/** Which body of the unit it is about. */
function BodyChoice({ campaign, unit, value, onChange }: { campaign: Campaign; unit: string; value: string; onChange: (id: string) => void }) {
  const here = useAnswer('getUnit', { params: { campaignId: campaign.campaignId, unit } });
  return <Field pointer="/institutionId" label="机构">{(field) => <select {...field} className="zj-input" value={value} onChange={(event) => onChange(event.target.value)}><option value="">请选择</option>{(here.data?.institutions ?? []).filter(({ state }) => state === 'in').map(({ institutionId, name }) => <option key={institutionId} value={institutionId}>{name}</option>)}</select>}</Field>;
}

/** One input of the table: chosen from what it takes, or typed. */
function Input({ field, choices, value, put }: { field: FieldProps; choices: { value: string; word: string }[]; value: string; put: (value: string) => void }) {
  if (!choices.length) return <input {...field} className="zj-input" maxLength={200} value={value} onChange={(event) => put(event.target.value)} />;
  return <select {...field} className="zj-input" value={value} onChange={(event) => put(event.target.value)}><option value="">不知道</option>{choices.map((it) => <option key={it.value} value={it.value}>{it.word}</option>)}</select>;
}

/** Records what was done; a later record takes the place of the earlier one, which is kept. */
export function RecordForm({ campaign, unit, duty, body, institution }: { campaign: Campaign; unit: string; duty: UnitDuty; body: string | undefined; institution: boolean }) {
  const today = useToday();
  const { lists, planned, checklist, table } = askedFor(usePack().data, duty);
  const ofBody = duty.subject === 'institution';
  const forBody = ofBody && duty.actor === 'institution' && !institution;
  const [about, setAbout] = useState(body ?? '');
  const [doneOn, setDoneOn] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [issues, setIssues] = useState<readonly IssueDraft[]>([]);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [sealedBy, setSealedBy] = useState('');
  const [received, setReceived] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const send = useSubmission('recordDuty');
  const on = doneOn ?? today;
  const submit = () => {
    const wrong = [...wrongIn({ doneOn: on, note, issues, sealedBy, institutionId: about }, { lists, sealed: duty.sealed, ofBody }), ...(forBody && !reason.trim() ? [{ path: '/onBehalf/reason', message: '请写明代录原因' }] : [])];
    setErrors(wrong);
    if (wrong.length) return;
    void send.send({ params: { campaignId: campaign.campaignId, duty: duty.id }, body: {
      unit, institutionId: ofBody ? about : null, doneOn: on, note: note.trim(), issues: issuesSent(issues), inputs: inputsOf(typed), sealedBy: sealedBy.trim() || null, onBehalf: forBody ? { receivedOn: received ?? today, reason: reason.trim() } : null,
    } });
  };
  if (send.answer) {
    return (
      <Confirmation title="已登记" number={send.answer.recordId}>
        <p>{send.answer.issues.length ? `问题 ${send.answer.issues.length} 项。` : ''}{send.answer.late ? '已超过期限，按逾期记载。' : ''}{send.answer.outcome ? `结论：${send.answer.outcome.determined ? outcomeWords(send.answer.outcome) : `待核实（${send.answer.outcome.reason ?? '缺少情况'}）`}。` : ''}</p>
        <p>接下来：情况有变的，再次登记即替代这一份，这一份仍保留。</p>
        <p className="zj-actions"><button type="button" className="zj-button" onClick={() => send.clear()}>再登记一份</button></p>
      </Confirmation>
    );
  }
  return (
    <Part title="登记办理情况">
      <FormShell label="登记办理情况" errors={errors} problem={send.problem} onSubmit={submit}>
        {ofBody && !institution ? <BodyChoice campaign={campaign} unit={unit} value={about} onChange={setAbout} /> : null}
        <Field pointer="/doneOn" label="办理日期">{(field) => <DateInput {...field} today={today} value={on || null} onChange={setDoneOn} />}</Field>
        {lists ? <IssueRows issues={issues} onChange={setIssues} checklist={checklist} today={today} planned={planned} bodies={ofBody ? null : { campaignId: campaign.campaignId, unit }} /> : null}
        {table ? (
          <FieldGroup pointer="/inputs" label={`${table.name}所需的情况`} hint="不知道的留空，结论即为“待核实”。">
            <div className="zj-row">{table.inputs.map(({ label, expression = '', allowed }) => <Field key={expression} pointer={`/inputs/${expression}`} label={label}>{(field) => <Input field={field} choices={choicesOf(allowed, institutionWord)} value={typed[expression] ?? ''} put={(value) => setTyped({ ...typed, [expression]: value })} />}</Field>)}</div>
          </FieldGroup>
        ) : null}
        <Field pointer="/note" label={lists ? '办理情况（列明问题的可不填）' : '办理情况'} wide>{(field) => <textarea {...field} className="zj-input" rows={4} maxLength={5000} value={note} onChange={(event) => setNote(event.target.value)} />}</Field>
        {duty.sealed ? <Field pointer="/sealedBy" label="盖章岗位" hint="加盖单位公章的岗位，不写姓名。">{(field) => <input {...field} className="zj-input" maxLength={60} value={sealedBy} onChange={(event) => setSealedBy(event.target.value)} />}</Field> : null}
        {forBody ? <div className="zj-row"><Field pointer="/onBehalf/receivedOn" label="收件日期">{(field) => <DateInput {...field} today={today} value={(received ?? today) || null} onChange={setReceived} />}</Field><Field pointer="/onBehalf/reason" label="代录原因">{(field) => <input {...field} className="zj-input" maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field></div> : null}
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={send.pending}>登记</button></p>
      </FormShell>
    </Part>
  );
}
