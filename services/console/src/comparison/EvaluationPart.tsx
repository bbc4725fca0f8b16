import { Chip, ClauseNote, Empty, Facts, Field, FormShell, Part, Shown, Table, useAnswer, useSubmission, type Column, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { useIs } from '../app/session.js';
import { CertificateMark } from '../decision/CertificateMark.js';
import { Histogram, ScoreChart } from './Charts.js';
import { barsOf, inputWord, missingWord, reasonWords, scoreWords, verdicts, type Evaluation, type Round } from './comparison.js';

type Laboratory = Evaluation['laboratories'][number];
type Assigned = Evaluation['assigned'][number];

const assignedColumns = (round: Round): Column<Assigned>[] => [
  { key: 'title', title: '项目', show: ({ title, setAside }) => <>{title}{setAside ? <> <Chip tone="off">不予评定</Chip></> : null}</> }, { key: 'value', title: '指定值', number: true, show: ({ value, unit, why }) => (value === null ? <Chip tone="warn">{why ?? '待核实'}</Chip> : `${value} ${unit}`) },
  { key: 'sd', title: '能力评定标准差', number: true, show: ({ sd }) => sd ?? '—' }, { key: 'u', title: '不确定度', number: true, show: ({ uncertainty }) => uncertainty ?? '—' }, { key: 'n', title: '统计家数', number: true, show: ({ participants }) => participants },
  { key: 'why', title: '凭证', show: ({ measurand }) => <CertificateMark room="quality-control" subject={`${round.roundId}/${measurand}`} kind="assigned-value" /> },
];

const resultColumns = (round: Round, fixed: boolean): Column<Laboratory>[] => [
  { key: 'code', title: '编号', sortBy: ({ code }) => code, show: ({ code }) => code },
  ...(round.uncovered ? [{ key: 'name', title: '机构', sortBy: ({ name }: Laboratory) => name ?? '', show: ({ institutionId, name }: Laboratory) => (institutionId ? <Link to={`/comparisons/${round.roundId}/institutions/${institutionId}`}>{name}</Link> : '—') }] : []),
  { key: 'result', title: '综合评定结果', sortBy: ({ outcome }) => outcome.result ?? '', show: ({ outcome: { result, reason, clauses, revision } }) => <>{result ?? <Chip tone="warn">待核实</Chip>}<ClauseNote ids={clauses} />{revision > 1 ? <span className="zj-hint">　第 {revision} 版（已更正）</span> : null}{reason ? <span className="zj-hint">　{reasonWords(reason)}</span> : null}</> },
  { key: 'inputs', title: '依据的计数', show: ({ outcome }) => outcome.inputs.map(({ name, label, value }) => <span key={name} className="zj-hint">{label} {inputWord(value)}　</span>) },
  ...round.measurands.map(({ id, title }): Column<Laboratory> => ({
    key: id, title, number: true, sortBy: ({ outcome }) => Number(outcome.scores.find(({ measurand }) => measurand === id)?.score ?? Number.NEGATIVE_INFINITY), show: ({ outcome }) => {
      const found = outcome.scores.find(({ measurand }) => measurand === id);
      if (!found) return '—';
      return <>{found.score ?? missingWord(found.missing)}{found.verdict && found.verdict !== 'satisfactory' ? <> <Chip tone={verdicts[found.verdict][0]}>{verdicts[found.verdict][1]}</Chip></> : null}</>;
    },
  })),
  ...(fixed && round.uncovered ? [{ key: 'certificate', title: '凭证', show: ({ institutionId }: Laboratory) => (institutionId ? <CertificateMark room="quality-control" subject={`${round.roundId}/${institutionId}`} kind="comparison" /> : null) }] : []),
];

const whom = { registered: '应参加和报名的机构', submitting: '报送结果的机构', evaluated: '作了综合评定的机构' } as const;

function Counts({ counts }: { counts: Evaluation['counts'] }) {
  return <Facts of={[
    ...counts.grades.map(({ grade, count, published }) => [grade, `${count} 家${published === count ? '' : `（公布为 ${published} 家，含更优等级）`}`] as const), ['待核实', `${counts.undetermined} 家`],
    ['合格率', counts.passRate === null ? '—' : `${counts.passRate}%（${counts.passed}/${counts.denominator}，分母为${whom[counts.of]}）`],
  ]} />;
}

/** The pictures of one measurand at a time. */
function Pictures({ round, evaluation }: { round: Round; evaluation: Evaluation }) {
  const [search, setSearch] = useSearchParams();
  const chosen = round.measurands.find(({ id }) => id === search.get('measurand')) ?? round.measurands[0];
  if (!chosen) return null;
  const classes = evaluation.spread.find(({ measurand }) => measurand === chosen.id)?.classes ?? [];
  const assigned = evaluation.assigned.find(({ measurand }) => measurand === chosen.id)?.value ?? null;
  return (
    <>
      <p className="zj-row"><select className="zj-input" aria-label="项目" value={chosen.id} onChange={(event) => setSearch((before) => { const next = new URLSearchParams(before); next.set('measurand', event.target.value); return next; }, { replace: true })}>{round.measurands.map(({ id, title }) => <option key={id} value={id}>{title}</option>)}</select></p>
      <div className="comparison-charts">
        <Histogram title={chosen.title} unit={chosen.unit} classes={classes} assigned={assigned} />
        <ScoreChart title={chosen.title} word={scoreWords[chosen.score]} bars={barsOf(evaluation.laboratories, chosen.id)} satisfactory={chosen.satisfactory} unsatisfactory={chosen.unsatisfactory} />
      </div>
    </>
  );
}

/** Fixed once and for all; a measurand set aside counts for nobody and needs its reason. */
function Fix({ round }: { round: Round }) {
  const [aside, setAside] = useState<Record<string, string>>({});
  const [errors, setErrors] = useState<FieldError[]>([]);
  const fix = useSubmission('fixComparison');
  const chosen = round.measurands.filter(({ id }) => aside[id] !== undefined);
  const submit = () => {
    const wrong = chosen.flatMap(({ id, title }, at) => (aside[id]?.trim() ? [] : [{ path: `/setAside/${at}/reason`, message: `请写明“${title}”不予评定的理由` }]));
    setErrors(wrong);
    if (!wrong.length) void fix.send({ params: { roundId: round.roundId }, body: { setAside: chosen.map(({ id }) => ({ measurand: id, reason: aside[id]!.trim() })) } });
  };
  const turn = (id: string, on: boolean) => setAside((before) => { const { [id]: _, ...rest } = before; return on ? { ...rest, [id]: '' } : rest; });
  return (
    <FormShell label="确定评定结果" errors={errors} problem={fix.problem} onSubmit={submit}>
      <details><summary>有项目不予评定（如样品不均匀）</summary>
        {round.measurands.map(({ id, title }) => {
          const at = chosen.findIndex((it) => it.id === id);
          return (
            <div key={id} className="zj-row"><label className="zj-check"><input type="checkbox" checked={at >= 0} onChange={(event) => turn(id, event.target.checked)} /><span>{title}不予评定</span></label>
              {at >= 0 ? <Field pointer={`/setAside/${at}/reason`} label={`“${title}”不予评定的理由`}>{(field) => <input {...field} className="zj-input" maxLength={300} value={aside[id] ?? ''} onChange={(event) => setAside((before) => ({ ...before, [id]: event.target.value }))} />}</Field> : null}
            </div>
          );
        })}
      </details>
      <p className="zj-note">确定以后评分和综合评定结果即为正式结果，通知各机构，并成为下一年度赋色的依据。以后的变动按更正办理。</p>
      <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={fix.pending}>确定评定结果</button></p>
    </FormShell>
  );
}

/** The evaluation: a draft by code, then fixed. */
export function EvaluationPart({ round }: { round: Round }) {
  const fixes = useIs('quality-centre');
  const evaluation = useAnswer('getComparisonEvaluation', { params: { roundId: round.roundId } });
  return (
    <Part title={round.state === 'evaluated' ? '评定结果' : '评定（草稿）'} note={round.state === 'evaluated' ? undefined : '按现有结果算出，尚未确定。只列实验室编号。'}>
      <Shown of={evaluation} what="评定结果">
        {(known) => (
          <>
            <Counts counts={known.counts} />
            <Pictures round={round} evaluation={known} />
            <Table caption="指定值" rows={known.assigned} columns={assignedColumns(round)} rowKey={({ measurand }) => measurand} />
            {known.laboratories.length ? <Table caption="各实验室的评分和结果" rows={known.laboratories} columns={resultColumns(round, known.fixed)} rowKey={({ code }) => code} /> : <Empty>没有参加机构。</Empty>}
            {fixes && !known.fixed ? <Fix round={round} /> : null}
          </>
        )}
      </Shown>
    </Part>
  );
}
