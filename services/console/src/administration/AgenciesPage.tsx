import { Empty, Page, Part, Shown, Table, useAnswer, type Column } from '@zhijian/web';
import { useIs } from '../app/session.js';
import { ChangeAgency, DelegateDuty, NewAgency, type Agency } from './AgencyForms.js';
import { AdministrationTabs } from './Pages.js';
import { agencyWords, spanWords } from './words.js';

const columns: Column<Agency>[] = [
  { key: 'name', title: '机关、单位', sortBy: ({ name }) => name, show: ({ name }) => name },
  { key: 'kind', title: '类别', sortBy: ({ kind }) => kind, show: ({ kind }) => agencyWords[kind] },
  { key: 'where', title: '辖区', sortBy: ({ jurisdictionId }) => jurisdictionId, show: ({ jurisdictionName, jurisdictionId }) => `${jurisdictionName}（${jurisdictionId}）` },
  { key: 'span', title: '起止', sortBy: ({ from }) => from, show: spanWords },
  { key: 'head', title: '负责人', show: ({ head }) => head?.label ?? '未指定' },
  { key: 'delegated', title: '委托的职责', show: ({ delegated }) => (delegated.length ? <ul>{delegated.map((it) => <li key={`${it.duty} ${it.from}`}>{it.duty}：委托 {it.toAgencyName}，{spanWords(it)}</li>)}</ul> : '无') },
];

/** The agencies that share each area: who heads them and what they have handed to others, and since when. */
export function AgenciesPage() {
  const agencies = useAnswer('listAgencies');
  const mayChange = useIs('system-admin');
  const work = (all: readonly Agency[]): Column<Agency>[] => (mayChange ? [{ key: 'act', title: '办理', show: (agency) => <span className="zj-actions" key={agency.version}><ChangeAgency agency={agency} /><DelegateDuty agency={agency} agencies={all} /></span> }] : []);
  return (
    <Page title="组织管理：机关">
      <AdministrationTabs />
      <Part title="机关、单位" note="同一辖区可有多个机关。免职而未指定接任人时，未办事项由机关负责人接手。">
        {mayChange ? <NewAgency /> : null}
        <Shown of={agencies} what="机关">{({ items }) => (items.length ? <Table caption="机关、单位" rows={items} columns={[...columns, ...work(items)]} rowKey={({ agencyId }) => agencyId} /> : <Empty>还没有登记机关。</Empty>)}</Shown>
      </Part>
    </Page>
  );
}
