import { Field, FieldGroup, useAnswer } from '@zhijian/web';
import { useState, type ReactNode } from 'react';
import { namesIn } from '../check/check.js';

const label = '执法人员';

/**
 * Who is on a check: chosen among those in office at the place that day, or their certificates' numbers where fewer than two
 * are known. Until the answer is here there is nothing to fill in: it would be lost.
 * @param on the day of the check; empty while it is not known
 */
export function useInspectors(place: string, on: string): { inspectors: string[]; asking: boolean; field: ReactNode } {
  const [numbers, setNumbers] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const answer = useAnswer('listOfficers', { query: { place, ...(on ? { on } : {}) } }, { enabled: on !== '' });
  if (!answer.data && !answer.error) return { inspectors: [], asking: true, field: <FieldGroup pointer="/inspectors" label={label} hint={on ? '正在查询当日在该辖区任职的人员…' : '请先填写检查日期。'}><span /></FieldGroup> };
  const known = answer.data?.items ?? [];
  if (known.length < 2) {
    const field = <Field pointer="/inspectors" label={label} hint="至少两名，填执法证号，用空格或逗号分开。" wide>{(input) => <input {...input} className="zj-input" value={numbers} onChange={(event) => setNumbers(event.target.value)} />}</Field>;
    return { inspectors: namesIn(numbers), asking: false, field };
  }
  const turn = (account: string) => setChosen(chosen.includes(account) ? chosen.filter((it) => it !== account) : [...chosen, account]);
  const field = <FieldGroup pointer="/inspectors" label={label} hint="至少两名，从当日在该辖区任职的人员中选择。"><div className="zj-choices">{known.map(({ account, label: person }) => <label key={account}><input type="checkbox" checked={chosen.includes(account)} onChange={() => turn(account)} />{person}</label>)}</div></FieldGroup>;
  return { inspectors: chosen.filter((account) => known.some((it) => it.account === account)), asking: false, field };
}
