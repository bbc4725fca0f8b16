import { Confirmation, DateInput, Field, FieldGroup, FormShell, Page, Part, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { useToday } from '../app/session.js';
import { useInspectors } from '../visit/use-inspectors.js';
import { BodySearch } from './BodySearch.js';
import { linesIn, originWords, type Check } from './check.js';
import { YearPicker, type ColourYear } from './YearPicker.js';

const rulings: Record<string, string> = { required: '该颜色的机构应当检查', 'may-omit': '该颜色的机构可不主动检查', 'by-complaint-rules': '投诉举报按有关要求办理，不受颜色限制', 'not-ruled': '方案没有规定' };

function RecordForm({ place, first }: { place: ColourYear; first: string }) {
  const today = useToday();
  const [institutionId, setInstitution] = useState(first);
  const [origin, setOrigin] = useState<Check['origin']>('planned');
  const [on, setOn] = useState<string | null>(null);
  const [problems, setProblems] = useState('');
  const [result, setResult] = useState('');
  const [complaint, setComplaint] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const send = useSubmission('recordCheck');
  const visitedOn = on ?? today;
  const { inspectors, asking, field } = useInspectors(place.jurisdiction, visitedOn);
  const submit = () => {
    const wrong = [
      ...(institutionId ? [] : [{ path: '/institutionId', message: '请选择机构' }]), ...(inspectors.length >= 2 ? [] : [{ path: '/inspectors', message: '现场检查不得少于两名执法人员' }]), ...(result.trim() ? [] : [{ path: '/result', message: '请填写处理情况' }]),
      ...(origin === 'complaint' && !complaint.trim() ? [{ path: '/complaint', message: '请填写受理编号' }] : []),
    ];
    setErrors(wrong);
    if (wrong.length === 0) void send.send({ body: { institutionId, jurisdiction: place.jurisdiction, origin, visitedOn, inspectors, problems: linesIn(problems), result: result.trim(), complaint: origin === 'complaint' ? complaint.trim() : null } });
  };
  if (send.answer) {
    return <Confirmation title="已登记检查" number={send.answer.checkId}><p>{send.answer.institutionName}，{send.answer.visitedOn}，{originWords[send.answer.origin]}，问题 {send.answer.problems.length} 项。{send.answer.ruling ? `${rulings[send.answer.ruling] ?? ''}。` : ''}</p><p><Link to="/checks">回到分类检查</Link></p></Confirmation>;
  }
  return (
    <Part title="登记一次现场检查">
      <FormShell label="登记检查" errors={errors} problem={send.problem} onSubmit={submit}>
        <FieldGroup pointer="/origin" label="来源" hint={origin === 'complaint' ? '投诉举报的检查随时可以进行，不受颜色限制，也不计入计划检查次数。' : '计入该机构本年度的计划检查次数。'}>
          <div className="zj-choices">{(['planned', 'complaint'] as const).map((it) => <label key={it}><input type="radio" name="origin" checked={origin === it} onChange={() => setOrigin(it)} />{originWords[it]}</label>)}</div>
        </FieldGroup>
        <BodySearch value={institutionId} onChange={setInstitution} />
        {origin === 'complaint' ? <Field pointer="/complaint" label="投诉举报受理编号">{(field) => <input {...field} className="zj-input" maxLength={60} value={complaint} onChange={(event) => setComplaint(event.target.value)} />}</Field> : null}
        <Field pointer="/visitedOn" label="检查日期">{(field) => <DateInput {...field} today={today} value={visitedOn || null} onChange={setOn} />}</Field>
        {field}
        <Field pointer="/problems" label="发现的问题（没有的不填）" hint="每行一个。" wide>{(field) => <textarea {...field} className="zj-input" rows={4} value={problems} onChange={(event) => setProblems(event.target.value)} />}</Field>
        <Field pointer="/result" label="处理情况" wide>{(field) => <textarea {...field} className="zj-input" rows={3} maxLength={1000} value={result} onChange={(event) => setResult(event.target.value)} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={send.pending || asking}>登记</button></p>
      </FormShell>
    </Part>
  );
}

/** A check on site: one that the colour demands, or one that follows a complaint. */
export function RecordCheckPage() {
  const [search] = useSearchParams();
  return <Page title="登记检查" trail={<Link to="/checks">分类检查</Link>}><YearPicker>{(year) => <RecordForm place={year} first={search.get('institution') ?? ''} />}</YearPicker></Page>;
}
