import { Confirmation, Field, FormShell, institutionWord, Part, useAnswer, usePack, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useSession } from '../app/session.js';
import type { Plan } from './evaluation.js';

type Sets = Record<string, { title: string; lines: Plan['line'][] }>;

/** Opens a year's evaluation: which indicators, for which bodies. */
export function OpenForm({ thisYear }: { thisYear: number }) {
  const { me, place } = useSession();
  const packs = useAnswer('listPacks');
  const [pack, setPack] = useState('');
  const [chosen, setChosen] = useState('');
  const [year, setYear] = useState(String(thisYear - 1));
  const [jurisdiction, setJurisdiction] = useState(place?.code ?? me.places[0]?.code ?? '');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const detail = usePack(pack || null);
  const open = useSubmission('openEvaluation');
  const sets = ((detail.data as { rules?: { indicators?: Sets } } | undefined)?.rules?.indicators ?? {});
  const choices = Object.entries(sets).flatMap(([set, { title, lines }]) => lines.map((line) => ({ value: `${set} ${line}`, words: `${title}（${institutionWord(line)}）` })));
  const [set = '', line = ''] = chosen.split(' ');
  const submit = () => {
    const wrong = [...(pack ? [] : [{ path: '/pack', message: '请选择政策包' }]), ...(chosen ? [] : [{ path: '/set', message: '请选择质量指标' }])];
    setErrors(wrong);
    if (!wrong.length) void open.send({ body: { jurisdiction, year: Number(year), line: line as Plan['line'], pack, set } });
  };
  if (open.answer) return <Confirmation title="评估已开展"><p>应评估 {open.answer.progress.obliged} 家。接下来：<Link to={`/evaluations/${open.answer.planId}`}>填写或者导入评分表</Link>。</p></Confirmation>;
  return (
    <Part title="开展评估" note="一个辖区、一个年度、一类机构只开展一次；开展后该年度的评分都按所选版本的指标。">
      <FormShell label="开展评估" errors={errors} problem={open.problem} onSubmit={submit}>
        <div className="zj-row">
          <Field pointer="/year" label="年度">{(field) => <select {...field} className="zj-input" value={year} onChange={(event) => setYear(event.target.value)}>{Array.from({ length: 6 }, (_, back) => thisYear - back).map((one) => <option key={one} value={one}>{one}</option>)}</select>}</Field>
          <Field pointer="/jurisdiction" label="辖区">{(field) => <select {...field} className="zj-input" value={jurisdiction} onChange={(event) => setJurisdiction(event.target.value)}>{me.places.map(({ code, name }) => <option key={code} value={code}>{name ?? code}</option>)}</select>}</Field>
          <Field pointer="/pack" label="政策包">{(field) => <select {...field} className="zj-input" value={pack} onChange={(event) => { setPack(event.target.value); setChosen(''); }}><option value="">请选择</option>{(packs.data?.items ?? []).map(({ id, version, title }) => <option key={`${id}@${version}`} value={`${id}@${version}`}>{title}（第 {version} 版）</option>)}</select>}</Field>
          <Field pointer="/set" label="质量指标" hint={pack && !detail.isPending && !choices.length ? '这个政策包没有质量指标，请另选。' : undefined}>{(field) => <select {...field} className="zj-input" value={chosen} onChange={(event) => setChosen(event.target.value)}><option value="">请选择</option>{choices.map(({ value, words }) => <option key={value} value={value}>{words}</option>)}</select>}</Field>
          <button type="submit" className="zj-button zj-primary" disabled={open.pending}>开展</button>
        </div>
      </FormShell>
    </Part>
  );
}
