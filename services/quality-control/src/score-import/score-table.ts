import type { EvaluationEntry } from '@zhijian/contracts/http';
import type { TableLayout } from '@zhijian/documents';
import { creditCode, institutionNames, type IndicatorSet } from '@zhijian/policy';

const checkCreditCode = (text: string): string | null => {
  const parsed = creditCode.parse(text);
  return parsed.ok ? null : parsed.message;
};

/** 评分表：one line an item of a body; a body that did no service in the year has one line without an item. */
export const scoreTable: TableLayout & { readonly sheet: string } = {
  title: '绩效评估评分表', sheet: '评分表',
  columns: [
    { key: 'creditCode', title: '统一社会信用代码', required: true, parse: 'code', check: checkCreditCode, width: 22 },
    { key: 'name', title: '机构名称', required: true, parse: 'text', max: 200, width: 32 },
    { key: 'line', title: '机构类别', required: true, parse: 'text', choices: institutionNames, width: 22 },
    { key: 'year', title: '年度', required: true, parse: 'integer', max: 2100, width: 8 },
    { key: 'served', title: '当年开展服务（是/否）', required: true, parse: 'yes-no', width: 12 },
    { key: 'item', title: '指标编号', parse: 'code', max: 40, width: 10 },
    { key: 'text', title: '指标内容', optional: true, parse: 'text', max: 1_000, width: 36 },
    { key: 'score', title: '得分', parse: 'code', max: 20, width: 9 },
    { key: 'notApplicable', title: '不适用（是/否）', optional: true, parse: 'yes-no', width: 10 },
    { key: 'keyPassed', title: '关键项合格（是/否）', optional: true, parse: 'yes-no', width: 10 },
    { key: 'note', title: '扣分说明', optional: true, parse: 'text', words: true, max: 500, width: 40 },
  ],
};

/** A line as `streamTable` gives it. */
export interface ScoreLine {
  readonly creditCode: string; readonly name: string; readonly line: string; readonly year: number; readonly served: boolean; readonly item: string | null; readonly text?: string | null; readonly score: string | null;
  readonly notApplicable?: boolean | null; readonly keyPassed?: boolean | null; readonly note?: string | null;
}

export interface TableBody { readonly creditCode: string; readonly name: string; readonly served: boolean | null; readonly entries: readonly EvaluationEntry[] }

/** The lines to fill in: every item of every body, with what has been entered so far. */
export const linesToFill = (set: IndicatorSet, line: string, year: number, bodies: readonly TableBody[]): ScoreLine[] => bodies.flatMap(({ creditCode: code, name, served, entries }): ScoreLine[] => {
  const of = { creditCode: code, name, line, year };
  if (served === false) return [{ ...of, served, item: null, score: null }];
  return set.items.map(({ id, number, text, key }) => {
    const entry = entries.find(({ item }) => item === id);
    return { ...of, served: true, item: number ?? id, text, score: entry?.score ?? null, notApplicable: entry?.notApplicable ?? null, keyPassed: key && entry?.failed !== undefined ? !entry.failed : null, note: entry?.note ?? null };
  });
});
