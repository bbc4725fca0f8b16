import type { FormLayout, Cell } from '@zhijian/documents';
import type { Pack } from '@zhijian/policy';

/** What is summed up of one colour in a year. */
export interface SummaryRow {
  readonly colour: string; readonly bodies: number; readonly required: number; readonly done: number; readonly visited: number; readonly short: number; readonly complaints: number; readonly problems: number;
  readonly reportsDue: number; readonly inTime: number; readonly late: number; readonly missing: number; readonly accepted: number;
}

/** The checks on site that a pack orders by colour; undefined where it orders none. */
export const checkDuty = (pack: Pack) => pack.campaign?.stages.flatMap(({ duties }) => duties).find(({ kind }) => kind === 'site-check');

/** The yearly summary that goes with checks on site, and who sends it to whom; undefined where the pack asks for none. */
export const summaryDuty = (pack: Pack, beside: 'site-check' | 'quality-monitoring') =>
  pack.campaign?.stages.find(({ duties }) => duties.some(({ kind }) => kind === beside))?.duties.find(({ kind }) => kind === 'annual-summary');

/** No text prints a form for it; the columns are ours, its parts are what the clauses speak of. */
export const summaryLayout = (title: string): FormLayout => ({
  title, head: ['填报单位', '年度', '数据截至'], orientation: 'landscape',
  columns: [
    { title: '颜色', width: 10 }, { title: '机构数', width: 9 },
    { title: '计划检查', columns: [{ title: '应检查次数', width: 11 }, { title: '已检查次数', width: 11 }, { title: '已检查机构数', width: 13 }, { title: '未达到次数的机构数', width: 19 }] },
    { title: '投诉举报检查次数', width: 17 }, { title: '发现问题数', width: 11 },
    { title: '整改报告', columns: [{ title: '应提交', width: 9 }, { title: '按时提交', width: 10 }, { title: '逾期提交', width: 10 }, { title: '未提交', width: 9 }, { title: '已通过', width: 9 }] },
  ],
  notesTitle: '说明：', notes: ['投诉举报的检查不计入计划检查次数。', '颜色为年末适用的颜色；没有颜色的机构，方案不定检查频次。'],
});

const cells = ({ bodies, required, done, visited, short, complaints, problems, reportsDue, inTime, late, missing, accepted }: Omit<SummaryRow, 'colour'>): Cell[] =>
  [bodies, required, done, visited, short, complaints, problems, reportsDue, inTime, late, missing, accepted];

/** A line for each colour of the pack's scale, worst first, one for bodies without, and the sum. */
export function summaryRows(rows: readonly SummaryRow[], titles: readonly { readonly id: string; readonly title: string }[]): Cell[][] {
  const zero = { bodies: 0, required: 0, done: 0, visited: 0, short: 0, complaints: 0, problems: 0, reportsDue: 0, inTime: 0, late: 0, missing: 0, accepted: 0 };
  const all = [...titles, { id: 'none', title: '没有颜色' }];
  const of = (id: string) => rows.find(({ colour }) => colour === id) ?? { ...zero, colour: id };
  const sum = rows.reduce((total, row) => Object.fromEntries(Object.keys(zero).map((key) => [key, total[key as keyof typeof zero] + row[key as keyof typeof zero]])) as typeof zero, zero);
  return [...all.map(({ id, title }): Cell[] => [title, ...cells(of(id))]), ['合计', ...cells(sum)]];
}
