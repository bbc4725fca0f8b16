import { Modal } from 'antd';
import { ClauseNote, Empty, PackOnPage, ProblemNote, Table, useAnswer, useSubmission, type Answer, type Column } from '@zhijian/web';
import { useIs } from '../app/session.js';
import type { Notice } from './calendar.js';

type Preview = Answer<'getCalendarPreview'>;
type Moved = Preview['moved'][number];
type Kept = Preview['kept'][number];
const whyKept: Record<Kept['why'], string> = { passed: '原期限已过', shortened: '会缩短已经确定的期限' };

const columns = <T extends Moved>(): Column<T>[] => [
  { key: 'title', title: '期限', show: ({ title, clauses, pack }) => <PackOnPage.Provider value={pack}>{title}<ClauseNote ids={clauses} /></PackOnPage.Provider> },
  { key: 'old', title: '原日期', sortBy: ({ old }) => old, show: ({ old }) => old },
  { key: 'new', title: '新日期', sortBy: ({ new: next }) => next, show: ({ new: next, firm }) => <><strong>{next}</strong>{firm ? '' : '（仍为暂定）'}</> },
];

/** Every open clock that the notice would move, with its old and its new day; then the decision. */
export function NoticePreview({ notice }: { notice: Notice }) {
  const mayConfirm = useIs('province', 'city', 'operator') && notice.state === 'preview';
  const preview = useAnswer('getCalendarPreview', { params: { noticeId: notice.noticeId } });
  const confirm = useSubmission('confirmCalendarNotice');
  const [modal, holder] = Modal.useModal();
  if (preview.isPending) return <p role="status">正在计算会变动的期限，通常几秒钟……</p>;
  if (preview.isError) return <ProblemNote error={preview.error} again={() => void preview.refetch()} reading="会变动的期限" />;
  const { moved, kept } = preview.data;
  const ask = () => void modal.confirm({
    title: `确认 ${notice.year} 年放假安排？`, okText: '确认', cancelText: '再核对一下', content: `${moved.length} 个期限随之变动，办理人和时间记入审计记录；已经到期的不变。`,
    onOk: () => confirm.send({ params: { noticeId: notice.noticeId }, version: notice.version }),
  });
  return (
    <div className="calendar-preview">
      {holder}
      <p className="zj-soft">放假：{notice.off.join('、')}{notice.workdays.length ? `；调休上班：${notice.workdays.join('、')}` : ''}</p>
      {moved.length ? <Table caption="会变动的期限" rows={moved} columns={columns<Moved>()} rowKey={({ clock }) => clock} /> : <Empty>没有期限因此变动。</Empty>}
      {kept.length ? <><h4>算出的日期不同，但不变动</h4><Table caption="不变动的期限" rows={kept} columns={[...columns<Kept>(), { key: 'why', title: '原因', show: ({ why }) => whyKept[why] }]} rowKey={({ clock }) => clock} /></> : null}
      {confirm.problem ? <ProblemNote error={confirm.problem} /> : null}
      {mayConfirm ? <p className="zj-actions"><button type="button" className="zj-button zj-primary" disabled={confirm.pending} onClick={ask}>确认</button><span className="zj-soft">暂不确认的，留在这里即可，期限不变。</span></p> : null}
    </div>
  );
}
