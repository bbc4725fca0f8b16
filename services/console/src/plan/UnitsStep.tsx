import { DateInput, DateNote, Field, FieldGroup, FormErrors, Part, Shown, usePack } from '@zhijian/web';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useToday } from '../app/session.js';
import { movableDuties, unitsIn, withDate, type Intent, type Planned, type Unit } from './plan.js';

type Put = (more: Partial<Intent>) => void;

function UnitChoice({ intent: { units, dates }, put }: { intent: Intent; put: Put }) {
  const proposed = (usePack().data as { campaign?: { units?: Unit[] } } | undefined)?.campaign?.units ?? [];
  const own = units.filter(({ code }) => !proposed.some((it) => it.code === code));
  const [typed, setTyped] = useState(own.map(({ code, name }) => `${code} ${name}`).join('\n'));
  const { wrong } = unitsIn(typed);
  const choose = (next: readonly Unit[]) => put({ units: next, dates: dates.filter(({ unit }) => next.some(({ code }) => code === unit)) });
  const ticked = proposed.filter(({ code }) => units.some((it) => it.code === code));
  const type = (text: string) => {
    setTyped(text);
    const more = unitsIn(text).units.filter(({ code }, at, all) => !proposed.some((it) => it.code === code) && all.findIndex((it) => it.code === code) === at);
    choose([...ticked, ...more]);
  };
  return (
    <FormErrors.Provider value={wrong.length ? [{ path: '/more', message: `看不懂这几行：${wrong.join('；')}。每行应为区划代码（六位；没有代码的功能区用其登记的名称）、空格、名称。` }] : []}>
      <FieldGroup pointer="/units" label={`填报单位（已选 ${units.length} 个）`} hint="政策包列出的单位。">
        <div className="zj-choices">{proposed.map((unit) => <label key={unit.code}><input type="checkbox" checked={ticked.includes(unit)} onChange={(event) => choose(event.target.checked ? [...proposed.filter((it) => it === unit || ticked.includes(it)), ...own] : units.filter(({ code }) => code !== unit.code))} />{unit.name}</label>)}</div>
        {proposed.length > 1 ? <p className="zj-actions"><button type="button" className="zj-button" onClick={() => choose([...proposed, ...own])}>全选</button><button type="button" className="zj-button" onClick={() => choose(own)}>全不选</button></p> : null}
      </FieldGroup>
      <details open={own.length > 0 || proposed.length === 0}><summary>增加其他单位</summary>
        <Field pointer="/more" label="其他单位" hint="每行一个：区划代码、空格、名称。" wide>{(field) => <textarea {...field} className="zj-input" rows={3} value={typed} onChange={(event) => type(event.target.value)} />}</Field>
      </details>
    </FormErrors.Provider>
  );
}

function OwnDates({ intent, put, plan }: { intent: Intent; put: Put; plan: Planned }) {
  const today = useToday();
  const [unit, setUnit] = useState('*');
  const duties = movableDuties(plan.cities[0]);
  const nameOf = (code: string): string => intent.units.find((it) => it.code === code)?.name ?? code;
  const titleOf = (id: string): string => duties.find((it) => it.id === id)?.title ?? id;
  const meant = unit === '*' ? intent.units.map(({ code }) => code) : [unit];
  const valueOf = (duty: string): string | null => {
    const found = new Set(meant.map((code) => intent.dates.find((it) => it.unit === code && it.duty === duty)?.on ?? null));
    return found.size === 1 ? ([...found][0] ?? null) : null;
  };
  const set = (duty: string, on: string | null) => put({ dates: meant.reduce<readonly Intent['dates'][number][]>((dates, code) => withDate(dates, { unit: code, duty, on }), intent.dates) });
  if (!duties.length) return <p>这个政策包的日期由上级统一规定，各单位不能自定。</p>;
  return (
    <>
      <label className="zj-field">为哪个单位定日期<select className="zj-input" value={unit} onChange={(event) => setUnit(event.target.value)}><option value="*">全部所选单位</option>{intent.units.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}</select></label>
      <div className="plan-dates">{duties.map(({ id, title, from, to, because, clauses, firm }) => (
        <Field key={id} pointer={`/dates/${id}`} label={title} hint={<>可定 {from} 至 {to}；不定即为 {to}<DateNote because={because} clauses={clauses} firm={firm} calendar={plan.calendar} /></>}>{(field) => <DateInput {...field} today={from > today ? from : today} value={valueOf(id)} onChange={(on) => set(id, on)} />}</Field>
      ))}</div>
      {plan.refused.length ? (
        <section className="zj-summary" role="alert"><h2>以下日期方案不允许</h2>
          <ul>{[...Map.groupBy(plan.refused, ({ duty, on, message }) => `${titleOf(duty)}，${on}：${message}`)].map(([words, of]) => <li key={words}>{words}{of[0]?.facts['limitOn'] ? `（最迟 ${of[0].facts['limitOn']}）` : ''}。{of.length === intent.units.length ? '全部所选单位' : of.map(({ city }) => nameOf(city)).join('、')} <button type="button" className="zj-link" onClick={() => put({ dates: of.reduce<readonly Intent['dates'][number][]>((dates, { city, duty }) => withDate(dates, { unit: city, duty, on: null }), intent.dates) })}>去掉</button></li>)}</ul>
        </section>
      ) : intent.dates.length ? <p className="zj-note" role="status">已自定 {intent.dates.length} 个日期，均在方案允许的范围内。</p> : null}
    </>
  );
}

/** Who takes part, and which days they set for themselves. */
export function UnitsStep({ intent, put, plan, onward }: { intent: Intent; put: Put; plan: UseQueryResult; onward: ReactNode }) {
  const pack = usePack();
  const refused = (plan.data as Planned | undefined)?.refused.length ?? 0;
  return (
    <>
      <Part title="填报单位"><Shown of={pack} what="政策包">{() => <UnitChoice key={intent.pack} intent={intent} put={put} />}</Shown></Part>
      {intent.units.length ? <Part title="各单位自定日期" note="只在方案允许的范围内；不填即按方案的期限。"><Shown of={plan} what="计划">{(data) => <OwnDates intent={intent} put={put} plan={data as Planned} />}</Shown></Part> : null}
      <p className="zj-actions">{!onward ? <span className="zj-soft">请至少选择一个填报单位。</span> : refused ? <span className="zj-soft">请先改正方案不允许的日期。</span> : onward}</p>
    </>
  );
}
