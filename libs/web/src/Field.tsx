import type { ReactNode } from 'react';
import { useFieldError, useFieldId } from './form-errors.js';

export interface FieldProps { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string }

/** A labelled control with its hint and its error; found by the error summary through its JSON Pointer. */
export function Field({ pointer, label, hint, children, wide }: { pointer: string; label: ReactNode; hint?: ReactNode; wide?: boolean; children: (props: FieldProps) => ReactNode }) {
  const id = useFieldId(pointer);
  const error = useFieldError(pointer);
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className={`zj-field${error ? ' zj-wrong' : ''}${wide ? ' zj-wide' : ''}`}>
      <label htmlFor={id}>{label}</label>
      {hint ? <p className="zj-hint" id={`${id}-hint`}>{hint}</p> : null}
      {error ? <p className="zj-error" id={`${id}-error`}><span className="zj-hidden">错误：</span>{error}</p> : null}
      {children({ id, ...(error ? { 'aria-invalid': true as const } : {}), ...(described ? { 'aria-describedby': described } : {}) })}
    </div>
  );
}

/** A group of controls that answer one question. */
export function FieldGroup({ pointer, label, hint, children }: { pointer: string; label: ReactNode; hint?: ReactNode; children: ReactNode }) {
  const id = useFieldId(pointer);
  const error = useFieldError(pointer, false);
  return (
    <fieldset id={id} tabIndex={-1} className={`zj-group${error ? ' zj-wrong' : ''}`}>
      <legend>{label}</legend>
      {hint ? <p className="zj-hint">{hint}</p> : null}
      {error ? <p className="zj-error"><span className="zj-hidden">错误：</span>{error}</p> : null}
      {children}
    </fieldset>
  );
}
