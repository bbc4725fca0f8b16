import { Empty, PackOnPage, packParts, Page, Part, Shown, useAnswer, usePack } from '@zhijian/web';
import { useEffect } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { packOf } from '../campaign/campaign.js';
import { CheckPart } from '../pack/CheckPart.js';
import type { Pack } from '../pack/pack.js';
import { DraftStep } from './DraftStep.js';
import { useIntent } from './intent.js';
import { PackStep } from './PackStep.js';
import { datesAsked, isStep, nextName, nothing, repeats, steps, type Intent, type Planned, type Step } from './plan.js';
import { PlanGantt } from './PlanGantt.js';
import { RehearsalStep } from './RehearsalStep.js';
import { UnitsStep } from './UnitsStep.js';
import './plan.css';

/** The plan for these units and days, asked anew whenever they change. */
function usePlan({ pack, units, dates }: Intent) {
  const parts = packParts(pack);
  const asked = parts ? { params: parts, query: { units: units.map(({ code }) => code).join(',') || undefined, dates: datesAsked(dates) } } : {};
  return useAnswer('planPack', asked, { enabled: parts !== null && units.length > 0 });
}

function Steps({ step, reach }: { step: Step; reach: (step: Step) => boolean }) {
  const [search] = useSearchParams();
  const to = (it: Step): string => {
    const next = new URLSearchParams(search);
    next.set('step', it);
    return `?${next.toString()}`;
  };
  return (
    <nav className="plan-steps" aria-label="拟定步骤"><ol>{steps.map(([it, title], index) => (
      <li key={it} aria-current={it === step ? 'step' : undefined}>{reach(it) && it !== step ? <Link to={to(it)}>{index + 1} {title}</Link> : <span>{index + 1} {title}</span>}</li>
    ))}</ol></nav>
  );
}

/** Errors of the text stop here; everything else is shown and may be gone past. */
function Findings({ pack, errors, onward }: { pack: string; errors: number | null; onward: React.ReactNode }) {
  const known = usePack(pack);
  return (
    <Part title="校核" note="文件中的矛盾、空缺与重叠。有“错误”的不能拟定；已作理解的，列明所取的意思、另一种表述和理由。">
      <Shown of={known} what="政策包">{(data) => <CheckPart pack={data as Pack} />}</Shown>
      {errors !== null ? (errors ? <p className="zj-partial" role="status">有 {errors} 项错误，须先由政策包编写人员更正或作出理解，才能拟定行动。</p> : <p className="zj-actions">{onward}</p>) : null}
    </Part>
  );
}

function Wizard({ step, intent, put, clear }: { step: Step } & ReturnType<typeof useIntent>) {
  const [search, setSearch] = useSearchParams();
  const plan = usePlan(intent);
  const parts = packParts(intent.pack);
  const check = useAnswer('checkPack', parts ? { params: parts, query: { asPrinted: 'false' } } : {}, { enabled: parts !== null });
  const errors = check.data ? check.data.findings.filter(({ severity }) => severity === 'error').length : null;
  const go = (next: Step) => setSearch((before) => { const query = new URLSearchParams(before); query.set('step', next); return query; });
  const from = search.get('from');
  const earlier = useAnswer('getCampaign', from ? { params: { campaignId: from } } : {}, { enabled: from !== null });
  useEffect(() => {
    if (!earlier.data) return;
    const { name, units } = earlier.data;
    put({ ...nothing, pack: packOf(earlier.data), after: packOf(earlier.data), name: nextName(name), units });
    setSearch((before) => { const query = new URLSearchParams(before); query.delete('from'); return query; }, { replace: true });
  }, [earlier.data]);
  const reach = (to: Step): boolean => to === 'pack' || (intent.pack !== '' && !repeats(intent) && (to === 'findings' || (!errors && (to === 'units' || intent.units.length > 0))));
  const button = (to: Step, words: string) => <button type="button" className="zj-button zj-primary" onClick={() => go(to)}>{words}</button>;
  const planned = (show: (plan: Planned) => React.ReactNode) => <Shown of={plan} what="计划">{(data) => show(data as Planned)}</Shown>;
  if (!reach(step)) return <Empty action={<button type="button" className="zj-button" onClick={() => go('pack')}>从第一步开始</button>}>前面的步骤尚未完成：请先选择政策包，再选定参加的单位。</Empty>;
  return (
    <>
      <Steps step={step} reach={reach} />
      {step === 'pack' ? <PackStep intent={intent} put={put} earlier={earlier} onward={intent.pack && !repeats(intent) ? button('findings', '下一步：校核') : null} /> : null}
      {step === 'findings' ? <Findings pack={intent.pack} errors={errors} onward={button('units', '下一步：单位与日期')} /> : null}
      {step === 'units' ? <UnitsStep intent={intent} put={put} plan={plan} onward={intent.units.length ? button('gantt', '下一步：进度图') : null} /> : null}
      {step === 'gantt' ? <Part title="进度图" note="各阶段按日期排列，菱形为任务的期限；同时进行的阶段分行，互相重叠的日子另行注明。">{planned((data) => <PlanGantt plan={data} />)}<p className="zj-actions">{button('rehearsal', '下一步：推演')}</p></Part> : null}
      {step === 'rehearsal' ? planned((data) => <RehearsalStep intent={intent} put={put} plan={data} onward={button('draft', '下一步：拟定')} />) : null}
      {step === 'draft' ? planned((data) => <DraftStep intent={intent} put={put} plan={data} clear={clear} />) : null}
    </>
  );
}

/** From a pack to a campaign that another person can approve, step by step; the step stands in the address. */
export function PlanCampaignPage() {
  const [search] = useSearchParams();
  const kept = useIntent();
  const step = search.get('step');
  return (
    <PackOnPage.Provider value={kept.intent.pack || null}>
      <Page title="拟定专项行动" trail={<Link to="/campaigns">专项行动</Link>}><Wizard step={isStep(step) ? step : 'pack'} {...kept} /></Page>
    </PackOnPage.Provider>
  );
}
