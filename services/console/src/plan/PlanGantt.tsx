import { ClauseNote, DateNote, day, Part, Table, type Column } from '@zhijian/web';
import { useState } from 'react';
import { monthsOf, placeOf, spanOf, type Span } from '../campaign/gantt.js';
import '../campaign/gantt.css';
import { overlapsOf, type City, type Planned, type PlannedDuty, type PlannedStage } from './plan.js';

interface Numbered extends PlannedDuty { number: number }
const undatedWords = ({ yearly, after, standing, because }: PlannedDuty): string => (yearly ? `每年 ${Number(yearly.slice(0, 2))}月${Number(yearly.slice(3))}日前` : after ? '自事件发生后起算' : standing ? '经常性工作' : because);

/** The stages as bands, in each the days on which its duties end; a number leads to the list below. */
function Bands({ stages, span, duties }: { stages: readonly PlannedStage[]; span: Span; duties: readonly Numbered[] }) {
  return (
    <table className="plan-gantt">
      <caption className="zj-hidden">各阶段的时段与其中任务的期限</caption>
      <thead><tr><th scope="col">阶段</th><td aria-hidden="true"><div className="gantt-months">{monthsOf(span).map(({ label, share }) => <span key={label} style={{ width: `${share * 100}%` }}>{label}</span>)}</div></td></tr></thead>
      <tbody>{stages.map((stage) => {
        const days = Map.groupBy(duties.filter((duty) => duty.stage === stage.id && duty.dueOn), ({ dueOn }) => dueOn ?? '');
        return (
          <tr key={stage.id}>
            <th scope="row">{stage.title}<ClauseNote ids={stage.clauses} /><br /><span className="zj-soft">{day(stage.opensOn)} 至 {day(stage.closesOn)}</span></th>
            <td>
              <div className="gantt-lanes"><div className="gantt-lane">
                <span className={`gantt-plan gantt-${stage.kind}`} style={placeOf(span, stage.opensOn, stage.closesOn) ?? {}} />
                {[...days].map(([on, ending]) => <span key={on} className="plan-mark" style={{ left: placeOf(span, on, on)?.left ?? '0' }} title={`${on} ${ending.map(({ title }) => title).join('；')}`}><i aria-hidden="true" />{ending.map(({ number }) => number).join('·')}</span>)}
              </div></div>
              {overlapsOf(stage, stages).map(({ title, from, to }) => <p key={title} className="plan-overlap">与“{title}”同时进行：{from} 至 {to}</p>)}
            </td>
          </tr>
        );
      })}</tbody>
    </table>
  );
}

const columnsFor = (calendar: string, stages: readonly { id: string; title: string }[]): Column<Numbered>[] => [
  { key: 'number', title: '序号', number: true, show: ({ number }) => number },
  { key: 'title', title: '任务', show: ({ title, clauses }) => <>{title}<ClauseNote ids={clauses} /></> },
  { key: 'stage', title: '阶段', show: ({ stage }) => stages.find(({ id }) => id === stage)?.title ?? stage },
  { key: 'subject', title: '对象', show: ({ subject }) => ({ institution: '每家机构', unit: '每个单位', campaign: '全行动' })[subject] ?? subject },
  { key: 'due', title: '期限', sortBy: ({ dueOn }) => dueOn ?? '9999', show: (duty) => <><span className="zj-nowrap">{duty.dueOn ?? undatedWords(duty)}{duty.dueOn && !duty.firm ? '（暂定）' : ''}</span><DateNote because={duty.dueOn === duty.limitOn ? duty.because : `本单位自定为 ${duty.dueOn}，方案最迟为 ${duty.limitOn}：${duty.because}`} clauses={duty.clauses} firm={!duty.dueOn || duty.firm} calendar={calendar} /></> },
];

function OfUnit({ plan, city }: { plan: Planned; city: City }) {
  const { stages, milestones } = city;
  const all = [...stages.flatMap(({ id, duties }) => [...duties, ...plan.campaignDuties.filter(({ stage }) => stage === id)])];
  const duties = [...all.filter(({ dueOn }) => dueOn).sort((a, b) => ((a.dueOn ?? '') < (b.dueOn ?? '') ? -1 : 1)), ...all.filter(({ dueOn }) => !dueOn)].map((duty, at): Numbered => ({ ...duty, number: at + 1 }));
  const waiting = milestones.flatMap((stage) => [...stage.duties, ...plan.campaignDuties.filter((duty) => duty.stage === stage.id)]);
  return (
    <>
      {stages.length ? <div className="gantt"><Bands stages={stages} span={spanOf(stages)} duties={duties} /></div> : <p>文件没有给出任何阶段的日期。</p>}
      <Table caption="任务与期限" rows={duties} columns={columnsFor(plan.calendar, stages)} rowKey={({ id }) => id} />
      {milestones.length ? (
        <section className="plan-milestones"><h3>文件没有写日期的工作</h3>
          <p className="zj-hint">不进入进度图，也不会有到期提醒；办理时登记。</p>
          <ul>{milestones.map((stage) => <li key={stage.id}>{stage.title}<ClauseNote ids={stage.clauses} />{waiting.filter((duty) => duty.stage === stage.id).map((duty) => <span key={duty.id} className="zj-soft">　{duty.title}（{undatedWords(duty)}）</span>)}</li>)}</ul>
        </section>
      ) : null}
    </>
  );
}

/** The whole plan of one unit at a time: bands, days, what overlaps, and what has no day. */
export function PlanGantt({ plan }: { plan: Planned }) {
  const [chosen, setChosen] = useState(plan.cities[0]?.city ?? '');
  const city = plan.cities.find((it) => it.city === chosen) ?? plan.cities[0];
  const own = plan.cities.filter((it) => it.stages.some(({ duties }) => duties.some(({ dueOn, limitOn }) => dueOn !== limitOn)));
  if (!city) return <Part title="进度图"><p>尚未选定单位。</p></Part>;
  return (
    <>
      {plan.cities.length > 1 ? <label className="zj-field">单位<select className="zj-input" value={city.city} onChange={(event) => setChosen(event.target.value)}>{plan.cities.map(({ city: code, name }) => <option key={code} value={code}>{name}{own.some((it) => it.city === code) ? '（有自定日期）' : ''}</option>)}</select></label> : null}
      <p className="zj-hint">{plan.cities.length > 1 ? (own.length === plan.cities.length ? '各单位都有自定日期。' : own.length ? `除${own.map(({ name }) => name).join('、')}外，各单位日期相同。` : '各单位日期相同。') : ''}节假日安排 {plan.calendar}。</p>
      <OfUnit plan={plan} city={city} />
    </>
  );
}
