/** A pack as the API gives it; only what these pages show. */
export interface Clause { normative: boolean; quote: string }
export interface Reading { clauses: string[]; chosen: string; otherWording: string; why: string; decidedBy: string; decidedOn: string }
export interface Column { label: string; name?: string; expression?: string; allowed?: string | undefined }
export interface Rule { id: string; when: string[]; then: string[]; clauses: string[]; because?: string }
export interface DecisionTable { id: string; name: string; hitPolicy: string; inputs: Column[]; outputs: Column[]; rules: Rule[] }
export interface Item { id: string; text: string; clauses: string[]; group?: string; class?: string }
export interface Checklist { id: string; title: string; items: Item[] }
export interface PackForm { id: string; title: string; columns: { title: string; columns?: { title: string }[] }[]; notes: string[]; clauses: string[] }
export interface GoldenCase { title: string; clauses: string[]; decision?: string; inputs?: Record<string, unknown>; expect?: unknown; undetermined?: boolean }
export interface Pack {
  id: string; version: number; hash: string; title: string; jurisdiction: string;
  document: { title: string; issuer?: string; number?: string; issued?: string; source: string };
  inForce: { from: string; to?: string }; under?: string;
  clauses: Record<string, Clause>; readings: Record<string, Reading>; parameters: Record<string, { clauses: string[] }>;
  decisions: Record<string, DecisionTable>; checklists: Record<string, Checklist>; forms: Record<string, PackForm>; golden: GoldenCase[];
  rules?: Record<string, Record<string, { title?: string; clauses?: string[] }> | undefined>;
}

/** A stretch of the source text and the clauses that quote it. */
export interface Stretch { text: string; clauses: string[] }

/**
 * Cuts the source where quotes begin and end. White space does not count, as for the check; a quote that is not
 * found marks nothing. Takes the text and each clause's quote, gives stretches in the order of the text.
 */
export function stretches(text: string, clauses: Readonly<Record<string, { quote: string }>>): Stretch[] {
  const places = [...text].flatMap((letter, place) => (blank.test(letter) ? [] : [place]));
  const letters = [...text];
  const bare = places.map((place) => letters[place]).join('');
  const found = Object.entries(clauses).flatMap(([id, { quote }]) => {
    const words = [...quote].filter((letter) => !blank.test(letter)).join('');
    const at = words ? bare.indexOf(words) : -1;
    return at < 0 ? [] : [{ id, from: places[[...bare.slice(0, at)].length] ?? 0, to: (places[[...bare.slice(0, at)].length + [...words].length - 1] ?? 0) + 1 }];
  });
  const cuts = [...new Set([0, letters.length, ...found.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1] ?? letters.length;
    return { text: letters.slice(from, to).join(''), clauses: found.filter((it) => it.from <= from && it.to >= to).map(({ id }) => id) };
  });
}
const blank = /[\s\u200b\ufeff]/u;

/** Words for the sections of values that are no stage and no table. */
export const sectionWords: Record<string, string> = {
  parameters: '参数', periods: '期限', frequencies: '频次', targets: '目标', scales: '等级', bands: '分数段', inputs: '输入', samples: '抽样', shares: '占比', notices: '公示与公开', lists: '清单', basis: '依据的法规',
};
export const hitPolicyWords: Record<string, string> = { UNIQUE: '唯一命中', ANY: '结论一致即可', COLLECT: '全部列出' };

const fieldWords: Record<string, string> = {
  value: '取值', from: '自', to: '至', min: '不少于', target: '目标', per: '周期', kinds: '机构类别', workingDays: '工作日', days: '日', months: '个月', years: '年', event: '起算', roll: '顺延', percent: '百分比', op: '比较',
  numerator: '分子', denominator: '分母', period: '期间', data: '数据来源', zero: '分母为零时', wording: '原文', direction: '次序', values: '各级', stated: '文件写明', limit: '时限', variants: '各时期', items: '各项', by: '按何日期', activity: '活动', when: '条件', size: '数量', title: '名称',
};
const quiet = new Set(['clauses', 'reading', 'title', 'id', 'printed']);

/** A value as one line for people: its fields in words, without its clauses. */
export function valueLine(value: unknown): string {
  if (value === null || value === undefined) return '—';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) return value.map((it) => (typeof it === 'object' && it !== null ? labelOf(it as Record<string, unknown>) : String(it))).join('；');
  if (typeof value === 'object') return Object.entries(value).filter(([key]) => !quiet.has(key)).map(([key, it]) => `${fieldWords[key] ?? key} ${valueLine(it)}`).join('，');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
const labelOf = (it: Record<string, unknown>): string => (typeof it['title'] === 'string' ? it['title'] : typeof it['text'] === 'string' ? it['text'] : valueLine(it));
