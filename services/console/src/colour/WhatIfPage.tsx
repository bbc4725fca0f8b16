import { Empty, Field, FormShell, PackOnPage, Page, Part, ProblemNote, Shown, Table, useAnswer, usePack, type Answer, type Column, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { coloursIn, stepWords, titleOf, type Titled, type WhatIf } from './colour.js';

const activityWords: Record<string, string> = { inspection: '现场监督检查（下限合计）', 'quality-monitoring': '质量监测（下限合计）' };
const frequencyWords: Record<string, string> = { inspection: '现场监督检查', 'quality-monitoring': '质量监测' };
const deadlineWords: Record<string, string> = { notice: '公示期满', 'rectification-report': '整改报告期限' };

interface Given { found: WhatIf; colours: readonly Titled[] }

function Years({ found, colours }: Given) {
  const counts = (tally: Record<string, number>): string => [...colours.map(({ id }) => id), 'none'].filter((id) => tally[id]).map((id) => `${titleOf(colours, id)} ${tally[id] ?? 0}`).join('、') || '—';
  const columns: Column<WhatIf['years'][number]>[] = [
    { key: 'year', title: '年度', show: ({ year }) => `${year} 年度` }, { key: 'pack', title: '当时的政策包', show: ({ pack }) => pack }, { key: 'bodies', title: '机构', number: true, show: ({ bodies }) => bodies },
    { key: 'before', title: '当时', show: ({ before }) => counts(before) }, { key: 'after', title: '假如改用', show: ({ after }) => counts(after) }, { key: 'changed', title: '变色', number: true, show: ({ changed }) => changed },
  ];
  return <Part title="各年度"><Table caption="各年度的颜色" rows={found.years} columns={columns} rowKey={({ year }) => String(year)} /></Part>;
}

function Differences({ found, colours }: Given) {
  const changed: Column<WhatIf['changed'][number]>[] = [
    { key: 'name', title: '机构', sortBy: ({ name }) => name, show: ({ institutionId, name }) => name || institutionId }, { key: 'year', title: '年度', sortBy: ({ year }) => year, show: ({ year }) => `${year} 年度` },
    { key: 'before', title: '当时', show: ({ before }) => titleOf(colours, before) }, { key: 'after', title: '假如改用', show: ({ after }) => titleOf(colours, after) },
  ];
  const runs: Column<WhatIf['runs'][number]>[] = [
    { key: 'name', title: '机构', show: ({ institutionId, name }) => name || institutionId }, { key: 'year', title: '年度', show: ({ year }) => `${year} 年度` },
    { key: 'before', title: '当时', show: ({ before, stepBefore }) => `连续 ${before} 年，${stepWords[stepBefore] ?? stepBefore}` }, { key: 'after', title: '假如改用', show: ({ after, stepAfter }) => `连续 ${after} 年，${stepWords[stepAfter] ?? stepAfter}` },
  ];
  const visits: Column<WhatIf['visits'][number]>[] = [
    { key: 'what', title: '事项', show: ({ activity }) => activityWords[activity] ?? activity }, { key: 'year', title: '年度', show: ({ year }) => `${year} 年度` }, { key: 'before', title: '当时', number: true, show: ({ before }) => before },
    { key: 'after', title: '假如改用', number: true, show: ({ after }) => after }, { key: 'more', title: '增减', number: true, show: ({ before, after }) => (after > before ? `+${after - before}` : String(after - before)) },
  ];
  const often = (rule: WhatIf['frequencies'][number]['before']): string => (rule ? `${rule.years > 1 ? `${rule.years} 年` : '每年'}${rule.min > 0 ? `至少 ${rule.min} 次` : '不作要求'}${rule.target !== null && rule.target > rule.min ? `，可 ${rule.target} 次` : ''}` : '没有规定');
  const frequencies: Column<WhatIf['frequencies'][number]>[] = [
    { key: 'what', title: '事项', show: ({ activity }) => frequencyWords[activity] ?? activity }, { key: 'year', title: '年度', show: ({ year }) => `${year} 年度` }, { key: 'colour', title: '颜色', show: ({ colour }) => titleOf(colours, colour) },
    { key: 'before', title: '当时', show: ({ before }) => often(before) }, { key: 'after', title: '假如改用', show: ({ after }) => often(after) },
  ];
  const deadlines: Column<WhatIf['deadlines'][number]>[] = [
    { key: 'what', title: '期限', show: ({ what }) => deadlineWords[what] ?? what }, { key: 'year', title: '年度', show: ({ year }) => `${year} 年度` }, { key: 'before', title: '当时', show: ({ before }) => before ?? '没有' },
    { key: 'after', title: '假如改用', show: ({ after }) => after ?? '没有' }, { key: 'whom', title: '涉及', number: true, show: ({ institutions }) => (institutions.length ? `${institutions.length} 家` : '全部') },
  ];
  return (
    <>
      {found.changed.length ? <Part title={`变色（${found.changed.length}）`}><Table caption="变色的机构" rows={found.changed} columns={changed} rowKey={({ institutionId, year }) => `${institutionId} ${year}`} /></Part> : null}
      {found.visits.length ? <Part title="检查与监测次数"><Table caption="检查与监测次数" rows={found.visits} columns={visits} rowKey={({ activity, year }) => `${activity} ${year}`} /></Part> : null}
      {found.frequencies.length ? <Part title="频次的规定"><Table caption="频次的规定" rows={found.frequencies} columns={frequencies} rowKey={({ activity, year, colour }) => `${activity} ${year} ${colour}`} /></Part> : null}
      {found.deadlines.length ? <Part title="期限"><Table caption="变动的期限" rows={found.deadlines} columns={deadlines} rowKey={({ what, year, before, after }) => `${what} ${year} ${before} ${after}`} /></Part> : null}
      {found.runs.length ? <Part title={`连续红色（${found.runs.length}）`}><Table caption="连续红色的变化" rows={found.runs} columns={runs} rowKey={({ institutionId, year }) => `${institutionId} ${year}`} /></Part> : null}
    </>
  );
}

/** In the pack's words, and not before they are there. */
const Told = (given: Given) => <>{given.found.empty ? <p className="zj-note" role="status">没有差别：颜色、次数和期限都与当时相同。</p> : <Differences {...given} />}<Years {...given} /></>;

function Found({ pack, years }: { pack: string; years: string }) {
  const found = useAnswer('whatIfColours', { query: { pack, years } });
  const words = usePack();
  if (found.isError) return <ProblemNote error={found.error} reading="推演结果" again={() => void found.refetch()} />;
  return (
    <Shown of={found} what="推演结果">
      {(known) => <Shown of={words} what="政策包的用语">{(named) => <Told found={known} colours={coloursIn(named)} />}</Shown>}
    </Shown>
  );
}

interface Choice { packs: Answer<'listPacks'>['items']; known: readonly string[] }

function Asking({ packs, known }: Choice) {
  const [search, setSearch] = useSearchParams();
  const [pack, setPack] = useState(search.get('pack') ?? '');
  const [years, setYears] = useState<readonly string[]>((search.get('years') ?? '').split(',').filter(Boolean));
  const [errors, setErrors] = useState<FieldError[]>([]);
  const submit = () => {
    const wrong = [...(pack ? [] : [{ path: '/pack', message: '请选择政策包' }]), ...(years.length ? [] : [{ path: '/years', message: '请至少选择一个年度' }])];
    setErrors(wrong);
    if (!wrong.length) setSearch({ pack, years: [...years].sort().join(',') }, { replace: true });
  };
  return (
    <FormShell label="推演" errors={errors} problem={null} onSubmit={submit}>
      <Field pointer="/pack" label="政策包">{(field) => <select {...field} className="zj-input" value={pack} onChange={(event) => setPack(event.target.value)}><option value="">请选择</option>{packs.map(({ id, version, title }) => <option key={`${id}@${version}`} value={`${id}@${version}`}>{title}（{id}@{version}）</option>)}</select>}</Field>
      <Field pointer="/years" label="年度">{(field) => (
        <span {...field} className="zj-choices" tabIndex={-1}>{known.map((year) => <label key={year}><input type="checkbox" checked={years.includes(year)} onChange={(event) => setYears(event.target.checked ? [...years, year] : years.filter((one) => one !== year))} /> {year}</label>)}</span>
      )}</Field>
      <p className="zj-actions"><button type="submit" className="zj-button zj-primary">推演</button></p>
    </FormShell>
  );
}

/** What another pack would make of recorded years: computed, never kept. */
export function WhatIfPage() {
  const [search] = useSearchParams();
  const packs = useAnswer('listPacks');
  const runs = useAnswer('listColourRuns', { query: { limit: 100 } });
  const asked = { pack: search.get('pack') ?? '', years: search.get('years') ?? '' };
  const known = [...new Set((runs.data?.items ?? []).map(({ year }) => String(year)))].sort();
  return (
    <Page title="假如改用" trail={<Link to="/colours">分色管理</Link>}>
      <Part title="推演" note="用所选政策包对已记录的评分和比对结果重新判定：哪些机构变色、检查多出几次、哪些期限变动。只算，不作任何改动。">
        <Shown of={runs} what="赋色的年度">
          {() => (known.length ? <Shown of={packs} what="政策包">{({ items }) => <Asking packs={items} known={known} />}</Shown> : <Empty>还没有赋色的年度，无从推演。</Empty>)}
        </Shown>
      </Part>
      {asked.pack && asked.years ? <PackOnPage.Provider value={asked.pack}><Found {...asked} /></PackOnPage.Provider> : known.length ? <Empty>选择政策包和年度后推演。</Empty> : null}
    </Page>
  );
}
