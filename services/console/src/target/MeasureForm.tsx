import { DateInput, Field, FormShell, institutionWord, moment, Part, Shown, Table, useAnswer, useSubmission, type Answer, type Column, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { useToday } from '../app/session.js';
import type { Campaign } from '../campaign/campaign.js';
import { enteredMeasures, measureWord, type Target } from './target.js';

type Entered = Answer<'listMeasures'>['items'][number];

/** One count with the place it comes from; the last one entered stands, all are kept. */
export function MeasureForm({ campaign, targets }: { campaign: Campaign; targets: readonly Target[] }) {
  const today = useToday();
  const measures = enteredMeasures(targets);
  const [unit, setUnit] = useState(campaign.units.length === 1 ? (campaign.units[0]?.code ?? '') : '');
  const [measure, setMeasure] = useState('');
  const [kind, setKind] = useState('');
  const [number, setNumber] = useState('');
  const [asOf, setAsOf] = useState<string | null>(null);
  const [source, setSource] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const enter = useSubmission('enterMeasure');
  const kinds = [...new Set(targets.filter(({ numerator, denominator }) => numerator === measure || denominator === measure).flatMap(({ kinds: its }) => its.flatMap((it) => (it.kind ? [it.kind] : []))))];
  const submit = async () => {
    const on = asOf ?? today;
    const wrong = [
      ...(unit ? [] : [{ path: '/unit', message: '请选择单位' }]), ...(measure ? [] : [{ path: '/measure', message: '请选择指标' }]), ...(kind ? [] : [{ path: '/kind', message: '请选择机构类别' }]),
      ...(/^\d{1,9}$/.test(number.trim()) ? [] : [{ path: '/count', message: '请填写数量（不小于 0 的整数）' }]), ...(on ? [] : [{ path: '/asOf', message: '请填写截至日期' }]), ...(source.trim() ? [] : [{ path: '/source', message: '请写明来源，如“某年某月统计报表”' }]),
    ];
    setErrors(wrong);
    const sent = wrong.length ? null : await enter.send({ params: { campaignId: campaign.campaignId }, body: { unit, measure, kind, count: Number(number), asOf: on, source: source.trim() } });
    if (sent) setNumber('');
  };
  return (
    <Part title="填报统计数" note="系统中没有的数据在这里填报，须注明来源。再次填报的，以后填的为准，以前的仍保留。">
      <FormShell label="填报统计数" errors={errors} problem={enter.problem} onSubmit={() => void submit()}>
        {enter.answer ? <p className="zj-note" role="status">已记下：{measureWord(enter.answer.measure)} {enter.answer.count}（{institutionWord(enter.answer.kind)}，截至 {enter.answer.asOf}）。</p> : null}
        <div className="zj-row">
          <Field pointer="/unit" label="单位">{(field) => <select {...field} className="zj-input" value={unit} onChange={(event) => setUnit(event.target.value)}><option value="">请选择</option>{campaign.units.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}</select>}</Field>
          <Field pointer="/measure" label="指标">{(field) => <select {...field} className="zj-input" value={measure} onChange={(event) => { setMeasure(event.target.value); setKind(''); }}><option value="">请选择</option>{measures.map((it) => <option key={it} value={it}>{measureWord(it)}</option>)}</select>}</Field>
          <Field pointer="/kind" label="机构类别">{(field) => <select {...field} className="zj-input" value={kind} onChange={(event) => setKind(event.target.value)}><option value="">请选择</option>{kinds.map((it) => <option key={it} value={it}>{institutionWord(it)}</option>)}</select>}</Field>
          <Field pointer="/count" label="数量">{(field) => <input {...field} className="zj-input" inputMode="numeric" value={number} onChange={(event) => setNumber(event.target.value)} />}</Field>
          <Field pointer="/asOf" label="截至日期">{(field) => <DateInput {...field} today={today} value={(asOf ?? today) || null} onChange={setAsOf} />}</Field>
        </div>
        <Field pointer="/source" label="来源" wide>{(field) => <input {...field} className="zj-input" maxLength={300} value={source} onChange={(event) => setSource(event.target.value)} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={enter.pending}>填报</button></p>
      </FormShell>
      <Earlier campaign={campaign} />
    </Part>
  );
}

function Earlier({ campaign }: { campaign: Campaign }) {
  const entered = useAnswer('listMeasures', { params: { campaignId: campaign.campaignId }, query: { limit: 100 } });
  const columns: Column<Entered>[] = [
    { key: 'measure', title: '指标', show: ({ measure }) => measureWord(measure) }, { key: 'kind', title: '类别', show: ({ kind }) => institutionWord(kind) }, { key: 'unit', title: '单位', show: ({ unit }) => campaign.units.find(({ code }) => code === unit)?.name ?? unit },
    { key: 'count', title: '数量', number: true, show: ({ count }) => count }, { key: 'asOf', title: '截至', show: ({ asOf }) => asOf }, { key: 'source', title: '来源', show: ({ source }) => source }, { key: 'at', title: '填报时间', show: ({ enteredAt }) => moment(enteredAt) },
  ];
  return <Shown of={entered} what="已填报的统计数">{({ items }) => (items.length ? <details><summary>已填报的统计数（{items.length}）</summary><Table caption="已填报的统计数" rows={items} columns={columns} rowKey={({ measureId }) => measureId} /></details> : <p className="zj-soft">尚未填报。</p>)}</Shown>;
}
