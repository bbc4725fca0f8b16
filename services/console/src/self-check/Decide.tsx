import { DateInput, Field, FormShell, Part, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { useToday } from '../app/session.js';
import type { Report } from './report.js';

/** An officer accepts a report, moving a date of correction where needed, or returns it with reasons. */
export function Decide({ report, reload }: { report: Report; reload: () => void }) {
  const today = useToday();
  const [dates, setDates] = useState<Record<string, string | null>>({});
  const [reasons, setReasons] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const accept = useSubmission('acceptSelfCheck');
  const giveBack = useSubmission('returnSelfCheck');
  const params = { selfCheckId: report.selfCheckId };
  const dated = report.items.filter(({ correctedOn }) => !correctedOn);
  const doAccept = () => void accept.send({ params, version: report.version, body: { dates: Object.entries(dates).flatMap(([itemId, correctBy]) => (correctBy ? [{ itemId, correctBy }] : [])) } });
  const doReturn = () => {
    const list = reasons.split('\n').map((it) => it.trim()).filter(Boolean);
    setErrors(list.length ? [] : [{ path: '/reasons', message: '请写明退回理由' }]);
    if (list.length) void giveBack.send({ params, version: report.version, body: { reasons: list } });
  };
  return (
    <div className="zj-columns">
      <Part title="接收">
        <FormShell label="接收自查报告" problem={accept.problem} onSubmit={doAccept} reload={reload}>
          {dated.length ? <p className="zj-hint">可调整机构所报的整改期限；不调整即予认可。</p> : <p>接收后列入登记表。</p>}
          {dated.map(({ itemId, text, correctBy }) => <Field key={itemId} pointer={`/dates/${itemId}`} label={text} hint={`机构所报期限 ${correctBy ?? '—'}`}>{(field) => <DateInput {...field} today={today} value={dates[itemId] ?? null} onChange={(on) => setDates({ ...dates, [itemId]: on })} />}</Field>)}
          <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={accept.pending}>接收</button></p>
        </FormShell>
      </Part>
      <Part title="退回">
        <FormShell label="退回自查报告" errors={errors} problem={giveBack.problem} onSubmit={doReturn} reload={reload}>
          <Field pointer="/reasons" label="退回理由" hint="每行一条，机构在本页看到。" wide>{(field) => <textarea {...field} className="zj-input" value={reasons} onChange={(event) => setReasons(event.target.value)} />}</Field>
          <p className="zj-actions"><button type="submit" className="zj-button zj-danger" disabled={giveBack.pending}>退回</button></p>
        </FormShell>
      </Part>
    </div>
  );
}
