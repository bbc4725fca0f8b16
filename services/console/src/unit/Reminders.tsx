import { DateNote, moment, ProblemNote, Table, useSubmission, type Column } from '@zhijian/web';
import { remaining, type Unit } from './unit.js';

type Reminder = Unit['reminders'][number];

/** The day somebody was reminded of: as the duty has it now, or as it stood when they were. */
function ReminderDue({ unit, duty: id, dueOn }: { unit: Unit; duty: string; dueOn: string }) {
  const duty = unit.stages.flatMap((stage) => stage.duties).find((one) => one.id === id);
  if (!duty) return null;
  const because = duty.dueOn === dueOn ? duty.because : `提醒时的期限；现在的期限为 ${duty.dueOn ?? '未定'}：${duty.because}`;
  return <DateNote because={because} clauses={duty.clauses} calendar={unit.calendar} firm={duty.firm || !duty.dueOn} />;
}

/** What is still to be done, with a button that reminds whom it concerns; every reminder is on record. */
export function Reminders({ unit, mayRemind }: { unit: Unit; mayRemind: boolean }) {
  const remind = useSubmission('remindNow');
  const duties = unit.stages.flatMap((stage) => stage.duties);
  const titleOf = (duty: string) => duties.find(({ id }) => id === duty)?.title ?? duty;
  const waiting = duties.map((duty) => ({ ...duty, left: remaining(unit, duty.id) })).filter(({ left }) => left > 0);
  const columns: Column<Reminder>[] = [
    { key: 'at', title: '时间', show: ({ issuedAt }) => moment(issuedAt) },
    { key: 'duty', title: '任务', show: ({ duty }) => titleOf(duty) },
    { key: 'due', title: '期限', show: ({ duty, dueOn }) => <><span className="zj-nowrap">{dueOn}</span><ReminderDue unit={unit} duty={duty} dueOn={dueOn} /></> },
    { key: 'count', title: '对象', number: true, show: ({ obligations }) => `${obligations} 项` },
    { key: 'how', title: '方式', show: ({ automatic }) => (automatic ? '到期前自动提醒' : '人工催办') },
  ];
  return (
    <>
      {remind.problem ? <ProblemNote error={remind.problem} /> : null}
      {remind.answer ? <p className="zj-note" role="status">已催办 {remind.answer.reminded} 项。</p> : null}
      {waiting.length ? (
        <ul className="waiting">{waiting.map(({ id, title, left }) => (
          <li key={id}><span>{title}：{left} 项未完成</span>{mayRemind ? <button type="button" className="zj-button" disabled={remind.pending} onClick={() => void remind.send({ params: { campaignId: unit.campaign.campaignId, unit: unit.code }, body: { duty: id } })}>催办</button> : null}</li>
        ))}</ul>
      ) : <p>目前没有未完成的任务。</p>}
      {unit.reminders.length ? <Table caption="催办记录" rows={unit.reminders} columns={columns} rowKey={({ issuedAt, duty }) => `${issuedAt} ${duty}`} /> : null}
    </>
  );
}
