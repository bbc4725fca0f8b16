import { call, Field, FormShell, ProblemError, useSubmission, type FieldError } from '@zhijian/web';
import { useEffect, useMemo, useState } from 'react';
import { countFaults, entryOf, grouped, toFields, typedOf, type Entry, type IndicatorSet, type Outcome, type Sheet, type Typed } from './evaluation.js';
import { ItemRow } from './ItemRow.js';
import { Total } from './Total.js';

/** What the entries typed so far would come to; asked a little after the last key. */
function useTrial(planId: string, entries: readonly Entry[], first: Outcome): Outcome {
  const [outcome, setOutcome] = useState(first);
  const typed = JSON.stringify(entries);
  useEffect(() => {
    const gone = new AbortController();
    const timer = setTimeout(() => {
      call('tryEvaluation', { params: { planId }, body: { entries: JSON.parse(typed) as Entry[] }, signal: gone.signal }).then(setOutcome, (error: unknown) => { if (!(error instanceof ProblemError) && !gone.signal.aborted) throw error; });
    }, 300);
    return () => { clearTimeout(timer); gone.abort(); };
  }, [planId, typed]);
  return outcome;
}

/** A sheet while it is being filled in; what is typed stays until it is kept. */
export function SheetForm({ sheet, set, reload, readOnly }: { sheet: Sheet; set: IndicatorSet; reload: () => void; readOnly: boolean }) {
  const [served, setServed] = useState(sheet.served);
  const [typed, setTyped] = useState<Record<string, Typed>>(() => Object.fromEntries(set.items.map((item) => [item.id, typedOf(item, sheet.entries.find((entry) => entry.item === item.id))])));
  const [errors, setErrors] = useState<FieldError[]>([]);
  const begin = useSubmission('beginEvaluation');
  const edit = useSubmission('editEvaluation');
  const entries = useMemo(() => set.items.flatMap((item) => entryOf(item, typed[item.id]!) ?? []), [set, typed]);
  const outcome = useTrial(sheet.planId, entries, sheet.outcome);
  const scored = new Map(outcome.items.map((one) => [one.item, one]));
  const problem = begin.problem ?? edit.problem;
  const told = problem && !errors.length ? toFields(problem.problem.errors, entries) : errors;
  const live = outcome.faults.map(({ item, part, message }) => ({ path: `/entries/${item}/${part}`, message }));
  const submit = () => {
    const wrong = served ? set.items.flatMap((item) => countFaults(item, typed[item.id]!)) : [];
    setErrors(wrong);
    if (wrong.length) return;
    const body = { served, entries: served ? entries : [] };
    void (sheet.evaluationId ? edit.send({ params: { evaluationId: sheet.evaluationId }, version: sheet.version!, body }) : begin.send({ params: { planId: sheet.planId }, body: { institutionId: sheet.institutionId, ...body } })).then((done) => { if (done) reload(); });
  };
  const put = (id: string, more: Partial<Typed>) => { setErrors([]); setTyped((before) => ({ ...before, [id]: { ...before[id]!, ...more } })); };
  return (
    <div className="evaluation-sheet">
      <FormShell label="评分表" errors={told} problem={problem} onSubmit={submit} reload={reload}>
        <Field pointer="/served" label="当年开展服务">{(field) => <select {...field} className="zj-input" disabled={readOnly} value={served ? 'true' : 'false'} onChange={(event) => setServed(event.target.value === 'true')}><option value="true">是</option><option value="false">否，没有评分</option></select>}</Field>
        {served ? grouped(set).map(({ title, points, items }, at) => (
          <section key={title ?? at} className="zj-part">
            {title ? <h3>{title}{points ? <span className="zj-soft">　{points} 分</span> : null}</h3> : null}
            {items.map((item) => <ItemRow key={item.id} item={item} typed={typed[item.id]!} scored={scored.get(item.id)} readOnly={readOnly} put={(more) => put(item.id, more)} />)}
          </section>
        )) : null}
        {served && live.length && !told.length ? <ul className="zj-error" aria-live="polite">{live.map(({ path, message }) => <li key={path}>{set.items.find(({ id }) => path.startsWith(`/entries/${id}/`))?.number ?? ''} {message}</li>)}</ul> : null}
        {readOnly ? null : <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={begin.pending || edit.pending}>保存</button><span className="zj-soft">可以先保存一部分，填完后再提交复核。</span></p>}
      </FormShell>
      <Total outcome={outcome} set={set} served={served} />
    </div>
  );
}
