import { DateInput, Empty, Field, FormShell, Page, Part, Shown, useAnswer, useSubmission, type Answer, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { useIs, useSession, useToday } from '../app/session.js';
import { AdministrationTabs } from './Pages.js';
import { ReasonButton } from './ReasonButton.js';
import { levelWords } from './words.js';

type Area = Answer<'listJurisdictions'>['items'][number];

/** Moves an area under another from a day on, or merges it into another. */
function Change({ area, areas }: { area: Area; areas: Area[] }) {
  const today = useToday();
  const [other, setOther] = useState('');
  const [from, setFrom] = useState<string | null>(null);
  const move = useSubmission('moveJurisdiction');
  const merge = useSubmission('mergeJurisdiction');
  const given = { params: { jurisdictionId: area.jurisdictionId }, version: area.version };
  const fields = (pointer: string, title: string) => (
    <>
      <Field pointer={pointer} label={title}>{(field) => <select {...field} className="zj-input" value={other} onChange={(event) => setOther(event.target.value)}><option value="">请选择</option>{areas.filter((it) => it.jurisdictionId !== area.jurisdictionId && !it.mergedInto).map((it) => <option key={it.jurisdictionId} value={it.jurisdictionId}>{it.name}（{it.jurisdictionId}）</option>)}</select>}</Field>
      <Field pointer="/from" label="自何日起">{(field) => <DateInput {...field} today={today} value={from ?? (today || null)} onChange={setFrom} />}</Field>
    </>
  );
  return (
    <span className="zj-actions">
      <ReasonButton label="调整隶属" title={`调整 ${area.name} 的隶属关系`} problem={move.problem} pending={move.pending} act={(reason) => move.send({ ...given, body: { parent: other, from: from ?? today, reason } })}>{fields('/parent', '改属')}</ReasonButton>
      <ReasonButton label="并入" title={`将 ${area.name} 并入其他区划`} note="自该日起撤销；在该区划的任职于前一日到期，历史记录由接收的区划继续可查。" problem={merge.problem} pending={merge.pending} act={(reason) => merge.send({ ...given, body: { into: other, from: from ?? today, reason } })}>{fields('/into', '并入')}</ReasonButton>
    </span>
  );
}

function Branch({ areas, parent, on, change }: { areas: Area[]; parent: string | null; on: string; change: boolean }) {
  const below = areas.filter((area) => (parent === null ? !areas.some(({ jurisdictionId }) => jurisdictionId === area.parent) : area.parent === parent));
  if (!below.length) return null;
  return (
    <ul className="area-branch">
      {below.map((area) => (
        <li key={area.jurisdictionId}>
          <strong>{area.name}</strong> <span className="zj-soft">{area.code ?? '无代码'}　{levelWords[area.level]}{area.mergedInto && area.to !== null && area.to < on ? `　已于 ${area.to} 后并入` : ''}{area.history.length > 1 ? `　隶属变动 ${area.history.length - 1} 次` : ''}</span>
          {change && !area.mergedInto && area.parent ? <Change area={area} areas={areas} /> : null}
          <Branch areas={areas} parent={area.jurisdictionId} on={on} change={change} />
        </li>
      ))}
    </ul>
  );
}

function SetUp({ areas }: { areas: Area[] }) {
  const { place } = useSession();
  const today = useToday();
  const [given, setGiven] = useState({ id: '', name: '', level: 'county' as Area['level'], parent: place?.code ?? '', reason: '' });
  const [from, setFrom] = useState<string | null>(null);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const create = useSubmission('createJurisdiction');
  const set = (change: Partial<typeof given>) => setGiven({ ...given, ...change });
  const submit = async () => {
    const wrong = ([['id', '/jurisdictionId', '请填写代码或功能区的名称标识'], ['name', '/name', '请填写名称'], ['reason', '/reason', '请写明理由']] as const).filter(([key]) => !given[key].trim()).map(([, path, message]) => ({ path, message }));
    setErrors(wrong);
    if (!wrong.length && (await create.send({ body: { jurisdictionId: given.id.trim(), name: given.name.trim(), level: given.level, parent: given.parent, from: from ?? today, reason: given.reason.trim() } }))) set({ id: '', name: '', reason: '' });
  };
  return (
    <Part title="设立区划或功能区">
      <FormShell label="设立区划" errors={errors} problem={create.problem} onSubmit={() => void submit()}>
        <Field pointer="/jurisdictionId" label="代码" hint="六位区划代码；没有代码的功能区（新区、开发区）用小写字母自定，如 liangjiang-xinqu。">{(field) => <input {...field} className="zj-input" value={given.id} onChange={(event) => set({ id: event.target.value })} />}</Field>
        <Field pointer="/name" label="名称">{(field) => <input {...field} className="zj-input" value={given.name} onChange={(event) => set({ name: event.target.value })} />}</Field>
        <Field pointer="/level" label="层级">{(field) => <select {...field} className="zj-input" value={given.level} onChange={(event) => set({ level: event.target.value as Area['level'] })}>{(Object.keys(levelWords) as Area['level'][]).map((level) => <option key={level} value={level}>{levelWords[level]}</option>)}</select>}</Field>
        <Field pointer="/parent" label="隶属">{(field) => <select {...field} className="zj-input" value={given.parent} onChange={(event) => set({ parent: event.target.value })}>{areas.map((it) => <option key={it.jurisdictionId} value={it.jurisdictionId}>{it.name}（{it.jurisdictionId}）</option>)}</select>}</Field>
        <Field pointer="/from" label="自何日起">{(field) => <DateInput {...field} today={today} value={from ?? (today || null)} onChange={setFrom} />}</Field>
        <Field pointer="/reason" label="理由" wide>{(field) => <textarea {...field} className="zj-input" maxLength={300} value={given.reason} onChange={(event) => set({ reason: event.target.value })} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={create.pending}>设立</button></p>
      </FormShell>
    </Part>
  );
}

/** The tree of areas as it stood on a day. */
export function AreasPage() {
  const today = useToday();
  const [on, setOn] = useState<string | null>(null);
  const change = useIs('system-admin');
  const day = on ?? today;
  const areas = useAnswer('listJurisdictions', { query: day ? { on: day } : {} });
  return (
    <Page title="组织管理：区划">
      <AdministrationTabs />
      <Part title="区划与隶属关系" note="隶属关系有起止日期，不由代码推断。选择日期可看当日的隶属。">
        <Field pointer="/on" label="看哪一日">{(field) => <DateInput {...field} today={today} value={day || null} onChange={setOn} />}</Field>
        <Shown of={areas} what="区划">{({ items, on: asked }) => (items.length ? <Branch areas={items} parent={null} on={asked} change={change} /> : <Empty>还没有登记区划。</Empty>)}</Shown>
      </Part>
      {change && areas.data ? <SetUp areas={areas.data.items} /> : null}
    </Page>
  );
}
