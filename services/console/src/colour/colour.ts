import type { Answer, Tone } from '@zhijian/web';

export type Run = Answer<'listColourRuns'>['items'][number];
export type RunDetail = Answer<'getColourRun'>;
export type Body = Answer<'listColoured'>['items'][number];
export type Correction = Answer<'getColourCorrection'>;
export type Effect = Correction['effects'][number];
export type WhatIf = Answer<'whatIfColours'>;
export interface Titled { id: string; title: string }

export const stateWords: Record<Run['state'], string> = { opened: '正在预览', proposed: '待签发', signed: '已签发，待公开', published: '已公开' };
export const stateTones: Record<Run['state'], Tone> = { opened: 'wait', proposed: 'wait', signed: 'info', published: 'good' };
export const standingWords: Record<Body['state'], string> = { signed: '已签发', 'to-sign': '待签发', undetermined: '待核实' };
export const noticeReasonWords: Record<string, string> = { run: '全部结果', objection: '因异议改变', correction: '更正' };
export const openWords: Record<string, string> = { unsigned: '颜色没有签发', unpublished: '有已签发而没有公开的', uncoloured: '有待核实而没有颜色的' };
export const stepWords: Record<string, string> = { none: '无', alarm: '提示', propose: '提请资质认可、备案机关处理' };

/** The word of a scale's value as the pack prints it; one the pack does not know as it came. */
export const titleOf = (titles: readonly Titled[], id: string | null): string => (id === null || id === 'none' ? '没有颜色' : titles.find((one) => one.id === id)?.title ?? id);

/** What a qualification lacks for a colour: that all of them wait stands above their list and is not said again in each line. */
export function lackWords({ served, result, reason }: Pick<Body['lines'][number], 'served' | 'result' | 'reason'>, basisYear: number): string {
  if (served === null) return `没有审签的 ${basisYear} 年度评分${result === null ? '，也没有比对结果' : ''}`;
  return reason ? reason.replaceAll('待核实：', '') : '没有颜色';
}

/** The best colour of a scale is good, the worst bad, what lies between a warning; the word says which. */
export function toneOf(colours: readonly Titled[], id: string | null): Tone {
  const at = colours.findIndex((one) => one.id === id);
  if (at < 0) return 'wait';
  return at === 0 ? 'good' : at === colours.length - 1 ? 'bad' : 'warn';
}

interface PackScales { rules?: { scales?: Record<string, { values?: Titled[] } | undefined> } }
const scaleIn = (pack: unknown, scale: string): Titled[] => (pack as PackScales | undefined)?.rules?.scales?.[scale]?.values ?? [];
/** The colours of a pack as its data has them, the best first as the pack writes them. */
export const coloursIn = (pack: unknown): Titled[] => scaleIn(pack, 'colour');

interface PackFrequencies { rules?: { frequencies?: Record<string, { title?: string; wording?: string } | undefined> } }
const wordingOf = (pack: unknown, rule: string): string => {
  const found = (pack as PackFrequencies | undefined)?.rules?.frequencies?.[rule];
  return found?.wording ?? found?.title ?? rule;
};

const effectNames: Record<string, string> = {
  served: '是否开展服务', score: '质量指标评分', result: '比对综合评定结果', grade: '质量等级', level: '比对等级', 'line-colour': '该项资质的颜色', colour: '机构的颜色', 'red-years': '连续红色的年数', escalation: '提示或提请', inspection: '现场监督检查',
  'quality-monitoring': '质量监测', 'rectification-report': '整改报告', published: '公开的颜色', 'round-counts': '比对公布的家数', 'year-end': '已列出的年终应办未办清单', 'monitoring-summary': '已报送的质量监测年度总结', 'check-year-end': '已列出的年末应检查而未检查清单', 'inspection-summary': '已报送的分类监督执法年度总结', 'other-run': '其他辖区的赋色也用到这一结果',
};
export const effectName = (what: string): string => effectNames[what] ?? what;

/** A value of an effect in words: of the pack where it is the pack's, else our own. */
export function effectValue(pack: unknown, { what }: Pick<Effect, 'what'>, value: string | null): string {
  if (what === 'colour' || what === 'line-colour' || what === 'published') return titleOf(coloursIn(pack), value);
  if (what === 'other-run') return value ?? '须由该辖区另行更正';
  if (value === null) return ['year-end', 'monitoring-summary', 'check-year-end', 'inspection-summary'].includes(what) ? '保留原样，附注这项更正' : '无';
  if (what === 'grade' || what === 'level') return titleOf(scaleIn(pack, what === 'grade' ? 'quality-grade' : 'comparison-level'), value);
  if (what === 'inspection' || what === 'quality-monitoring') return wordingOf(pack, value);
  if (what === 'rectification-report') return value === 'report' ? '应提交' : '不须提交';
  if (what === 'escalation') return stepWords[value] ?? value;
  if (what === 'served') return value === 'true' ? '开展' : '未开展';
  return what === 'red-years' ? `${value} 年` : value;
}

export interface Band { from: string; to: string; bodies: number; y0: number; y1: number; height: number }
export interface Column { id: string; y: number; height: number; bodies: number }
const gap = 14;

/** Where the bands of a flow between two columns lie: each side in the order of the scale, heights by bodies. */
export function flowLayout(flows: readonly { from: string; to: string; bodies: number }[], order: readonly string[], height: number): { left: Column[]; right: Column[]; bands: Band[] } {
  const total = flows.reduce((sum, { bodies }) => sum + bodies, 0);
  const ids = order.filter((id) => flows.some(({ from, to }) => from === id || to === id));
  const unit = total === 0 ? 0 : (height - gap * Math.max(0, ids.length - 1)) / total;
  const column = (side: 'from' | 'to'): Column[] => {
    let y = 0;
    return ids.flatMap((id): Column[] => {
      const bodies = flows.filter((flow) => flow[side] === id).reduce((sum, flow) => sum + flow.bodies, 0);
      if (bodies === 0) return [];
      const one = { id, y, height: bodies * unit, bodies };
      y += one.height + gap;
      return [one];
    });
  };
  const [left, right] = [column('from'), column('to')];
  const used = new Map<string, number>();
  const take = (key: string, start: number, size: number): number => {
    const before = used.get(key) ?? 0;
    used.set(key, before + size);
    return start + before;
  };
  const bands = ids.flatMap((from) => ids.flatMap((to): Band[] => {
    const flow = flows.find((one) => one.from === from && one.to === to);
    if (!flow) return [];
    const size = flow.bodies * unit;
    return [{ from, to, bodies: flow.bodies, y0: take(`l ${from}`, left.find(({ id }) => id === from)!.y, size), y1: take(`r ${to}`, right.find(({ id }) => id === to)!.y, size), height: size }];
  }));
  return { left, right, bands };
}
