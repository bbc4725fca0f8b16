import { Chip, DateNote, Empty, moment, PackOnPage, Page, Part, Shown, Table, useAnswer, type Column } from '@zhijian/web';
import { Link, useSearchParams } from 'react-router-dom';
import { useIs } from '../app/session.js';
import { dueWords, outcomeWords, type Objection } from './notice.js';

/** How the day of an answer was reckoned, while it runs. */
export const ObjectionDue = ({ of: { state, dueOn, because, counted, clauses, calendar, firm } }: { of: Objection }) => (state === 'open' && dueOn ? <DateNote because={because} counted={counted} clauses={clauses} calendar={calendar} firm={firm} /> : null);

const columns: Column<Objection>[] = [
  { key: 'name', title: '机构', sortBy: ({ name }) => name, show: ({ objectionId, name }) => <Link to={`/objections/${objectionId}`}>{name}</Link> },
  { key: 'notice', title: '公示', show: ({ noticeId, noticeTitle }) => <Link to={`/notices/${noticeId}`}>{noticeTitle}</Link> },
  { key: 'raised', title: '提出时间', sortBy: ({ raisedAt }) => raisedAt, show: ({ raisedAt, source }) => `${moment(raisedAt)}${source ? '（代录）' : ''}` },
  { key: 'state', title: '情况', sortBy: ({ state }) => state, show: ({ state, outcome, settled, overdue }) => (state === 'open' ? <Chip tone={overdue ? 'bad' : 'wait'}>{overdue ? '逾期未答复' : '待答复'}</Chip> : <Chip tone={outcome === 'to-be-changed' && !settled ? 'warn' : 'good'}>{outcome ? outcomeWords[outcome] : '已答复'}</Chip>) },
  { key: 'due', title: '答复期限', sortBy: ({ dueOn }) => dueOn ?? '9999', show: (it) => <PackOnPage.Provider value={it.pack}>{dueWords(it) || '—'}<ObjectionDue of={it} /></PackOnPage.Provider> },
];

/** Objections as tasks: the open ones first, by their days. */
export function ObjectionsPage() {
  const [search, setSearch] = useSearchParams();
  const body = useIs('institution', 'institution-head');
  const noticeId = search.get('notice') ?? undefined;
  const state = search.get('state') ?? '';
  const objections = useAnswer('listObjections', { query: { limit: 200, ...(noticeId ? { noticeId } : {}), ...(state ? { state: state as 'open' } : {}) } });
  const put = (value: string) => setSearch((before) => { const next = new URLSearchParams(before); if (value) next.set('state', value); else next.delete('state'); return next; });
  return (
    <Page title="异议" trail={<Link to="/notices">公示</Link>}>
      <Part title={body ? '本机构的异议' : '异议'} note={body ? undefined : '由发布人、代录人以外的人答复；答复以前该机构的结果暂缓公开，其他机构照常。'}>
        <p className="zj-actions"><label>情况 <select className="zj-input" value={state} onChange={(event) => put(event.target.value)}><option value="">全部</option><option value="open">待答复</option><option value="answered">已答复</option></select></label></p>
        <Shown of={objections} what="异议">{({ items }) => (items.length ? <Table caption="异议" rows={items} columns={columns} rowKey={({ objectionId }) => objectionId} /> : <Empty>{body ? '本机构没有提出过异议。公示期内可在公示页提出。' : '没有异议。公示期内收到书面异议的，在公示页代录。'}</Empty>)}</Shown>
      </Part>
    </Page>
  );
}
