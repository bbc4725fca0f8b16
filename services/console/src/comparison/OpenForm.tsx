import { Field, FormShell, Part, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { decimalFault, fixedWords, type Round } from './comparison.js';

type Fixed = keyof typeof fixedWords;

/** What the scheme leaves to be fixed is fixed now, before anybody has reported, and sealed. */
export function OpenForm({ round }: { round: Round }) {
  const [values, setValues] = useState<Record<string, string>>({});
  const [errors, setErrors] = useState<FieldError[]>([]);
  const open = useSubmission('openComparison');
  const asked = round.measurands.filter(({ toFix }) => toFix.length > 0);
  const of = (measurand: string, name: Fixed): string => (values[`${measurand} ${name}`] ?? '').trim();
  const submit = () => {
    const wrong = asked.flatMap(({ id, title, toFix }, at) => toFix.flatMap((name) => { const fault = decimalFault(of(id, name), 6); return fault ? [{ path: `/fixed/${at}/${name}`, message: `“${title}”的${fixedWords[name]}${fault}` }] : []; }));
    setErrors(wrong);
    if (!wrong.length) void open.send({ params: { roundId: round.roundId }, body: { fixed: asked.map(({ id, toFix }) => ({ measurand: id, ...Object.fromEntries(toFix.map((name) => [name, of(id, name)])) })) } });
  };
  return (
    <Part title="启动比对" note="启动后名单固定，逐家编发实验室编号。事先确定的数值在启动时封存：此时记下其摘要，评定时公开，可以核对未曾改动。">
      <FormShell label="启动比对" errors={errors} problem={open.problem} onSubmit={submit}>
        {asked.length === 0 ? <p className="zj-soft">方案没有须在启动时确定的数值。</p> : asked.map(({ id, title, unit, toFix }, at) => (
          <div className="zj-row" key={id}>{toFix.map((name) => <Field key={name} pointer={`/fixed/${at}/${name}`} label={`${title}${fixedWords[name]}（${unit}）`}>{(field) => <input {...field} className="zj-input" inputMode="decimal" autoComplete="off" value={values[`${id} ${name}`] ?? ''} onChange={(event) => setValues((before) => ({ ...before, [`${id} ${name}`]: event.target.value }))} />}</Field>)}</div>
        ))}
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={open.pending}>启动比对</button></p>
      </FormShell>
    </Part>
  );
}
