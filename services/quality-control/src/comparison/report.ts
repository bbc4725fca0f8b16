import type { AnswerOf, qualityControl as http } from '@zhijian/contracts/http';
import type { TableLayout, TablePart } from '@zhijian/documents';
import { countLine, liesIn, plotKey, scoreLine, short } from './plot-text.js';
import type { Class, Spread } from './spread.js';

type Round = AnswerOf<typeof http.getComparison>;
type Evaluation = AnswerOf<typeof http.getComparisonEvaluation>;
type Page = AnswerOf<typeof http.getComparisonParticipant>;

const verdicts: Readonly<Record<string, string>> = { satisfactory: '满意', questionable: '有问题', unsatisfactory: '不满意' };
const kinds: Readonly<Record<string, string>> = { z: 'z', 'z-prime': 'z′', zeta: 'ζ', en: 'E_n' };
const of = (sheet: string, columns: [key: string, title: string, width?: number][]): TableLayout => ({ title: sheet, sheet, columns: columns.map(([key, title, width]) => ({ key, title, parse: 'text' as const, ...(width && { width }) })) });

const summary = of('概况', [['what', '事项', 26], ['value', '内容', 60]]);
const values = of('指定值', [['title', '项目', 24], ['unit', '单位', 10], ['score', '评分', 8], ['value', '指定值', 14], ['sd', '能力评定标准差', 16], ['uncertainty', '不确定度', 14], ['participants', '统计家数', 10], ['note', '说明', 30]]);
const scores = of('评分', [['code', '实验室编号', 12], ['name', '机构', 34], ['title', '项目', 24], ['value', '结果', 14], ['uncertainty', '不确定度', 14], ['score', '评分值', 10], ['verdict', '评价', 10]]);
const results = of('综合评定结果', [['code', '实验室编号', 12], ['name', '机构', 34], ['result', '综合评定结果', 14], ['reason', '说明', 50], ['clauses', '依据', 30]]);

const ownScores = of('评分', [['title', '项目', 24], ['value', '结果', 14], ['uncertainty', '不确定度', 14], ['score', '评分值', 10], ['verdict', '评价', 10]]);
const scorePlot = of('评分图', [['title', '项目', 24], ['who', '实验室', 12], ['score', '评分值', 10], ['limits', '界限', 14], ['plot', plotKey, 90]]);
const spread = of('结果分布', [['title', '项目', 24], ['class', '结果区间', 20], ['count', '家数', 8], ['mark', '指定值', 16], ['plot', '分布', 90]]);
/** The sheets of both reports by what they hold. */
export const reportSheets = { summary, values, scores, results, ownScores, scorePlot, spread } as const;

/** 比对结果报告：what the round was held against, every score, every result. A draft names nobody. */
export function roundReport(round: Round, { fixed, assigned, spread: its, laboratories, counts, clauses }: Evaluation): TablePart[] {
  const rate = counts.passRate === null ? '—' : `${counts.passRate}%（${counts.passed}/${counts.denominator}，分母为${{ registered: '应参加和报名的机构', submitting: '报送结果的机构', evaluated: '作了综合评定的机构' }[counts.of]}）`;
  const facts: [string, string][] = [
    ['名称', round.title], ['年度', `${round.year}`], ['方案', `${round.schemeTitle}（${round.pack}）`], ['状态', fixed ? '已评定' : '草稿，未定稿'], ['报送截止', round.submitBy], ['参加机构', `${counts.registered}`], ['报送结果的机构', `${counts.submitting}`], ['作综合评定的机构', `${counts.evaluated}`], ['待核实的机构', `${counts.undetermined}`],
    ...counts.grades.map(({ grade, published }): [string, string] => [grade, `${published}${counts.includesBetter && published !== counts.grades.find((it) => it.grade === grade)?.count ? '（含更优等级）' : ''}`]), ['合格率', rate], ['依据条款', clauses.join('、')],
  ];
  return [
    { layout: summary, rows: facts.map(([what, value]) => ({ what, value })) },
    { layout: values, rows: valueRows(round, assigned) },
    { layout: scores, rows: laboratories.flatMap(({ code, name, outcome }) => scoreRows(round, outcome.scores).map((row) => ({ code, name, ...row }))) },
    { layout: results, rows: laboratories.map(({ code, name, outcome }) => ({ code, name, result: outcome.result ?? '待核实', reason: outcome.reason, clauses: outcome.clauses.join('、') })) },
    ...plots(round, assigned, its, ({ measurand }) => laboratories.flatMap(({ code, outcome }) => outcome.scores.filter((it) => it.measurand === measurand).map(({ score }) => ({ who: code, score })))),
  ];
}

/** 比对结果通知：one laboratory's own scores beside what they were held against. */
export function participantReport({ round, participant, outcome, assigned, figures }: Page): TablePart[] {
  const facts: [string, string][] = [
    ['机构', participant.name], ['比对', round.title], ['实验室编号', participant.code ?? '—'], ['综合评定结果', outcome?.result ?? '待核实'], ['说明', outcome?.reason ?? '—'], ['依据条款', (outcome?.clauses ?? []).join('、')],
    ['如有异议', '可在系统中提出，由质量控制中心答复'],
  ];
  return [
    { layout: summary, rows: facts.map(([what, value]) => ({ what, value })) },
    { layout: ownScores, rows: scoreRows(round, outcome?.scores ?? []) },
    { layout: values, rows: valueRows(round, assigned) },
    ...plots(round, assigned, figures, ({ measurand }) => othersBeside(figures.find((it) => it.measurand === measurand))),
  ];
}

interface Plotted { readonly who: string; readonly score: string | null }
type Assigned = Evaluation['assigned'][number];

/** Everybody's scores from the least to the greatest with the limits, and how many results lie where, with the assigned value. */
function plots(round: Round, assigned: readonly Assigned[], its: Spread, of: (it: Assigned) => readonly Plotted[]): TablePart[] {
  const rated = assigned.filter(({ setAside }) => setAside === null);
  return [
    { layout: scorePlot, rows: rated.flatMap((it) => of(it).filter(({ score }) => score !== null).sort((a, b) => Number(a.score) - Number(b.score)).map(({ who, score }) => ({ title: it.title, who, score, limits: `±${it.satisfactory}／±${it.unsatisfactory}`, plot: scoreLine(score!, it) }))) },
    { layout: spread, rows: rated.flatMap((it) => spreadRows(it, its.find(({ measurand }) => measurand === it.measurand)?.classes ?? [])) },
  ];
}

function spreadRows({ title, unit, value: assigned }: Assigned, classes: readonly Class[]): TablePart['rows'][number][] {
  const most = Math.max(...classes.map(({ count }) => count));
  return classes.map((one, at) => ({
    title, class: one.from === one.to ? `${short(one.from)} ${unit}` : `${short(one.from)} 至 ${short(one.to)} ${unit}`, count: `${one.count}`, mark: assigned !== null && liesIn(one, Number(assigned), at === classes.length - 1) ? assigned : null, plot: countLine(one.count, most),
  }));
}

/** All scores without whose they are, one's own marked. */
function othersBeside(figure: Page['figures'][number] | undefined): Plotted[] {
  const own = figure ? figure.scores.indexOf(figure.own ?? '') : -1;
  return (figure?.scores ?? []).map((score, at) => ({ who: at === own ? '本机构' : '', score }));
}

const valueRows = (round: Round, assigned: Evaluation['assigned']) => assigned.map((it) => ({
  title: it.title, unit: it.unit, score: kinds[round.measurands.find(({ id }) => id === it.measurand)?.score ?? ''] ?? '', value: it.value, sd: it.sd, uncertainty: it.uncertainty, participants: `${it.participants}`, note: it.setAside ? '不予评定' : it.why,
}));
const scoreRows = (round: Round, its: NonNullable<Page['outcome']>['scores']) => its.map(({ measurand, value, uncertainty, score, verdict }) => ({
  title: round.measurands.find(({ id }) => id === measurand)?.title ?? measurand, value, uncertainty, score, verdict: verdict ? verdicts[verdict] : '—',
}));
