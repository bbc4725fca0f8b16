import { Chip, DateInput, Facts, Field, FieldGroup, FormShell, moment, PackOnPage, Page, Part, Shown, useAnswer, useSubmission, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { useIs, useSession, useToday } from '../app/session.js';
import { ColourWord } from './ColourWord.js';
import { dueWords, outcomeWords, type Objection } from './notice.js';
import { ObjectionDue } from './ObjectionsPage.js';

/** The answer; once more where the result was to be changed and turned out right, so that its notice comes to an end. */
function AnswerForm({ it, reload }: { it: Objection; reload: () => void }) {
  const again = it.state !== 'open';
  const [outcome, setOutcome] = useState<'kept' | 'to-be-changed' | null>(again ? 'kept' : null);
  const [reasons, setReasons] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const answer = useSubmission('answerObjection');
  const submit = () => {
    const wrong = [...(outcome ? [] : [{ path: '/outcome', message: '请选择答复的结论' }]), ...(reasons.trim() ? [] : [{ path: '/reasons', message: '请写明答复的理由' }])];
    setErrors(wrong);
    if (outcome && !wrong.length) void answer.send({ params: { objectionId: it.objectionId }, version: it.version, body: { outcome, reasons: reasons.trim() } });
  };
  return (
    <Part title={again ? '改为维持原结果' : '答复'} note={again ? '经核实原结果无误、没有更正的，由原答复人以外的人改为维持；两次答复都留存。' : '发布这次公示的人、代录这件异议的人不能答复。'}>
      <FormShell label="答复异议" errors={errors} problem={answer.problem} onSubmit={submit} reload={reload}>
        {again ? null : <FieldGroup pointer="/outcome" label="结论" hint="应予改动的，由质控机构更正结果后另行公示足期；在此以前暂缓公开。"><div className="zj-choices"><label><input type="radio" name="outcome" checked={outcome === 'kept'} onChange={() => setOutcome('kept')} />维持原结果</label><label><input type="radio" name="outcome" checked={outcome === 'to-be-changed'} onChange={() => setOutcome('to-be-changed')} />应予改动</label></div></FieldGroup>}
        <Field pointer="/reasons" label="理由" wide>{(field) => <textarea {...field} className="zj-input" rows={5} maxLength={5000} value={reasons} onChange={(event) => setReasons(event.target.value)} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={answer.pending}>{again ? '维持原结果' : '答复'}</button></p>
      </FormShell>
    </Part>
  );
}

function DueForm({ it, reload }: { it: Objection; reload: () => void }) {
  const today = useToday();
  const [on, setOn] = useState<string | null>(it.dueOn);
  const [errors, setErrors] = useState<FieldError[]>([]);
  const due = useSubmission('setObjectionDue');
  const submit = () => {
    setErrors(on ? [] : [{ path: '/dueOn', message: '请填写答复日期' }]);
    if (on) void due.send({ params: { objectionId: it.objectionId }, version: it.version, body: { dueOn: on } });
  };
  return (
    <Part title="指定答复日期" note="文件没有规定答复期限，由经办人指定。">
      <FormShell label="指定答复日期" errors={errors} problem={due.problem} onSubmit={submit} reload={reload}>
        <Field pointer="/dueOn" label="答复日期">{(field) => <DateInput {...field} today={today} value={on} onChange={setOn} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button" disabled={due.pending}>指定</button></p>
      </FormShell>
    </Part>
  );
}

/** The body takes its objection back. */
function TakeBack({ it, reload }: { it: Objection; reload: () => void }) {
  const back = useSubmission('withdrawObjection');
  return <FormShell label="撤回异议" problem={back.problem} onSubmit={() => void back.send({ params: { objectionId: it.objectionId }, version: it.version, body: {} })} reload={reload}><p className="zj-actions"><button type="submit" className="zj-button zj-danger" disabled={back.pending}>撤回异议</button></p></FormShell>;
}

function Work({ it, reload }: { it: Objection; reload: () => void }) {
  const here = useSession().me.places.some(({ code }) => code === it.jurisdiction);
  const officer = useIs('province', 'city', 'county') && here;
  const answers = useIs('province', 'city', 'county', 'approver') && here;
  const body = useIs('institution', 'institution-head');
  const open = it.state === 'open';
  return (
    <>
      <Facts of={[
        ['公示', <Link key="n" to={`/notices/${it.noticeId}`}>{it.noticeTitle}</Link>], ['公示的结果', <ColourWord key="c" of={it.colour} />], ['提出时间', moment(it.raisedAt)],
        ...(it.source ? [['书面材料', `${it.source.document}（${it.source.receivedOn} 收到，代录）`] as const] : []),
        ['情况', open ? <Chip key="s" tone={it.overdue ? 'bad' : 'wait'}>{it.overdue ? '逾期未答复' : '待答复'}</Chip> : <Chip key="s" tone="good">{it.outcome ? outcomeWords[it.outcome] : '已答复'}</Chip>],
        ...(open ? [['答复期限', <span key="due">{dueWords(it)}<ObjectionDue of={it} /></span>] as const] : [['答复时间', moment(it.answeredAt)] as const]),
      ]} />
      <Part title="异议理由"><p className="notice-words">{it.grounds}</p></Part>
      {it.reasons ? <Part title="答复理由"><p className="notice-words">{it.reasons}</p>{it.outcome === 'to-be-changed' && !it.settled ? <p className="zj-note">等待质控机构更正结果。更正后另行公示，期限重新计算。</p> : null}</Part> : null}
      {(open || (it.outcome === 'to-be-changed' && !it.settled)) && answers ? <AnswerForm key={`a${it.version}`} it={it} reload={reload} /> : null}
      {open && officer && !it.dueStated ? <DueForm key={`d${it.version}`} it={it} reload={reload} /> : null}
      {open && body ? <TakeBack it={it} reload={reload} /> : null}
    </>
  );
}

/** One objection: its grounds, its clock, the answer with its reasons. */
export function ObjectionPage() {
  const { objectionId = '' } = useParams();
  const objection = useAnswer('getObjection', { params: { objectionId } });
  return <Shown of={objection} what="异议">{(it) => <PackOnPage.Provider value={it.pack}><Page title={`${it.name}的异议`} trail={<Link to="/objections">异议</Link>}><Work it={it} reload={() => void objection.refetch()} /></Page></PackOnPage.Provider>}</Shown>;
}
