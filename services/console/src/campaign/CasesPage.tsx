import { Chip, ClauseNote, day, Empty, PackOnPage, Page, Part, Shown, Table, useAnswer, type Column } from '@zhijian/web';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { sanctionSentence, type CaseFile } from '../visit/sanction.js';
import { packOf } from './campaign.js';
import { Trail } from './Trail.js';

const columns: Column<CaseFile>[] = [
  { key: 'number', title: '案号', show: ({ number, visitId }) => <Link to={`/visits/${visitId}`}>{number}</Link> },
  { key: 'subject', title: '当事人', sortBy: ({ subjectName }) => subjectName, show: ({ subjectName, institutionId }) => <>{subjectName}{institutionId ? '' : '（不在名录）'}</> },
  { key: 'reason', title: '立案理由', show: ({ reason, clauses }) => <>{reason}<ClauseNote ids={clauses} /></> },
  { key: 'filed', title: '立案日期', sortBy: ({ filedOn }) => filedOn, show: ({ filedOn }) => day(filedOn) },
  { key: 'state', title: '状态', show: ({ state }) => (state === 'decided' ? <Chip tone="good">已处理</Chip> : <Chip tone="wait">办理中</Chip>) },
  { key: 'outcome', title: '处理结果', show: ({ sanctions, decidedOn }) => (decidedOn ? `${decidedOn} ${sanctions.map(sanctionSentence).join('；')}` : '—') },
];

/** Every case of a campaign, or of one district of it. */
export function CasesPage() {
  const { campaignId = '' } = useParams();
  const [search] = useSearchParams();
  const campaign = useAnswer('getCampaign', { params: { campaignId } });
  const cases = useAnswer('listCases', { params: { campaignId }, query: { limit: 500, unit: search.get('unit') ?? undefined } });
  return (
    <Shown of={campaign} what="专项行动">
      {(known) => (
        <PackOnPage.Provider value={packOf(known)}>
          <Page title="立案与处理" trail={<Trail campaign={known} />}>
            <Part title="案件">
              <Shown of={cases} what="案件">
                {({ items }) => (items.length ? <Table caption="立案与处理" rows={items} columns={columns} rowKey={({ caseId }) => caseId} /> : <Empty>尚无立案。检查中发现逾期未整改或严重违法的，记录检查结论后自动立案。</Empty>)}
              </Shown>
            </Part>
          </Page>
        </PackOnPage.Provider>
      )}
    </Shown>
  );
}
