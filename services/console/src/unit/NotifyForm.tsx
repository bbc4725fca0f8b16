import { DateInput, Field, FieldGroup, FormShell, useSubmission, type BodyInput, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { useToday } from '../app/session.js';
import { packWord } from '../pack/words.js';
import type { Unit } from './unit.js';

type Body = BodyInput<'notifyInstitutions'>;
const meetings: readonly Body['means'][] = ['meeting-online', 'meeting-on-site'];

/** Tells every body what is asked of it, in a way the pack names; at a meeting, on line or not, attendance is recorded. */
export function NotifyForm({ unit }: { unit: Unit }) {
  const today = useToday();
  const bodies = unit.institutions.filter(({ state }) => state === 'in');
  const waiting = bodies.filter(({ notifiedOn }) => !notifiedOn).length;
  const [way, setWay] = useState<Body['means'] | undefined>(unit.notificationModes[0]);
  const [on, setOn] = useState<string | null>(null);
  const [absent, setAbsent] = useState<readonly string[]>([]);
  const [note, setNote] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const notify = useSubmission('notifyInstitutions');
  const held = on ?? today;
  const met = way !== undefined && meetings.includes(way);
  const attended = met ? bodies.map(({ institutionId }) => institutionId).filter((id) => !absent.includes(id)) : [];
  const submit = () => {
    const wrong = held ? [] : [{ path: '/on', message: '请填写通知日期' }];
    setErrors(wrong);
    if (way && !wrong.length) void notify.send({ params: { campaignId: unit.campaign.campaignId, unit: unit.code }, body: { means: way, on: held, institutions: 'all', attended, note } });
  };
  return (
    <FormShell label="通知机构" errors={errors} problem={notify.problem} onSubmit={submit}>
      <p>名单内 {bodies.length} 家，尚未通知 <strong>{waiting}</strong> 家。{notify.answer ? <span role="status"> 本次通知 {notify.answer.notified} 家，签收 {notify.answer.acknowledged} 家，余 {notify.answer.remaining} 家。</span> : null}</p>
      <FieldGroup pointer="/means" label="通知方式">
        <div className="zj-choices">{unit.notificationModes.map((value) => <label key={value}><input type="radio" name="means" checked={way === value} onChange={() => setWay(value)} />{packWord(value)}</label>)}</div>
      </FieldGroup>
      <Field pointer="/on" label="日期">{(field) => <DateInput {...field} today={today} value={held || null} onChange={setOn} />}</Field>
      {met ? (
        <FieldGroup pointer="/attended" label={`到会机构（${attended.length}/${bodies.length}）`} hint="到会即视为签收；未到会的仍记为已通知、待签收。">
          <div className="zj-choices attendance">{bodies.map(({ institutionId, name }) => <label key={institutionId}><input type="checkbox" checked={!absent.includes(institutionId)} onChange={(event) => setAbsent(event.target.checked ? absent.filter((id) => id !== institutionId) : [...absent, institutionId])} />{name}</label>)}</div>
        </FieldGroup>
      ) : null}
      <Field pointer="/note" label="备注（可不填）">{(field) => <input {...field} className="zj-input" maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />}</Field>
      <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={notify.pending}>通知全部机构</button></p>
    </FormShell>
  );
}
