import { DateInput, Field, FieldGroup, FormShell, Part, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { useToday } from '../app/session.js';
import { blankItem, wrongIn, type Duty, type ItemDraft } from './rectification.js';

function Item({ item, at, today, put, drop }: { item: ItemDraft; at: number; today: string; put: (change: Partial<ItemDraft>) => void; drop?: (() => void) | undefined }) {
  const of = (name: string) => `/items/${at}/${name}`;
  return (
    <FieldGroup pointer={`/items/${at}`} label={`问题 ${at + 1}`}>
      <Field pointer={of('problem')} label="存在的问题" wide>{(field) => <textarea {...field} className="zj-input" rows={2} maxLength={500} value={item.problem} onChange={(event) => put({ problem: event.target.value })} />}</Field>
      <Field pointer={of('measure')} label="整改措施" wide>{(field) => <textarea {...field} className="zj-input" rows={2} maxLength={500} value={item.measure} onChange={(event) => put({ measure: event.target.value })} />}</Field>
      <div className="zj-row">
        <Field pointer={of('correctedOn')} label="已于何日整改">{(field) => <DateInput {...field} today={today} value={item.correctedOn} onChange={(on) => put({ correctedOn: on })} />}</Field>
        <Field pointer={of('correctBy')} label="尚未整改的，何日以前">{(field) => <DateInput {...field} today={today} value={item.correctBy} onChange={(on) => put({ correctBy: on })} />}</Field>
        {drop ? <button type="button" className="zj-button" onClick={drop}>删去这个问题</button> : null}
      </div>
    </FieldGroup>
  );
}

/** The body hands its report in; an officer enters one from sealed paper. Handing in again takes the place of what nobody has decided. */
export function ReportForm({ duty, officer }: { duty: Duty; officer: boolean }) {
  const today = useToday();
  const [summary, setSummary] = useState('');
  const [items, setItems] = useState<readonly ItemDraft[]>([blankItem()]);
  const [sealedBy, setSealedBy] = useState('');
  const [received, setReceived] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const send = useSubmission('submitRectification');
  const put = (at: number, change: Partial<ItemDraft>) => setItems(items.map((item, index) => (index === at ? { ...item, ...change } : item)));
  const submit = () => {
    const wrong = [...wrongIn({ summary, items, sealedBy }, today), ...(officer && !reason.trim() ? [{ path: '/onBehalf/reason', message: '请写明代录原因' }] : [])];
    setErrors(wrong);
    if (wrong.length) return;
    void send.send({ params: { rectificationId: duty.rectificationId }, body: { summary: summary.trim(), items: items.map((item) => ({ ...item })), sealedBy: sealedBy.trim(), onBehalf: officer ? { receivedOn: received ?? today, reason: reason.trim() } : null } });
  };
  const title = officer ? '代录纸质整改报告' : duty.history.length ? '重新提交整改报告' : '提交整改报告';
  return (
    <Part title={title} note={officer ? '纸质报告以收件日期计算是否逾期。' : '提交后由审核机关审核；审核以前可以再次提交，后报替代前报。'}>
      <FormShell label={title} errors={errors} problem={send.problem} onSubmit={submit}>
        <Field pointer="/summary" label="整改情况" wide>{(field) => <textarea {...field} className="zj-input" rows={5} maxLength={5000} value={summary} onChange={(event) => setSummary(event.target.value)} />}</Field>
        {items.map((item, at) => <Item key={at} item={item} at={at} today={today} put={(change) => put(at, change)} drop={items.length > 1 ? () => setItems(items.filter((_, index) => index !== at)) : undefined} />)}
        <p className="zj-actions"><button type="button" className="zj-button" onClick={() => setItems([...items, blankItem()])}>再加一个问题</button></p>
        <Field pointer="/sealedBy" label="盖章岗位" hint="加盖单位公章的岗位，不写姓名。">{(field) => <input {...field} className="zj-input" maxLength={60} value={sealedBy} onChange={(event) => setSealedBy(event.target.value)} />}</Field>
        {officer ? (
          <div className="zj-row">
            <Field pointer="/onBehalf/receivedOn" label="收件日期">{(field) => <DateInput {...field} today={today} value={(received ?? today) || null} onChange={setReceived} />}</Field>
            <Field pointer="/onBehalf/reason" label="代录原因">{(field) => <input {...field} className="zj-input" maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
          </div>
        ) : null}
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={send.pending}>{officer ? '代录' : '提交'}</button></p>
      </FormShell>
    </Part>
  );
}
