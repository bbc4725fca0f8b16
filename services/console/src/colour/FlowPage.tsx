import { Empty, PackOnPage, Page, Part, Shown, Table, useAnswer, type Answer, type Column } from '@zhijian/web';
import { Link, useParams } from 'react-router-dom';
import { flowLayout, titleOf, toneOf, type Titled } from './colour.js';
import './colour.css';

type Flow = Answer<'getColourFlow'>;
const [width, height, bar] = [720, 320, 16];

/** Two columns of colours and the bands between them; the table below says the same in numbers. */
function Drawing({ flow, colours }: { flow: Flow; colours: readonly Titled[] }) {
  const { left, right, bands } = flowLayout(flow.flows, [...colours.map(({ id }) => id), 'none'], height - 40);
  const [x0, x1] = [150, width - 150];
  const middle = (x0 + x1) / 2;
  return (
    <svg className="flow" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${flow.previousYear} 年度到 ${flow.year} 年度颜色的变化`}>
      <text x={x0 + bar} y={14} textAnchor="end">{flow.previousYear} 年度（公开的）</text><text x={x1 - bar} y={14}>{flow.year} 年度</text>
      <g transform="translate(0 30)">
        {bands.map(({ from, to, y0, y1, height: thick }) => (
          <path key={`${from} ${to}`} className={`flow-${toneOf(colours, to)}`} d={`M${x0} ${y0} C${middle} ${y0} ${middle} ${y1} ${x1} ${y1} L${x1} ${y1 + thick} C${middle} ${y1 + thick} ${middle} ${y0 + thick} ${x0} ${y0 + thick} Z`} />
        ))}
        {left.map(({ id, y, height: tall, bodies }) => <g key={id}><rect className={`flow-${toneOf(colours, id)}`} x={x0 - bar} y={y} width={bar} height={Math.max(1, tall)} /><text x={x0 - bar - 8} y={y + tall / 2 + 5} textAnchor="end">{titleOf(colours, id)} {bodies}</text></g>)}
        {right.map(({ id, y, height: tall, bodies }) => <g key={id}><rect className={`flow-${toneOf(colours, id)}`} x={x1} y={y} width={bar} height={Math.max(1, tall)} /><text x={x1 + bar + 8} y={y + tall / 2 + 5}>{titleOf(colours, id)} {bodies}</text></g>)}
      </g>
    </svg>
  );
}

/** From last year's public colours to this year's. */
export function FlowPage() {
  const { runId = '' } = useParams();
  const run = useAnswer('getColourRun', { params: { runId } });
  const flow = useAnswer('getColourFlow', { params: { runId } });
  return (
    <Shown of={run} what="这个年度的赋色">
      {({ year, pack, colours }) => {
        const columns: Column<Flow['flows'][number]>[] = [
          { key: 'from', title: '上年', show: ({ from }) => titleOf(colours, from) }, { key: 'to', title: '本年', show: ({ to }) => titleOf(colours, to) }, { key: 'bodies', title: '机构数', number: true, sortBy: ({ bodies }) => bodies, show: ({ bodies }) => bodies },
        ];
        return (
          <PackOnPage.Provider value={pack}>
            <Page title={`${year} 年度与上年比较`} trail={<><Link to="/colours">分色管理</Link><Link to={`/colours/${runId}`}>{year} 年度赋色</Link></>}>
              <Shown of={flow} what="与上年的比较">
                {(known) => (known.flows.length ? <Part title="变化" note="上年为已公开的颜色；没有公开的记作没有颜色。"><Drawing flow={known} colours={colours} /><Table caption="颜色的变化" rows={known.flows} columns={columns} rowKey={({ from, to }) => `${from} ${to}`} /></Part> : <Empty>还没有可以比较的机构。</Empty>)}
              </Shown>
            </Page>
          </PackOnPage.Provider>
        );
      }}
    </Shown>
  );
}
