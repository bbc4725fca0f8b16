import { DateInput, Field, FormShell, institutionWords, Part, registrationWords, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { useSession, useToday } from '../app/session.js';
import type { Institution } from './institution.js';

type Kind = keyof typeof institutionWords;
/** What stands between enumeration commas. */
const listOf = (typed: string): string[] => typed.split(/[、；;]/u).map((it) => it.trim()).filter(Boolean);

/** Records a qualification, or its renewal; what stands now is kept. A published colour of the body stands above as a reference. */
export function LineForm({ institution }: { institution: Institution }) {
  const today = useToday();
  const { place } = useSession();
  const [kind, setKind] = useState<Kind>(institution.kind);
  const [number, setNumber] = useState('');
  const [issuer, setIssuer] = useState(place?.code ?? '');
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [categories, setCategories] = useState('');
  const [items, setItems] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const send = useSubmission('recordLine');
  const words = registrationWords(kind);
  const submit = () => {
    const wrong = from && to && to < from ? [{ path: '/to', message: '早于有效期起' }] : [];
    setErrors(wrong);
    if (wrong.length === 0) void send.send({ params: { institutionId: institution.institutionId }, body: { kind, number: number.trim() || null, issuer: issuer.trim() || null, from, to, categories: listOf(categories), items: listOf(items) } });
  };
  return (
    <Part title="登记资质" note="同一类资质再次登记的，为延续或者变更，原登记仍保留。办理时应参考该机构公开的颜色。">
      <FormShell label="登记资质" errors={errors} problem={send.problem} onSubmit={submit}>
        <div className="zj-row">
          <Field pointer="/kind" label="资质">{(field) => <select {...field} className="zj-input" value={kind} onChange={(event) => setKind(event.target.value as Kind)}>{Object.entries(institutionWords).map(([id, word]) => <option key={id} value={id}>{word}</option>)}</select>}</Field>
          <Field pointer="/number" label="证书编号">{(field) => <input {...field} className="zj-input" maxLength={60} value={number} onChange={(event) => setNumber(event.target.value)} />}</Field>
          <Field pointer="/issuer" label="发证机关所在地（区划代码）">{(field) => <input {...field} className="zj-input" maxLength={40} value={issuer} onChange={(event) => setIssuer(event.target.value)} />}</Field>
          <Field pointer="/from" label="有效期起">{(field) => <DateInput {...field} today={today} value={from} onChange={setFrom} />}</Field>
          <Field pointer="/to" label="有效期止">{(field) => <DateInput {...field} today={today} value={to} onChange={setTo} />}</Field>
        </div>
        <div className="zj-row">
          <Field pointer="/categories" label={`${words.categories}（用顿号隔开）`}>{(field) => <input {...field} className="zj-input" value={categories} onChange={(event) => setCategories(event.target.value)} />}</Field>
          <Field pointer="/items" label={`${words.items}（用顿号隔开）`}>{(field) => <input {...field} className="zj-input" value={items} onChange={(event) => setItems(event.target.value)} />}</Field>
        </div>
        <p className="zj-actions"><button type="submit" className="zj-button" disabled={send.pending}>登记资质</button></p>
      </FormShell>
    </Part>
  );
}
