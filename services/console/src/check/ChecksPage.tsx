import { Chip, ClauseNote, Empty, moment, PackOnPage, Page, Part, Shown, Table, useAnswer, type Column } from '@zhijian/web';
import { Link, useSearchParams } from 'react-router-dom';
import { PlaceWord } from '../app/PlaceWord.js';
import { searchWith } from '../app/search.js';
import { useIs } from '../app/session.js';
import { colourTone } from '../rectification/rectification.js';
import { becauseWords, frequencyWords, fromWords, originWords, quotaStates, type Check, type Quota, type Year } from './check.js';
import { SummaryLink, YearPicker, type ColourYear } from './YearPicker.js';
import './check.css';

type Counted = Year['colours'][number];
function OfColour({ it: { colour, title } }: { it: Counted }) {
  const [search] = useSearchParams();
  return <Link to={searchWith(search, { colour: colour ?? 'none' })}><Chip tone={colourTone(colour)}>{title}</Chip></Link>;
}
const byColour: Column<Counted>[] = [
  { key: 'colour', title: '颜色', show: (it) => <OfColour it={it} /> }, { key: 'bodies', title: '机构', number: true, show: ({ bodies }) => bodies },
  { key: 'required', title: '应检查次数', number: true, show: ({ required, colour }) => (colour === null ? '不定' : required) }, { key: 'done', title: '已检查次数', number: true, show: ({ done }) => done },
  { key: 'owed', title: '尚欠次数', number: true, show: ({ owed }) => owed }, { key: 'complaints', title: '投诉举报检查', number: true, show: ({ complaints }) => complaints },
];

/** The year month by month: planned checks and complaints, in numbers and in bars. */
function Months({ of: { months } }: { of: Year }) {
  const most = Math.max(1, ...months.map(({ planned, complaint }) => planned + complaint));
  return (
    <table className="check-months">
      <caption className="zj-hidden">各月检查次数</caption>
      <thead><tr><th scope="col">月份</th><th scope="col">计划检查</th><th scope="col">投诉举报</th><th scope="col"><span className="zj-hidden">图示</span></th></tr></thead>
      <tbody>{months.map(({ month, planned, complaint }) => (
        <tr key={month}><th scope="row">{month} 月</th><td>{planned}</td><td>{complaint}</td><td aria-hidden="true"><span className="check-bar"><i style={{ width: `${(planned / most) * 100}%` }} /><i className="check-complaint" style={{ width: `${(complaint / most) * 100}%` }} /></span></td></tr>
      ))}</tbody>
    </table>
  );
}

type Owed = NonNullable<Year['yearEnd']>['items'][number];
const owedColumns: Column<Owed>[] = [
  { key: 'name', title: '机构', show: ({ institutionId, institutionName, place }) => <><Link to={`/institutions/${institutionId}`}>{institutionName}</Link><br /><span className="zj-soft"><PlaceWord code={place} /></span></> }, { key: 'colour', title: '颜色', show: ({ colour, colourTitle }) => <Chip tone={colourTone(colour)}>{colourTitle}</Chip> },
  { key: 'min', title: '应检查', number: true, show: ({ min }) => min }, { key: 'done', title: '已检查', number: true, show: ({ done }) => done }, { key: 'owed', title: '未检查', number: true, show: ({ owed, clauses }) => <>{owed}<ClauseNote ids={clauses} /></> },
];

const quotaColumns: Column<Quota>[] = [
  { key: 'name', title: '机构', sortBy: ({ institutionName }) => institutionName, show: ({ institutionId, institutionName, place }) => <><Link to={`/institutions/${institutionId}`}>{institutionName}</Link><br /><span className="zj-soft"><PlaceWord code={place} /></span></> },
  { key: 'colour', title: '颜色', sortBy: ({ colour }) => colour ?? '', show: ({ colour, colourTitle, colourFrom, history }) => <><Chip tone={colourTone(colour)}>{colourTitle ?? '没有颜色'}</Chip>{colour ? <><br /><span className="zj-soft">{fromWords[colourFrom]}</span></> : null}{history.map(({ at, because }) => <span key={at} className="zj-soft"><br />{moment(at).slice(0, 10)} {becauseWords[because] ?? because}，频次改变；已检查的照算</span>)}</> },
  { key: 'min', title: '频次', show: (row) => <>{frequencyWords(row)}<ClauseNote ids={row.clauses} /></> },
  { key: 'done', title: '已检查', number: true, sortBy: ({ done }) => done, show: ({ done, checks }) => <>{done}{checks.map(({ checkId, visitedOn, origin }) => <span key={checkId} className="zj-soft"><br />{visitedOn}{origin === 'complaint' ? '（投诉举报，不计入）' : ''}</span>)}</> },
  { key: 'owed', title: '尚欠', number: true, sortBy: ({ owed }) => owed, show: ({ owed }) => owed }, { key: 'state', title: '情况', sortBy: ({ state }) => state, show: ({ state }) => <Chip tone={quotaStates[state][0]}>{quotaStates[state][1]}</Chip> },
];

type Changed = NonNullable<Year['yearEnd']>['changed'][number];
const stoodWords = ({ colourTitle, min }: Changed['before']): string => `${colourTitle ?? '没有颜色'}${min === null ? '' : `，不少于 ${min} 次`}`;
/** What the frozen list has counted and is another since: the list stays, with this note. */
const ChangedSince = ({ changed }: { changed: readonly Changed[] }) => changed.map(({ institutionId, institutionName, at, because, before, after }) => <p key={`${institutionId} ${at}`} className="zj-note">清单列出以后，{institutionName}于 {moment(at).slice(0, 10)} 由“{stoodWords(before)}”变为“{stoodWords(after)}”（{becauseWords[because] ?? because}）；清单保留原样。</p>);

function Quotas({ jurisdiction, year, pack }: ColourYear) {
  const [search, setSearch] = useSearchParams();
  const [colour, state] = [search.get('colour') ?? '', search.get('state') ?? ''];
  const list = useAnswer('listQuotas', { params: { jurisdiction, year }, query: { limit: 500, ...(colour ? { colour } : {}), ...(state ? { state: state as Quota['state'] } : {}) } });
  const put = (name: string, value: string) => setSearch((before) => { const next = new URLSearchParams(before); if (value) next.set(name, value); else next.delete(name); return next; }, { replace: true });
  const mayRecord = useIs('province', 'city', 'county', 'inspector');
  const columns = mayRecord ? [...quotaColumns, { key: 'act', title: '登记', show: ({ institutionId }: Quota) => <Link to={`/checks/new?institution=${institutionId}&year=${jurisdiction}/${year}`}>登记检查</Link> }] : quotaColumns;
  return (
    <Part title="各机构的检查任务" note="按颜色确定；结果公开以前适用上一年度的颜色。投诉举报不受颜色限制，不计入计划检查。">
      <p className="zj-actions">
        <label>情况 <select className="zj-input" value={state} onChange={(event) => put('state', event.target.value)}><option value="">全部</option>{Object.entries(quotaStates).map(([id, [, word]]) => <option key={id} value={id}>{word}</option>)}</select></label>
        {colour ? <button type="button" className="zj-button" onClick={() => put('colour', '')}>不按颜色筛选</button> : null}
      </p>
      <Shown of={list} what="检查任务">{({ items, next }) => (items.length ? <PackOnPage.Provider value={pack}>{next ? <p className="zj-note">此处列前 {items.length} 家，其余按颜色或者情况筛选。</p> : null}<Table caption="检查任务" rows={items} columns={columns} rowKey={({ institutionId }) => institutionId} /></PackOnPage.Provider> : <Empty>没有符合条件的机构。</Empty>)}</Shown>
    </Part>
  );
}

const checkColumns: Column<Check>[] = [
  { key: 'on', title: '日期', show: ({ visitedOn }) => visitedOn }, { key: 'name', title: '机构', show: ({ institutionId, institutionName }) => <Link to={`/institutions/${institutionId}`}>{institutionName}</Link> },
  { key: 'origin', title: '来源', show: ({ origin, complaint, clauses }) => <>{originWords[origin]}{complaint ? `（${complaint}）` : ''}<ClauseNote ids={clauses} /></> }, { key: 'problems', title: '问题', show: ({ problems }) => (problems.length ? problems.join('；') : '未发现问题') },
  { key: 'result', title: '处理', show: ({ result }) => result }, { key: 'who', title: '执法人员', show: ({ inspectors }) => inspectors.join('、') },
];

function Work({ colourYear }: { colourYear: ColourYear }) {
  const { jurisdiction, year, pack } = colourYear;
  const whole = useAnswer('getColourYear', { params: { jurisdiction, year } });
  const checks = useAnswer('listChecks', { query: { jurisdiction, year, limit: 50 } });
  return (
    <>
      <Shown of={whole} what="年度检查情况">
        {(it) => (
          <PackOnPage.Provider value={pack}>
            {it.runId === null ? <p className="zj-note">{it.year} 年度的赋色尚未启动{it.opener ? `（由${it.opener}启动）` : ''}。启动并公开以前适用上一年度的颜色，下列次数据此计算。</p> : null}
            <div className="zj-columns">
              <Part title="按颜色">{it.colours.length ? <Table caption="按颜色" rows={it.colours} columns={byColour} rowKey={({ colour }) => colour ?? 'none'} /> : <Empty>还没有机构纳入。</Empty>}</Part>
              <Part title="按月"><Months of={it} /></Part>
            </div>
            {it.yearEnd ? <Part title="年末：应检查而未检查" note={`${it.year} 年 12 月 31 日 24:00 的清单，不再改变；以后补登的检查只改变上面的数字。`}>{it.yearEnd.items.length ? <Table caption="应检查而未检查" rows={it.yearEnd.items} columns={owedColumns} rowKey={({ institutionId }) => institutionId} /> : <p>没有应检查而未检查的机构。</p>}<ChangedSince changed={it.yearEnd.changed} /></Part> : null}
          </PackOnPage.Provider>
        )}
      </Shown>
      <Quotas {...colourYear} />
      <Part title="检查记录"><Shown of={checks} what="检查记录">{({ items }) => (items.length ? <PackOnPage.Provider value={pack}><Table caption="检查记录" rows={items} columns={checkColumns} rowKey={({ checkId }) => checkId} /></PackOnPage.Provider> : <Empty>还没有登记检查。</Empty>)}</Shown></Part>
    </>
  );
}

/** How often everybody is to be checked by colour, what was done, month by month, and what was owed at the year's end. */
export function ChecksPage() {
  const mayRecord = useIs('province', 'city', 'county', 'inspector');
  return (
    <Page title="分类检查" aside={mayRecord ? <Link className="zj-button zj-primary" to="/checks/new">登记检查</Link> : undefined}>
      <YearPicker>{(year) => <><SummaryLink year={year} to="/checks/summaries">分类监督执法年度总结</SummaryLink><Work colourYear={year} /></>}</YearPicker>
    </Page>
  );
}
