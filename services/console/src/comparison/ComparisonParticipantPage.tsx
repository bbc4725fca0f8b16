import { Chip, ClauseNote, DateInput, Empty, Facts, Field, FormShell, moment, PackOnPage, Page, Part, ProblemNote, Shown, Table, useAnswer, useSubmission, type Column, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { ReasonButton } from '../administration/ReasonButton.js';
import { useIs, useToday } from '../app/session.js';
import { useDownload } from '../form/use-download.js';
import { ScoreChart } from './Charts.js';
import { inputWord, mayObject, missingWord, objectionStates, ownBars, participantStates, reasonWords, scoreWords, verdicts, type Outcome, type OwnPage } from './comparison.js';
import { SampleWords } from './SampleWords.js';
import { ResultInputs, sentOf, typedFaults, type Typed } from './ResultInputs.js';

const paramsOf = ({ round, participant }: OwnPage) => ({ roundId: round.roundId, institutionId: participant.institutionId });
const typedOf = ({ submissions }: OwnPage): Typed => Object.fromEntries((submissions.find(({ standing }) => standing)?.results ?? []).map(({ measurand, value, uncertainty }) => [measurand, { value, uncertainty: uncertainty ?? '' }]));

/** As often as wanted up to the last day; the last one stands. */
function SubmitForm({ page }: { page: OwnPage }) {
  const { round } = page;
  const [typed, setTyped] = useState<Typed>(() => typedOf(page));
  const [remark, setRemark] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const submit = useSubmission('submitComparison');
  const send = () => {
    const wrong = typedFaults(round.measurands, typed);
    setErrors(wrong);
    if (!wrong.length) void submit.send({ params: paramsOf(page), body: { results: sentOf(round.measurands, typed), remark: remark.trim() } });
  };
  return (
    <Part title={page.submissions.length ? '重新报送' : '报送结果'} note={round.closed ? '已过截止日期。此时报送的记为逾期，按方案的规定对待。' : `截止 ${round.submitBy} 24 时。截止前可以重报，以最后一次为准。数值照原始记录填写，末尾的 0 也要写。`}>
      <FormShell label="报送结果" errors={errors} problem={submit.problem} onSubmit={send}>
        {submit.answer ? <p className="zj-note" role="status">已收到第 {submit.answer.sequence} 次报送，{moment(submit.answer.submittedAt)}{submit.answer.late ? '，记为逾期' : ''}。</p> : null}
        <ResultInputs measurands={round.measurands} typed={typed} put={setTyped} />
        <Field pointer="/remark" label="备注" wide>{(field) => <textarea {...field} className="zj-input" maxLength={500} value={remark} onChange={(event) => setRemark(event.target.value)} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={submit.pending}>报送</button></p>
      </FormShell>
    </Part>
  );
}

function ReceiptForm({ page }: { page: OwnPage }) {
  const today = useToday();
  const [on, setOn] = useState<string | null>(null);
  const [intact, setIntact] = useState(true);
  const [remark, setRemark] = useState('');
  const receive = useSubmission('receiveSamples');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const received = on ?? today;
  const submit = () => {
    const wrong = intact || remark.trim() ? [] : [{ path: '/remark', message: '请写明损坏情况' }];
    setErrors(wrong);
    if (!wrong.length) void receive.send({ params: paramsOf(page), body: { receivedOn: received, intact, remark: intact ? '' : remark.trim() } });
  };
  return (
    <FormShell label="登记收到样品" errors={errors} problem={receive.problem} onSubmit={submit}>
      <div className="zj-row">
        <Field pointer="/receivedOn" label="收到样品的日期">{(field) => <DateInput {...field} today={today} value={received || null} onChange={setOn} />}</Field>
        <label className="zj-check"><input type="checkbox" checked={intact} onChange={(event) => setIntact(event.target.checked)} /><span>样品完好</span></label>
        {intact ? null : <Field pointer="/remark" label="损坏情况">{(field) => <input {...field} className="zj-input" maxLength={300} value={remark} onChange={(event) => setRemark(event.target.value)} />}</Field>}
        <button type="submit" className="zj-button" disabled={receive.pending}>登记收到样品</button>
      </div>
    </FormShell>
  );
}

function Withdraw({ page }: { page: OwnPage }) {
  const withdraw = useSubmission('withdrawFromComparison');
  return <ReasonButton label="退出比对" title="退出比对" hint="如仪器检修、停业。" note="退出后不能再报送；如何对待按方案的规定。" problem={withdraw.problem} pending={withdraw.pending} act={(reason) => withdraw.send({ params: paramsOf(page), body: { reason } })} />;
}

const scoreColumns = ({ round }: OwnPage): Column<Outcome['scores'][number]>[] => [
  { key: 'title', title: '项目', show: ({ measurand }) => round.measurands.find(({ id }) => id === measurand)?.title ?? measurand }, { key: 'value', title: '结果', number: true, show: ({ value, uncertainty }) => <>{value}{uncertainty ? <span className="zj-hint">　u {uncertainty}</span> : null}</> },
  { key: 'score', title: '评分值', number: true, show: ({ measurand, score, missing }) => (score ? `${scoreWords[round.measurands.find(({ id }) => id === measurand)?.score ?? 'z']} = ${score}` : missingWord(missing)) },
  { key: 'verdict', title: '评价', show: ({ verdict }) => (verdict ? <Chip tone={verdicts[verdict][0]}>{verdicts[verdict][1]}</Chip> : '—') },
];

function ObjectForm({ page }: { page: OwnPage }) {
  const [text, setText] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const object = useSubmission('objectToComparison');
  const submit = async () => {
    setErrors(text.trim() ? [] : [{ path: '/text', message: '请写明异议的内容和理由' }]);
    if (text.trim() && (await object.send({ params: paramsOf(page), body: { text: text.trim() } }))) setText('');
  };
  return (
    <FormShell label="提出异议" errors={errors} problem={object.problem} onSubmit={() => void submit()}>
      <Field pointer="/text" label="异议的内容和理由" wide>{(field) => <textarea {...field} className="zj-input" maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} />}</Field>
      <p className="zj-actions"><button type="submit" className="zj-button" disabled={object.pending}>提出异议</button></p>
    </FormShell>
  );
}

/** What came of it, what it rests on, and where it stands among the others without saying who they are. */
function Result({ page, outcome, own }: { page: OwnPage; outcome: Outcome; own: boolean }) {
  const { round, participant } = page;
  const report = useDownload(`/api/v1/comparison-rounds/${round.roundId}/participants/${participant.institutionId}/report`, `${participant.name}结果通知.xlsx`);
  return (
    <Part title="结果" aside={<button type="button" className="zj-button" disabled={report.pending} onClick={() => void report.send(undefined)}>下载结果通知</button>}>
      {report.problem ? <ProblemNote error={report.problem} /> : null}
      <Facts of={[
        ['综合评定结果', <>{outcome.result ? <strong>{outcome.result}</strong> : <Chip tone="warn">待核实</Chip>}<ClauseNote ids={outcome.clauses} />{outcome.revision > 1 ? <span className="zj-hint">　第 {outcome.revision} 版，经更正</span> : null}</>],
        ...(outcome.reason ? [['理由', reasonWords(outcome.reason)] as const] : []), ...outcome.inputs.map(({ label, value }) => [label, inputWord(value)] as const), ...(outcome.decidedAt ? [['评定时间', moment(outcome.decidedAt)] as const] : []),
        ...page.earlier.map(({ revision, result }) => [`第 ${revision} 版`, result ?? '待核实'] as const),
      ]} />
      <Table caption="各项评分" rows={outcome.scores} columns={scoreColumns(page)} rowKey={({ measurand }) => measurand} />
      <div className="comparison-charts">{page.figures.map((figure) => {
        const measurand = round.measurands.find(({ id }) => id === figure.measurand);
        return measurand ? <ScoreChart key={figure.measurand} title={measurand.title} word={scoreWords[measurand.score]} bars={ownBars(figure, measurand)} satisfactory={measurand.satisfactory} unsatisfactory={measurand.unsatisfactory} /> : null;
      })}</div>
      {page.objections.map((it) => <p key={it.objectionId} className="zj-note">异议（{moment(it.raisedAt)}）　<Chip tone={objectionStates[it.state][0]}>{objectionStates[it.state][1]}</Chip><br />{it.text}<br />{it.answer ? `答复：${it.answer}` : '已收到，等待质量控制中心答复；答复前不必再次提出。'}</p>)}
      {own && mayObject(page.objections) ? <details><summary>对结果有异议</summary><ObjectForm page={page} /></details> : null}
    </Part>
  );
}

const submissionColumns = (page: OwnPage): Column<OwnPage['submissions'][number]>[] => [
  { key: 'n', title: '次', number: true, show: ({ sequence }) => sequence }, { key: 'at', title: '时间', show: ({ submittedAt, onBehalf }) => `${moment(submittedAt)}${onBehalf ? '（代录）' : ''}` },
  { key: 'results', title: '结果', show: ({ results }) => results.map(({ measurand, value, uncertainty }) => `${page.round.measurands.find(({ id }) => id === measurand)?.title ?? measurand} ${value}${uncertainty ? `（u ${uncertainty}）` : ''}`).join('；') },
  { key: 'state', title: '状态', show: ({ standing, late }) => <>{standing ? <Chip tone="good">有效</Chip> : <Chip tone="off">已被后一次代替</Chip>}{late ? <> <Chip tone="warn">逾期</Chip></> : null}</> },
];

function Body({ page }: { page: OwnPage }) {
  const own = useIs('institution', 'institution-head');
  const { round, participant, outcome, submissions } = page;
  const taking = round.state === 'open' && participant.state !== 'withdrawn' && participant.state !== 'excused';
  return (
    <>
      <Part title="参加情况" aside={own && taking ? <Withdraw page={page} /> : undefined}>
        <Facts of={[
          ['状态', <Chip key="state" tone={participantStates[participant.state][0]}>{participantStates[participant.state][1]}</Chip>], ['参加', participant.obliged ? '应参加' : '自愿参加'], ['实验室编号', participant.code ?? (round.state === 'planned' ? '启动后编发' : '评定前不显示')],
          ['样品', <SampleWords key="sample" it={participant} />], ['报送截止', `${round.submitBy} 24 时`],
        ]} />
        {own && taking && participant.sentOn && !participant.receivedOn ? <ReceiptForm page={page} /> : null}
        {own && taking && participant.intact === false ? <p className="zj-note">样品损坏的情况已报质量控制中心，由其补发；收到补发的样品后，在此登记。</p> : null}
      </Part>
      {outcome ? <Result page={page} outcome={outcome} own={own} /> : null}
      {own && taking ? <SubmitForm page={page} /> : null}
      <Part title="报送记录">{submissions.length ? <Table caption="报送记录" rows={submissions} columns={submissionColumns(page)} rowKey={({ submissionId }) => submissionId} /> : <Empty>{own || round.state === 'evaluated' ? '尚未报送。' : '评定以前不显示机构报送的内容。'}</Empty>}</Part>
    </>
  );
}

/** One laboratory in a round: what it sends, and what comes of it. */
export function ComparisonParticipantPage() {
  const { roundId = '', institutionId = '' } = useParams();
  const page = useAnswer('getComparisonParticipant', { params: { roundId, institutionId } });
  const own = useIs('institution', 'institution-head');
  return (
    <Shown of={page} what="比对情况">
      {(known) => (
        <PackOnPage.Provider value={known.round.pack}>
          <Page title={own ? known.round.title : known.participant.name} trail={<><Link to="/comparisons">能力比对</Link>{own ? null : <> / <Link to={`/comparisons/${roundId}`}>{known.round.title}</Link></>}</>}><Body page={known} /></Page>
        </PackOnPage.Provider>
      )}
    </Shown>
  );
}
