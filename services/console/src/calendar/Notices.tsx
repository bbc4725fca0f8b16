import { Chip, Empty, Part, Shown, useAnswer } from '@zhijian/web';
import { Link, useSearchParams } from 'react-router-dom';
import { NoticeForm } from './NoticeForm.js';
import { NoticePreview } from './NoticePreview.js';
import type { Notice } from './calendar.js';

function One({ notice, open }: { notice: Notice; open: boolean }) {
  const { noticeId, year, number, title, state, off, workdays } = notice;
  return (
    <li className="calendar-notice">
      <p><strong>{year} 年</strong>　{title ?? '放假安排'}{number ? `（${number}）` : ''}　{state === 'confirmed' ? <Chip tone="good">已确认</Chip> : <Chip tone="wait">待确认</Chip>}　<span className="zj-soft">放假 {off.length} 日，调休上班 {workdays.length} 日</span>　<Link to={open ? '?' : `?notice=${noticeId}`}>{open ? '收起' : state === 'confirmed' ? '看变动的期限' : '看会变动的期限'}</Link></p>
      {open ? <NoticePreview notice={notice} /> : null}
    </li>
  );
}

/** Holiday notices: entered, looked at with what they would move, confirmed or left. */
export function Notices({ mayEnter, today }: { mayEnter: boolean; today: string }) {
  const [search] = useSearchParams();
  const notices = useAnswer('listCalendarNotices', { query: { limit: 100 } }, { every: 15_000 });
  return (
    <>
      <Part title="放假通知" note="系统自带各年国务院办公厅的放假通知；新一年的、或者作了更正的，在这里录入。确认以前，任何期限都不变动。">
        <Shown of={notices} what="放假通知">
          {({ items }) => (items.length ? <ul className="calendar-notices">{items.map((notice) => <One key={notice.noticeId} notice={notice} open={search.get('notice') === notice.noticeId} />)}</ul> : <Empty>没有另外录入的放假通知，按系统自带的各年通知计算。</Empty>)}
        </Shown>
      </Part>
      {mayEnter ? <NoticeForm today={today} /> : null}
    </>
  );
}
