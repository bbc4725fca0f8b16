import { packWord } from './words.js';

/** A pack as the API gives it; only what these pages show. */
export interface Clause { normative: boolean; quote: string }
export interface Reading { clauses: string[]; chosen: string; otherWording: string; why: string; decidedBy: string; decidedOn: string }
export interface Column { label: string; name?: string; expression?: string; allowed?: string | undefined }
export interface Rule { id: string; when: string[]; then: string[]; clauses: string[]; because?: string }
export interface DecisionTable { id: string; name: string; hitPolicy: string; inputs: Column[]; outputs: Column[]; rules: Rule[] }
export interface Item { id: string; text: string; clauses: string[]; group?: string; class?: string }
export interface Checklist { id: string; title: string; items: Item[] }
export interface PackForm { id: string; title: string; columns: { title: string; columns?: { title: string }[] }[]; notes: string[]; clauses: string[] }
export interface GoldenCase {
  title: string; clauses: string[]; decision?: string; inputs?: Record<string, unknown>; expect?: unknown; undetermined?: boolean; missing?: string[];
  stage?: string; duty?: string; parameter?: string; form?: string; checklist?: string; agency?: string; document?: true; basis?: string; rule?: string; at?: string; facts?: Record<string, unknown>; given?: Record<string, unknown>;
}
interface TitledStage { id: string; title: string; duties?: { id: string; title: string }[] }
export interface Pack {
  id: string; version: number; hash: string; title: string; jurisdiction: string;
  document: { title: string; issuer?: string; number?: string; issued?: string; source: string };
  inForce: { from: string; to?: string }; under?: string;
  clauses: Record<string, Clause>; readings: Record<string, Reading>; parameters: Record<string, { clauses: string[] }>;
  decisions: Record<string, DecisionTable>; checklists: Record<string, Checklist>; forms: Record<string, PackForm>; golden: GoldenCase[];
  basis?: { id: string; title: string }[]; rules?: Record<string, Record<string, { title?: string; clauses?: string[] }> | undefined>; campaign?: { agencies: Record<string, { name: string }>; stages?: TitledStage[] };
}

interface PlannedDuty { id: string; title: string; stage: string; actor: string | null; receiver: string | null; copyTo: string[]; dueOn: string | null; because: string; firm: boolean; missed: { consequence: string | null; until?: string; clauses: string[] }; clauses: string[] }
interface PlannedStage { id: string; title: string; clauses: string[]; duties: PlannedDuty[] }
/** What `planPack` answers; only what this page shows. Milestones are stages to which the text gives no time. */
export interface Planned { agencies: Record<string, { name: string }>; cities: { stages: (PlannedStage & { opensOn: string; closesOn: string })[]; milestones: PlannedStage[] }[]; campaignDuties: PlannedDuty[]; calendar: string }
export interface ShownStage extends PlannedStage { days: { from: string; to: string } | null }
export type ShownDuty = PlannedDuty;

/** What the pack calls its agencies, its values, the steps of its scales and the items of its lists, by their ids; its tables and their inputs, by `decision …` and `input …`. */
export function namesIn({ campaign, rules, decisions }: Pick<Pack, 'campaign' | 'rules'> & Partial<Pick<Pack, 'decisions'>>): Record<string, string> {
  const entries = Object.values(rules ?? {}).flatMap((section) => Object.entries(section ?? {}));
  const steps = entries.flatMap(([, it]) => { const { values, items } = it as { values?: unknown; items?: unknown }; return [values, items].filter(Array.isArray).flat() as { id?: string; title?: string; text?: string }[]; });
  return Object.fromEntries([
    ...Object.entries(decisions ?? {}).flatMap(([id, { name, inputs }]) => [[`decision ${id}`, name] as const, ...inputs.map(({ expression, label }) => [`input ${expression ?? ''}`, label] as const)]),
    ...entries.flatMap(([id, { title }]) => (title ? [[id, title] as const] : [])), ...steps.flatMap(({ id, title, text: printed }) => { const said = title ?? printed; return id && said ? [[id, said] as const] : []; }), ...Object.entries(campaign?.agencies ?? {}).map(([id, { name }]) => [id, name] as const),
  ]);
}

/** All stages of a pack, those without a time last, each with the duties of units and bodies and those of the whole action. */
export function stagesShown({ cities: [city], campaignDuties }: Planned): ShownStage[] {
  const whole = (stage: PlannedStage): PlannedDuty[] => [...stage.duties, ...campaignDuties.filter((duty) => duty.stage === stage.id)];
  return [
    ...(city?.stages ?? []).map((stage): ShownStage => ({ ...stage, duties: whole(stage), days: { from: stage.opensOn, to: stage.closesOn } })),
    ...(city?.milestones ?? []).map((stage): ShownStage => ({ ...stage, duties: whole(stage), days: null })),
  ];
}

/** The other installed packs and versions, own versions first. */
export const othersThan = ({ id, version }: Pick<Pack, 'id' | 'version'>, installed: readonly { id: string; version: number; title: string }[]): { name: string; title: string }[] =>
  installed.filter((it) => it.id !== id || it.version !== version).sort((a, b) => Number(b.id === id) - Number(a.id === id) || a.id.localeCompare(b.id) || a.version - b.version).map((it) => ({ name: `${it.id}@${it.version}`, title: `${it.title} 第 ${it.version} 版` }));

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
  parameters: '参数', periods: '期限', frequencies: '频次', targets: '目标', scales: '等级', bands: '分数段', inputs: '输入', samples: '抽样', shares: '占比', notices: '公示与公开', lists: '清单', basis: '依据的法规', runs: '连续年数', indicators: '指标', schemes: '评价方案', values: '其他规定',
};
/** Parameters have no title of their own: what each is about. */
const parameterWords: Readonly<Record<string, string>> = {
  volumes: '自查填报服务量的期间', includeLastYearAssessment: '一并整改上年度质量考核通报的问题', archiveSample: '现场抽取档案的数量', priorityViolations: '重点查处的违法行为', baseList: '基础信息台账的内容', notification: '通知机构的方式', siteCheck: '现场检查的范围', caseNumbering: '立案编号的格式',
};
/** Every value of a pack that is no stage and no table, with what it is called. */
export function valuesOf(pack: Pack) {
  const sections = { parameters: pack.parameters, ...(pack.rules ?? {}) } as Record<string, Record<string, { title?: string; clauses?: string[] }> | undefined>;
  return Object.entries(sections).flatMap(([section, values]) => Object.entries(values ?? {}).map(([id, value]) => ({ key: `${section}/${id}`, title: `${sectionWords[section] ?? section} · ${value.title ?? parameterWords[id] ?? id}`, value, clauses: value.clauses ?? [] })));
}
export const hitPolicyWords: Record<string, string> = { UNIQUE: '唯一命中', ANY: '结论一致即可', COLLECT: '全部列出' };

export const fieldWords: Record<string, string> = {
  value: '取值', from: '自', to: '至', min: '不少于', target: '目标', per: '周期', kinds: '机构类别', workingDays: '工作日', days: '日', months: '个月', years: '年', event: '起算', roll: '顺延', percent: '百分比', op: '比较',
  numerator: '分子', denominator: '分母', period: '期间', data: '数据来源', zero: '分母为零时', wording: '原文', direction: '次序', values: '各级', stated: '文件写明', limit: '时限', variants: '各时期', items: '各项', by: '按何日期', activity: '活动', when: '条件', colour: '颜色', size: '数量', title: '名称',
  atLeast: '不得少于', inclusive: '末日计入', startStated: '文件写明起算', periodStated: '文件写明期间', permitted: '是允许，不是要求', decidedBy: '由谁确定', warnAt: '期间过去百分之几时提醒', each: '分别计算', denominatorMayBeZero: '分母可能为零', immediately: '立即', setBy: '由谁写明', counted: '系统计算',
  basis: '依据哪一年', strata: '分层', rounding: '取整', include: '必须列入', reopens: '发生后补充列入', of: '对象', ratio: '比例', count: '数目', parts: '各部分', sum: '合计', kind: '种类', after: '在其后', changedEntry: '有变动的条目', objection: '可提出异议', place: '何处', receiver: '报送',
  searchable: '可供查询', mapping: '对应', automatic: '自动对应', open: '可有其他', listed: '文件列出', group: '组', class: '性质', times: '次数', gapBreaks: '间断即不连续', decision: '决策表', step: '最小单位', words: '文字', have: '有此项的', lack: '没有此项的', mayLack: '可能没有的情形',
  several: '可有多个', occurring: '出现过的写法', subjects: '机构的情形', nowhere: '不属任何一类的结论', combine: '几个结果', about: '限于', rollingMonths: '滚动月数', matter: '所涉规定', modes: '方式', everyBody: '每家机构', fields: '内容', keptUpToDate: '随时更新', pattern: '格式', input: '输入项', then: '结论',
  line: '资质', lines: '适用的机构', measurands: '比对项目', minimum: '至少报几项才作综合评定', grades: '综合评定等级', passes: '算合格', inputs: '决策表的输入', weighted: '按权重合计', without: '没有完整结果的', absent: '未参加的', late: '逾期的', withdrawn: '退出的', partial: '只报部分的', unassigned: '没有指定值的', published: '公布合格率时',
  includesBetter: '合格数包含优秀', limits: '满意的界限', satisfactory: '满意', questionable: '有问题', unsatisfactory: '不满意', result: '作为', total: '满分', grid: '打分的最小单位', groups: '分组', points: '分值', notApplicable: '有不适用项时', rounded: '修约', places: '小数位数', caps: '关键项不合格时的封顶', weight: '权重', sheet: '评分表',
  at: '时点', mode: '方式', eventOn: '起算日', scored: '总分', score: '得分', item: '项目', entries: '打分', counts: '次数', failed: '不合格', replacedBy: '改依', scope: '范围', yearly: '每年', disclosure: '公开方式', issued: '印发', visitors: '含外地来本地执业的', jointly: '会同', copyTo: '抄送', sealed: '盖章', attachments: '附件', until: '持续至', checklist: '清单', sample: '样本', filed: '已登记', duties: '任务',
  opensOn: '开始', closesOn: '结束', subject: '对谁', actor: '由谁', dueOn: '期限', firm: '期限已确定', missed: '逾期', consequence: '后果', form: '表', rows: '各行', leafColumns: '各栏',
};
const quiet = new Set(['clauses', 'reading', 'title', 'id', 'printed']);

/**
 * A value as one line for people: its fields in words, without its clauses.
 * @param names what ids of the pack are called, such as its agencies
 */
export function valueLine(value: unknown, names: Readonly<Record<string, string>> = {}): string {
  if (value === null || value === undefined) return '—';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) return value.length === 0 ? '无' : value.map((it) => (typeof it === 'object' && it !== null ? labelOf(it as Record<string, unknown>, names) : valueLine(it, names))).join('；');
  if (typeof value === 'object') return Object.entries(value).filter(([key]) => !quiet.has(key)).map(([key, it]) => `${fieldWord(key, it, names)} ${fieldLine(key, it, names)}`).join('，');
  return typeof value === 'string' ? (names[value] ?? packWord(value)) : JSON.stringify(value);
}
/** What a field is called: an entry of a table by its own title, an input of a decision by its label. */
const fieldWord = (key: string, value: unknown, names: Readonly<Record<string, string>>): string =>
  names[`input ${key}`] ?? (typeof value === 'object' && value !== null && 'title' in value && typeof value.title === 'string' ? value.title : undefined) ?? fieldWords[key] ?? names[key] ?? key;
/** What stands in a field, where the field says how it is to be read. */
function fieldLine(key: string, value: unknown, names: Readonly<Record<string, string>>): string {
  if (key === 'roll') return value === 'forward' ? '遇休息日顺延' : '不顺延';
  if (key === 'pattern' && typeof value === 'string') return value.replace('{unit}', '（单位简称）').replace('{year}', '（年份）').replace('{serial}', '（序号）');
  return (typeof value === 'string' ? names[`${key} ${value}`] : undefined) ?? valueLine(value, names);
}
const labelOf = (it: Record<string, unknown>, names: Readonly<Record<string, string>>): string => (typeof it['title'] === 'string' ? it['title'] : typeof it['text'] === 'string' ? it['text'] : typeof it['id'] === 'string' && names[it['id']] ? names[it['id']]! : [typeof it['id'] === 'string' && /\p{Script=Han}/u.test(it['id']) ? it['id'] : '', valueLine(it, names)].filter(Boolean).join(' '));
