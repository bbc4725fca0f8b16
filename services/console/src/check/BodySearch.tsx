import { Field, useAnswer } from '@zhijian/web';
import { useState } from 'react';

/** Whom it is about: chosen from the register by name or code. */
export function BodySearch({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const [words, setWords] = useState('');
  const known = useAnswer('getInstitution', { params: { institutionId: value } }, { enabled: value !== '' });
  const found = useAnswer('listInstitutions', { query: { q: words.trim(), limit: 20 } }, { enabled: words.trim().length >= 2 });
  const items = [...(known.data ? [known.data] : []), ...(found.data?.items ?? [])].filter((one, at, all) => all.findIndex(({ institutionId }) => institutionId === one.institutionId) === at);
  return (
    <div className="zj-row">
      <label>查找机构<input className="zj-input" type="search" placeholder="名称或统一社会信用代码" value={words} onChange={(event) => setWords(event.target.value)} /></label>
      <Field pointer="/institutionId" label="机构">{(field) => <select {...field} className="zj-input" value={value} onChange={(event) => onChange(event.target.value)}><option value="">请选择</option>{items.map(({ institutionId, name }) => <option key={institutionId} value={institutionId}>{name}</option>)}</select>}</Field>
    </div>
  );
}
