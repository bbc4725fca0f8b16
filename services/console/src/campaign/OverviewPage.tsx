import { ClauseNote, Empty, moment, PackOnPage, Page, Part, Partial, Shown, useAnswer, usePack } from '@zhijian/web';
import { Link, useParams } from 'react-router-dom';
import { useIs } from '../app/session.js';
import { isRecorded } from '../duty/duty.js';
import { formsOf, ofInstitution, packOf, stagesOf, unitWord, type Overview } from './campaign.js';
import { Funnel } from './Funnel.js';
import { Gantt } from './Gantt.js';
import { NextDue } from './NextDue.js';
import { UnitTable } from './UnitTable.js';

/** Which districts the sums do not cover yet, and which stand still. */
function Coverage({ units }: { units: Overview['units'] }) {
  const without = units.filter(({ funnel, state }) => funnel.roster === 0 && state !== 'finished');
  const paused = units.filter(({ state }) => state === 'suspended');
  const called = unitWord(usePack().data);
  const names = (list: typeof units) => list.map(({ name }) => name).join('、');
  return (
    <>
      {without.length === units.length ? <Partial>各{called}的名单均尚未冻结，合计数暂为零。</Partial> : without.length ? <Partial>合计数来自 {units.length} 个{called}中的 {units.length - without.length} 个；{names(without)}的名单尚未冻结，暂未计入。</Partial> : null}
      {paused.length ? <Partial>{names(paused)}已中止，其余{called}照常进行。</Partial> : null}
    </>
  );
}

function RollUpForms({ campaignId }: { campaignId: string }) {
  const forms = formsOf(usePack().data).filter((form) => !ofInstitution(form));
  if (!forms.length) return null;
  return <p className="zj-actions">汇总表：{forms.map(({ id, title, annex }) => <Link key={id} to={`/campaigns/${campaignId}/units/*/forms/${id}`}>{annex ? `${annex} ` : ''}{title}</Link>)}</p>;
}

interface Asked { rules?: { targets?: object; samples?: Record<string, { title?: string }> } }

/** Where else this campaign leads, as far as its pack asks for it. */
function Ways({ campaignId }: { campaignId: string }) {
  const pack = usePack().data;
  const { targets = {}, samples = {} } = (pack as Asked | undefined)?.rules ?? {};
  const officer = useIs('province', 'city', 'county', 'auditor');
  const recorded = stagesOf(pack).flatMap(({ duties }) => duties).filter(({ kind }) => isRecorded(kind));
  return (
    <>
      <p className="zj-actions"><Link to={`/campaigns/${campaignId}/cases`}>立案与处理</Link>{Object.keys(targets).length ? <Link to={`/campaigns/${campaignId}/targets`}>目标与实际</Link> : null}{officer ? Object.entries(samples).map(([id, { title }]) => <Link key={id} to={`/campaigns/${campaignId}/samples/${id}`}>{title ?? '抽查'}</Link>) : null}</p>
      {recorded.length ? <p className="zj-actions">办理登记：{recorded.map(({ id, title }) => <Link key={id} to={`/campaigns/${campaignId}/duties/${id}`}>{title}</Link>)}</p> : null}
    </>
  );
}

function Picture({ overview, takenAt }: { overview: Overview; takenAt: number }) {
  const { units, funnel, campaign } = overview;
  const called = unitWord(usePack().data);
  if (!units.length || campaign.state === 'draft') return <Empty action={<Link to="/campaigns">回到列表</Link>}>行动尚未启动：批准后，这里显示各{called}的进度。</Empty>;
  return (
    <>
      <Coverage units={units} />
      <Part title="进度" note={`数据取得于 ${moment(new Date(takenAt).toISOString()).slice(11)}，随进展自动更新。`}><Gantt overview={overview} /></Part>
      <div className="zj-columns">
        <Part title="从名单到立案" note="问题与整改按项计，整改以现场核实为准；立案按件计，含延伸检查；其余按名单内机构的家数计。"><Funnel steps={funnel} /></Part>
        <Part title="接下来将逾期" aside={<Link to={`/campaigns/${campaign.campaignId}/obligations?state=overdue`}>已逾期清单</Link>}><NextDue overview={overview} /></Part>
      </div>
      <Part title={`各${called}`}><UnitTable overview={overview} /></Part>
      <Part title="汇总与报送"><RollUpForms campaignId={campaign.campaignId} /><Ways campaignId={campaign.campaignId} /></Part>
    </>
  );
}

/** The whole campaign on one screen. */
export function OverviewPage() {
  const { campaignId = '' } = useParams();
  const mayAmend = useIs('province', 'city');
  const overview = useAnswer('getOverview', { params: { campaignId } }, { every: 5_000 });
  return (
    <Shown of={overview} what="行动全景">
      {(data) => (
        <PackOnPage.Provider value={packOf(data.campaign)}>
          <Page title={data.campaign.name} trail={<Link to="/campaigns">专项行动</Link>} aside={<>
            <Link className="zj-button" to={`/campaigns/${campaignId}/amendments`}>{mayAmend && data.campaign.state === 'approved' ? '延期、改期、中止' : '变更记录'}</Link>
            <button type="button" className="zj-button" onClick={() => window.print()}>打印</button>
          </>}>
            <p className="zj-soft">政策包 {packOf(data.campaign)} · 节假日安排 {data.calendar ?? '未载入'}<ClauseNote ids={data.clauses} /></p>
            <Picture overview={data} takenAt={overview.dataUpdatedAt} />
          </Page>
        </PackOnPage.Provider>
      )}
    </Shown>
  );
}
