import { ClauseNote, DateInput, Field, FormShell, Part, Shown, useAnswer, useSubmission, packParts, type Answer, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { useToday } from '../app/session.js';
import { dateForm, wrongInDates } from './next-year.js';

type Proposal = Answer<'proposeNextYear'>;
type Proposed = Proposal['dates'][number];

function DateOf({ date, at, value, put }: { date: Proposed; at: number; value: string; put: (on: string) => void }) {
  const today = useToday();
  const { title, was, dayOff, now, clauses } = date;
  const hint = <>上一次为 {was}{value === now ? `，按年推移${dayOff ? `；这一天是${dayOff}` : ''}` : ''}<ClauseNote ids={clauses} /></>;
  return (
    <Field pointer={`/dates/${at}/on`} label={title} hint={hint}>{(field) => (dateForm(was) === 'day'
      ? <DateInput {...field} today={today} value={value || null} onChange={(on) => put(on ?? '')} />
      : <input {...field} className="zj-input" inputMode="numeric" maxLength={7} value={value} onChange={(event) => put(event.target.value)} />)}</Field>
  );
}

function Files({ draft }: { draft: Answer<'draftNextYear'> }) {
  return (
    <div className="zj-note" role="status">
      <p>已生成 {draft.year} 年的政策包草稿 <code>{draft.id}</code>，日期如所填。它还不能用来启动行动：条款和引文仍是上一份文件的。</p>
      <p>接下来：下载以下文件，放入同一文件夹，由政策包编写人员换上新文件的来源、条款和引文，逐个确认日期，再用命令 pack install 安装；安装后在本页选择新的政策包。</p>
      <ul className="zj-plain">{draft.files.map(({ name, text }) => <li key={name}><a download={name.replaceAll('/', '_')} href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}>{name}</a></li>)}</ul>
    </div>
  );
}

function Dates({ proposal, pack }: { proposal: Proposal; pack: string }) {
  const [dates, setDates] = useState<Readonly<Record<string, string>>>({});
  const [errors, setErrors] = useState<FieldError[]>([]);
  const send = useSubmission('draftNextYear');
  const filled = proposal.dates.map(({ place, now }) => ({ place, on: (dates[place] ?? now).trim() }));
  const submit = () => {
    const wrong = wrongInDates(proposal.dates, filled);
    setErrors(wrong);
    send.clear();
    const params = packParts(pack);
    if (!wrong.length && params) void send.send({ params, body: { year: proposal.year, dates: filled } });
  };
  return (
    <FormShell label="下一年的日期" errors={errors} problem={send.problem} onSubmit={submit}>
      <div className="plan-dates">{proposal.dates.map((date, at) => <DateOf key={date.place} date={date} at={at} value={dates[date.place] ?? date.now} put={(on) => setDates({ ...dates, [date.place]: on })} />)}</div>
      <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={send.pending}>生成 {proposal.year} 年的草稿</button></p>
      {send.answer ? <Files draft={send.answer} /> : null}
    </FormShell>
  );
}

/** A campaign taken as ground for the next cannot run on the days of the last: its dates moved by a year, each to be confirmed or written anew, become the draft of a pack. */
export function NextYearPart({ pack }: { pack: string }) {
  const [year, setYear] = useState<number | undefined>(undefined);
  const parts = packParts(pack);
  const proposal = useAnswer('proposeNextYear', parts ? { params: parts, query: { year } } : {}, { enabled: parts !== null });
  return (
    <Part title="下一年的日期" note="上一次的日期不能照用。下面的日期由上一次推移而来，逐个核对；已有新文件的，按新文件改正。已安装下一年政策包的，在上面直接选择即可。"
      aside={<label>年度 <input className="zj-input" type="number" min={2000} max={2149} value={year ?? proposal.data?.year ?? ''} onChange={(event) => { const typed = Number(event.target.value); if (typed >= 2000 && typed <= 2149) setYear(typed); }} /></label>}>
      <Shown of={proposal} what="下一年的日期">{(data) => <Dates key={`${pack} ${data.year}`} proposal={data} pack={pack} />}</Shown>
    </Part>
  );
}
