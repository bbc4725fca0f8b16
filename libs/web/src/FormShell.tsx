import { useEffect, useRef, type FormEvent, type ReactNode } from 'react';
import type { ProblemError } from './call.js';
import { fieldId, FormErrors, FormScope, type FieldError } from './form-errors.js';
import { ProblemNote } from './ProblemNote.js';

/** Goes to the field of a pointer, or to the nearest one above it. */
function goTo(pointer: string, scope: string): void {
  const steps = pointer.split('/');
  for (let length = steps.length; length > 1; length--) {
    const field = document.getElementById(fieldId(steps.slice(0, length).join('/'), scope));
    if (!field) continue;
    field.scrollIntoView({ block: 'center' });
    field.focus({ preventScroll: true });
    return;
  }
}

/** All errors of a form on top of it, each leading to its field; it takes the focus when it appears. */
function ErrorSummary({ errors, title, scope }: { errors: readonly FieldError[]; title: string; scope: string }) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), [errors]);
  return (
    <section className="zj-summary" ref={box} tabIndex={-1} role="alert" aria-labelledby="zj-summary-title">
      <h2 id="zj-summary-title">{title}</h2>
      <ul>
        {errors.map(({ path, message }) => (
          <li key={`${path} ${message}`}><a href={`#${fieldId(path, scope)}`} onClick={(event) => { event.preventDefault(); goTo(path, scope); }}>{message}</a></li>
        ))}
      </ul>
    </section>
  );
}

/**
 * A form that keeps what was typed, shows the refusal on top and beside the fields, and is sent once at a time.
 * @param scope tells this form from another one of its page that asks for the same
 */
export function FormShell({ errors = [], problem, onSubmit, reload, children, label, scope = '' }: {
  errors?: readonly FieldError[]; problem: ProblemError | null; onSubmit: () => void; reload?: () => void; children: ReactNode; label: string; scope?: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const told = problem?.problem.errors ?? [];
  const all = errors.length ? errors : told;
  useEffect(() => { if (problem && !told.length) box.current?.focus(); }, [problem, told.length]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  const again = problem?.status === 412 && reload ? { again: reload, againLabel: '载入最新内容' } : problem?.passing || problem?.problem.code === 'step-up-needed' ? { again: onSubmit, againLabel: '重新提交' } : {};
  return (
    <form className="zj-form" onSubmit={submit} noValidate aria-label={label}>
      {all.length ? <ErrorSummary errors={all} title={errors.length ? '请更正以下内容' : (problem?.problem.title ?? '请更正以下内容')} scope={scope} /> : null}
      <div ref={box} tabIndex={-1}>{problem && !told.length ? <ProblemNote error={problem} {...again} /> : null}</div>
      <FormScope.Provider value={scope}><FormErrors.Provider value={all}>{children}</FormErrors.Provider></FormScope.Provider>
    </form>
  );
}
