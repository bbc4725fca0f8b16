import { Chip, Empty, Field, Page, Part, roleWords, Shown, Table, useAnswer, useSubmission, type Answer, type Column, type Tone } from '@zhijian/web';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useIs, useToday } from '../app/session.js';
import { AppointForm, label } from './AppointForm.js';
import { AdministrationTabs } from './Pages.js';
import { ReasonButton } from './ReasonButton.js';
import { spanWords } from './words.js';

type Appointment = Answer<'listAppointments'>['items'][number];

/** Ends an appointment; what is open must go to somebody. */
function End({ appointment }: { appointment: Appointment }) {
  const [successor, setSuccessor] = useState('');
  const people = useAnswer('listPeople', { query: { limit: 500 } }).data?.items ?? [];
  const end = useSubmission('endAppointment');
  return (
    <ReasonButton label="免职" title={`免去 ${appointment.person} 的${roleWords[appointment.role]}`} note="立即生效。未办事项移交接任人；不指定的，由所在机关负责人接手。由其委托他人代行的同时结束。" problem={end.problem} pending={end.pending}
      act={(reason) => end.send({ params: { appointmentId: appointment.appointmentId }, version: appointment.version, body: { successorId: successor || null, reason } })}>
      <Field pointer="/successorId" label="接任人">{(field) => <select {...field} className="zj-input" value={successor} onChange={(event) => setSuccessor(event.target.value)}><option value="">所在机关负责人</option>{people.filter(({ personId, state }) => personId !== appointment.personId && state === 'active').map((it) => <option key={it.personId} value={it.personId}>{label(it)}</option>)}</select>}</Field>
    </ReasonButton>
  );
}

const standing = ({ state, from, to }: Appointment, today: string): [Tone, string] =>
  (state === 'ended' ? ['off', '已免'] : to !== null && to < today ? ['off', '已到期'] : from > today ? ['off', '未开始'] : ['good', '在任']);

/** Who holds which office where, since when, until when, and who appointed them. */
export function AppointmentsPage() {
  const [search] = useSearchParams();
  const personId = search.get('person');
  const mayAppoint = useIs('security-admin');
  const today = useToday();
  const appointments = useAnswer('listAppointments', { query: { limit: 500, ...(personId ? { personId } : {}) } });
  const columns: Column<Appointment>[] = [
    { key: 'person', title: '人员', sortBy: ({ person }) => person, show: ({ person }) => person },
    { key: 'role', title: '角色', sortBy: ({ role }) => role, show: ({ role, delegatedFrom }) => <>{roleWords[role]}{delegatedFrom ? '（受委托）' : ''}</> },
    { key: 'where', title: '辖区、单位', sortBy: ({ jurisdictionId }) => jurisdictionId, show: ({ jurisdictionName, agencyName, institutionName }) => [jurisdictionName, agencyName ?? institutionName].filter(Boolean).join('，') },
    { key: 'span', title: '起止', sortBy: ({ from }) => from, show: spanWords },
    { key: 'state', title: '状态', show: (it) => { const [tone, word] = standing(it, today); return <Chip tone={tone}>{word}</Chip>; } },
    { key: 'why', title: '理由', show: ({ reason, endReason, handedTo }) => <>{reason}{endReason ? <><br /><span className="zj-soft">免职：{endReason}{handedTo ? `；移交 ${handedTo}` : ''}</span></> : null}</> },
    { key: 'by', title: '任命人', show: ({ grantedBy }) => <code className="zj-soft">{grantedBy}</code> },
    ...(mayAppoint ? [{ key: 'act', title: '办理', show: (it: Appointment) => (it.state === 'granted' ? <End appointment={it} /> : null) }] : []),
  ];
  return (
    <Page title="组织管理：任职">
      <AdministrationTabs />
      {mayAppoint ? <AppointForm personId={personId} /> : null}
      <Part title="任职">
        <Shown of={appointments} what="任职">{({ items }) => (items.length ? <Table caption="任职" rows={items} columns={columns} rowKey={({ appointmentId }) => appointmentId} /> : <Empty>没有任职记录。</Empty>)}</Shown>
      </Part>
    </Page>
  );
}
