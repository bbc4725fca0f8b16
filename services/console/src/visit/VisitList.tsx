import { Chip, Empty, Partial, Shown, Table, useAnswer, usePack, visitKindWords, type Answer, type Column, type RegistrationWords } from '@zhijian/web';
import { Link } from 'react-router-dom';
import { scopeWords } from '../campaign/campaign.js';

type Visit = Answer<'listVisits'>['items'][number];

const columnsFor = (words: RegistrationWords): Column<Visit>[] => [
  { key: 'on', title: '日期', sortBy: ({ visitOn }) => visitOn, show: ({ visitId, visitOn }) => <Link to={`/visits/${visitId}`}>{visitOn}</Link> },
  { key: 'subject', title: '检查对象', sortBy: ({ subjectName }) => subjectName, show: ({ subjectName, unregistered, filedElsewhere }) => <>{subjectName}{unregistered ? `（${words.lacking}）` : filedElsewhere ? `（${words.elsewhere}）` : ''}</> },
  { key: 'kind', title: '方式', show: ({ kind }) => visitKindWords[kind] ?? kind },
  { key: 'draw', title: '抽取档案', number: true, show: ({ draw }) => (draw ? `${draw.result.length}/${draw.pool.length}` : '—') },
  { key: 'findings', title: '不合格', number: true, sortBy: ({ findings }) => findings.length, show: ({ findings }) => findings.length },
  { key: 'case', title: '立案', show: ({ caseId }) => (caseId ? '已立案' : '—') },
  { key: 'state', title: '状态', show: ({ state }) => (state === 'recorded' ? <Chip tone="good">已记录</Chip> : <Chip tone="wait">进行中</Chip>) },
];

/** The visits of a district or of one body. */
export function VisitList({ campaignId, unit, institutionId }: { campaignId: string; unit?: string; institutionId?: string }) {
  const visits = useAnswer('listVisits', { params: { campaignId }, query: { limit: 500, unit, institutionId } });
  const columns = columnsFor(scopeWords(usePack().data));
  return (
    <Shown of={visits} what="检查记录">
      {({ items, next }) => (items.length ? (
        <>{next ? <Partial>只列出最近 500 次检查。</Partial> : null}<Table caption="检查记录" rows={items} columns={columns} rowKey={({ visitId }) => visitId} /></>
      ) : <Empty>尚无检查记录。执法检查阶段对名单内每家机构至少检查一次。</Empty>)}
    </Shown>
  );
}
