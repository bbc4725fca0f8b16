import { Empty, moment, Page, Part, roleWords, Shown, Table, useAnswer, type Answer, type Column } from '@zhijian/web';
import { useIs } from '../app/session.js';
import { LogPart } from '../audit/LogPart.js';
import { AdministrationTabs } from './Pages.js';
import { actionWords, agencyWords, levelWords } from './words.js';

type Change = Answer<'listDirectoryChanges'>['items'][number];
const fields: Record<string, string> = { name: '名称', level: '层级', parent: '隶属', into: '并入', from: '自', to: '至', until: '至', reason: '理由', role: '角色', kind: '类别', duty: '职责', accounts: '账号数', appointmentsEnding: '随之到期的任职', withDelegations: '同时结束的委托' };

const said: Readonly<Record<string, Readonly<Record<string, string>>>> = { role: roleWords, level: levelWords, kind: agencyWords };

const detailOf = ({ detail }: Change): string =>
  Object.entries(detail).filter(([key, value]) => fields[key] && value !== null).map(([key, value]) => `${fields[key]}：${said[key]?.[String(value)] ?? String(value)}`).join('；');

const columns: Column<Change>[] = [
  { key: 'at', title: '时间', sortBy: ({ at }) => at, show: ({ at }) => moment(at) },
  { key: 'action', title: '事项', sortBy: ({ action }) => action, show: ({ action }) => actionWords[action] ?? action },
  { key: 'where', title: '辖区', show: ({ jurisdiction }) => jurisdiction },
  { key: 'detail', title: '内容', show: detailOf },
  { key: 'actor', title: '办理人', sortBy: ({ actor }) => actor, show: ({ actor }) => <code>{actor}</code> },
];

/** What was changed in the directory, from the entries of the commands themselves. */
export function ChangesPage() {
  const may = useIs('system-admin', 'security-admin', 'audit-admin', 'auditor');
  const watches = useIs('audit-admin', 'auditor');
  const changes = useAnswer('listDirectoryChanges', { query: { limit: 200 } }, { every: may ? 15_000 : 0 });
  return (
    <Page title="组织管理：变动记录">
      <AdministrationTabs />
      <Part title="变动记录" note="由每次办理时留下的记录汇成，不能修改或删除。">
        <Shown of={changes} what="变动记录">{({ items }) => (items.length ? <Table caption="变动记录" rows={items} columns={columns} rowKey={({ id, action }) => `${id} ${action}`} /> : <Empty>没有变动记录。</Empty>)}</Shown>
      </Part>
      {watches ? <LogPart /> : null}
    </Page>
  );
}
