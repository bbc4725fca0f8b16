import { Chip, Empty, moment, Page, Part, Shown, Table, useAnswer, type Answer, type Column } from '@zhijian/web';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { campaignOf, casePath, caseName, kindWords, statusWords, type Case } from './audit.js';
import { LogPart } from './LogPart.js';
import { SamplePart } from './SamplePart.js';

type Campaign = Answer<'listCampaigns'>['items'][number];

type Kind = Case['kind'];
const kinds = (Object.keys(kindWords) as Kind[]).filter((kind) => kind !== 'other');

/** Archived cases, by what they are about and by campaign; where one still runs it is shown as it stands. */
export function CasesPage() {
  const [kind, setKind] = useState<Kind | ''>('');
  const [campaignId, setCampaignId] = useState('');
  const which = { ...(campaignId && (kind === '' || kind === 'campaign') ? { campaignId } : {}), ...(kind ? { kind } : {}) };
  const campaigns = useAnswer('listCampaigns', { query: { limit: 500 } });
  const cases = useAnswer('listArchivedCases', { query: { limit: 500, ...which } }, { every: 15_000 });
  const named = new Map(campaigns.data?.items.map((it) => [it.campaignId, it]));
  const nameOf = (workflowId: string): string => caseName(workflowId, named.get(campaignOf(workflowId)));
  const aboutOf = (it: Case): string => (it.campaignId ? (named.get(it.campaignId)?.name ?? it.campaignId) : kindWords[it.kind]);
  const columns: Column<Case>[] = [
    { key: 'case', title: '流程', sortBy: (it) => nameOf(it.workflowId), show: (it) => <Link to={casePath(it.workflowId)}>{nameOf(it.workflowId)}</Link> },
    { key: 'campaign', title: '事项', sortBy: (it) => aboutOf(it), show: aboutOf },
    { key: 'state', title: '状态', sortBy: ({ status }) => status, show: ({ status }) => <Chip tone={status === 'COMPLETED' ? 'good' : status === 'RUNNING' ? 'wait' : 'bad'}>{statusWords[status] ?? status}</Chip> },
    { key: 'events', title: '事件', number: true, sortBy: ({ events }) => events, show: ({ events }) => events },
    { key: 'packs', title: '政策包', show: ({ packs }) => packs.map((pack) => <code key={pack}>{pack} </code>) },
    { key: 'at', title: '归档时间', sortBy: ({ archivedAt }) => archivedAt, show: ({ archivedAt }) => moment(archivedAt) },
  ];
  return (
    <Page title="审计回放">
      <Part title="已归档的流程" note="流程结束后连同当日的程序、政策包和工作日历一并归档，流程引擎清理之后仍可核验。"
        aside={<>
          <label>专项行动 <select value={campaignId} onChange={(event) => setCampaignId(event.target.value)}><option value="">全部</option>{campaigns.data?.items.map((it) => <option key={it.campaignId} value={it.campaignId}>{it.name}</option>)}</select></label>
          <label>类别 <select value={kind} onChange={(event) => setKind(event.target.value as Kind | '')}><option value="">全部</option>{kinds.map((one) => <option key={one} value={one}>{kindWords[one]}</option>)}</select></label>
        </>}>
        <Shown of={cases} what="已归档的流程">{({ items }) => (items.length ? <Table caption="已归档的流程" rows={items} columns={columns} rowKey={({ runId }) => runId} /> : <Empty>还没有归档的流程。流程结束后数秒内归档。</Empty>)}</Shown>
      </Part>
      {'campaignId' in which ? <Running campaign={named.get(campaignId)} archived={cases.data?.items ?? []} /> : null}
      <SamplePart which={which} nameOf={(workflowId) => `${named.get(campaignOf(workflowId))?.name ?? ''} ${nameOf(workflowId)}`.trim()} />
      <LogPart />
    </Page>
  );
}

function Running({ campaign, archived }: { campaign: Campaign | undefined; archived: readonly Case[] }) {
  const open = campaign?.state === 'approved' ? campaign.units.filter(({ code }) => !archived.some((it) => it.unit === code && it.closedAt)) : [];
  if (open.length === 0) return null;
  return <Part title="进行中的流程" note="查看时按当时的情况归档。"><ul>{open.map(({ code, name }) => <li key={code}><Link to={casePath(`campaign/${campaign!.campaignId}/${code}`)}>{name}</Link></li>)}</ul></Part>;
}
