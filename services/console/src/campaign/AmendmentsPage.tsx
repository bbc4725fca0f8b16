import { amendmentWords, day, Empty, moment, PackOnPage, Page, Part, Shown, Table, useAnswer, type Answer, type Column } from '@zhijian/web';
import { useParams } from 'react-router-dom';
import { useIs } from '../app/session.js';
import { AmendForm } from './AmendForm.js';
import { packOf, type Campaign } from './campaign.js';
import { MovePack } from './MovePack.js';
import { Trail } from './Trail.js';

type Amendment = Answer<'listAmendments'>['items'][number];

const columnsFor = (campaign: Campaign): Column<Amendment>[] => {
  const nameOf = (code: string) => campaign.units.find((unit) => unit.code === code)?.name ?? (code === '*' ? '全行动' : code);
  return [
    { key: 'at', title: '时间', show: ({ amendedAt }) => moment(amendedAt) },
    { key: 'kind', title: '变更', show: ({ kind }) => amendmentWords[kind] ?? kind },
    { key: 'units', title: '辖区', show: ({ units }) => (units.length === 0 || campaign.units.every(({ code }) => units.includes(code)) ? '全部' : units.map(nameOf).join('、')) },
    { key: 'what', title: '阶段或任务', show: ({ stage, duty }) => stage ?? duty ?? '—' },
    { key: 'on', title: '新日期', show: ({ on }) => day(on) },
    { key: 'reason', title: '理由', show: ({ reason }) => reason },
    { key: 'clause', title: '依据', show: ({ clause, document }) => [clause, document].filter(Boolean).join('，') || '—' },
    { key: 'actor', title: '办理人', show: ({ actor }) => <code>{actor}</code> },
  ];
};

/** What has been changed in a running campaign, and the form that changes it. */
export function AmendmentsPage() {
  const { campaignId = '' } = useParams();
  const mayAmend = useIs('province', 'city');
  const campaign = useAnswer('getCampaign', { params: { campaignId } });
  const amendments = useAnswer('listAmendments', { params: { campaignId }, query: { limit: 200 } });
  return (
    <Shown of={campaign} what="专项行动">
      {(known) => (
        <PackOnPage.Provider value={packOf(known)}>
          <Page title="变更记录" trail={<Trail campaign={known} />}>
            {mayAmend && known.state === 'approved' ? <AmendForm campaign={known} /> : null}
            {known.state === 'approved' ? <MovePack campaign={known} mayMove={mayAmend} /> : null}
            <Part title="已作变更">
              <Shown of={amendments} what="变更记录">
                {({ items }) => (items.length ? <Table caption="变更记录" rows={items} columns={columnsFor(known)} rowKey={({ amendmentId }) => amendmentId} /> : <Empty>行动按政策包的日期进行，尚无变更。</Empty>)}
              </Shown>
            </Part>
          </Page>
        </PackOnPage.Provider>
      )}
    </Shown>
  );
}
