import { Chip, ClauseNote, count, Empty, Facts, Part, Table, type Column } from '@zhijian/web';
import { useState } from 'react';
import { consequenceWord } from '../pack/words.js';
import { barsOf, type Bar, type Planned, type Rehearsal } from './plan.js';

/** Deadlines and visits a day or a week, as bars with their numbers; every bar can be read aloud. */
function Chart({ bars, by }: { bars: readonly Bar[]; by: 'day' | 'week' }) {
  const most = Math.max(1, ...bars.flatMap(({ deadlines, visits }) => [deadlines, visits]));
  const share = (value: number): string => `${(value / most) * 100}%`;
  return (
    <table className="plan-chart">
      <caption className="zj-hidden">{by === 'day' ? '每日' : '每周'}到期的任务、检查和通知</caption>
      <thead><tr><th scope="col">{by === 'day' ? '日期' : '星期一起的一周'}</th><th scope="col">到期与检查</th><th scope="col" className="zj-number">到期</th><th scope="col" className="zj-number">检查</th><th scope="col" className="zj-number">通知</th></tr></thead>
      <tbody>{bars.map(({ label, deadlines, visits, notices }) => (
        <tr key={label}>
          <th scope="row">{label}</th>
          <td aria-hidden="true"><span className="plan-bar plan-bar-due" style={{ width: share(deadlines) }} /><span className="plan-bar plan-bar-visit" style={{ width: share(visits) }} /></td>
          <td className="zj-number">{deadlines}</td><td className="zj-number">{visits}</td><td className="zj-number">{notices}</td>
        </tr>
      ))}</tbody>
    </table>
  );
}

interface Difference { what: string; inTime: number; asked: number }
const sum = (played: Rehearsal, of: (day: Rehearsal['perDay'][number]) => number): number => played.perDay.reduce((all, it) => all + of(it), 0);
const differences = ({ inTime, asked }: { inTime: Rehearsal; asked: Rehearsal }): Difference[] => [
  { what: '逾期报送（家次）', inTime: inTime.late.length, asked: asked.late.length }, { what: '催办和逾期通知', inTime: sum(inTime, ({ reminders, overdue }) => reminders + overdue), asked: sum(asked, ({ reminders, overdue }) => reminders + overdue) },
  { what: '列为重点监督（家）', inTime: inTime.keySupervision.length, asked: asked.keySupervision.length }, { what: '检查（次）', inTime: sum(inTime, ({ visits }) => visits), asked: sum(asked, ({ visits }) => visits) },
  { what: '忙不过来的人周', inTime: inTime.overloaded.length, asked: asked.overloaded.length }, { what: '无人可派的检查', inTime: inTime.unvisited.length, asked: asked.unvisited.length },
];

/** What the rehearsal showed: the chart, who has too much, and what lateness brings. */
export function RehearsalReport({ played, plan, nameOf }: { played: { asked: Rehearsal; inTime: Rehearsal }; plan: Planned; nameOf: (code: string) => string }) {
  const [by, setBy] = useState<'day' | 'week'>('week');
  const { asked } = played;
  const titles = new Map([...plan.cities.flatMap(({ stages }) => stages.flatMap(({ duties }) => duties)), ...plan.campaignDuties].map(({ id, title }) => [id, title]));
  const overloaded: Column<Rehearsal['overloaded'][number]>[] = [
    { key: 'week', title: '星期一起的一周', sortBy: ({ week }) => week, show: ({ week }) => week }, { key: 'city', title: '单位', sortBy: ({ city }) => city, show: ({ city }) => nameOf(city) },
    { key: 'who', title: '执法人员', show: ({ inspector }) => inspector }, { key: 'visits', title: '检查', number: true, sortBy: ({ visits }) => visits, show: ({ visits, limit }) => `${visits} 次（以 ${limit} 次为限）` },
  ];
  const late: Column<Rehearsal['late'][number]>[] = [
    { key: 'name', title: '机构', show: ({ name, city }) => `${name}（${nameOf(city)}）` }, { key: 'duty', title: '任务', show: ({ duty }) => titles.get(duty) ?? duty },
    { key: 'due', title: '期限', show: ({ dueOn }) => dueOn }, { key: 'done', title: '推演中报送', show: ({ doneOn }) => doneOn },
    { key: 'then', title: '后果', show: ({ consequence, until, clauses }) => <>{consequence ? consequenceWord(consequence) : '文件未规定'}{until ? `，至 ${until}` : ''}<ClauseNote ids={clauses} /></> },
  ];
  const compared: Column<Difference>[] = [
    { key: 'what', title: '', show: ({ what }) => what }, { key: 'none', title: '都按期', number: true, show: ({ inTime }) => count(inTime) }, { key: 'asked', title: `${asked.assumptions.late}% 迟报`, number: true, show: ({ asked: it }) => count(it) },
  ];
  return (
    <>
      <Part title="推演结果" aside={<button type="button" className="zj-button" onClick={() => window.print()}>打印</button>}>
        <Facts of={[['机构', `${count(asked.cities.reduce((all, { bodies }) => all + bodies, 0))} 家`], ['期限', `${count(asked.deadlines.length)} 个`], ['检查', `${count(sum(asked, ({ visits }) => visits))} 次`], ['立案', `${count(asked.cases.length)} 件（假设 ${asked.assumptions.failing}% 检查不合格）`], ['节假日安排', asked.calendar], ['结果摘要', <code key="h">{asked.hash.slice(0, 16)}</code>]]} />
        {asked.understaffed.length ? <p className="zj-partial">{asked.understaffed.map(nameOf).join('、')}执法人员不足两人，不能单独开展检查。</p> : null}
        {asked.outside.length ? <p className="zj-hint">另有 {asked.outside.length} 家不属于方案的范围，未计入。</p> : null}
      </Part>
      <Part title={`如果 ${asked.assumptions.late}% 迟报`} note="与全部按期报送的情形对照。"><Table caption="迟报的影响" rows={differences(played)} columns={compared} rowKey={({ what }) => what} /></Part>
      <Part title="任务集中在哪些日子" aside={<div className="zj-choices"><label><input type="radio" name="by" checked={by === 'week'} onChange={() => setBy('week')} />按周</label><label><input type="radio" name="by" checked={by === 'day'} onChange={() => setBy('day')} />按日</label></div>}>
        <p className="gantt-legend"><span className="plan-key plan-bar-due" /> 到期的任务 <span className="plan-key plan-bar-visit" /> 现场检查</p>
        <Chart bars={barsOf(asked.perDay, by)} by={by} />
      </Part>
      <Part title="谁忙不过来">{asked.overloaded.length ? <Table caption="忙不过来的执法人员" rows={asked.overloaded.slice(0, 100)} columns={overloaded} rowKey={({ city, inspector, week }) => `${city} ${inspector} ${week}`} /> : <p><Chip tone="good">没有</Chip> 每人每周检查都不超过 {asked.assumptions.visitsAWeek} 次。</p>}</Part>
      <Part title="迟报的机构">{asked.late.length ? <Table caption="迟报的机构" rows={asked.late.slice(0, 100)} columns={late} rowKey={({ institution, duty }) => `${institution} ${duty}`} /> : <Empty>这次推演没有机构迟报。</Empty>}{asked.late.length > 100 ? <p className="zj-hint">只列前 100 家次。</p> : null}</Part>
    </>
  );
}
