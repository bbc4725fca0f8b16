import { Modal } from 'antd';
import { Field, FormShell, useSubmission, type Answer, type FieldError } from '@zhijian/web';
import { useState } from 'react';

type Line = Answer<'getCalendarPreview'>['review'][number];

/** Marks a line as looked at, with what the officer says of it. Once more: the later look is shown, the earlier one stays in the audit log. */
export function LookForm({ noticeId, line }: { noticeId: string; line: Line }) {
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const send = useSubmission('lookAtReview');
  const submit = async () => {
    const wrong = note.trim() ? [] : [{ path: '/note', message: '请写明复核意见' }];
    setErrors(wrong);
    if (wrong.length === 0 && (await send.send({ params: { noticeId }, body: { clock: line.clock, note: note.trim() } }))) setOpen(false);
  };
  const what = `${line.institution ?? line.placeName}：${line.title}`;
  return (
    <>
      <button type="button" className="zj-link zj-nowrap" aria-label={`${line.looked ? '再次复核' : '注明已复核'}：${what}`} onClick={() => setOpen(true)}>{line.looked ? '再次复核' : '注明已复核'}</button>
      <Modal open={open} title={what} footer={null} destroyOnHidden onCancel={() => setOpen(false)}>
        <FormShell label="注明已复核" errors={errors} problem={send.problem} onSubmit={() => void submit()}>
          <p>办理时的期限为 {line.old}（暂定），现在为 {line.new}。</p>
          <Field pointer="/note" label="复核意见" hint="如不作逾期处理，或者已另行认定。复核人和时间记入审计记录，期限不因此变动。" wide>{(field) => <textarea {...field} className="zj-input" maxLength={300} value={note} onChange={(event) => setNote(event.target.value)} />}</Field>
          <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={send.pending}>注明已复核</button></p>
        </FormShell>
      </Modal>
    </>
  );
}
