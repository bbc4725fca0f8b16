import { CountedDays, DateInput, Field, FormShell, ProblemNote, useAnswer, type FieldError } from '@zhijian/web';
import { useState } from 'react';

const lengths = [['workingDays', '个工作日'], ['days', '日'], ['months', '个月'], ['years', '年']] as const;
type Length = (typeof lengths)[number][0];

/** Reckons a period as the system does, and shows the days that were counted. */
export function Calculator({ today }: { today: string }) {
  const [from, setFrom] = useState<string | null>(null);
  const [unit, setUnit] = useState<Length>('workingDays');
  const [number, setNumber] = useState('5');
  const [roll, setRoll] = useState<'none' | 'forward'>('none');
  const [asked, setAsked] = useState<{ from: string; roll: 'none' | 'forward' } & Partial<Record<Length, number>> | null>(null);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const answer = useAnswer('explainDue', asked ? { query: asked } : {}, { enabled: asked !== null });
  const start = from ?? today;
  const submit = () => {
    const wrong = [...(start ? [] : [{ path: '/from', message: '请填写事件发生之日' }]), ...(/^\d{1,5}$/.test(number.trim()) ? [] : [{ path: '/length', message: '请填写期限的长度（不小于 0 的整数）' }])];
    setErrors(wrong);
    if (!wrong.length) setAsked({ from: start, [unit]: Number(number), roll });
  };
  const said = answer.data;
  return (
    <>
      <FormShell label="计算期限" errors={errors} problem={null} onSubmit={submit}>
        <div className="zj-row">
          <Field pointer="/from" label="事件发生之日">{(field) => <DateInput {...field} today={today} value={start || null} onChange={setFrom} />}</Field>
          <Field pointer="/length" label="期限">{(field) => <input {...field} className="zj-input calendar-number" inputMode="numeric" value={number} onChange={(event) => setNumber(event.target.value)} />}</Field>
          <Field pointer="/unit" label="单位">{(field) => <select {...field} className="zj-input" value={unit} onChange={(event) => setUnit(event.target.value as Length)}>{lengths.map(([id, word]) => <option key={id} value={id}>{word}</option>)}</select>}</Field>
          <Field pointer="/roll" label="末日遇休息日">{(field) => <select {...field} className="zj-input" value={roll} onChange={(event) => setRoll(event.target.value as typeof roll)}><option value="none">不顺延</option><option value="forward">顺延至下一工作日</option></select>}</Field>
          <button type="submit" className="zj-button zj-primary">计算</button>
        </div>
      </FormShell>
      {answer.isError ? <ProblemNote error={answer.error} again={() => void answer.refetch()} reading="期限" /> : null}
      {said ? (
        <div role="status" className="calendar-answer">
          <p>期限至 <strong>{said.on} 24:00</strong>{said.firm ? '' : '（暂定）'}。{said.because}</p>
          {said.counted.length ? <details open={said.counted.length <= 40}><summary>计入的日子（{said.counted.length}）</summary><CountedDays days={said.counted} /></details> : null}
          <p className="zj-hint">节假日安排版本 {said.calendar}</p>
        </div>
      ) : null}
    </>
  );
}
