import { Field, FormShell, Part, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { daysIn } from './calendar.js';

/** A notice as printed: its year, its number, the days off, the weekends that are worked. */
export function NoticeForm({ today }: { today: string }) {
  const [year, setYear] = useState('');
  const [number, setNumber] = useState('');
  const [title, setTitle] = useState('');
  const [off, setOff] = useState('');
  const [workdays, setWorkdays] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const propose = useSubmission('proposeCalendarNotice');
  const navigate = useNavigate();
  const next = today ? String(Number(today.slice(0, 4)) + 1) : '';
  const submit = async () => {
    const [free, worked] = [daysIn(off), daysIn(workdays)];
    const wrong = [
      ...(/^\d{4}$/.test(year) ? [] : [{ path: '/year', message: '请填写年份' }]), ...(free.wrong.length ? [{ path: '/off', message: `看不懂：${free.wrong.join('、')}` }] : free.days.length ? [] : [{ path: '/off', message: '请填写放假的日子' }]),
      ...(worked.wrong.length ? [{ path: '/workdays', message: `看不懂：${worked.wrong.join('、')}` }] : []),
    ];
    setErrors(wrong);
    const sent = wrong.length ? null : await propose.send({ body: { year: Number(year), number: number.trim() || null, ...(title.trim() ? { title: title.trim() } : {}), off: free.days, workdays: worked.days } });
    if (sent) void navigate(`?notice=${sent.noticeId}`);
  };
  return (
    <Part title="录入放假通知" note="录入后先看会变动哪些期限，再决定是否确认。">
      <FormShell label="录入放假通知" errors={errors} problem={propose.problem} onSubmit={() => void submit()}>
        <div className="zj-row">
          <Field pointer="/year" label="年份">{(field) => <input {...field} className="zj-input calendar-number" inputMode="numeric" maxLength={4} placeholder={next} value={year} onChange={(event) => setYear(event.target.value)} />}</Field>
          <Field pointer="/number" label="文号（可不填）">{(field) => <input {...field} className="zj-input" maxLength={60} value={number} onChange={(event) => setNumber(event.target.value)} />}</Field>
          <Field pointer="/title" label="标题（可不填）">{(field) => <input {...field} className="zj-input" maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />}</Field>
        </div>
        <Field pointer="/off" label="放假的日子" hint="一段日子写作 2027-05-01 至 2027-05-05；几段之间用逗号或换行隔开。" wide>{(field) => <textarea {...field} className="zj-input" value={off} onChange={(event) => setOff(event.target.value)} />}</Field>
        <Field pointer="/workdays" label="调休上班的周六、周日" hint="没有的不填。" wide>{(field) => <textarea {...field} className="zj-input" rows={2} value={workdays} onChange={(event) => setWorkdays(event.target.value)} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={propose.pending}>录入并预览</button></p>
      </FormShell>
    </Part>
  );
}
