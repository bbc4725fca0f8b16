import { Chip, ClauseNote, Empty, moment, PackOnPage, Page, Part, Shown, Table, useAnswer, type Column } from '@zhijian/web';
import { Link, useSearchParams } from 'react-router-dom';
import { PlaceWord } from '../app/PlaceWord.js';
import { groundWords, reviewStates, type Review } from './review.js';

const columns: Column<Review>[] = [
  { key: 'name', title: '机构', show: ({ reviewId, institutionName, year }) => <Link to={`/reviews/${reviewId}`}>{institutionName}（{year} 年度）</Link> }, { key: 'ground', title: '事由', show: ({ ground, because, clauses, pack }) => <PackOnPage.Provider value={pack}><strong>{groundWords[ground]}</strong><br />{because}<ClauseNote ids={clauses} /></PackOnPage.Provider> },
  { key: 'authority', title: '决定机关所在地', show: ({ authority }) => <PlaceWord code={authority} /> }, { key: 'opened', title: '提出', show: ({ openedAt }) => moment(openedAt) }, { key: 'state', title: '情况', show: ({ state }) => <Chip tone={reviewStates[state][0]}>{reviewStates[state][1]}</Chip> },
];

/** Reasons to look at a qualification; each goes to whoever issued it. */
export function ReviewsPage() {
  const [search, setSearch] = useSearchParams();
  const state = search.get('state') ?? 'open';
  const list = useAnswer('listReviews', { query: { limit: 100, ...(state === 'all' ? {} : { state: state as 'open' | 'concluded' }) } });
  return (
    <Page title="资质审查">
      <Part title="审查事项" note="连续三年红色，或者整改报告逾期未报的，由资质认可、备案机关审查。系统不自动取消任何资质：须取消的，另行依法定程序办理。">
        <p className="zj-actions"><label>情况 <select className="zj-input" value={state} onChange={(event) => setSearch({ state: event.target.value }, { replace: true })}><option value="open">待审查</option><option value="concluded">已办结</option><option value="all">全部</option></select></label></p>
        <Shown of={list} what="审查事项">{({ items }) => (items.length ? <Table caption="审查事项" rows={items} columns={columns} rowKey={({ reviewId }) => reviewId} /> : <Empty>{state === 'open' ? '没有待审查的事项。' : '没有审查事项。'}</Empty>)}</Shown>
      </Part>
    </Page>
  );
}
