import { Empty, moment, Page, Part, Shown, Table, useAnswer, useSubmission, type Answer, type Column } from '@zhijian/web';
import { ReasonButton } from '../administration/ReasonButton.js';
import { useIs } from '../app/session.js';
import { LogPart } from '../audit/LogPart.js';

type Parked = Answer<'listParked'>['items'][number];

/** Facts put aside because their handling failed: why, how often, and the way back. */
export function ParkedPage() {
  const mayRetry = useIs('operator');
  const parked = useAnswer('listParked', { query: { limit: 200 } }, { every: 10_000 });
  const retry = useSubmission('retryParked');
  const columns: Column<Parked>[] = [
    { key: 'at', title: '暂存时间', sortBy: ({ parkedAt }) => parkedAt, show: ({ parkedAt }) => moment(parkedAt) },
    { key: 'room', title: '服务', sortBy: ({ room }) => room, show: ({ room }) => room },
    { key: 'type', title: '事实', sortBy: ({ type }) => type ?? '', show: ({ type, key }) => <><code>{type ?? '无法识别'}</code><br /><code className="zj-soft">{key}</code></> },
    { key: 'reason', title: '原因', show: ({ reason }) => reason },
    { key: 'attempts', title: '已试', number: true, sortBy: ({ attempts }) => attempts, show: ({ attempts }) => `${attempts} 次` },
    ...(mayRetry ? [{ key: 'retry', title: '办理', show: ({ room, id, key }: Parked) => <ReasonButton label="重试" title={`重试 ${key} 的暂存事实`} hint="如已排除的原因。" problem={retry.problem} pending={retry.pending} act={(reason) => retry.send({ params: { room, id }, body: { reason } })} /> }] : []),
  ];
  return (
    <Page title="运行监控">
      <Part title="暂存待处理的事实" note="处理失败的事实连同同一对象的后续事实暂存于此，不丢失，也不妨碍其他对象。排除原因后，写明理由重试；每次重试记入日志。">
        {retry.answer ? <p className="zj-note" role="status">已处理 {retry.answer.handled} 条，仍暂存 {retry.answer.left} 条{retry.answer.reason ? `：${retry.answer.reason}` : '。'}</p> : null}
        <Shown of={parked} what="暂存的事实">
          {({ items }) => (items.length ? <Table caption="暂存的事实" rows={items} columns={columns} rowKey={({ room, id }) => `${room} ${id}`} /> : <Empty>没有暂存的事实，各服务处理正常。</Empty>)}
        </Shown>
      </Part>
      <LogPart />
    </Page>
  );
}
