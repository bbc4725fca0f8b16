import { DateInput, DateNote, Field, fieldId, FormShell, moment, useSubmission } from '@zhijian/web';
import { useState } from 'react';
import { useToday } from '../app/session.js';
import type { Unit } from './unit.js';

type Dates = Record<string, string | null>;
const datesOf = (plan: Unit['plan']): Dates => Object.fromEntries(plan.dates.map(({ duty, on }) => [duty, on]));

/** The district's own plan. What another person saved meanwhile is never overwritten: it is said, and can be loaded. */
export function PlanEditor({ unit, mayEdit, fresh }: { unit: Unit; mayEdit: boolean; fresh: () => Promise<Unit | undefined> }) {
  const today = useToday();
  const [seen, setSeen] = useState(unit.plan.version);
  const [text, setText] = useState(unit.plan.text);
  const [dates, setDates] = useState(datesOf(unit.plan));
  const save = useSubmission('filePlan');
  const own = unit.stages.flatMap((stage) => stage.duties).filter(({ dueOn }) => dueOn);
  const sent = Object.entries(dates).flatMap(([duty, on]) => (on ? [{ duty, on }] : []));
  const pointerOf = (duty: string): string => {
    const place = sent.findIndex((it) => it.duty === duty);
    return place < 0 ? `/own/${duty}` : `/dates/${place}`;
  };
  const submit = async (file: boolean) => {
    const saved = await save.send({ params: { campaignId: unit.campaign.campaignId, unit: unit.code }, body: { text, dates: sent, file }, version: seen });
    if (saved) setSeen(saved.version);
    else void fresh();
  };
  const reload = async () => {
    const { plan } = (await fresh()) ?? unit;
    setSeen(plan.version);
    setText(plan.text);
    setDates(datesOf(plan));
    save.clear();
  };
  const filed = save.answer?.filedAt ?? unit.plan.filedAt;
  return (
    <FormShell label="实施方案" problem={save.problem} onSubmit={() => void submit(false)} reload={() => void reload()}>
      <p>{filed ? `已于 ${moment(filed)} 报送。` : '尚未报送。方案随登记表一并报送，不影响其他工作的进行。'}{save.answer ? <span role="status"> 已保存（第 {save.answer.version} 版）。</span> : null}</p>
      {save.problem?.status === 412 && unit.plan.version !== seen ? <details><summary>查看他人保存的第 {unit.plan.version} 版</summary><pre className="plan-other">{unit.plan.text}</pre></details> : null}
      <Field pointer="/text" label="方案正文" wide>{(field) => <textarea {...field} className="zj-input" rows={8} maxLength={20000} disabled={!mayEdit} value={text} onChange={(event) => setText(event.target.value)} />}</Field>
      <fieldset className="zj-group" id={fieldId('/dates')} tabIndex={-1}>
        <legend>本辖区自定日期</legend>
        <p className="zj-hint">只能早于或等于市级期限；留空即按市级期限。</p>
        <div className="own-dates">{own.map(({ id, title, dueOn, firm, because, clauses }) => (
          <Field key={id} pointer={pointerOf(id)} label={title} hint={<>{unit.plan.dates.some(({ duty }) => duty === id) ? '本辖区现行期限' : '市级期限'} {dueOn}<DateNote because={because} clauses={clauses} calendar={unit.calendar} firm={firm} /></>}>{(field) => <DateInput {...field} disabled={!mayEdit} today={today} value={dates[id] ?? null} onChange={(on) => setDates({ ...dates, [id]: on })} />}</Field>
        ))}</div>
      </fieldset>
      {mayEdit ? (
        <p className="zj-actions">
          <button type="submit" className="zj-button" disabled={save.pending}>保存</button>
          <button type="button" className="zj-button zj-primary" disabled={save.pending} onClick={() => void submit(true)}>保存并报送</button>
        </p>
      ) : null}
    </FormShell>
  );
}
