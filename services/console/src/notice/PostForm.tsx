import { Chip, CountedDays, DateInput, DateNote, Field, FieldGroup, FormShell, Part, untilEndOf, useSubmission, type FieldError } from '@zhijian/web';
import { Modal } from 'antd';
import { useState } from 'react';
import { useToday } from '../app/session.js';
import { siteFaults, type NoticeDetail } from './notice.js';
import { SiteFields, type Site } from './SiteFields.js';

/** What must hold before a notice goes out, each with its answer. */
export function Checks({ of }: { of: NoticeDetail['checks'] }) {
  return <ul className="zj-plain notice-checks">{of.map(({ id, ok, text }) => <li key={id}><Chip tone={ok === null ? 'info' : ok ? 'good' : 'bad'}>{ok === null ? '请留意' : ok ? '符合' : '不符合'}</Chip> {text}</li>)}</ul>;
}

/** The period that would begin today, day by day. */
function Planned({ of }: { of: NonNullable<NoticeDetail['planned']> }) {
  return <details><summary>今天发布，公示至 {untilEndOf(of.lastDay).replace(' 前', '')}{of.firm ? '' : '（暂定，不能发布）'}（计入的工作日 {of.counted.length} 个）</summary><p>{of.because}<DateNote because={of.because} clauses={of.clauses} calendar={of.calendar} firm={of.firm} /></p><CountedDays days={of.counted} /></details>;
}

/** Posting a notice: the list of what must hold, where it stands, and one last question. */
export function PostForm({ notice, reload }: { notice: NoticeDetail; reload: () => void }) {
  const today = useToday();
  const [elsewhere, setElsewhere] = useState(false);
  const [site, setSite] = useState<Site>({ address: '', proof: '' });
  const [lastDay, setLastDay] = useState<string | null>(null);
  const [explanation, setExplanation] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [modal, holder] = Modal.useModal();
  const post = useSubmission('postNotice');
  const explained = notice.because !== 'run';
  const fit = notice.checks.every(({ ok }) => ok !== false);
  const send = () => post.send({ params: { noticeId: notice.noticeId }, version: notice.version, body: { site: elsewhere ? 'elsewhere' : 'portal', address: elsewhere ? site.address.trim() : null, proof: elsewhere ? site.proof.trim() : null, lastDay, explanation: explained ? explanation.trim() : null } });
  const submit = () => {
    const wrong = [...(elsewhere ? siteFaults(site) : []), ...(explained && !explanation.trim() ? [{ path: '/explanation', message: '请写明改了什么、为什么' }] : [])];
    setErrors(wrong);
    if (!wrong.length) void modal.confirm({ title: `发布“${notice.title}”？`, okText: '发布', cancelText: '再核对一下', content: `公示 ${notice.entries} 家，至 ${lastDay ?? notice.planned?.lastDay ?? '—'} 24:00。发布后期限不能缩短，内容不能改动；期满以前可以撤回。`, onOk: send });
  };
  return (
    <Part title="发布公示">
      {holder}
      <Checks of={notice.checks} />
      {notice.planned ? <Planned of={notice.planned} /> : null}
      <FormShell label="发布公示" errors={errors} problem={post.problem} onSubmit={submit} reload={reload}>
        <FieldGroup pointer="/site" label="在何处公示、公开"><div className="zj-choices"><label><input type="radio" name="site" checked={!elsewhere} onChange={() => setElsewhere(false)} />本系统的公示页（即官方网站）</label><label><input type="radio" name="site" checked={elsewhere} onChange={() => setElsewhere(true)} />另在官方网站发布，此处登记</label></div></FieldGroup>
        {elsewhere ? <SiteFields site={site} put={setSite} /> : null}
        <Field pointer="/lastDay" label="公示期末日（比规定更长的才填）">{(field) => <DateInput {...field} today={today} value={lastDay} onChange={setLastDay} />}</Field>
        {explained ? <Field pointer="/explanation" label="改动说明（公开）" hint="写明改了什么、为什么，公众可以看到。" wide>{(field) => <textarea {...field} className="zj-input" maxLength={1000} value={explanation} onChange={(event) => setExplanation(event.target.value)} />}</Field> : null}
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={post.pending || !fit}>发布</button>{fit ? null : <span className="zj-hint">有不符合的事项，不能发布。</span>}</p>
      </FormShell>
    </Part>
  );
}
