import { DateInput, Field, FieldGroup, FormShell, useSubmission, type Answer, type FieldError } from '@zhijian/web';
import { Modal } from 'antd';
import { useState } from 'react';
import { useSession, useToday } from '../app/session.js';

/** Records, with evidence, whether a filed institution actually operates. */
export function OperationForm({ institution }: { institution: Answer<'getInstitution'> }) {
  const today = useToday();
  const { me, place } = useSession();
  const [open, setOpen] = useState(false);
  const [operating, setOperating] = useState<boolean | null>(null);
  const [on, setOn] = useState<string | null>(null);
  const [evidence, setEvidence] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const record = useSubmission('recordOperation');
  const observedOn = on ?? today;
  const unit = me.role === 'county' ? (place?.code ?? institution.jurisdiction) : institution.jurisdiction;
  const submit = async () => {
    const wrong = [...(operating === null ? [{ path: '/operating', message: '请选择是否实际开展' }] : []), ...(evidence.trim() ? [] : [{ path: '/evidence', message: '请写明证据' }])];
    setErrors(wrong);
    if (!wrong.length && (await record.send({ params: { institutionId: institution.institutionId }, body: { unit, operating: operating ?? false, observedOn, evidence: evidence.trim() } }))) setOpen(false);
  };
  return (
    <>
      <button type="button" className="zj-link zj-nowrap" aria-label={`记录开展情况：${institution.name}`} onClick={() => setOpen(true)}>记录</button>
      <Modal open={open} title={institution.name} footer={null} destroyOnHidden onCancel={() => setOpen(false)}>
        <FormShell label="记录开展情况" errors={errors} problem={record.problem} onSubmit={() => void submit()}>
          <FieldGroup pointer="/operating" label="是否实际开展服务">
            <div className="zj-choices"><label><input type="radio" name="operating" checked={operating === true} onChange={() => setOperating(true)} />实际开展</label><label><input type="radio" name="operating" checked={operating === false} onChange={() => setOperating(false)} />未开展</label></div>
          </FieldGroup>
          <Field pointer="/observedOn" label="核实日期">{(field) => <DateInput {...field} today={today} value={observedOn || null} onChange={setOn} />}</Field>
          <Field pointer="/evidence" label="证据" hint="如现场核实、业务系统数据、机构书面说明。" wide>{(field) => <textarea {...field} className="zj-input" maxLength={500} value={evidence} onChange={(event) => setEvidence(event.target.value)} />}</Field>
          <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={record.pending}>记录</button></p>
        </FormShell>
      </Modal>
    </>
  );
}
