import { Modal } from 'antd';
import { actorWords } from '../audit/audit.js';
import { Chip, ClauseNote, Empty, moment, PackOnPage, ProblemNote, Table, useAnswer, useSubmission, type Answer, type Column } from '@zhijian/web';
import { useState } from 'react';
import { useIs } from '../app/session.js';
import { LookForm } from './LookForm.js';
import { isAwaited, summaryOf, whereOf, type Notice } from './calendar.js';

type Preview = Answer<'getCalendarPreview'>;
type Moved = Preview['moved'][number];
type Kept = Preview['kept'][number];
type Review = Preview['review'][number];
const whyKept: Record<Kept['why'], string> = { passed: '原期限已过', shortened: '会缩短已经确定的期限' };

const columns = <T extends Moved>(): Column<T>[] => [
  { key: 'title', title: '期限', sortBy: ({ title }) => title, show: ({ title, clauses, pack }) => <PackOnPage.Provider value={pack}>{title}<ClauseNote ids={clauses} /></PackOnPage.Provider> },
  { key: 'place', title: '地区、机构', sortBy: ({ place, institution }) => `${place} ${institution ?? ''}`, show: (row) => whereOf(row) },
  { key: 'old', title: '原日期', sortBy: ({ old }) => old, show: ({ old }) => old },
  { key: 'new', title: '新日期', sortBy: ({ new: next }) => next, show: ({ new: next, firm }) => <><strong>{next}</strong>{firm ? '' : '（仍为暂定）'}</> },
];

/** What was done on a day that was provisional, with that day and the one that is certain now. */
const reviewed: Column<Review>[] = [
  ...columns<Review>().filter(({ key }) => key === 'place'),
  ...columns<Review>().filter(({ key }) => key === 'title').map((column) => ({ ...column, title: '事项' })),
  { key: 'done', title: '办理时间', sortBy: ({ doneAt }) => doneAt, show: ({ doneAt }) => moment(doneAt) },
  { key: 'old', title: '当时的期限（暂定）', sortBy: ({ old }) => old, show: ({ old }) => old },
  { key: 'new', title: '现在的期限', sortBy: ({ new: next }) => next, show: ({ new: next }) => <strong>{next}</strong> },
  { key: 'looked', title: '复核', sortBy: ({ looked }) => looked?.at ?? '', show: ({ looked }) => (looked ? <><Chip tone="good">已复核</Chip> {actorWords(looked.by)}，{moment(looked.at)}<br /><span className="zj-soft">{looked.note}</span></> : <Chip tone="wait">待复核</Chip>) },
];
const marked = (noticeId: string): Column<Review>[] => [...reviewed, { key: 'look', title: '办理', show: (line) => <LookForm noticeId={noticeId} line={line} /> }];

/** Every open clock that the notice would move, with its old and its new day; then the decision. */
export function NoticePreview({ notice }: { notice: Notice }) {
  const mayConfirm = useIs('province', 'city') && notice.state === 'preview';
  const mayOnlyWait = notice.state === 'preview' && !mayConfirm;
  const mayLook = useIs('province', 'city', 'county');
  const [reckoned, setReckoned] = useState(false);
  const preview = useAnswer('getCalendarPreview', { params: { noticeId: notice.noticeId } }, { every: notice.state === 'confirmed' ? 5000 : reckoned ? false : 2000 });
  if (preview.data && !reckoned) setReckoned(true);
  const confirm = useSubmission('confirmCalendarNotice');
  const [modal, holder] = Modal.useModal();
  if (preview.isPending || isAwaited(preview.error)) return <p role="status">正在计算会变动的期限，通常几秒钟……</p>;
  if (preview.isError) return <ProblemNote error={preview.error} again={() => void preview.refetch()} reading="会变动的期限" />;
  const { moved, kept, review } = preview.data;
  const ask = () => void modal.confirm({
    title: `确认 ${notice.year} 年放假安排？`, okText: '确认', cancelText: '再核对一下', content: `${moved.length} 个期限随之变动，办理人和时间记入审计记录；已经到期的不变。`,
    onOk: () => confirm.send({ params: { noticeId: notice.noticeId }, version: notice.version }),
  });
  return (
    <div className="calendar-preview">
      {holder}
      <p className="zj-soft">放假：{notice.off.join('、')}{notice.workdays.length ? `；调休上班：${notice.workdays.join('、')}` : ''}</p>
      {moved.length ? <p role="status">{summaryOf(moved)}<span className="zj-soft">　{moment(preview.data.heardAt)} 计算</span></p> : null}
      {moved.length ? <Table caption="会变动的期限" rows={moved} columns={columns<Moved>()} rowKey={({ clock }) => clock} /> : <Empty>没有期限因此变动。</Empty>}
      {kept.length ? <><h4>算出的日期不同，但不变动</h4><Table caption="不变动的期限" rows={kept} columns={[...columns<Kept>(), { key: 'why', title: '原因', show: ({ why }) => whyKept[why] }]} rowKey={({ clock }) => clock} /></> : null}
      {review.length ? <><h4>暂定日期上已办理的事项，需复核</h4><p className="zj-soft">办理时期限为暂定，按确认的放假安排期限早于办理时间；是否逾期，由办理机关认定。</p><Table caption="需复核的事项" rows={review} columns={mayLook ? marked(notice.noticeId) : reviewed} rowKey={({ clock }) => clock} /></> : null}
      {confirm.problem ? <ProblemNote error={confirm.problem} /> : null}
      {mayOnlyWait ? <p className="zj-soft">尚未确认，期限不变；由省级或市级办理人确认后生效。</p> : null}
      {mayConfirm ? <p className="zj-actions"><button type="button" className="zj-button zj-primary" disabled={confirm.pending} onClick={ask}>确认</button><span className="zj-soft">暂不确认的，留在这里即可，期限不变。</span></p> : null}
    </div>
  );
}
