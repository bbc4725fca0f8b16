import { Chip, ClauseNote, Facts, institutionWord, moment, PackOnPage, Page, Part, ProblemNote, Shown, Table, useAnswer, type Column } from '@zhijian/web';
import { Link, useParams } from 'react-router-dom';
import { useIs } from '../app/session.js';
import { CertificateMark } from '../decision/CertificateMark.js';
import { useDownload } from '../form/use-download.js';
import { assignedWords, fixedWords, roundStates, scoreWords, type Measurand, type Round } from './comparison.js';
import { Changes } from './Changes.js';
import { EvaluationPart } from './EvaluationPart.js';
import { OpenForm } from './OpenForm.js';
import { Participants } from './Participants.js';
import { EnterForm, ImportForm, UncoverButton } from './EnterForm.js';

const measurandColumns: Column<Measurand>[] = [
  { key: 'title', title: '项目', show: ({ title, optional }) => <>{title}{optional ? <span className="zj-hint">　可不参加</span> : null}</> }, { key: 'unit', title: '单位', show: ({ unit }) => unit }, { key: 'places', title: '小数位', number: true, show: ({ places }) => places },
  { key: 'score', title: '评分', show: ({ score }) => scoreWords[score] }, { key: 'limits', title: '界限', show: ({ satisfactory, unsatisfactory }) => `满意 ${satisfactory}，不满意 ${unsatisfactory}` },
  { key: 'assigned', title: '指定值', show: ({ assignedBy, toFix }) => <>{assignedWords[assignedBy]}{toFix.length ? <span className="zj-hint">　启动时确定{toFix.map((name) => fixedWords[name]).join('、')}</span> : null}</> },
];

function Progress({ round: { counts, state } }: { round: Round }) {
  const all = counts.obliged + counts.voluntary;
  return <Facts of={[
    ['应参加', `${counts.obliged} 家${counts.excused ? `（另有 ${counts.excused} 家免予参加）` : ''}`], ['自愿参加', `${counts.voluntary} 家`],
    ...(state === 'planned' ? [] : [['样品', `发出 ${counts.sent}，收到 ${counts.received}`], ['结果', `报送 ${counts.reported}，逾期 ${counts.late}，退出 ${counts.withdrawn}，共 ${all} 家`]] as const),
  ]} />;
}

function Download({ round }: { round: Round }) {
  const report = useDownload(`/api/v1/comparison-rounds/${round.roundId}/report`, `${round.title}结果报告.xlsx`);
  return <><button type="button" className="zj-button" disabled={report.pending} onClick={() => void report.send(undefined)}>下载结果报告</button>{report.problem ? <ProblemNote error={report.problem} /> : null}</>;
}

function Body({ round }: { round: Round }) {
  const runs = useIs('quality-centre');
  const blind = useIs('expert');
  const drafts = useIs('quality-centre', 'expert', 'auditor');
  const { state, closed } = round;
  return (
    <>
      <Part title="概况" note={state === 'planned' ? '尚未启动：可以增加自愿参加的机构，免予参加的须写明理由。' : round.uncovered ? undefined : '评定以前，质控中心和专家只见实验室编号，不见是哪家机构。'} aside={runs && state === 'open' && !round.uncovered ? <UncoverButton round={round} /> : undefined}>
        <Facts of={[
          ['状态', <Chip key="state" tone={roundStates[state][0]}>{roundStates[state][1]}</Chip>], ['资质', institutionWord(round.line)], ['年度', round.year], ['方案', <>{round.schemeTitle}<ClauseNote ids={round.clauses} /></>],
          ['报送截止', <>{round.submitBy} 24 时{round.parts.map(({ id, title, submitBy }) => <span key={id}>　{title} {submitBy}</span>)}{closed ? <span className="zj-hint">　已截止</span> : null}</>],
          ...(round.sealSha256 ? [['封存摘要', <><code>{round.sealSha256.slice(0, 16)}</code><CertificateMark room="quality-control" subject={round.roundId} kind="listing" /></>] as const] : []),
          ...(round.uncoveredAt ? [['评定前揭开身份', moment(round.uncoveredAt)] as const] : []), ...(round.evaluatedAt ? [['评定', moment(round.evaluatedAt)] as const] : []),
        ]} />
        <Progress round={round} />
        <details open={state === 'planned'}><summary>比对项目（{round.measurands.length}）</summary><Table caption="比对项目" rows={round.measurands} columns={measurandColumns} rowKey={({ id }) => id} /></details>
      </Part>
      {runs && state === 'planned' ? <OpenForm round={round} /> : null}
      {state !== 'planned' && (state === 'evaluated' || (closed && drafts)) ? <EvaluationPart round={round} /> : null}
      {runs && state === 'open' ? <><EnterForm round={round} /><ImportForm round={round} /></> : null}
      {state === 'evaluated' && !blind ? <Changes round={round} /> : null}
      {blind ? null : <Participants round={round} />}
    </>
  );
}

/** One round from its plan to its report. */
export function ComparisonPage() {
  const { roundId = '' } = useParams();
  const round = useAnswer('getComparison', { params: { roundId } });
  const blind = useIs('expert');
  return (
    <Shown of={round} what="能力比对">
      {(known) => (
        <PackOnPage.Provider value={known.pack}>
          <Page title={known.title} trail={<Link to="/comparisons">能力比对</Link>} aside={<>{known.state === 'evaluated' && !blind ? <Download round={known} /> : null}<button type="button" className="zj-button" onClick={() => window.print()}>打印</button></>}><Body round={known} /></Page>
        </PackOnPage.Provider>
      )}
    </Shown>
  );
}
