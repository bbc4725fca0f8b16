import { Chip, ClauseNote, Facts, moment, PackOnPage, Page, Part, Shown, Table, useAnswer, type Column } from '@zhijian/web';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { Anchor } from '../app/Anchor.js';
import { PlaceWord } from '../app/PlaceWord.js';
import { useIs } from '../app/session.js';
import { Bodies, Undetermined } from './Bodies.js';
import { noticeReasonWords, openWords, standingWords, stateTones, stateWords, titleOf, toneOf, type RunDetail, type Titled } from './colour.js';
import { Matrix } from './Matrix.js';
import { SignRun } from './SignRun.js';

type Notice = RunDetail['notices'][number];
const noticeColumns: Column<Notice>[] = [
  { key: 'because', title: '公示', show: ({ noticeId, because }) => <Link to={`/notices/${noticeId}`}>{noticeReasonWords[because] ?? because}</Link> }, { key: 'from', title: '公示之日', show: ({ postedOn }) => postedOn }, { key: 'to', title: '期满', show: ({ lastDay }) => `${lastDay} 24:00` },
  { key: 'entries', title: '机构数', number: true, show: ({ entries }) => entries }, { key: 'state', title: '结果', show: ({ finishedAt, published, waiting, withdrawn }) => (withdrawn ? `已撤回：${withdrawn}` : finishedAt ? `已公开 ${published ?? 0} 家，因异议暂缓 ${waiting ?? 0} 家` : '公示中') },
];

const Counts = ({ run: { counts, colours } }: { run: RunDetail }) => (
  <p className="colour-counts">
    {colours.map(({ id, title }) => <Link key={id} to={`?colour=${id}#bodies`}><Chip tone={toneOf(colours, id)}>{title} {counts.colours[id] ?? 0}</Chip></Link>)}
    <Link to="?state=undetermined#bodies"><Chip tone="wait">待核实 {counts.undetermined}</Chip></Link>
    <span className="zj-soft">共 {counts.managed} 家；已签发 {counts.signed}，待签发 {counts.toSign}，已公开 {counts.published}</span>
  </p>
);

/** What is owed of the run beside its colours: objections to settle, and what the year left undone. */
function Left({ run }: { run: RunDetail }) {
  return (
    <>
      {run.toRevise.length ? (
        <Part title="待重新赋色的异议" note="异议处理意见为“应当改变”，须按更正重新赋色；在此以前该机构的公示暂缓。">
          <ul className="colour-lines">{run.toRevise.map(({ objectionId, institutionId, name }) => <li key={objectionId}>{name || institutionId}　<Link to={`/colours/corrections/new?run=${run.runId}&institution=${institutionId}&objection=${objectionId}`}>拟更正</Link></li>)}</ul>
        </Part>
      ) : null}
      {run.yearEnd ? (
        <Part title="年终：应办未办" note={`统计至 ${moment(run.yearEnd.closedAt)}。`}>
          {run.yearEnd.open.length + run.yearEnd.monitoring.length === 0 ? <p>没有应办未办的事项。</p> : <ul className="colour-lines">{run.yearEnd.open.map((one) => <li key={one}>{openWords[one] ?? one}</li>)}{run.yearEnd.monitoring.map(({ institutionId, name, what, owed, done }) => <li key={`${institutionId} ${what}`}>{name || institutionId}：{what}，应 {owed} 次，已 {done} 次</li>)}</ul>}
          {run.yearEnd.corrections.map(({ correctionId, institutionId, name, year, decidedAt }) => <p key={correctionId} className="zj-soft">统计以后，{name || institutionId} {year} 年度的颜色于 {moment(decidedAt)} 决定<Link to={`/colours/corrections/${correctionId}`}>更正</Link>；清单保留原样。</p>)}
        </Part>
      ) : null}
    </>
  );
}

function Run({ run, reload }: { run: RunDetail; reload: () => void }) {
  const [search] = useSearchParams();
  const mayCorrect = useIs('province', 'city', 'county', 'quality-centre');
  const query = Object.fromEntries(['grade', 'level', 'colour', 'state', 'changed'].flatMap((name) => { const value = search.get(name); return value ? [[name, value]] : []; }));
  const named = (titles: readonly Titled[], name: string): string[] => (query[name] ? [titleOf(titles, query[name])] : []);
  const wording = [...named(run.grades, 'grade'), ...named(run.levels, 'level'), ...named(run.colours, 'colour'), ...(query['state'] ? [standingWords[query['state'] as keyof typeof standingWords]] : []), ...(query['changed'] ? ['依据已有变动'] : [])].join('、');
  return (
    <>
      <Facts of={[
        ['辖区', <PlaceWord key="place" code={run.jurisdiction} />], ['状态', <Chip key="state" tone={stateTones[run.state]}>{stateWords[run.state]}</Chip>], ['依据', <>{run.basisYear} 年度的评分和比对结果<ClauseNote ids={run.clauses} /></>], ['政策包', run.pack],
        ['最近一次预览', moment(run.proposedAt)], ['签发', moment(run.signedAt)],
      ]} />
      <Part title="矩阵" note="格内为资质项数；一家机构有两项资质的，各在一格，机构的颜色按政策包合并。点一格看其中的机构。">
        <Matrix run={run} chosen={{ grade: search.get('grade'), level: search.get('level') }} />
        <Counts run={run} />
      </Part>
      {run.counts.undetermined > 0 ? <Part title={`待核实（${run.counts.undetermined} 家）`} note="缺少评分或者比对结果的，不赋色，也不默认。已确定的可以先行签发。"><Undetermined run={run} /></Part> : null}
      <Part title="签发"><SignRun run={run} reload={reload} /></Part>
      {run.notices.length ? <Part title="公示与公开"><Table caption="公示" rows={run.notices} columns={noticeColumns} rowKey={({ noticeId }) => noticeId} /></Part> : null}
      <Left run={run} />
      <Anchor id="bodies"><Part title={wording ? `机构：${wording}` : '机构'} aside={wording ? <Link className="zj-button" to="?">全部</Link> : undefined}><Bodies run={run} query={query} mayCorrect={mayCorrect} /></Part></Anchor>
    </>
  );
}

/** One year's colouring: preview, what is missing, signature, notices. */
export function ColourRunPage() {
  const { runId = '' } = useParams();
  const run = useAnswer('getColourRun', { params: { runId } }, { every: 15_000 });
  return (
    <Shown of={run} what="这个年度的赋色">
      {(known) => (
        <PackOnPage.Provider value={known.pack}>
          <Page title={`${known.year} 年度赋色`} trail={<Link to="/colours">分色管理</Link>} aside={<><Link className="zj-button" to={`/colours/${runId}/flow`}>与上年比较</Link><Link className="zj-button" to={`/colours/corrections?run=${runId}`}>更正</Link><button type="button" className="zj-button" onClick={() => window.print()}>打印</button></>}>
            <Run run={known} reload={() => void run.refetch()} />
          </Page>
        </PackOnPage.Provider>
      )}
    </Shown>
  );
}
