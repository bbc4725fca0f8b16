import { Empty, institutionWord, institutionWords, Page, Part, Shown, Table, useAnswer, type Column } from '@zhijian/web';
import { Link, useSearchParams } from 'react-router-dom';
import { useIs, useToday } from '../app/session.js';
import { progressParts, stateWords, type Plan } from './evaluation.js';
import { OpenForm } from './OpenForm.js';
import './evaluation.css';

/** How far a plan has come: one bar with a part for each state, and the same in words. */
export function Progress({ of: { progress } }: { of: Pick<Plan, 'progress'> }) {
  const parts = progressParts.filter((part) => progress[part] > 0);
  return (
    <div className="evaluation-progress">
      <div className="evaluation-bar" aria-hidden="true">{parts.map((part) => <span key={part} className={`evaluation-${part}`} style={{ flexGrow: progress[part] }} />)}</div>
      <span>{progress.obliged ? <>已审签 {progress.signed}/{progress.obliged} 家</> : '没有应评估的机构'}<span className="zj-soft">　{parts.filter((part) => part !== 'signed').map((part) => `${stateWords[part][1]} ${progress[part]}`).join('，')}{progress.notServed ? `；其中 ${progress.notServed} 家当年未开展服务` : ''}</span></span>
    </div>
  );
}

const columns: Column<Plan>[] = [
  { key: 'year', title: '年度', sortBy: ({ year }) => year, show: ({ planId, year }) => <Link to={`/evaluations/${planId}`}>{year} 年度</Link> },
  { key: 'line', title: '机构类别', sortBy: ({ line }) => line, show: ({ planId, line }) => <Link to={`/evaluations/${planId}`}>{institutionWord(line)}</Link> },
  { key: 'set', title: '质量指标', show: ({ title, pack }) => <>{title}<span className="zj-hint">　{pack}</span></> },
  { key: 'place', title: '区划', show: ({ jurisdiction }) => jurisdiction },
  { key: 'progress', title: '进度', sortBy: ({ progress }) => (progress.obliged ? progress.signed / progress.obliged : 0), show: (plan) => <Progress of={plan} /> },
];

/** The yearly evaluations, by year and line. */
export function EvaluationsPage() {
  const [search, setSearch] = useSearchParams();
  const mayOpen = useIs('quality-centre', 'province', 'city');
  const today = useToday();
  const year = search.get('year');
  const query = { limit: 100, year: year ? Number(year) : undefined, line: (search.get('line') ?? undefined) as Plan['line'] | undefined };
  const plans = useAnswer('listEvaluationPlans', { query });
  const put = (name: string, value: string) => setSearch((before) => {
    const next = new URLSearchParams(before);
    if (value) next.set(name, value);
    else next.delete(name);
    return next;
  }, { replace: true });
  const years = today ? Array.from({ length: 8 }, (_, back) => Number(today.slice(0, 4)) - back) : [];
  return (
    <Page title="绩效评估" aside={<button type="button" className="zj-button" onClick={() => window.print()}>打印</button>}>
      <div className="zj-row" role="search">
        <label>年度<select className="zj-input" value={year ?? ''} onChange={(event) => put('year', event.target.value)}><option value="">全部</option>{years.map((one) => <option key={one} value={one}>{one}</option>)}</select></label>
        <label>机构类别<select className="zj-input" value={search.get('line') ?? ''} onChange={(event) => put('line', event.target.value)}><option value="">全部</option>{Object.entries(institutionWords).map(([kind, word]) => <option key={kind} value={kind}>{word}</option>)}</select></label>
      </div>
      <Part title="历年评估">
        <Shown of={plans} what="绩效评估">
          {({ items }) => (items.length ? <Table caption="历年评估" rows={items} columns={columns} rowKey={({ planId }) => planId} />
            : <Empty>{query.year || query.line ? '没有符合条件的评估。' : '还没有开展绩效评估。由质控中心或者卫生健康行政部门按年度、机构类别开展，指标取自政策包。'}</Empty>)}
        </Shown>
      </Part>
      {mayOpen && today ? <OpenForm thisYear={Number(today.slice(0, 4))} /> : null}
    </Page>
  );
}
