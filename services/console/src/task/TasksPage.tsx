import { Chip, DateNote, Empty, Field, PackOnPage, Page, Part, Shown, Table, useAnswer, useSubmission, type Column } from '@zhijian/web';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { ReasonButton } from '../administration/ReasonButton.js';
import { useIs, useSession, useToday } from '../app/session.js';
import { holderWords, taskRooms, taskWords, type Task, type TaskRoom } from './task.js';

/** Gives a task to somebody who holds an office in its place, or back to the agency. */
function Assign({ task }: { task: Task }) {
  const people = useAnswer('listOfficers', { query: { place: task.jurisdiction } }).data?.items ?? [];
  const [person, setPerson] = useState(task.holder.kind === 'person' ? task.holder.personId : '');
  const assign = useSubmission('assignTask');
  return (
    <ReasonButton label="交办" title={`交办：${task.title}`} note="承办人离任的，自动移交接任人；没有接任人的退回机关。" problem={assign.problem} pending={assign.pending}
      act={(reason) => assign.send({ query: { room: task.room }, version: task.version, body: { taskId: task.taskId, personId: person || null, reason } })}>
      <Field pointer="/personId" label="承办人">{(field) => <select {...field} className="zj-input" value={person} onChange={(event) => setPerson(event.target.value)}><option value="">{task.agency}（不指定到人）</option>{people.map((it) => <option key={it.personId} value={it.personId}>{it.label}</option>)}</select>}</Field>
    </ReasonButton>
  );
}

function Holder({ task }: { task: Task }) {
  const mayAsk = useIs('province', 'city', 'county', 'inspector');
  const people = useAnswer('listOfficers', { query: { place: task.jurisdiction } }, { enabled: mayAsk && task.holder.kind === 'person' }).data?.items ?? [];
  return <>{holderWords(task, new Map(people.map(({ personId, label }) => [personId, label])))}{task.holder.kind === 'person' ? <><br /><span className="zj-soft">{task.holder.reason}</span></> : null}</>;
}

/** The day of a task and how it was reckoned. */
function Due({ task: { dueOn, why, campaignId, obligationId }, today }: { task: Task; today: string }) {
  if (!dueOn) return <>无期限</>;
  const of = campaignId && obligationId ? { of: { campaignId, obligationId } } : {};
  return (
    <PackOnPage.Provider value={why?.pack ?? null}>
      <span className="zj-nowrap">{dueOn}{why && !why.firm ? '（暂定）' : ''}</span>{dueOn < today ? <>　<Chip tone="bad">已逾期</Chip></> : null}{why ? <DateNote {...why} {...of} /> : null}
    </PackOnPage.Provider>
  );
}

/** What is open: one's own, the agency's, or everything of one's places; and who holds it. */
export function TasksPage() {
  const [search, setSearch] = useSearchParams();
  const room = (search.get('room') ?? 'inspection') as TaskRoom;
  const holder = search.get('holder') ?? '';
  const today = useToday();
  const mayAssign = useIs('province', 'city', 'county');
  const { places } = useSession().me; // what another level holds is that level's to give
  const tasks = useAnswer('listTasks', { query: { room, limit: 500, ...(holder ? { holder } : {}) } });
  const put = (name: string, value: string) => setSearch((before) => { const next = new URLSearchParams(before); next.set(name, value); return next; });
  const columns: Column<Task>[] = [
    { key: 'title', title: '事项', sortBy: ({ title }) => title, show: ({ title, link }) => (link ? <Link to={link}>{title}</Link> : title) },
    { key: 'kind', title: '类别', sortBy: ({ kind }) => kind, show: ({ kind }) => taskWords[kind] },
    { key: 'where', title: '办理机关', sortBy: ({ jurisdiction }) => jurisdiction, show: ({ agency, jurisdiction }) => <>{agency}<br /><span className="zj-soft">{jurisdiction}</span></> },
    { key: 'due', title: '期限', sortBy: ({ dueOn }) => dueOn ?? '9999', show: (task) => <Due task={task} today={today} /> },
    { key: 'holder', title: '承办人', show: (task) => <Holder task={task} /> },
    ...(mayAssign ? [{ key: 'act', title: '办理', show: (task: Task) => (places.some(({ code }) => code === task.jurisdiction) ? <Assign key={task.version} task={task} /> : null) }] : []),
  ];
  return (
    <Page title="待办事项">
      <Part title="未办事项" note="没有指定到人的，由办理机关负责；承办人离任后不会无人负责。">
        <p className="zj-actions">
          <label>业务 <select className="zj-input" value={room} onChange={(event) => put('room', event.target.value)}>{taskRooms.map(([name, label]) => <option key={name} value={name}>{label}</option>)}</select></label>
          <label>承办 <select className="zj-input" value={holder} onChange={(event) => put('holder', event.target.value)}><option value="">全部</option><option value="me">本人的</option><option value="agency">未指定到人的</option></select></label>
        </p>
        <Shown of={tasks} what="未办事项">{({ items, next }) => (items.length ? <>{next ? <p className="zj-note">未办事项超过 {items.length} 件，此处列前 {items.length} 件。</p> : null}<Table caption="未办事项" rows={items} columns={columns} rowKey={({ taskId }) => taskId} /></> : <Empty>没有未办事项。</Empty>)}</Shown>
      </Part>
    </Page>
  );
}
