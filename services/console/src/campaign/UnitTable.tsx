import { Chip, count, Table, unitStateWords, usePack, type Column, type Tone } from '@zhijian/web';
import { Link } from 'react-router-dom';
import { unitWord, type Overview, type OverviewUnit } from './campaign.js';

const tones: Record<string, Tone> = { planned: 'wait', running: 'info', suspended: 'warn', finished: 'good' };

const figure = (key: string, title: string, of: (unit: OverviewUnit) => number): Column<OverviewUnit> =>
  ({ key, title, number: true, sortBy: of, show: (unit) => count(of(unit)) });

const overdue = (campaignId: string): Column<OverviewUnit> => ({
  key: 'overdue', title: '逾期未完成', number: true, sortBy: ({ obligations }) => obligations.overdue,
  show: ({ code, obligations }) => (obligations.overdue
    ? <Link to={`/campaigns/${campaignId}/obligations?unit=${code}&state=overdue`}><Chip tone="bad">{obligations.overdue}</Chip></Link> : '0'),
});

/** Every district in one line; a column may be sorted, a name leads to the district. */
export function UnitTable({ overview: { units, campaign } }: { overview: Overview }) {
  const called = unitWord(usePack().data);
  const columns: Column<OverviewUnit>[] = [
    { key: 'name', title: called, sortBy: ({ code }) => code, show: ({ code, name }) => <Link to={`/campaigns/${campaign.campaignId}/units/${code}`}>{name}</Link> },
    { key: 'state', title: '进展', sortBy: ({ state }) => state, show: ({ state }) => <Chip tone={tones[state] ?? 'info'}>{unitStateWords[state] ?? state}</Chip> },
    figure('roster', '名单', ({ funnel }) => funnel.roster), figure('outside', '未开展/待核实', ({ funnel }) => funnel.idle + funnel.undetermined),
    figure('notified', '已通知', ({ funnel }) => funnel.notified), figure('checked', '已自查', ({ funnel }) => funnel.selfChecked), figure('late', '其中迟报', ({ funnel }) => funnel.late),
    figure('problems', '问题', ({ funnel }) => funnel.problems), figure('corrected', '已整改', ({ funnel }) => funnel.corrected),
    figure('visited', '已检查', ({ funnel }) => funnel.visited), figure('findings', '不合格', ({ funnel }) => funnel.findings), figure('cases', '立案', ({ funnel }) => funnel.cases),
    figure('open', '待办', ({ obligations }) => obligations.open), overdue(campaign.campaignId),
  ];
  return <Table caption={`各${called}进度`} rows={units} columns={columns} rowKey={({ code }) => code} />;
}
