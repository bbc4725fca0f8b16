import { Page, Part, Shown, useAnswer } from '@zhijian/web';
import { Link, useSearchParams } from 'react-router-dom';
import { useIs, useToday } from '../app/session.js';
import { Calculator } from './Calculator.js';
import { isMonth, monthBeside } from './calendar.js';
import { Clocks } from './Clocks.js';
import { Month } from './Month.js';
import { Notices } from './Notices.js';
import './calendar.css';

/** Working days and days off, what ends on them, the notices they rest on, and how a period is reckoned. */
export function CalendarPage() {
  const [search] = useSearchParams();
  const today = useToday();
  const asked = search.get('month');
  const month = isMonth(asked) ? asked : today.slice(0, 7);
  const mayEnter = useIs('province', 'city', 'operator');
  const shown = useAnswer('getCalendarMonth', { params: { month } }, { enabled: isMonth(month) });
  const last = `${month}-${String(new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate()).padStart(2, '0')}`;
  const clocks = useAnswer('listClocks', { query: { from: `${month}-01`, to: last } }, { enabled: isMonth(month) });
  const months = <><Link className="zj-button" to={`?month=${monthBeside(month || '2000-01', -1)}`}>上一月</Link><Link className="zj-button" to="?">本月</Link><Link className="zj-button" to={`?month=${monthBeside(month || '2000-01', 1)}`}>下一月</Link></>;
  return (
    <Page title="期限日历" aside={<button type="button" className="zj-button" onClick={() => window.print()}>打印</button>}>
      <Part title={month ? `${Number(month.slice(0, 4))}年${Number(month.slice(5))}月` : '本月'} aside={months} note="“休”为放假，“班”为调休上班；点选日期可看所依据的通知和当日到期的期限。">
        <Shown of={shown} what="日历">{({ days, calendar }) => <Month days={days} calendar={calendar} clocks={clocks.data?.items ?? []} today={today} />}</Shown>
      </Part>
      <Part title="本月到期" note="本月内届满的期限：进行中的行动的任务、整改报告、结果公示的末日、异议的答复，按行动、单位、任务和日期归并。"><Shown of={clocks} what="本月到期的期限">{(data) => <Clocks {...data} from={`${month}-01`} to={last} />}</Shown></Part>
      <Part title="怎么算的" note="期限自事件发生之日的次日起算；按工作日计算的，调休上班的日子也计入。"><Calculator today={today} /></Part>
      <Notices mayEnter={mayEnter} today={today} />
    </Page>
  );
}
