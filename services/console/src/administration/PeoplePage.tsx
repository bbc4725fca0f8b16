import { Chip, Empty, Field, FormShell, Page, Part, roleWords, Shown, Table, useAnswer, useSubmission, type Answer, type Column, type FieldError } from '@zhijian/web';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useIs } from '../app/session.js';
import { label } from './AppointForm.js';
import { AdministrationTabs } from './Pages.js';
import { ReasonButton } from './ReasonButton.js';

type Person = Answer<'listPeople'>['items'][number];

function Register() {
  const [name, setName] = useState('');
  const [accounts, setAccounts] = useState('');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const register = useSubmission('registerPerson');
  const submit = async () => {
    const listed = accounts.split(/[\s,，、]+/).filter(Boolean);
    setErrors(listed.length ? [] : [{ path: '/accounts', message: '请填写至少一个账号' }]);
    if (listed.length && (await register.send({ body: { name: name.trim() || null, accounts: listed } }))) { setName(''); setAccounts(''); }
  };
  return (
    <Part title="登记人员" note="姓名只在需要辨认时填写，不进入业务记录。一人有多个账号的，须登记在一起：拟定人与批准人按人区分，不按账号。">
      <FormShell label="登记人员" errors={errors} problem={register.problem} onSubmit={() => void submit()}>
        <Field pointer="/name" label="姓名（可不填）">{(field) => <input {...field} className="zj-input" maxLength={40} value={name} onChange={(event) => setName(event.target.value)} />}</Field>
        <Field pointer="/accounts" label="账号" hint="统一身份认证中的账号；多个以逗号分隔。">{(field) => <input {...field} className="zj-input" value={accounts} onChange={(event) => setAccounts(event.target.value)} />}</Field>
        <p className="zj-actions"><button type="submit" className="zj-button zj-primary" disabled={register.pending}>登记</button></p>
        {register.answer ? <p className="zj-note" role="status">已登记。任职由安全管理员任命。</p> : null}
      </FormShell>
    </Part>
  );
}

function Switch({ person, people }: { person: Person; people: readonly Person[] }) {
  const disable = useSubmission('disablePerson');
  const enable = useSubmission('enablePerson');
  const who = person.name ?? person.accounts[0] ?? '';
  const given = { params: { personId: person.personId }, version: person.version };
  const [successor, setSuccessor] = useState('');
  return person.state === 'active'
    ? <ReasonButton label="停用" title={`停用 ${who}`} note="其全部账号立即不能使用，已登录的随即退出；其他服务在五秒内生效。未办事项移交接任人；不指定的交所在机关负责人，机关没有负责人的退回机关。" problem={disable.problem} pending={disable.pending} act={(reason) => disable.send({ ...given, body: { successorId: successor || null, reason } })}>
        <Field pointer="/successorId" label="接任人">{(field) => <select {...field} className="zj-input" value={successor} onChange={(event) => setSuccessor(event.target.value)}><option value="">所在机关负责人</option>{people.filter(({ personId, state }) => personId !== person.personId && state === 'active').map((it) => <option key={it.personId} value={it.personId}>{label(it)}</option>)}</select>}</Field>
      </ReasonButton>
    : <ReasonButton label="恢复" title={`恢复 ${who}`} problem={enable.problem} pending={enable.pending} act={(reason) => enable.send({ ...given, body: { reason } })} />;
}

/** Who there is, with which accounts and roles; who may not come in any more. */
export function PeoplePage() {
  const [q, setQ] = useState('');
  const mayRegister = useIs('system-admin');
  const maySwitch = useIs('security-admin', 'system-admin');
  const people = useAnswer('listPeople', { query: { limit: 200, ...(q ? { q } : {}) } });
  const columns: Column<Person>[] = [
    { key: 'name', title: '人员', sortBy: ({ name, accounts }) => name ?? accounts[0] ?? '', show: ({ personId, name, accounts }) => <Link to={`/administration/appointments?person=${personId}`}>{name ?? accounts[0]}</Link> },
    { key: 'accounts', title: '账号', show: ({ accounts }) => accounts.join('、') },
    { key: 'roles', title: '现任角色', show: ({ roles }) => (roles.length ? roles.map((role) => roleWords[role]).join('、') : '未任职') },
    { key: 'state', title: '状态', sortBy: ({ state }) => state, show: ({ state }) => <Chip tone={state === 'active' ? 'good' : 'bad'}>{state === 'active' ? '在用' : '已停用'}</Chip> },
    ...(maySwitch ? [{ key: 'act', title: '办理', show: (person: Person) => <Switch person={person} people={people.data?.items ?? []} /> }] : []),
  ];
  return (
    <Page title="组织管理：人员">
      <AdministrationTabs />
      {mayRegister ? <Register /> : null}
      <Part title="人员">
        <p><label>查找 <input className="zj-input" type="search" value={q} onChange={(event) => setQ(event.target.value)} /></label></p>
        <Shown of={people} what="人员">{({ items }) => (items.length ? <Table caption="人员" rows={items} columns={columns} rowKey={({ personId }) => personId} /> : <Empty>没有登记的人员。</Empty>)}</Shown>
      </Part>
    </Page>
  );
}
