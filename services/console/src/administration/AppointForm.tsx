import { DateInput, Field, FormShell, Part, roleWords, useAnswer, useSubmission, type Answer, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { useSession, useToday, type Role } from '../app/session.js';

const roleNames = Object.keys(roleWords) as Role[];

/** Appoints somebody to a role in a place, for a time and with a reason. */
export function AppointForm({ personId }: { personId: string | null }) {
  const { me, place } = useSession();
  const today = useToday();
  const people = useAnswer('listPeople', { query: { limit: 500 } }).data?.items ?? [];
  const agencies = useAnswer('listAgencies').data?.items ?? [];
  const [given, setGiven] = useState({ person: personId ?? '', role: 'county' as Role, jurisdiction: place?.code ?? '', agency: '', institutionId: '', institutionName: '', reason: '' });
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const grant = useSubmission('grantAppointment');
  const set = (change: Partial<typeof given>) => setGiven({ ...given, ...change });
  const ofBody = given.role === 'institution' || given.role === 'institution-head';
  const submit = async () => {
    const wrong = [...(given.person ? [] : [{ path: '/personId', message: '请选择人员' }]), ...(given.reason.trim() ? [] : [{ path: '/reason', message: '请写明理由' }]), ...(ofBody && !given.institutionId.trim() ? [{ path: '/institutionId', message: '请填写机构编号' }] : [])];
    setErrors(wrong);
    if (wrong.length) return;
    const institution = ofBody ? { institutionId: given.institutionId.trim(), institutionName: given.institutionName.trim() || null } : {};
    if (await grant.send({ body: { personId: given.person, role: given.role, jurisdictionId: given.jurisdiction, agencyId: given.agency || null, from: from ?? today, to, reason: given.reason.trim(), ...institution } })) set({ reason: '' });
  };
  return (
    <Part title="任命" note="任职有起止日期和理由；不得任命自己；系统管理员、安全管理员、审计管理员三职互斥。">
      <FormShell label="任命" errors={errors} problem={grant.problem} onSubmit={() => void submit()}>
        <Field pointer="/personId" label="人员">{(field) => <select {...field} className="zj-input" value={given.person} onChange={(event) => set({ person: event.target.value })}><option value="">请选择</option>{people.map((it) => <option key={it.personId} value={it.personId}>{label(it)}</option>)}</select>}</Field>
        <Field pointer="/role" label="角色">{(field) => <select {...field} className="zj-input" value={given.role} onChange={(event) => set({ role: event.target.value as Role })}>{roleNames.map((role) => <option key={role} value={role}>{roleWords[role]}</option>)}</select>}</Field>
        <Field pointer="/jurisdictionId" label="辖区">{(field) => <select {...field} className="zj-input" value={given.jurisdiction} onChange={(event) => set({ jurisdiction: event.target.value, agency: '' })}>{me.places.map(({ code, name }) => <option key={code} value={code}>{name}（{code}）</option>)}</select>}</Field>
        <Field pointer="/agencyId" label="所在机关（可不选）">{(field) => <select {...field} className="zj-input" value={given.agency} onChange={(event) => set({ agency: event.target.value })}><option value="">不指明</option>{agencies.filter(({ jurisdictionId }) => jurisdictionId === given.jurisdiction).map(({ agencyId, name }) => <option key={agencyId} value={agencyId}>{name}</option>)}</select>}</Field>
        {ofBody ? <Field pointer="/institutionId" label="机构编号">{(field) => <input {...field} className="zj-input" value={given.institutionId} onChange={(event) => set({ institutionId: event.target.value })} />}</Field> : null}
        {ofBody ? <Field pointer="/institutionName" label="机构名称">{(field) => <input {...field} className="zj-input" value={given.institutionName} onChange={(event) => set({ institutionName: event.target.value })} />}</Field> : null}
        <Field pointer="/from" label="起始日期">{(field) => <DateInput {...field} today={today} value={from ?? (today || null)} onChange={setFrom} />}</Field>
        <Field pointer="/to" label="终止日期（长期可不填）">{(field) => <DateInput {...field} today={today} value={to} onChange={setTo} />}</Field>
        <Field pointer="/reason" label="理由" wide>{(field) => <textarea {...field} className="zj-input" maxLength={300} value={given.reason} onChange={(event) => set({ reason: event.target.value })} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={grant.pending}>任命</button></p>
        {grant.answer ? <p className="zj-note" role="status">已任命 {grant.answer.person} 为{roleWords[grant.answer.role]}（{grant.answer.jurisdictionName}），五秒内生效。</p> : null}
      </FormShell>
    </Part>
  );
}

export const label = ({ name, accounts }: Pick<Answer<'registerPerson'>, 'name' | 'accounts'>): string => (name ? `${name}（${accounts.join('、')}）` : accounts.join('、'));
