import { DateInput, Empty, Field, FormShell, institutionWord, Page, Part, Shown, useAnswer, useSubmission, type Answer, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { useSession, useToday } from '../app/session.js';

type Scheme = Answer<'listComparisonSchemes'>['items'][number];
const nameOf = ({ pack, scheme }: Scheme): string => `${pack}#${scheme}`;

function PlanForm({ schemes }: { schemes: readonly Scheme[] }) {
  const today = useToday();
  const { place } = useSession();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState(schemes.length === 1 && schemes[0] ? nameOf(schemes[0]) : '');
  const [title, setTitle] = useState('');
  const [typedYear, setYear] = useState<string | null>(null);
  const [submitBy, setSubmitBy] = useState<string | null>(null);
  const [parts, setParts] = useState<Record<string, string | null>>({});
  const [errors, setErrors] = useState<FieldError[]>([]);
  const plan = useSubmission('planComparison');
  const year = typedYear ?? today.slice(0, 4);
  const scheme = schemes.find((it) => nameOf(it) === chosen);
  const usual = scheme ? `${year}年${scheme.title}` : '';
  const submit = async () => {
    const wrong = [
      ...(scheme ? [] : [{ path: '/scheme', message: '请选择比对方案' }]), ...(/^\d{4}$/.test(year) ? [] : [{ path: '/year', message: '年度应为四位数字' }]), ...(submitBy ? [] : [{ path: '/submitBy', message: '请填写报送截止日期' }]),
      ...(scheme?.parts ?? []).flatMap(({ id, title: part }, at) => (parts[id] ? [] : [{ path: `/parts/${at}/submitBy`, message: `请填写“${part}”的截止日期` }])),
    ];
    setErrors(wrong);
    if (wrong.length || !scheme || !submitBy) return;
    const made = await plan.send({ body: { pack: scheme.pack, scheme: scheme.scheme, year: Number(year), jurisdiction: place?.code ?? scheme.jurisdiction, title: title.trim() || usual, submitBy, parts: scheme.parts.map(({ id }) => ({ part: id, submitBy: parts[id]! })) } });
    if (made) void navigate(`/comparisons/${made.roundId}`);
  };
  return (
    <FormShell label="制定比对" errors={errors} problem={plan.problem} onSubmit={() => void submit()}>
      <Field pointer="/scheme" label="比对方案" hint="方案出自已安装的政策包：项目、评分方法、综合评定的等级和未参加的如何对待。" wide>
        {(field) => <select {...field} className="zj-input" value={chosen} onChange={(event) => { setChosen(event.target.value); setParts({}); }}><option value="">请选择</option>{schemes.map((it) => <option key={nameOf(it)} value={nameOf(it)}>{it.title}（{institutionWord(it.line)}，{it.measurands} 个项目；{it.packTitle}）</option>)}</select>}
      </Field>
      <div className="zj-row">
        <Field pointer="/year" label="年度">{(field) => <input {...field} className="zj-input" inputMode="numeric" value={year} onChange={(event) => setYear(event.target.value.trim())} />}</Field>
        <Field pointer="/submitBy" label="报送截止日期" hint="当日 24 时截止">{(field) => <DateInput {...field} today={today} value={submitBy} onChange={setSubmitBy} />}</Field>
        {(scheme?.parts ?? []).map(({ id, title: part }, at) => <Field key={id} pointer={`/parts/${at}/submitBy`} label={`${part}截止日期`}>{(field) => <DateInput {...field} today={today} value={parts[id] ?? null} onChange={(on) => setParts((before) => ({ ...before, [id]: on }))} />}</Field>)}
      </div>
      <Field pointer="/title" label="名称" wide>{(field) => <input {...field} className="zj-input" maxLength={120} placeholder={usual} value={title} onChange={(event) => setTitle(event.target.value)} />}</Field>
      <p className="zj-note">制定后按机构名录列出应参加的机构：当日持有这项资质，住所在本辖区，或者在本辖区开展服务。启动以前可以增加自愿参加的，也可以写明理由免予参加。</p>
      <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={plan.pending}>制定比对</button></p>
    </FormShell>
  );
}

/** A round laid down from a scheme of an installed pack. */
export function PlanComparisonPage() {
  const schemes = useAnswer('listComparisonSchemes');
  return (
    <Page title="制定能力比对" trail={<Link to="/comparisons">能力比对</Link>}>
      <Part title="方案与期限"><Shown of={schemes} what="比对方案">{({ items }) => (items.length ? <PlanForm schemes={items} /> : <Empty action={<Link to="/packs">看已安装的政策包</Link>}>已安装的政策包中没有能力比对方案。请先安装含有比对方案的政策包。</Empty>)}</Shown></Part>
    </Page>
  );
}
