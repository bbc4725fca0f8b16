import { Field, groupedCode, institutionWord, Shown, useAnswer, usePack, type BodyInput } from '@zhijian/web';
import { useState } from 'react';
import { scopeWords } from '../campaign/campaign.js';
import type { Unit } from '../unit/unit.js';

export interface Chosen { institutionId: string | null; unregistered: BodyInput<'openVisit'>['unregistered'] }
interface Picking { chosen: Chosen; onChoose: (chosen: Chosen) => void }

/** A body of this district's roster. */
function OfRoster({ unit, chosen, onChoose }: Picking & { unit: Unit }) {
  return (
    <Field pointer="/institutionId" label="机构" wide>
      {(field) => <select {...field} className="zj-input" value={chosen.institutionId ?? ''} onChange={(event) => onChoose({ institutionId: event.target.value || null, unregistered: null })}>
        <option value="">请选择</option>
        {unit.institutions.filter(({ state }) => state === 'in').map(({ institutionId, name, visits }) => <option key={institutionId} value={institutionId}>{name}{visits ? `（已检查 ${visits} 次）` : ''}</option>)}
      </select>}
    </Field>
  );
}

/** Any registered body, wherever it is filed, found by name or code. */
function OfRegister({ chosen, onChoose }: Picking) {
  const [words, setWords] = useState('');
  const registration = scopeWords(usePack().data);
  const found = useAnswer('listVisitSubjects', { query: { q: words.trim(), limit: 20 } }, { enabled: words.trim().length >= 2 });
  return (
    <>
      <Field pointer="/institutionId" label="在名录中查找" hint="名称或统一社会信用代码，至少两个字。" wide>{(field) => <input {...field} className="zj-input" value={words} onChange={(event) => setWords(event.target.value)} />}</Field>
      {words.trim().length < 2 ? null : <Shown of={found} what="名录">{({ items }) => (items.length ? (
        <div className="zj-choices subject-list">{items.map(({ institutionId, name, creditCode, kind, jurisdiction, filedIn }) => <label key={institutionId}><input type="radio" name="subject" checked={chosen.institutionId === institutionId} onChange={() => onChoose({ institutionId, unregistered: null })} />{name}（{institutionWord(kind)}，{filedIn ? `${registration.title}地 ${filedIn}` : `登记地 ${jurisdiction}，${registration.lacking}`}，{groupedCode(creditCode)}）</label>)}</div>
      ) : <p>名录中没有这样的机构；确属{registration.lacking}的，请勾选上面一项后填写。</p>)}</Shown>}
    </>
  );
}

/** Somebody who practises without being filed. */
function Unregistered({ chosen, onChoose }: Picking) {
  const it = chosen.unregistered ?? { name: '', address: '', creditCode: null };
  const put = (more: Partial<typeof it>) => onChoose({ institutionId: null, unregistered: { ...it, ...more } });
  return (
    <>
      <Field pointer="/unregistered/name" label="检查对象名称" wide>{(field) => <input {...field} className="zj-input" maxLength={120} value={it.name} onChange={(event) => put({ name: event.target.value })} />}</Field>
      <Field pointer="/unregistered/address" label="地址" wide>{(field) => <input {...field} className="zj-input" maxLength={200} value={it.address} onChange={(event) => put({ address: event.target.value })} />}</Field>
      <Field pointer="/unregistered/creditCode" label="统一社会信用代码（可不填）">{(field) => <input {...field} className="zj-input" maxLength={40} value={it.creditCode ?? ''} onChange={(event) => put({ creditCode: event.target.value || null })} />}</Field>
    </>
  );
}

/** Whom to check: of the roster, or for an extension check anybody, filed or not. */
export function SubjectPicker({ unit, extension, ...picking }: Picking & { unit: Unit; extension: boolean }) {
  if (!extension) return <OfRoster unit={unit} {...picking} />;
  const words = scopeWords(usePack().data);
  const without = picking.chosen.unregistered !== null;
  return (
    <>
      <label className="zj-check"><input type="checkbox" checked={without} onChange={(event) => picking.onChoose({ institutionId: null, unregistered: event.target.checked ? { name: '', address: '' } : null })} />检查对象{words.lacking}，不在名录中</label>
      {without ? <Unregistered {...picking} /> : <OfRegister {...picking} />}
    </>
  );
}
