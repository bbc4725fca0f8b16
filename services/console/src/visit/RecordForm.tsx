import { Field, FormShell, judgementWords, Part, useSubmission, type FieldError } from '@zhijian/web';
import { Modal } from 'antd';
import { useState } from 'react';
import { Findings, sentOf, wrongIn, type Found } from './Findings.js';
import { Judgements, judgedOf, type Judged } from './Judgements.js';
import { Verifications, type Verdicts } from './Verifications.js';
import type { Visit } from './visit.js';

/** What the visit found, recorded once and for all after a second question. */
export function RecordForm({ visit, mayEdit, reload }: { visit: Visit; mayEdit: boolean; reload: () => void }) {
  const [verdicts, setVerdicts] = useState<Verdicts>({});
  const [found, setFound] = useState<Found[]>([]);
  const [judged, setJudged] = useState<Judged>({});
  const [remarks, setRemarks] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const record = useSubmission('recordVisit');
  const [modal, holder] = Modal.useModal();
  if (visit.state === 'recorded' || !mayEdit) {
    return <><Verifications visit={{ ...visit, state: 'recorded' }} verdicts={{}} onChange={setVerdicts} /><Findings visit={{ ...visit, state: 'recorded' }} found={[]} onChange={setFound} />{visit.judged.length ? <Part title="对自查报告的评价"><ul className="recorded">{visit.judged.map(({ kind, reason }) => <li key={kind}><strong>{judgementWords[kind]}</strong>：{reason}</li>)}</ul></Part> : null}{visit.remarks ? <Part title="备注"><p className="zj-text">{visit.remarks}</p></Part> : null}</>;
  }
  const body = {
    verifications: visit.verifications.map(({ itemId }) => ({ itemId, ...(verdicts[itemId] ?? { corrected: null, note: '' }) })),
    findings: found.map((it) => sentOf(visit, it)), judged: judgedOf(judged), remarks,
  };
  const undecided = body.verifications.filter(({ corrected }) => corrected === null).length;
  const submit = () => {
    const wrong = wrongIn(visit, found, judged);
    setErrors(wrong);
    if (wrong.length) return;
    void modal.confirm({
      title: '记录检查结论？', okText: '记录', cancelText: '再核对一下',
      content: `不合格情况 ${found.length} 项，其中严重违法 ${found.filter(({ serious }) => serious).length} 项；核实自查问题 ${visit.verifications.length} 项${undecided ? `，其中 ${undecided} 项未核实` : ''}${visit.asks.archives && !visit.draw ? '；尚未抽取档案' : ''}。记录后不能修改；逾期未整改或严重违法的将立案。`,
      onOk: () => record.send({ params: { visitId: visit.visitId }, version: visit.version, body }),
    });
  };
  return (
    <FormShell label="检查结论" errors={errors} problem={record.problem} onSubmit={submit} reload={reload}>
      {holder}
      <Verifications visit={visit} verdicts={verdicts} onChange={setVerdicts} />
      <Findings visit={visit} found={found} onChange={setFound} />
      {visit.asks.judgements && visit.institutionId ? <Judgements judged={judged} onChange={setJudged} /> : null}
      <Part title="结论">
        <Field pointer="/remarks" label="备注（可不填）" wide>{(field) => <textarea {...field} className="zj-input" maxLength={4000} value={remarks} onChange={(event) => setRemarks(event.target.value)} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary zj-tall" disabled={record.pending}>记录检查结论</button></p>
      </Part>
    </FormShell>
  );
}
