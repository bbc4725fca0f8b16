import { addressOf, DateInput, Field, FormShell, Part, ProblemNote, upload, useSubmission, useSubmissionOf, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { ReasonButton } from '../administration/ReasonButton.js';
import { useToday } from '../app/session.js';
import { useDownload } from '../form/use-download.js';
import type { Round } from './comparison.js';
import { ResultInputs, sentOf, typedFaults, type Typed } from './ResultInputs.js';

/** Results on paper, by the laboratory's number: whoever enters them does not learn whose they are. */
export function EnterForm({ round }: { round: Round }) {
  const today = useToday();
  const [code, setCode] = useState('');
  const [receivedOn, setReceivedOn] = useState<string | null>(null);
  const [typed, setTyped] = useState<Typed>({});
  const [errors, setErrors] = useState<FieldError[]>([]);
  const enter = useSubmission('enterComparison');
  const on = receivedOn ?? today;
  const submit = async () => {
    const wrong = [...(code.trim() ? [] : [{ path: '/code', message: '请填写实验室编号' }]), ...typedFaults(round.measurands, typed)];
    setErrors(wrong);
    if (wrong.length) return;
    const made = await enter.send({ params: { roundId: round.roundId, code: code.trim() }, body: { results: sentOf(round.measurands, typed), receivedOn: on } });
    if (made) { setTyped({}); setCode(''); }
  };
  return (
    <Part title="代为录入结果" note="凭收到的书面材料，按实验室编号录入；系统不显示是哪家机构。">
      <FormShell label="代为录入结果" errors={errors} problem={enter.problem} onSubmit={() => void submit()}>
        {enter.answer ? <p className="zj-note" role="status">已录入 {enter.answer.results.length} 项结果{enter.answer.late ? '，记为逾期报送' : ''}。</p> : null}
        <div className="zj-row">
          <Field pointer="/code" label="实验室编号">{(field) => <input {...field} className="zj-input" autoComplete="off" value={code} onChange={(event) => setCode(event.target.value)} />}</Field>
          <Field pointer="/receivedOn" label="收到书面材料的日期">{(field) => <DateInput {...field} today={today} value={on || null} onChange={setReceivedOn} />}</Field>
        </div>
        <ResultInputs measurands={round.measurands} typed={typed} put={setTyped} />
        <p className="zj-actions"><button type="submit" className="zj-button" disabled={enter.pending}>录入</button></p>
      </FormShell>
    </Part>
  );
}

/** The same from a spreadsheet: every line or none, each fault with its cell. */
export function ImportForm({ round }: { round: Round }) {
  const today = useToday();
  const [file, setFile] = useState<File | null>(null);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const base = `/api/v1/comparison-rounds/${round.roundId}`;
  const send = useSubmissionOf((given: File, key: string) => upload<{ laboratories: number; results: number }>(addressOf(`${base}/submission-imports`, {}, { receivedOn: today }), given, key));
  const template = useDownload(`${base}/submission-template`, `${round.title}结果录入表.xlsx`);
  const told = send.problem?.problem.errors ?? [];
  const submit = () => {
    setErrors(file ? [] : [{ path: '/import/file', message: '请选择表格文件' }]);
    if (file) void send.send(file);
  };
  return (
    <Part title="从表格录入结果" note="xlsx 文件，列依次为：实验室编号、项目、结果、不确定度。收到日期按今天。有一处错误即全部不录入。" aside={<button type="button" className="zj-button" disabled={template.pending} onClick={() => void template.send(undefined)}>下载空白表格</button>}>
      {template.problem ? <ProblemNote error={template.problem} /> : null}
      <FormShell label="从表格录入结果" errors={errors} problem={told.length ? null : send.problem} onSubmit={submit}>
        {send.answer ? <p className="zj-note" role="status">已录入 {send.answer.laboratories} 个实验室的 {send.answer.results} 项结果。</p> : null}
        {told.length ? <section className="zj-summary" role="alert"><h2>{send.problem?.problem.title}</h2><ul>{told.slice(0, 50).map(({ path, message }) => <li key={`${path} ${message}`}><code>{path}</code>　{message}</li>)}</ul></section> : null}
        <div className="zj-row"><Field pointer="/import/file" label="表格文件">{(field) => <input {...field} className="zj-input" type="file" accept=".xlsx" onChange={(event) => setFile(event.target.files?.[0] ?? null)} />}</Field><button type="submit" className="zj-button" disabled={send.pending}>录入</button></div>
      </FormShell>
    </Part>
  );
}

/** Identities before the evaluation: an act of its own. */
export function UncoverButton({ round }: { round: Round }) {
  const uncover = useSubmission('uncoverComparison');
  return <ReasonButton label="揭开身份" title="评定前揭开实验室身份" hint="如样品混淆，须联系实验室核对。" note="揭开以后，质控中心可以看到每个编号是哪家机构。此举记录在案，不能撤回；专家仍只见编号。" problem={uncover.problem} pending={uncover.pending} act={(reason) => uncover.send({ params: { roundId: round.roundId }, body: { reason } })} />;
}
