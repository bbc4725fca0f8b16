import { Field, FormShell, type ProblemError } from '@zhijian/web';
import { Modal } from 'antd';
import { useState, type ReactNode } from 'react';

/** A button that asks for the reason, and for what else is needed, before it acts. */
export function ReasonButton({ label, title, hint = '如文件文号、人事决定。', note, children, problem, pending, act }: { label: string; title: string; hint?: string; note?: ReactNode; children?: ReactNode; problem: ProblemError | null; pending: boolean; act: (reason: string) => Promise<unknown> }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const submit = async () => {
    setMissing(!reason.trim());
    if (reason.trim() && (await act(reason.trim()))) setOpen(false);
  };
  return (
    <>
      <button type="button" className="zj-link zj-nowrap" aria-label={title} onClick={() => setOpen(true)}>{label}</button>
      <Modal open={open} title={title} footer={null} destroyOnHidden onCancel={() => setOpen(false)}>
        <FormShell scope="asked" label={title} errors={missing ? [{ path: '/reason', message: '请写明理由' }] : []} problem={problem} onSubmit={() => void submit()}>
          {note ? <p className="zj-note">{note}</p> : null}
          {children}
          <Field pointer="/reason" label="理由" hint={hint} wide>{(field) => <textarea {...field} className="zj-input" maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
          <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={pending}>{label}</button></p>
        </FormShell>
      </Modal>
    </>
  );
}
