import { DateNote, dueMoment, DutyChip, Empty, moment, PackOnPage, packParts, Page, Part, Partial, Shown, Table, limitOf, useAnswer, type Answer, type Column } from '@zhijian/web';
import { CertificateMark } from '../decision/CertificateMark.js';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { recordedDuties } from '../duty/duty.js';
import { packOf, unitWord, type Campaign } from './campaign.js';
import { Trail } from './Trail.js';

type Obligation = Answer<'listObligations'>['items'][number];
type State = Obligation['state'];
const states: readonly (readonly [State, string])[] = [['overdue', '逾期'], ['open', '待办'], ['late', '逾期完成'], ['done', '按期完成'], ['cancelled', '不再要求']];
const limit = 200;

const columnsFor = (campaign: Campaign, unitTitle: string, recorded: ReadonlySet<string>): Column<Obligation>[] => {
  const nameOf = (code: string) => campaign.units.find((unit) => unit.code === code)?.name ?? code;
  return [
    { key: 'unit', title: unitTitle, sortBy: ({ unit }) => unit, show: ({ unit }) => nameOf(unit) },
    { key: 'body', title: '机构', sortBy: ({ institutionName }) => institutionName ?? '', show: ({ institutionName }) => institutionName ?? '（本辖区）' },
    { key: 'title', title: '任务', sortBy: ({ duty }) => duty, show: ({ title, duty, unit, institutionId }) => (recorded.has(duty) ? <Link to={`/campaigns/${campaign.campaignId}/duties/${duty}?unit=${unit}${institutionId ? `&institution=${institutionId}` : ''}`}>{title}</Link> : title) },
    { key: 'due', title: '期限', sortBy: ({ dueOn }) => dueOn ?? '9999', show: (one) => <><span className="zj-nowrap">{limitOf(one)}</span><DateNote because={one.because} clauses={one.clauses} calendar={one.calendar} firm={one.firm || !one.dueOn} of={{ campaignId: campaign.campaignId, obligationId: one.obligationId }} /><CertificateMark subject={`${campaign.campaignId}/${one.unit}/${one.duty}`} kind="due-date" /></> },
    { key: 'state', title: '状态', sortBy: ({ state }) => state, show: ({ state }) => <DutyChip state={state} /> },
    { key: 'at', title: '记载', show: ({ doneAt, lateAt, correctionOf }) => (correctionOf ? `${moment(correctionOf)} 收到的报告已退回，待更正` : doneAt ? `${moment(doneAt)} 完成` : lateAt ? `${dueMoment(lateAt)} 起逾期` : '—') },
  ];
};

function Filters({ campaign, unitTitle }: { campaign: Campaign; unitTitle: string }) {
  const [search, setSearch] = useSearchParams();
  const put = (name: string, value: string) => {
    const next = new URLSearchParams(search);
    if (value) next.set(name, value);
    else next.delete(name);
    setSearch(next, { replace: true });
  };
  return (
    <div className="zj-row">
      <label>{unitTitle}<select className="zj-input" value={search.get('unit') ?? ''} onChange={(event) => put('unit', event.target.value)}>
        <option value="">全部</option>{campaign.units.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}
      </select></label>
      <label>状态<select className="zj-input" value={search.get('state') ?? ''} onChange={(event) => put('state', event.target.value)}>
        <option value="">全部</option>{states.map(([state, word]) => <option key={state} value={state}>{word}</option>)}
      </select></label>
      {search.get('duty') ? <button type="button" className="zj-button" onClick={() => put('duty', '')}>不限任务</button> : null}
    </div>
  );
}

/** The duties of a campaign, by district and state; what is late among them. */
export function ObligationsPage() {
  const { campaignId = '' } = useParams();
  const [search] = useSearchParams();
  const campaign = useAnswer('getCampaign', { params: { campaignId } });
  const pack = useAnswer('getPack', campaign.data ? { params: packParts(packOf(campaign.data)) ?? undefined } : {}, { enabled: campaign.data !== undefined });
  const recorded = recordedDuties(pack.data);
  const unitTitle = unitWord(pack.data);
  const query = { limit, unit: search.get('unit') ?? undefined, duty: search.get('duty') ?? undefined, state: (search.get('state') ?? undefined) as State | undefined };
  const list = useAnswer('listObligations', { params: { campaignId }, query });
  return (
    <Shown of={campaign} what="专项行动">
      {(known) => (
        <PackOnPage.Provider value={packOf(known)}>
          <Page title="任务清单" trail={<Trail campaign={known} />}>
            <Part title="筛选"><Filters campaign={known} unitTitle={unitTitle} /></Part>
            <Part title="任务">
              <Shown of={list} what="任务清单">
                {({ items, next }) => (items.length ? (
                  <>
                    {next ? <Partial>只列出前 {limit} 项，请用{unitTitle}或状态缩小范围。</Partial> : null}
                    <Table caption="任务清单" rows={items} columns={columnsFor(known, unitTitle, recorded)} rowKey={({ obligationId }) => obligationId} />
                  </>
                ) : <Empty>{search.get('state') === 'overdue' ? '没有逾期未完成的任务。' : '没有符合条件的任务；可放宽筛选条件。'}</Empty>)}
              </Shown>
            </Part>
          </Page>
        </PackOnPage.Provider>
      )}
    </Shown>
  );
}
