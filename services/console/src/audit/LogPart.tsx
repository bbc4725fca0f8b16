import { Chip, moment, Part, Shown, Table, useAnswer, type Answer, type Column } from '@zhijian/web';

type Alarm = Answer<'listLogAlarms'>['items'][number];

const columns: Column<Alarm>[] = [
  { key: 'first', title: '发现时间', sortBy: ({ firstAt }) => firstAt, show: ({ firstAt }) => moment(firstAt) },
  { key: 'title', title: '情况', show: ({ title }) => title },
  { key: 'where', title: '所在', show: ({ room, subject }) => <>{room ?? '日志'}<br /><code className="zj-soft">{subject}</code></> },
  { key: 'state', title: '状态', sortBy: ({ clearedAt }) => clearedAt ?? '', show: ({ clearedAt }) => (clearedAt ? <Chip tone="off">{moment(clearedAt)} 起不再出现</Chip> : <Chip tone="bad">未解除</Chip>) },
];

/** Whether the log of all commands is what it was: when it was last checked, and what was found altered. */
export function LogPart() {
  const log = useAnswer('listLogAlarms', { query: { limit: 50 } }, { every: 10_000 });
  return (
    <Part title="存证日志" note="全部办理记录、凭证和签名树头由系统反复核对；有改动的，一分钟内告警。">
      <Shown of={log} what="存证日志的核对情况">{({ items, open, checked }) => (
        <>
          <p>{open ? <Chip tone="bad">{open} 项告警未解除</Chip> : <Chip tone="good">没有未解除的告警</Chip>}　{checked ? `最近核对 ${moment(checked.at)}，日志共 ${checked.size} 条` : '尚未完成首次核对'}</p>
          {items.length ? <Table caption="存证日志的告警" rows={items} columns={columns} rowKey={({ id }) => id} /> : null}
        </>
      )}</Shown>
    </Part>
  );
}
