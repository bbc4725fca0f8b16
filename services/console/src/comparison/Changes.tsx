import { Chip, Empty, Field, FormShell, moment, Part, ProblemNote, Shown, Table, useAnswer, useSubmission, type Answer, type Column, type FieldError, type Tone } from '@zhijian/web';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { ReasonButton } from '../administration/ReasonButton.js';
import { useIs, useSession } from '../app/session.js';
import { objectionStates, type Round } from './comparison.js';

type Objection = Answer<'listComparisonObjections'>['items'][number];
type Correction = Answer<'listComparisonCorrections'>['items'][number];
const correctionStates: Record<Correction['state'], [Tone, string]> = { proposed: ['wait', '待决定'], approved: ['good', '已更正'], rejected: ['off', '不予更正'] };

/** Kept with the reasons, or a correction is proposed that another person decides. */
function AnswerForm({ round, objection }: { round: Round; objection: Objection }) {
  const [outcome, setOutcome] = useState<'kept' | 'to-be-changed'>('kept');
  const [measurand, setMeasurand] = useState(round.measurands[0]?.id ?? '');
  const [value, setValue] = useState('');
  const [uncertainty, setUncertainty] = useState('');
  const [text, setText] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const answer = useSubmission('answerComparisonObjection');
  const changes = outcome === 'to-be-changed';
  const submit = () => {
    const wrong = [...(text.trim() ? [] : [{ path: '/answer', message: '请填写答复意见' }]), ...(changes && !value.trim() ? [{ path: '/change/results/0/value', message: '请填写更正后的结果' }] : [])];
    setErrors(wrong);
    const results = [{ measurand, value: value.trim(), ...(uncertainty.trim() && { uncertainty: uncertainty.trim() }) }];
    if (!wrong.length) void answer.send({ params: { objectionId: objection.objectionId }, body: { outcome, answer: text.trim(), ...(changes && { change: { results } }) } });
  };
  return (
    <FormShell scope={objection.objectionId} label={`答复${objection.name}的异议`} errors={errors} problem={answer.problem} onSubmit={submit}>
      <div className="zj-choices"><label className="zj-check"><input type="radio" checked={!changes} onChange={() => setOutcome('kept')} /><span>维持原结果</span></label><label className="zj-check"><input type="radio" checked={changes} onChange={() => setOutcome('to-be-changed')} /><span>提出更正（由另一人决定）</span></label></div>
      {changes ? (
        <div className="zj-row">
          <Field pointer="/change/results/0/measurand" label="项目">{(field) => <select {...field} className="zj-input" value={measurand} onChange={(event) => setMeasurand(event.target.value)}>{round.measurands.map(({ id, title }) => <option key={id} value={id}>{title}</option>)}</select>}</Field>
          <Field pointer="/change/results/0/value" label="更正后的结果">{(field) => <input {...field} className="zj-input" inputMode="decimal" value={value} onChange={(event) => setValue(event.target.value)} />}</Field>
          {round.measurands.find(({ id }) => id === measurand)?.needsUncertainty ? <Field pointer="/change/results/0/uncertainty" label="不确定度">{(field) => <input {...field} className="zj-input" inputMode="decimal" value={uncertainty} onChange={(event) => setUncertainty(event.target.value)} />}</Field> : null}
        </div>
      ) : null}
      <Field pointer="/answer" label="答复意见" wide>{(field) => <textarea {...field} className="zj-input" maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} />}</Field>
      <p className="zj-actions"><button type="submit" className="zj-button" disabled={answer.pending}>答复</button></p>
    </FormShell>
  );
}

function Decide({ it }: { it: Correction }) {
  const { me } = useSession();
  const decide = useSubmission('decideComparisonCorrection');
  if (it.proposedBy === me.id) return <span className="zj-soft">由您提出，须由另一人决定。</span>;
  const act = (approve: boolean) => (reason: string) => decide.send({ params: { correctionId: it.correctionId }, body: { approve, reason } });
  return <span className="zj-actions"><ReasonButton label="同意更正" title="同意更正" hint="如核对原始记录的情况。" problem={decide.problem} pending={decide.pending} act={act(true)} /><ReasonButton label="不予更正" title="不予更正" hint="如核对原始记录的情况。" problem={decide.problem} pending={decide.pending} act={act(false)} /></span>;
}

/** Objections to results and corrections of them. */
export function Changes({ round }: { round: Round }) {
  const answers = useIs('quality-centre');
  const decides = useIs('quality-centre', 'city', 'province', 'approver');
  const asked = { params: { roundId: round.roundId }, query: { limit: 200 } };
  const objections = useAnswer('listComparisonObjections', asked);
  const corrections = useAnswer('listComparisonCorrections', asked);
  const columns: Column<Correction>[] = [
    { key: 'body', title: '机构', show: ({ institutionId }) => <Link to={`/comparisons/${round.roundId}/institutions/${institutionId}`}>查看</Link> }, { key: 'change', title: '更正', show: ({ before, after }) => `${before ?? '待核实'} → ${after ?? '待核实'}` },
    { key: 'reason', title: '理由', show: ({ reason }) => reason }, { key: 'at', title: '提出', show: ({ proposedAt, proposedBy }) => `${moment(proposedAt)}　${proposedBy}` },
    { key: 'state', title: '状态', show: (it) => <><Chip tone={correctionStates[it.state][0]}>{correctionStates[it.state][1]}</Chip>{it.state === 'proposed' && decides ? <> <Decide it={it} /></> : null}</> },
  ];
  return (
    <Part title="异议与更正">
      <Shown of={objections} what="异议">
        {({ items }) => (items.length ? items.map((it) => (
          <details key={it.objectionId} open={it.state === 'open'}>
            <summary>{it.name}　{moment(it.raisedAt)}{it.onBehalf ? '（代录）' : ''}　<Chip tone={objectionStates[it.state][0]}>{objectionStates[it.state][1]}</Chip></summary>
            <p>{it.text}</p>{it.answer ? <p className="zj-note">答复：{it.answer}</p> : null}
            {it.state === 'open' && answers ? <AnswerForm round={round} objection={it} /> : null}
          </details>
        )) : <Empty>没有异议。</Empty>)}
      </Shown>
      {corrections.isError ? <ProblemNote error={corrections.error} reading="更正" again={() => void corrections.refetch()} /> : null}
      {corrections.data?.items.length ? <Table caption="更正" rows={corrections.data.items} columns={columns} rowKey={({ correctionId }) => correctionId} /> : null}
    </Part>
  );
}
