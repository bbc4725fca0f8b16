import { Chip, Empty, institutionWord, moment, Page, Part, Shown, Table, useAnswer, type Column, type Tone } from '@zhijian/web';
import { Link, useSearchParams } from 'react-router-dom';
import type { Correction } from './colour.js';

export const correctionWords: Record<Correction['state'], string> = { draft: '待决定', accepted: '已更正', rejected: '未采纳' };
export const correctionTones: Record<Correction['state'], Tone> = { draft: 'wait', accepted: 'good', rejected: 'off' };
export const becauseWords: Record<Correction['because'], string> = { objection: '异议处理', correction: '公开后更正' };

const columns: Column<Correction>[] = [
  { key: 'name', title: '机构', show: ({ correctionId, name, institutionId }) => <Link to={`/colours/corrections/${correctionId}`}>{name || institutionId}</Link> }, { key: 'year', title: '年度', show: ({ year }) => `${year} 年度` }, { key: 'line', title: '资质', show: ({ line }) => institutionWord(line) },
  { key: 'because', title: '缘由', show: ({ because }) => becauseWords[because] }, { key: 'state', title: '状态', show: ({ state }) => <Chip tone={correctionTones[state]}>{correctionWords[state]}</Chip> },
  { key: 'effects', title: '随之改变', number: true, show: ({ effects }) => `${effects.length} 项` }, { key: 'at', title: '拟定', show: ({ draftedAt }) => moment(draftedAt) }, { key: 'decided', title: '决定', show: ({ decidedAt }) => moment(decidedAt) },
];

/** Corrections of colours, the latest first; a draft waits for another person. */
export function CorrectionsPage() {
  const [search] = useSearchParams();
  const runId = search.get('run') ?? undefined;
  const list = useAnswer('listColourCorrections', { query: { limit: 200, ...(runId ? { runId } : {}) } }, { every: 15_000 });
  return (
    <Page title="颜色的更正" trail={<Link to="/colours">分色管理</Link>}>
      <Part title="更正" note="在赋色页面的机构一栏提出。更正前列出随之改变的一切，由另一人决定；决定后另行公示，公开时附更正说明，已经做过的检查和报告仍保留。">
        <Shown of={list} what="颜色的更正">{({ items }) => (items.length ? <Table caption="颜色的更正" rows={items} columns={columns} rowKey={({ correctionId }) => correctionId} /> : <Empty>没有更正。</Empty>)}</Shown>
      </Part>
    </Page>
  );
}
