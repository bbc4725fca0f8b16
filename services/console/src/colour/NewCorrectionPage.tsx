import { Empty, Field, FieldGroup, FormShell, institutionWord, PackOnPage, Page, Part, Shown, useAnswer, useSubmission, type BodyInput, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router-dom';
import type { Body, RunDetail } from './colour.js';

type Draft = BodyInput<'draftColourCorrection'>;

/** What turns out to be wrong: one result or one score of one qualification, and why. */
function CorrectionForm({ run, body, objection }: { run: RunDetail; body: Body; objection: string | null }) {
  const [line, setLine] = useState<string>(body.lines.length === 1 ? (body.lines[0]?.line ?? '') : '');
  const [kind, setKind] = useState<'comparison' | 'evaluation'>('evaluation');
  const [result, setResult] = useState('');
  const [served, setServed] = useState(true);
  const [score, setScore] = useState('');
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const draft = useSubmission('draftColourCorrection');
  const navigate = useNavigate();
  const was = body.lines.find((one) => one.line === line);
  const submit = async () => {
    const wrong = [
      ...(line ? [] : [{ path: '/line', message: '请选择资质' }]), ...(kind === 'comparison' && !result.trim() ? [{ path: '/change/result', message: '请填写更正后的综合评定结果' }] : []),
      ...(kind === 'evaluation' && served && !/^\d{1,3}(\.\d{1,6})?$/.test(score.trim()) ? [{ path: '/change/score', message: '请填写更正后的评分，如 79.5' }] : []), ...(reason.trim() ? [] : [{ path: '/reason', message: '请写明理由' }]),
    ];
    setErrors(wrong);
    const change: Draft['change'] = kind === 'comparison' ? { kind, result: result.trim() } : { kind, served, score: served ? score.trim() : null };
    const made = wrong.length ? null : await draft.send({ body: { runId: run.runId, institutionId: body.institutionId, line: line as Draft['line'], because: objection ? 'objection' : 'correction', objectionId: objection, change, reason: reason.trim() } });
    if (made) void navigate(`/colours/corrections/${made.correctionId}`);
  };
  return (
    <FormShell label="拟更正" errors={errors} problem={draft.problem} onSubmit={() => void submit()}>
      <Field pointer="/line" label="资质">{(field) => <select {...field} className="zj-input" value={line} onChange={(event) => setLine(event.target.value)}><option value="">请选择</option>{body.lines.map((one) => <option key={one.line} value={one.line}>{institutionWord(one.line)}</option>)}</select>}</Field>
      {was ? <p className="zj-soft">现为：{was.served === false ? '未开展服务' : `${was.score ?? '—'} 分`}；比对 {was.result ?? '没有结果'}。</p> : null}
      <FieldGroup pointer="/change/kind" label="更正什么">
        <div className="zj-choices">
          <label><input type="radio" name="kind" checked={kind === 'evaluation'} onChange={() => setKind('evaluation')} /> 绩效评估评分</label>
          <label><input type="radio" name="kind" checked={kind === 'comparison'} onChange={() => setKind('comparison')} /> 能力比对结果</label>
        </div>
      </FieldGroup>
      {kind === 'comparison'
        ? <Field pointer="/change/result" label="更正后的综合评定结果" hint="用比对方案的用语，如“合格”">{(field) => <input {...field} className="zj-input" maxLength={40} value={result} onChange={(event) => setResult(event.target.value)} />}</Field>
        : (
          <>
            <label className="zj-check"><input type="checkbox" checked={!served} onChange={(event) => setServed(!event.target.checked)} /> 当年未开展技术服务</label>
            {served ? <Field pointer="/change/score" label="更正后的评分">{(field) => <input {...field} className="zj-input" inputMode="decimal" maxLength={10} value={score} onChange={(event) => setScore(event.target.value)} />}</Field> : null}
          </>
        )}
      <Field pointer="/reason" label="理由" hint="写明依据，不写个人信息" wide>{(field) => <textarea {...field} className="zj-input" rows={3} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
      <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={draft.pending}>列出影响</button></p>
    </FormShell>
  );
}

/** Drafts a correction of one body of a run; nothing is changed yet. */
export function NewCorrectionPage() {
  const [search] = useSearchParams();
  const [runId, institutionId, objection] = [search.get('run') ?? '', search.get('institution') ?? '', search.get('objection')];
  if (runId && institutionId) return <Drafting runId={runId} institutionId={institutionId} objection={objection} />;
  return <Page title="拟更正" trail={<Link to="/colours">分色管理</Link>}><Empty>没有指明年度和机构。请在<Link to="/colours">分色管理</Link>中打开一个年度，再从机构一行拟更正。</Empty></Page>;
}

function Drafting({ runId, institutionId, objection }: { runId: string; institutionId: string; objection: string | null }) {
  const run = useAnswer('getColourRun', { params: { runId } });
  const bodies = useAnswer('listColoured', { params: { runId }, query: { institutionId } });
  return (
    <Shown of={run} what="这个年度的赋色">
      {(known) => (
        <PackOnPage.Provider value={known.pack}>
          <Page title="拟更正" trail={<><Link to="/colours">分色管理</Link><Link to={`/colours/${runId}`}>{known.year} 年度赋色</Link></>}>
            <Shown of={bodies} what="机构">
              {({ items: [body] }) => (body ? <Part title={body.name || body.institutionId} note={objection ? '因异议处理意见为“应当改变”。' : '颜色公开以后，评分或者比对结果有误的，在此更正。'}><CorrectionForm run={known} body={body} objection={objection} /></Part> : <Empty>该机构不在这个年度的赋色中。</Empty>)}
            </Shown>
          </Page>
        </PackOnPage.Provider>
      )}
    </Shown>
  );
}
