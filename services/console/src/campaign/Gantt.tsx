import { day, usePack } from '@zhijian/web';
import { Link } from 'react-router-dom';
import { unitWord, type Overview, type OverviewUnit, type Stage } from './campaign.js';
import { beijingDay, lanesOf, monthsOf, placeOf, spanOf, type Span } from './gantt.js';
import './gantt.css';

const told = ({ title, opensOn, closesOn, openedAt, closedAt }: Stage): string => {
  const actual = openedAt ? `实际 ${beijingDay(openedAt)} 至 ${closedAt ? beijingDay(closedAt) : '今'}` : '尚未开始';
  return `${title}：计划 ${day(opensOn)} 至 ${day(closesOn)}；${actual}`;
};

/** The planned band and, in it, what has actually run. */
function Bar({ stage, span, today }: { stage: Stage; span: Span; today: string }) {
  const planned = placeOf(span, stage.opensOn, stage.closesOn);
  const last = stage.closedAt ? beijingDay(stage.closedAt) : today;
  const actual = stage.openedAt ? placeOf(span, beijingDay(stage.openedAt), last) : null;
  return (
    <>
      {planned ? <span className={`gantt-plan gantt-${stage.kind}`} style={planned} title={told(stage)}><span>{stage.title}</span></span> : null}
      {actual ? <span className={`gantt-done gantt-${stage.kind}${stage.closedAt ? '' : ' gantt-running'}`} style={actual} /> : null}
    </>
  );
}

function Row({ unit, campaignId, span, today, line }: { unit: OverviewUnit; campaignId: string; span: Span; today: string; line: string | null }) {
  const lanes = lanesOf(unit.stages);
  return (
    <tr>
      <th scope="row"><Link to={`/campaigns/${campaignId}/units/${unit.code}`}>{unit.name}</Link>{unit.state === 'suspended' ? <span className="gantt-paused">已中止</span> : null}</th>
      <td>
        <div className="gantt-lanes">
          {lanes.map((lane) => <div className="gantt-lane" key={lane[0]?.id}>{lane.map((stage) => <Bar key={stage.id} stage={stage} span={span} today={today} />)}</div>)}
          {line ? <i className="gantt-today" style={{ left: line }} /> : null}
        </div>
        <ul className="zj-hidden">{unit.stages.map((stage) => <li key={stage.id}>{told(stage)}</li>)}</ul>
      </td>
    </tr>
  );
}

/** District × stage: planned bands, actual bars, today's line; overlapping stages in lanes of their own. */
export function Gantt({ overview }: { overview: Overview }) {
  const { units, today, campaign } = overview;
  const called = unitWord(usePack().data);
  const span = spanOf(units.flatMap(({ stages }) => stages), today);
  const line = placeOf(span, today, today)?.left ?? null;
  return (
    <div className="gantt">
      <p className="gantt-legend"><span className="gantt-key gantt-key-plan" /> 计划时段 <span className="gantt-key gantt-key-done" /> 实际进行 <span className="gantt-key gantt-key-today" /> 今天 {today}{line ? '' : '（不在图示时段内）'}</p>
      <table>
        <caption className="zj-hidden">各{called}各阶段的计划时段与实际进度</caption>
        <thead><tr><th scope="col">{called}</th><td aria-hidden="true"><div className="gantt-months">{monthsOf(span).map(({ label, share }) => <span key={label} style={{ width: `${share * 100}%` }}>{label}</span>)}</div></td></tr></thead>
        <tbody>{units.map((unit) => <Row key={unit.code} unit={unit} campaignId={campaign.campaignId} span={span} today={today} line={line} />)}</tbody>
      </table>
    </div>
  );
}
