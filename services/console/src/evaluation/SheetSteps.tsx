import { Field, FormShell, moment, Part, ProblemNote, Table, useSubmission } from '@zhijian/web';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useSession } from '../app/session.js';
import type { Sheet, SheetState } from './evaluation.js';

const scorers = ['quality-centre', 'expert', 'province', 'city'];
const next: Partial<Record<SheetState, { route: 'submitEvaluations' | 'lookAtEvaluations' | 'signEvaluations'; word: string; roles: readonly string[] }>> = {
  draft: { route: 'submitEvaluations', word: '提交复核', roles: scorers }, returned: { route: 'submitEvaluations', word: '提交复核', roles: scorers },
  submitted: { route: 'lookAtEvaluations', word: '复核无误', roles: scorers }, looked: { route: 'signEvaluations', word: '审签', roles: ['quality-centre', 'province', 'city', 'approver'] },
};

function SendBack({ sheet, done }: { sheet: Sheet; done: () => void }) {
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<{ path: string; message: string }[]>([]);
  const send = useSubmission('returnEvaluation');
  const submit = () => {
    setErrors(reason.trim() ? [] : [{ path: '/reasons/0', message: '请写明退回的理由' }]);
    if (reason.trim()) void send.send({ params: { evaluationId: sheet.evaluationId! }, version: sheet.version!, body: { reasons: [reason.trim()] } }).then((answer) => { if (answer) done(); });
  };
  return (
    <FormShell label="退回评分表" errors={errors} problem={send.problem} onSubmit={submit} reload={done}>
      <div className="zj-row">
        <Field pointer="/reasons/0" label="退回的理由" wide>{(field) => <input {...field} className="zj-input" maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
        <button type="submit" className="zj-button" disabled={send.pending}>退回</button>
      </div>
    </FormShell>
  );
}

/** Who has done what with a sheet, and what may be done next. */
export function SheetSteps({ sheet, reload }: { sheet: Sheet; reload: () => void }) {
  const { me } = useSession();
  const step = sheet.state ? next[sheet.state] : undefined;
  const move = useSubmission(step?.route ?? 'submitEvaluations');
  if (!sheet.state || !sheet.evaluationId) return null;
  const may = step?.roles.includes(me.role) ?? false;
  const maySendBack = ['submitted', 'looked', 'signed'].includes(sheet.state) && [...scorers, 'approver'].includes(me.role);
  const go = () => void move.send({ params: { planId: sheet.planId }, body: { sheets: [{ evaluationId: sheet.evaluationId!, version: sheet.version! }] } }).then((answer) => { if (answer) reload(); });
  const done: [string, string | null, string | null][] = [['提交', sheet.scoredBy, sheet.scoredAt], ['复核', sheet.lookedBy, sheet.lookedAt], ['审签', sheet.signedBy, sheet.signedAt]];
  return (
    <Part title="办理" note="评分人以外的人复核，评分人以外的人审签；审签后评分生效。">
      <ol className="evaluation-steps">{done.map(([word, by, at]) => <li key={word}>{word}　{by && at ? <>{by}<span className="zj-soft">　{moment(at)}</span></> : <span className="zj-soft">未办理</span>}</li>)}</ol>
      {sheet.returns.length ? <ul>{sheet.returns.map(({ at, by, reasons }) => <li key={at}>{moment(at)} {by} 退回：{reasons.join('；')}</li>)}</ul> : null}
      {move.problem ? <><ProblemNote error={move.problem} again={move.problem.problem.code === 'step-up-needed' ? go : undefined} />{move.problem.problem.errors.map(({ path, message }) => <p key={path} className="zj-error">{message}</p>)}</> : null}
      {step && may ? <p className="zj-actions"><button type="button" className="zj-button zj-primary" disabled={move.pending} onClick={go}>{step.word}</button></p> : null}
      {maySendBack ? <SendBack sheet={sheet} done={reload} /> : null}
      {sheet.revisions.length ? <Table caption="历次生效的评分" rows={sheet.revisions} rowKey={({ revision }) => String(revision)} columns={[
        { key: 'revision', title: '第几次', show: ({ revision }) => revision }, { key: 'score', title: '总分', number: true, show: ({ score, served }) => (served ? score : '未开展服务') },
        { key: 'because', title: '缘由', show: ({ because }) => (because === 'signed' ? '审签' : '更正') }, { key: 'at', title: '时间', show: ({ at, by }) => `${moment(at)}　${by}` },
        { key: 'certificate', title: '凭证', show: ({ certificateId }) => <Link to={`/decisions/quality-control/${certificateId}`}>决定凭证</Link> },
      ]} /> : null}
    </Part>
  );
}
