import { Chip, ClauseNote, DateNote, DecisionNote, Empty, PackOnPage, Page, Part, Shown, Table, useAnswer, untilEndOf, type Column } from '@zhijian/web';
import { Link, useSearchParams } from 'react-router-dom';
import { useIs } from '../app/session.js';
import { YearPicker, type ColourYear } from '../check/YearPicker.js';
import { boards, boardTone, boardWord, colourTone, leftWords, type Board, type Listed } from './rectification.js';
import './board.css';

const columns: Column<Listed>[] = [
  { key: 'name', title: '机构', sortBy: ({ institutionName }) => institutionName, show: ({ rectificationId, institutionName, place }) => <><Link to={`/rectifications/${rectificationId}`}>{institutionName}</Link><br /><span className="zj-soft">{place}</span></> },
  { key: 'colour', title: '颜色', sortBy: ({ colour }) => colour, show: ({ colour, colourTitle, publishedOn }) => <><Chip tone={colourTone(colour)}>{colourTitle}</Chip><DecisionNote decision="rectification-duty" inputs={{ colour }} /><br /><span className="zj-soft zj-nowrap">{publishedOn} 公开</span></> },
  { key: 'due', title: '提交期限', sortBy: ({ dueOn }) => dueOn ?? '9999', show: ({ dueOn, firm, because, counted, clauses, calendar }) => <>{untilEndOf(dueOn)}{dueOn && !firm ? '（暂定）' : ''}<DateNote because={because} counted={counted} clauses={clauses} calendar={calendar} firm={firm || !dueOn} /></> },
  { key: 'left', title: '剩余', sortBy: ({ daysLeft }) => daysLeft ?? 9999, show: (row) => leftWords(row) },
  { key: 'state', title: '情况', sortBy: ({ board }) => boards.findIndex(([id]) => id === board), show: ({ board, reports, late, remindedAt, limitOn, limitClauses, missedAt, rectifiedOn }) => <><Chip tone={boardTone(board)}>{boardWord(board)}</Chip>{late === null ? null : <span className="zj-soft">　{late ? '逾期提交' : '按时提交'}</span>}{reports > 1 ? <span className="zj-soft">　第 {reports} 份</span> : null}{remindedAt && board === 'awaited' ? <span className="zj-soft">　已提醒</span> : null}{rectifiedOn ? <><br /><span className="zj-soft">已核实整改</span></> : missedAt ? <><br /><Chip tone="bad">限期未整改</Chip></> : limitOn ? <><br /><span className="zj-soft zj-nowrap">整改期限 {limitOn}</span><ClauseNote ids={limitClauses} /></> : null}</> },
];

function Reports({ jurisdiction, year }: ColourYear) {
  const [search, setSearch] = useSearchParams();
  const all = useAnswer('listRectifications', { query: { jurisdiction, year, limit: 500 } }, { every: 15_000 });
  const chosen = search.get('board');
  const put = (board: string) => setSearch((before) => {
    const next = new URLSearchParams(before);
    if (board === chosen) next.delete('board');
    else next.set('board', board);
    return next;
  }, { replace: true });
  return (
    <Shown of={all} what="整改报告">
      {({ items, next }) => (items.length ? (
        <>
          <div className="board" role="group" aria-label="按情况筛选">
            {boards.map(([id, word, tone]) => <button key={id} type="button" className="board-column" aria-pressed={chosen === id} onClick={() => put(id)}><Chip tone={tone}>{word}</Chip><strong>{items.filter(({ board }) => board === id).length}</strong></button>)}
          </div>
          {next ? <p className="zj-note">此处列前 {items.length} 家。</p> : null}
          <Rows rows={items.filter(({ board }) => !chosen || board === chosen)} chosen={chosen} />
        </>
      ) : <Empty>这一年度没有须提交整改报告的机构。赋色结果公开以后，红色、黄色机构列在这里。</Empty>)}
    </Shown>
  );
}

function Rows({ rows, chosen }: { rows: readonly Listed[]; chosen: string | null }) {
  if (!rows.length) return <Empty>没有“{boardWord(chosen as Board)}”的机构。</Empty>;
  return <PackOnPage.Provider value={rows[0]!.pack}><Table caption="整改报告" rows={rows} columns={columns} rowKey={({ rectificationId }) => rectificationId} /></PackOnPage.Provider>;
}

/** What a body owes itself: its own reports, year by year. */
function Own() {
  const own = useAnswer('listRectifications', { query: { limit: 100 } }, { every: 15_000 });
  return <Part title="本机构的整改报告"><Shown of={own} what="整改报告">{({ items }) => (items.length ? <Rows rows={items} chosen={null} /> : <Empty>本机构没有须提交的整改报告。</Empty>)}</Shown></Part>;
}

/** Who owes a rectification report, how long there is, and what waits for whom. */
export function BoardPage() {
  const body = useIs('institution', 'institution-head');
  return <Page title="整改报告" aside={<button type="button" className="zj-button" onClick={() => window.print()}>打印</button>}>{body ? <Own /> : <YearPicker>{(year) => <Part title={`${year.year} 年度整改看板`} note="期限自结果公开的次日起按工作日计算，至当日 24:00。逾期未报的，由资质认可、备案机关审查，系统不自动取消任何资质。"><Reports {...year} /></Part>}</YearPicker>}</Page>;
}
