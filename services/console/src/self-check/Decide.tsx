import { DateInput, Field, FieldGroup, FormShell, Part, usePack, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { useToday } from '../app/session.js';
import { asksQuality, qualityWords, type Quality, type Report } from './report.js';

/** What the receiver says of the report as it was read: the pack draws consequences from it. */
function Judged({ quality, reason, onQuality, onReason }: { quality: Quality | null; reason: string; onQuality: (quality: Quality | null) => void; onReason: (reason: string) => void }) {
  return (
    <>
      <FieldGroup pointer="/judged" label="对报告的评价" hint="认定的须写明理由，方案规定的后果随之产生。">
        <div className="zj-choices">
          <label><input type="radio" name="judged" checked={quality === null} onChange={() => onQuality(null)} />没有敷衍了事、弄虚作假</label>
          {(Object.keys(qualityWords) as Quality[]).map((it) => <label key={it}><input type="radio" name="judged" checked={quality === it} onChange={() => onQuality(it)} />{qualityWords[it]}</label>)}
        </div>
      </FieldGroup>
      {quality ? <Field pointer="/judged/reason" label="认定的理由" hint="写明事实，不写个人姓名、证件号码。" wide>{(field) => <textarea {...field} className="zj-input" maxLength={500} value={reason} onChange={(event) => onReason(event.target.value)} />}</Field> : null}
    </>
  );
}

/** An officer accepts a report, moving a date of correction where needed, or returns it with reasons: also one that was accepted, when it has to be corrected. */
export function Decide({ report, reload }: { report: Report; reload: () => void }) {
  const today = useToday();
  const [dates, setDates] = useState<Record<string, string | null>>({});
  const asked = asksQuality(usePack().data);
  const [quality, setQuality] = useState<Quality | null>(null);
  const [because, setBecause] = useState('');
  const [wrong, setWrong] = useState<FieldError[]>([]);
  const [reasons, setReasons] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const accept = useSubmission('acceptSelfCheck');
  const giveBack = useSubmission('returnSelfCheck');
  const params = { selfCheckId: report.selfCheckId };
  const dated = report.items.filter(({ correctedOn }) => !correctedOn);
  const set = dated.flatMap(({ itemId }) => { const correctBy = dates[itemId]; return correctBy ? [{ itemId, correctBy }] : []; });
  const pointerOf = (itemId: string): string => { const at = set.findIndex((one) => one.itemId === itemId); return at < 0 ? `/own/${itemId}` : `/dates/${at}`; };
  const doAccept = () => {
    const reason = because.trim();
    setWrong(quality && !reason ? [{ path: '/judged/reason', message: `认定${qualityWords[quality]}的，请写明理由` }] : []);
    if (!quality || reason) void accept.send({ params, version: report.version, body: { dates: set, judged: quality ? { quality, reason } : null } });
  };
  const doReturn = () => {
    const list = reasons.split('\n').map((it) => it.trim()).filter(Boolean);
    setErrors(list.length ? [] : [{ path: '/reasons', message: '请写明退回理由' }]);
    if (list.length) void giveBack.send({ params, version: report.version, body: { reasons: list } });
  };
  return (
    <div className="zj-columns">
      {report.state === 'submitted' ? <Part title="接收">
        <FormShell label="接收自查报告" errors={wrong} problem={accept.problem} onSubmit={doAccept} reload={reload}>
          {dated.length ? <p className="zj-hint">可调整机构所报的整改期限；不调整即予认可。</p> : <p>接收后列入登记表。</p>}
          {dated.map(({ itemId, text, correctBy }) => <Field key={itemId} pointer={pointerOf(itemId)} label={text} hint={`机构所报期限 ${correctBy ?? '—'}`}>{(field) => <DateInput {...field} today={today} value={dates[itemId] ?? null} onChange={(on) => setDates({ ...dates, [itemId]: on })} />}</Field>)}
          {asked ? <Judged quality={quality} reason={because} onQuality={setQuality} onReason={setBecause} /> : null}
          <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={accept.pending}>接收</button></p>
        </FormShell>
      </Part> : null}
      <Part title="退回">
        <FormShell label="退回自查报告" errors={errors} problem={giveBack.problem} onSubmit={doReturn} reload={reload}>
          <Field pointer="/reasons" label="退回理由" hint="每行一条，机构在本页看到。" wide>{(field) => <textarea {...field} className="zj-input" value={reasons} onChange={(event) => setReasons(event.target.value)} />}</Field>
          <p className="zj-actions"><button type="submit" className="zj-button zj-danger" disabled={giveBack.pending}>退回</button></p>
        </FormShell>
      </Part>
    </div>
  );
}
