import { Chip, count, DateNote, Empty, PackOnPage, Page, Part, Shown, Table, useAnswer, type Column } from '@zhijian/web';
import { Link, useSearchParams } from 'react-router-dom';
import { useIs } from '../app/session.js';
import { countWords, leftWords, noticeStates, reasonWords, type Notice } from './notice.js';
import './notice.css';

/** How far a running notice has come, with the days that are left. */
export function Countdown({ of }: { of: Notice }) {
  if (of.daysLeft === null || !of.postedOn || !of.lastDay) return null;
  const all = Math.round((Date.parse(of.lastDay) - Date.parse(of.postedOn)) / 86_400_000) + 1;
  return <p className="notice-countdown"><progress max={all} value={Math.max(0, all - of.daysLeft)} aria-label="公示期已过的部分" /> <strong>{leftWords(of)}</strong></p>;
}

/** How the last day of a notice was reckoned. */
export const NoticePeriod = ({ of: { counted, clauses, calendar } }: { of: Pick<Notice, 'counted' | 'clauses' | 'calendar'> }) => <DateNote because={`自发布次日起计 ${counted.length} 个工作日。`} clauses={clauses} calendar={calendar} counted={counted} />;

const columns = (body: boolean): Column<Notice>[] => [
  { key: 'title', title: '公示', sortBy: ({ title }) => title, show: ({ noticeId, title, because }) => <><Link to={`/notices/${noticeId}`}>{title}</Link><br /><span className="zj-soft">{reasonWords[because]}</span></> },
  { key: 'state', title: '情况', sortBy: ({ state }) => state, show: (it) => { const [tone, word] = noticeStates[it.state]; return <><Chip tone={tone}>{word}</Chip><Countdown of={it} /></>; } },
  { key: 'period', title: '公示期', sortBy: ({ postedOn }) => postedOn ?? '', show: (it) => (it.postedOn ? <PackOnPage.Provider value={it.pack}>{it.postedOn} 发布，至 {it.lastDay ?? '—'} 24:00<NoticePeriod of={it} /></PackOnPage.Provider> : '尚未发布') },
  ...(body ? [] : [
    { key: 'count', title: '机构', show: (it: Notice) => countWords(it) },
    { key: 'objections', title: '异议', number: true, show: ({ noticeId, objections, openObjections }: Notice) => (objections ? <Link to={`/objections?notice=${noticeId}`}>{count(objections)} 件{openObjections ? `，${openObjections} 件待答复` : ''}</Link> : '无') },
  ]),
];

/** Notices: what is to be posted, what runs, what has ended. */
export function NoticesPage() {
  const [search, setSearch] = useSearchParams();
  const body = useIs('institution', 'institution-head');
  const state = search.get('state') ?? '';
  const notices = useAnswer('listNotices', { query: { limit: 200, ...(state ? { state: state as Notice['state'] } : {}) } });
  return (
    <Page title={body ? '本机构的公示' : '公示'} aside={body ? undefined : <Link className="zj-button" to="/objections">异议</Link>}>
      <Part title="公示列表" note={body ? '公示期内对本机构的结果有异议的，打开公示即可提出。' : '结果先行公示，期满、无未处理异议的再予公开；公示不是公开。'}>
        <p className="zj-actions"><label>情况 <select className="zj-input" value={state} onChange={(event) => setSearch(event.target.value ? { state: event.target.value } : {})}><option value="">全部</option>{Object.entries(noticeStates).filter(([id]) => !body || !['collecting', 'draft'].includes(id)).map(([id, [, word]]) => <option key={id} value={id}>{word}</option>)}</select></label></p>
        <Shown of={notices} what="公示">{({ items }) => (items.length ? <Table caption="公示列表" rows={items} columns={columns(body)} rowKey={({ noticeId }) => noticeId} /> : <Empty>{body ? '本机构的结果还没有公示过。公示发布后在此列出，公示期内可以提出异议。' : '还没有公示。质控机构签发年度赋色结果后，待发布的公示自动在此列出。'}</Empty>)}</Shown>
      </Part>
    </Page>
  );
}
