import { Chip, ClauseNote, Empty, institutionWord, PackOnPage, Page, Part, Shown, Table, useAnswer, type Column, type Tone } from '@zhijian/web';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { useIs } from '../app/session.js';
import { packOf, type Campaign } from '../campaign/campaign.js';
import { Trail } from '../campaign/Trail.js';
import { MeasureForm } from './MeasureForm.js';
import { MeasureImport } from './MeasureImport.js';
import { aimWords, enteredMeasures, measureWord, shareWords, type Reached, type Target } from './target.js';
import { TargetBodies } from './TargetBodies.js';

const states: Record<Reached['state'], [Tone, string]> = { met: ['good', '达到'], 'not-met': ['bad', '未达到'], 'not-applicable': ['off', '不适用'], undetermined: ['warn', '待核实'] };
const StateChip = ({ of: { state } }: { of: Reached }) => <Chip tone={states[state][0]}>{states[state][1]}</Chip>;

function Sources({ of: { sources, missing } }: { of: Reached }) {
  return (
    <>
      {missing.length ? <span className="zj-soft">缺：{missing.map(measureWord).join('、')}</span> : null}
      {sources.map(({ measure, count, asOf, source }) => <span key={measure} className="zj-hint">　{measureWord(measure)} {count}（截至 {asOf}，{source}）</span>)}
    </>
  );
}

interface Line { target: Target; reached: Reached; key: string }
const linesOf = (targets: readonly Target[]): Line[] => targets.flatMap((target) => [...(target.total ? [target.total] : []), ...target.kinds].map((reached) => ({ target, reached, key: `${target.target} ${reached.kind ?? '*'}` })));

const columnsFor = (here: URLSearchParams): Column<Line>[] => [
  { key: 'title', title: '目标', show: ({ target: { title, wording, clauses, reading } }) => <>{title}<ClauseNote ids={clauses} />{wording ? <q className="zj-hint">{wording}</q> : null}{reading ? <span className="zj-hint">　按 {reading} 的理解</span> : null}</> },
  { key: 'kind', title: '机构类别', show: ({ reached: { kind } }) => (kind ? institutionWord(kind) : '合计') },
  { key: 'aim', title: '要求', show: ({ target }) => aimWords(target) },
  { key: 'share', title: '实际', show: ({ target, reached }) => <>{shareWords(reached)}<span className="zj-hint">　{measureWord(target.numerator)} / {measureWord(target.denominator)}</span></> },
  { key: 'state', title: '结果', sortBy: ({ reached }) => reached.state, show: ({ reached }) => <StateChip of={reached} /> },
  { key: 'period', title: '期间', show: ({ target: { from, to, periodStated } }) => <>{from && to ? `${from} 至 ${to}` : '整个行动'}{periodStated ? '' : '（文件未写明）'}</> },
  { key: 'data', title: '数据', show: ({ target, reached }) => {
    const next = new URLSearchParams(here);
    next.set('target', target.target);
    if (reached.kind) next.set('kind', reached.kind);
    return target.data === 'computed' ? <Link to={`?${next.toString()}`}>逐家查看</Link> : <Sources of={reached} />;
  } },
];

function Targets({ campaign, unit }: { campaign: Campaign; unit: string | undefined }) {
  const [search] = useSearchParams();
  const mayEnter = useIs('city', 'county', 'quality-centre') && campaign.state !== 'draft';
  const targets = useAnswer('listTargets', { params: { campaignId: campaign.campaignId }, query: { unit } });
  const chosen = search.get('target');
  return (
    <Shown of={targets} what="目标">
      {({ items, asOf }) => (
        <>
          <Part title="目标与实际" note={`统计至 ${asOf}。“待核实”为缺少统计数；“不适用”为没有这类机构或者没有应办事项。`}>
            {items.length ? <Table caption="目标与实际" rows={linesOf(items)} columns={columnsFor(search)} rowKey={({ key }) => key} /> : <Empty>方案没有规定量化目标。</Empty>}
          </Part>
          {chosen ? <TargetBodies campaign={campaign} target={chosen} title={items.find(({ target }) => target === chosen)?.title ?? chosen} unit={unit} kind={search.get('kind') ?? undefined} /> : null}
          {mayEnter && enteredMeasures(items).length ? <><MeasureForm campaign={campaign} targets={items} /><MeasureImport campaign={campaign} /></> : null}
        </>
      )}
    </Shown>
  );
}

/** What the text aims at, what was reached, and where each number comes from. */
export function TargetsPage() {
  const { campaignId = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const campaign = useAnswer('getCampaign', { params: { campaignId } });
  const unit = search.get('unit') ?? undefined;
  return (
    <Shown of={campaign} what="专项行动">
      {(known) => (
        <PackOnPage.Provider value={packOf(known)}>
          <Page title="目标" trail={<Trail campaign={known} />} aside={<button type="button" className="zj-button" onClick={() => window.print()}>打印</button>}>
            {known.units.length > 1 ? <label className="zj-field">单位<select className="zj-input" value={unit ?? ''} onChange={(event) => setSearch(event.target.value ? { unit: event.target.value } : {}, { replace: true })}><option value="">全部</option>{known.units.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}</select></label> : null}
            <Targets campaign={known} unit={unit} />
          </Page>
        </PackOnPage.Provider>
      )}
    </Shown>
  );
}
