import { Chip, ClauseNote, DecisionNote, Empty, institutionWord, InventedLabel, Partial, Shown, Table, useAnswer, type Column } from '@zhijian/web';
import { Link } from 'react-router-dom';
import { PlaceWord } from '../app/PlaceWord.js';
import { lackWords, standingWords, titleOf, toneOf, type Body, type RunDetail } from './colour.js';

const most = 500;
const Colour = ({ run, id }: { run: RunDetail; id: string | null }) => <Chip tone={toneOf(run.colours, id)}>{titleOf(run.colours, id)}</Chip>;
const DirectName = ({ body }: { body: Body }) => <><Link to={`/institutions/${body.institutionId}`}>{body.name || body.institutionId}</Link>{body.invented ? <InventedLabel /> : null}</>;

/** What one qualification came to, from score and result to colour, each step with its table. */
function Lines({ run, body }: { run: RunDetail; body: Body }) {
  return (
    <ul className="colour-lines">
      {body.lines.map(({ line, grade, level, colour, score, served, result, clauses }) => (
        <li key={line}>
          {institutionWord(line)}：{served === false ? '未开展服务' : score === null ? '没有评分' : `${score} 分`}，{grade === null ? '没有等级' : titleOf(run.grades, grade)}；比对{result === null ? '没有结果' : `${result}，${level === null ? '没有等级' : titleOf(run.levels, level)}`}；<Colour run={run} id={colour} />
          {colour === null ? null : <DecisionNote decision="colour" inputs={{ grade, level }} />}<ClauseNote ids={clauses} />
        </li>
      ))}
    </ul>
  );
}

const columnsFor = (run: RunDetail, mayCorrect: boolean): Column<Body>[] => [
  { key: 'name', title: '机构', sortBy: ({ name }) => name, show: (body) => <DirectName body={body} /> }, { key: 'home', title: '所在', sortBy: ({ jurisdiction }) => jurisdiction, show: ({ jurisdiction }) => <PlaceWord code={jurisdiction} /> },
  { key: 'colour', title: '颜色', sortBy: ({ colour }) => run.colours.findIndex(({ id }) => id === colour), show: ({ colour, changed }) => <><Colour run={run} id={colour} />{changed ? <span className="zj-hint">　依据已有变动</span> : null}</> },
  { key: 'lines', title: '依据', show: (body) => <Lines run={run} body={body} /> }, { key: 'red', title: '连续红色', number: true, sortBy: ({ redYears }) => redYears, show: ({ redYears }) => (redYears > 0 ? `${redYears} 年` : '—') },
  { key: 'state', title: '状态', show: ({ state, published }) => <><span className="colour-word">{standingWords[state]}</span>{published ? `；${published.publishedOn ?? ''}公开${published.colour === null ? '后撤下' : ''}` : ''}</> },
  ...(mayCorrect ? [{ key: 'act', title: '办理', show: ({ institutionId, state }: Body) => (state === 'signed' ? <Link to={`/colours/corrections/new?run=${run.runId}&institution=${institutionId}`}>更正</Link> : '—') }] : []),
];

/** Bodies of a run, as asked for; the first five hundred. */
export function Bodies({ run, query, mayCorrect }: { run: RunDetail; query: Record<string, string>; mayCorrect: boolean }) {
  const bodies = useAnswer('listColoured', { params: { runId: run.runId }, query: { limit: most, ...query } });
  return (
    <Shown of={bodies} what="机构">
      {({ items, next }) => (items.length
        ? <>{next ? <Partial>只列出前 {most} 家，请点矩阵的一格缩小范围。</Partial> : null}<Table caption="机构及其颜色" rows={items} columns={columnsFor(run, mayCorrect)} rowKey={({ institutionId }) => institutionId} /></>
        : <Empty>没有符合条件的机构。</Empty>)}
    </Shown>
  );
}

/** Who has no colour, and what each lacks: nobody is coloured by default. */
export function Undetermined({ run }: { run: RunDetail }) {
  const bodies = useAnswer('listColoured', { params: { runId: run.runId }, query: { limit: most, state: 'undetermined' } });
  const columns: Column<Body>[] = [
    { key: 'name', title: '机构', sortBy: ({ name }) => name, show: (body) => <DirectName body={body} /> },
    { key: 'missing', title: '所缺', show: ({ lines }) => <ul className="colour-lines">{lines.filter(({ colour }) => colour === null).map((it) => <li key={it.line}>{institutionWord(it.line)}：{lackWords(it, run.basisYear)}<ClauseNote ids={it.clauses} /></li>)}</ul> },
  ];
  return (
    <Shown of={bodies} what="待核实的机构">
      {({ items, next }) => (items.length ? <>{next ? <Partial>只列出前 {most} 家。</Partial> : null}<Table caption="待核实的机构" rows={items} columns={columns} rowKey={({ institutionId }) => institutionId} /></> : <Empty>没有待核实的机构。</Empty>)}
    </Shown>
  );
}
