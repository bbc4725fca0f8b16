import { refuse, type Refused } from '@zhijian/contracts';
import type { EvaluationEntry } from '@zhijian/contracts/http';
import type { DocumentFault, TableRow } from '@zhijian/documents';
import { institutionNames, scoreFault, type Indicator, type IndicatorSet, type InstitutionKind } from '@zhijian/policy';
import type { ScoreLine } from './score-table.js';

export type ScoreImportRefusal = 'score-import-empty';
export const scoreImportSentences = { 'score-import-empty': '没有可以录入的行' } satisfies Record<ScoreImportRefusal, string>;

export const acceptConfirmation = (good: number): { ok: true } | Refused<ScoreImportRefusal> => (good > 0 ? { ok: true } : refuse('score-import-empty', [], {}, { wrongState: true }));

/** A body of the register as an import needs it: whether it holds the line that year, and whether the plan concerns it. */
export interface KnownBody { readonly id: string; readonly name: string; readonly holds: boolean; readonly concerned: boolean }
/** What the lines are held against: the plan's set, line and year, the register, this year. */
export interface Ground { readonly set: IndicatorSet; readonly line: string; readonly year: number; readonly thisYear: number; readonly bodies: ReadonlyMap<string, KnownBody> }

/** A line that may be entered; `item` null: the body did no service that year. */
export interface GoodRow {
  readonly row: number; readonly institutionId: string; readonly item: string | null; readonly score: string | null; readonly notApplicable: boolean; readonly failed: boolean | null; readonly note: string | null;
}

type Part = keyof ScoreLine;
interface PartFault { readonly part: Part; readonly message: string }

const bare = (text: string): string => text.normalize('NFKC').replaceAll(/\s/gu, '');
const lineName = (line: string): string => institutionNames[line as InstitutionKind] ?? line;

/** Holds line after line against the plan and the lines before it. One for each file. */
export class ScoreSifter {
  private readonly items: ReadonlyMap<string, Indicator>;
  private readonly order: ReadonlyMap<string, number>;
  /** Which line gave a body its entry for an item, and which said whether it served. */
  private readonly entered = new Map<string, Map<number, number>>();
  private readonly served = new Map<string, { readonly served: boolean; readonly row: number }>();

  constructor(private readonly ground: Ground) {
    this.items = new Map(ground.set.items.flatMap((item) => [item.id, ...(item.number === undefined ? [] : [item.number])].map((name) => [bare(name).toUpperCase(), item] as const)));
    this.order = new Map(ground.set.items.map(({ id }, at) => [id, at]));
  }

  get bodies(): number {
    return this.served.size;
  }

  /** Splits lines into those that may be entered and the faults of the others, each at its cell. */
  sift(rows: readonly TableRow[], at: (row: number, key: string) => string): { good: GoodRow[]; faults: DocumentFault[]; lines: number } {
    const good: GoodRow[] = [];
    const faults: DocumentFault[] = [];
    let lines = 0;
    for (const { row, value } of rows) {
      const line = value as unknown as ScoreLine;
      const body = this.ground.bodies.get(line.creditCode);
      const item = line.item === null ? undefined : this.items.get(bare(line.item).toUpperCase());
      const own = [...this.bodyFaults(line, body), ...(line.served ? this.itemFaults(line, item) : idleFaults(line))];
      const all = own.length > 0 ? own : this.before(row, line, body!, item);
      if (all.length > 0) lines += 1;
      else good.push(this.entry(row, line, body!, item));
      for (const { part, message } of all) faults.push({ path: at(row, part), message });
    }
    return { good, faults, lines };
  }

  private bodyFaults({ name, line, year }: ScoreLine, body: KnownBody | undefined): PartFault[] {
    const { ground } = this;
    return [
      ...(!body ? [{ part: 'creditCode' as const, message: '登记的机构中没有这个统一社会信用代码' }]
        : bare(body.name) !== bare(name) ? [{ part: 'name' as const, message: `与登记的名称“${body.name}”不符` }]
          : !body.holds ? [{ part: 'creditCode' as const, message: `该机构 ${ground.year} 年度没有${lineName(ground.line)}的资质` }]
            : !body.concerned ? [{ part: 'creditCode' as const, message: '该机构不在本辖区评估之列' }] : []),
      ...(line === ground.line ? [] : [{ part: 'line' as const, message: `本次导入的是${lineName(ground.line)}的评分` }]),
      ...(year > ground.thisYear ? [{ part: 'year' as const, message: `${year} 年度尚未开始` }] : year === ground.year ? [] : [{ part: 'year' as const, message: `本次导入的是 ${ground.year} 年度的评分` }]),
    ];
  }

  private itemFaults({ item: name, text, score, notApplicable, keyPassed }: ScoreLine, item: Indicator | undefined): PartFault[] {
    if (!item) return [{ part: 'item', message: name === null ? '未填写“指标编号”' : '本套指标没有这一编号的项' }];
    const { set } = this.ground;
    const judged = item.key && item.failsBelow === undefined;
    return [
      ...(text && bare(text) !== bare(item.text) ? [{ part: 'text' as const, message: `与“${item.number ?? item.id}”的指标内容不符` }] : []),
      ...(notApplicable ? [
        ...(!item.mayNotApply || set.notApplicable === 'refuse' ? [{ part: 'notApplicable' as const, message: '该项不得作“不适用”处理' }] : []),
        ...(score === null ? [] : [{ part: 'score' as const, message: '已作“不适用”处理，不应再填写得分' }]),
      ] : score === null ? [{ part: 'score' as const, message: '未填写“得分”' }] : pointFault(set, item, score)),
      ...(!item.key && (keyPassed ?? null) !== null ? [{ part: 'keyPassed' as const, message: '该项不是关键项，此处应为空' }] : []),
      ...(judged && !notApplicable && (keyPassed ?? null) === null ? [{ part: 'keyPassed' as const, message: '关键项须填写是否合格' }] : []),
    ];
  }

  /** What an earlier line has said of the same body. */
  private before(row: number, line: ScoreLine, body: KnownBody, item: Indicator | undefined): PartFault[] {
    const said = this.served.get(body.id);
    if (said && said.served !== line.served) return [{ part: 'served', message: `与第${said.row}行不一致：该机构当年是否开展服务` }];
    const first = this.entered.get(body.id)?.get(this.place(item));
    return first === undefined ? [] : [{ part: item ? 'item' : 'creditCode', message: `与第${first}行重复` }];
  }

  private place = (item: Indicator | undefined): number => (item ? (this.order.get(item.id) ?? -1) : -1);

  private entry(row: number, { served, score, notApplicable, keyPassed, note }: ScoreLine, body: KnownBody, item: Indicator | undefined): GoodRow {
    if (!this.served.has(body.id)) this.served.set(body.id, { served, row });
    const rows = this.entered.get(body.id) ?? new Map<number, number>();
    this.entered.set(body.id, rows.set(this.place(item), row));
    return { row, institutionId: body.id, item: item?.id ?? null, score, notApplicable: notApplicable ?? false, failed: item?.key && (keyPassed ?? null) !== null ? !keyPassed : null, note: note ?? null };
  }
}

function pointFault(set: IndicatorSet, item: Indicator, score: string): PartFault[] {
  const message = scoreFault(set, item, score);
  return message === null ? [] : [{ part: 'score', message }];
}

/** A body that did no service has nothing but that. */
function idleFaults({ item, score, notApplicable, keyPassed }: ScoreLine): PartFault[] {
  const message = '当年未开展服务，此处应为空';
  const given: [Part, unknown][] = [['item', item], ['score', score], ['notApplicable', notApplicable ?? null], ['keyPassed', keyPassed ?? null]];
  return given.filter(([, value]) => value !== null).map(([part]) => ({ part, message }));
}

export interface Entered { readonly served: boolean; readonly entries: readonly EvaluationEntry[] }

/** A sheet after an import: its lines take the place of the entries of the same items, the others stay. */
export function merged(before: Entered | undefined, rows: readonly Omit<GoodRow, 'row' | 'institutionId'>[], order: readonly string[]): Entered {
  if (rows.some(({ item }) => item === null)) return { served: false, entries: [] };
  const entries = new Map((before?.served ? before.entries : []).map((entry) => [entry.item, entry]));
  for (const { item, score, notApplicable, failed, note } of rows) {
    entries.set(item!, { item: item!, ...(score === null ? {} : { score }), ...(notApplicable ? { notApplicable } : {}), ...(failed === null ? {} : { failed }), ...(note === null ? {} : { note }) });
  }
  return { served: true, entries: order.flatMap((item) => entries.get(item) ?? []) };
}

/** Says a sheet the same as before? Order aside. */
export const sameSheet = (a: Entered | undefined, b: Entered): boolean => a !== undefined && a.served === b.served && a.entries.length === b.entries.length && b.entries.every((entry) => JSON.stringify(sorted(a.entries.find(({ item }) => item === entry.item))) === JSON.stringify(sorted(entry)));
const sorted = (entry: EvaluationEntry | undefined): unknown => entry && Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1));
