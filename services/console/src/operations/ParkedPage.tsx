import { Empty, moment, Page, Part, ProblemNote, Shown, Table, useAnswer, useSubmission, type Answer, type Column } from '@zhijian/web';
import { useIs } from '../app/session.js';

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
    ...(mayRetry ? [{ key: 'retry', title: '办理', show: ({ room, id }: Parked) => <button type="button" className="zj-button" disabled={retry.pending} onClick={() => void retry.send({ params: { room, id } })}>重试</button> }] : []),
  ];
  return (
    <Page title="运行监控">
      <Part title="暂存待处理的事实" note="处理失败的事实连同同一对象的后续事实暂存于此，不丢失，也不妨碍其他对象。排除原因后重试。">
        {retry.problem ? <ProblemNote error={retry.problem} /> : null}
        {retry.answer ? <p className="zj-note" role="status">已处理 {retry.answer.handled} 条，仍暂存 {retry.answer.left} 条{retry.answer.reason ? `：${retry.answer.reason}` : '。'}</p> : null}
        <Shown of={parked} what="暂存的事实">
          {({ items }) => (items.length ? <Table caption="暂存的事实" rows={items} columns={columns} rowKey={({ room, id }) => `${room} ${id}`} /> : <Empty>没有暂存的事实，各服务处理正常。</Empty>)}
        </Shown>
      </Part>
    </Page>
  );
}
