import { DateInput, Field, useAnswer, useSubmission, type Answer } from '@zhijian/web';
import { useState } from 'react';
import { useSession, useToday } from '../app/session.js';
import { label } from './AppointForm.js';
import { ReasonButton } from './ReasonButton.js';
import { agencyWords } from './words.js';

export type Agency = Answer<'listAgencies'>['items'][number];

const usePeople = () => (useAnswer('listPeople', { query: { limit: 500 } }).data?.items ?? []).filter(({ state }) => state === 'active');

/** Registers an agency in one of one's places. */
export function NewAgency() {
  const { me, place } = useSession();
  const today = useToday();
  const people = usePeople();
  const [given, setGiven] = useState({ name: '', kind: 'commission' as Agency['kind'], jurisdiction: place?.code ?? '', head: '' });
  const [from, setFrom] = useState<string | null>(null);
  const create = useSubmission('createAgency');
  const set = (change: Partial<typeof given>) => setGiven({ ...given, ...change });
  const act = async (reason: string) => {
    const done = await create.send({ body: { name: given.name.trim(), kind: given.kind, jurisdictionId: given.jurisdiction, from: from ?? today, headPersonId: given.head || null, reason } });
    if (done) set({ name: '', head: '' });
    return done;
  };
  return (
    <p className="zj-actions">
      <ReasonButton label="登记机关" title="登记机关、单位" problem={create.problem} pending={create.pending} act={act}>
        <Field pointer="/name" label="名称">{(field) => <input {...field} className="zj-input" maxLength={80} value={given.name} onChange={(event) => set({ name: event.target.value })} />}</Field>
        <Field pointer="/kind" label="类别">{(field) => <select {...field} className="zj-input" value={given.kind} onChange={(event) => set({ kind: event.target.value as Agency['kind'] })}>{(Object.keys(agencyWords) as Agency['kind'][]).map((kind) => <option key={kind} value={kind}>{agencyWords[kind]}</option>)}</select>}</Field>
        <Field pointer="/jurisdictionId" label="辖区">{(field) => <select {...field} className="zj-input" value={given.jurisdiction} onChange={(event) => set({ jurisdiction: event.target.value })}>{me.places.map(({ code, name }) => <option key={code} value={code}>{name}（{code}）</option>)}</select>}</Field>
        <Field pointer="/headPersonId" label="负责人（可以后指定）">{(field) => <select {...field} className="zj-input" value={given.head} onChange={(event) => set({ head: event.target.value })}><option value="">未指定</option>{people.map((it) => <option key={it.personId} value={it.personId}>{label(it)}</option>)}</select>}</Field>
        <Field pointer="/from" label="自何日起">{(field) => <DateInput {...field} today={today} value={from ?? (today || null)} onChange={setFrom} />}</Field>
      </ReasonButton>
      {create.answer ? <span className="zj-note" role="status">已登记 {create.answer.name}。</span> : null}
    </p>
  );
}

/** Another head, another name, or its end. */
export function ChangeAgency({ agency }: { agency: Agency }) {
  const today = useToday();
  const people = usePeople();
  const [name, setName] = useState(agency.name);
  const [head, setHead] = useState(agency.head?.personId ?? '');
  const [to, setTo] = useState<string | null>(agency.to);
  const change = useSubmission('changeAgency');
  const act = (reason: string) => change.send({ params: { agencyId: agency.agencyId }, version: agency.version, body: { ...(name.trim() && name.trim() !== agency.name ? { name: name.trim() } : {}), ...(head && head !== agency.head?.personId ? { headPersonId: head } : {}), ...(to && to !== agency.to ? { to } : {}), reason } });
  return (
    <ReasonButton label="变更" title={`变更 ${agency.name}`} note="只改填写的几项。免职而未指定接任人时，未办事项由负责人接手。" problem={change.problem} pending={change.pending} act={act}>
      <Field pointer="/name" label="名称">{(field) => <input {...field} className="zj-input" maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />}</Field>
      <Field pointer="/headPersonId" label="负责人">{(field) => <select {...field} className="zj-input" value={head} onChange={(event) => setHead(event.target.value)}><option value="">不变</option>{people.map((it) => <option key={it.personId} value={it.personId}>{label(it)}</option>)}</select>}</Field>
      <Field pointer="/to" label="终止日期（存续的不填）">{(field) => <DateInput {...field} today={today} value={to} onChange={setTo} />}</Field>
    </ReasonButton>
  );
}

/** Hands one duty to another agency, from a day to a day. */
export function DelegateDuty({ agency, agencies }: { agency: Agency; agencies: readonly Agency[] }) {
  const today = useToday();
  const [duty, setDuty] = useState('');
  const [other, setOther] = useState('');
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const delegate = useSubmission('delegateDuty');
  const act = (reason: string) => delegate.send({ params: { agencyId: agency.agencyId }, version: agency.version, body: { duty: duty.trim(), toAgencyId: other, from: from ?? today, to, reason } });
  return (
    <ReasonButton label="委托职责" title={`委托 ${agency.name} 的职责`} note="委托有起止日期；长期委托可不填终止日期。" problem={delegate.problem} pending={delegate.pending} act={act}>
      <Field pointer="/duty" label="职责">{(field) => <input {...field} className="zj-input" maxLength={60} value={duty} onChange={(event) => setDuty(event.target.value)} />}</Field>
      <Field pointer="/toAgencyId" label="委托给">{(field) => <select {...field} className="zj-input" value={other} onChange={(event) => setOther(event.target.value)}><option value="">请选择</option>{agencies.filter(({ agencyId, to: until }) => agencyId !== agency.agencyId && (until === null || until >= today)).map((it) => <option key={it.agencyId} value={it.agencyId}>{it.name}（{it.jurisdictionName}）</option>)}</select>}</Field>
      <Field pointer="/from" label="自何日起">{(field) => <DateInput {...field} today={today} value={from ?? (today || null)} onChange={setFrom} />}</Field>
      <Field pointer="/to" label="至何日止（长期可不填）">{(field) => <DateInput {...field} today={today} value={to} onChange={setTo} />}</Field>
    </ReasonButton>
  );
}
