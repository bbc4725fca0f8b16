import { institutionWords } from './words.js';

/** What the outcomes and the inputs of decision tables are called. The ids are the vocabulary that the rooms act on; a pack's own titles (colours, levels, frequencies) go before these. */
const common: Readonly<Record<string, string>> = {
  in: '纳入', outside: '不纳入', idle: '已登记未开展', 'not-named': '文件未列入', listed: '列入', 'not-listed': '不列入', none: '无', both: '两种都有', one: '有一种', several: '不止一份', missing: '缺少',
  complete: '齐全', incomplete: '不齐全', met: '符合', unmet: '不符合', 'in-time': '按期', late: '逾期报送', overdue: '逾期未报', open: '未到期', 'not-yet-due': '未到整改期限', corrected: '已整改', uncorrected: '未整改', rectified: '已整改', rectifying: '整改中', 're-checked': '已回头看', closed: '已销号',
  'file-case': '立案', 'no-case': '不立案', refer: '移送', administrative: '按行政案件处理', finding: '记为不合格情况', violation: '违法违规', gap: '问题和差距', concealment: '按隐瞒有关情况处理', strict: '从严处罚', ordinary: '一般', key: '列为重点监督', contradictory: '情节互相矛盾', 'self-reported': '自查自报',
  'may-be-lenient': '可以从轻或免予处罚', 'own-period': '变动的另行公示', continues: '照常公示', 'wait-notice': '公示期未满，不公开', 'wait-objection': '有异议未处理，不公开', publish: '可以公开', reference: '作为参考', propose: '提请处理', alarm: '提示', report: '提交整改报告', 'not-ruled': '文件没有规定', pending: '待核实', required: '实施',
  'may-omit': '可以不实施', 'by-complaint-rules': '按投诉举报的规定办理', 'limit-not-set': '未定整改期限', grant: '准予', refuse: '不予', province: '省级', city: '市级', county: '县级', nation: '全国', abolished: '已取消', 'as-issued': '按证书所载', done: '已完成', 'half-elapsed': '有效期已过半', 'three-quarters-elapsed': '有效期已过四分之三', breach: '未按规定检查',
  'may-exempt': '可以免考', examine: '须考核', extend: '延伸检查', 'may-ask': '可以要求', 'needs-mapping': '须对应到新的范围', decide: '按新的范围决定', 'as-held': '按原证书', file: '录入', 'notify-own-province': '通报本省资质认可机关', 'notify-other-province': '通报外省资质认可机关',
  direct: '直接确认', standard: '按标准确认', evaluation: '经评估确认', unconfirmed: '不予确认', 'not-in-scope': '不在确认范围', 'before-2023': '2023年以前备案', 'since-2023': '2023年以来备案', passed: '通过', failed: '未通过', institution: '公布机构', 'service-item': '公布服务项目', 'handle-only': '只处理，不公布',
  'may-decide': '可以决定', 'may-propose': '可以提请', 'propose-withdrawal': '报请撤销', immediately: '立即', 'own-date': '自定日期', practise: '正常执业', 'apply-for-suspension': '应申请暂停', 'stay-suspended': '继续暂停', 'may-apply-for-resumption': '可以申请恢复', 'not-yet-required': '尚不要求公开', disclosed: '已公开', nothing: '不得告知', 'may-be-told': '可以告知',
  local: '本市', elsewhere: '外地', planned: '计划安排', complaint: '投诉举报', running: '未到期', 'not-set': '未定', qualification: '资质认可', renewal: '延续', change: '变更', filing: '备案', acceptance: '受理', 'city-examination': '市级初审', 'technical-review': '技术评审', decision: '决定', 'before-reform': '改革以前', 'since-reform': '改革以后',
  employer: '用人单位', 'medical-body': '医疗卫生机构', other: '其他', 'below-b': '未达到乙级', 'meets-b': '达到乙级', 'meets-b-and-class-two-a': '达到乙级和第二类核设施甲级', mining: '采矿业', 'mining-coal': '采矿业（煤炭）', 'mining-other': '采矿业（煤炭以外）', first: '首次申请', 'added-scope': '增加范围', 'own-province': '本省', 'other-province': '外省',
  full: '全部', partial: '部分', absent: '未参加', 'not-yet': '尚未进行', confirmed: '属实', rejected: '不属实', 'as-required': '按要求整改', 'not-as-required': '未按要求整改', 'repeatedly-inadequate': '屡次整改不到位', refused: '拒不整改', conditions: '条件', 'item-ability': '项目能力', issuing: '发证、备案机关', 'quality-control': '质控机构',
  sound: '如实', perfunctory: '敷衍了事', falsified: '弄虚作假', unseen: '尚未审阅', unannounced: '“四不两直”', announced: '事先告知',
};
/** Where the same id means something else. */
const own: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'capability-path': { open: '待定' }, 'key-supervision': { open: '待定', none: '无' }, 'ledger-item': { open: '未整改' }, 'rectification-state': { open: '整改期限未到', overdue: '限期未整改' }, escalation: { none: '不提请', open: '整改期限未到', overdue: '限期未整改' }, 'rectification-duty': { none: '不需提交' },
  'evaluation-check-state': { open: '未到时限' }, 'extension-check': { none: '不延伸检查' }, 'case-referral': { none: '不移送' }, 'comparison-absence': { none: '不属应参加而未参加' }, 'public-list': { none: '不公布', nothing: '无', conditions: '条件', 'item-ability': '项目能力' }, 'withdrawal-proposal': { none: '不报请' }, 'violation-notice': { none: '不通报' },
  'practice-territory': { none: '不得执业' }, 'certificate-grade': { none: '不分等级' }, 'report-disclosure': { none: '未公开', partial: '部分公开', full: '全部公开' }, 'colour-in-use': { none: '没有颜色' }, 'one-plan': { one: '一份' }, 'application-step': { 'city-examination': '市级初审' }, 'strict-circumstance': { none: '不从严' }, leniency: { none: '不适用从轻' },
};

/** The parts of a pack in which something is called by its own title. */
export interface Titled { rules?: Readonly<Record<string, unknown>> }
interface Named { title?: string; values?: unknown }
interface Step { id: string; title?: string }

/** What the pack itself calls it: a value of one of its scales, or an entry of its own such as a frequency. */
function titleIn({ rules = {} }: Titled, id: string): string | undefined {
  for (const section of Object.values(rules).filter((it): it is Record<string, Named> => typeof it === 'object' && it !== null && !Array.isArray(it))) {
    const entry = Object.hasOwn(section, id) ? section[id]?.title : undefined;
    const step = Object.values(section).flatMap(({ values }) => (Array.isArray(values) ? (values as Step[]) : [])).find((it) => it.id === id)?.title;
    const said = entry ?? step;
    if (said) return said;
  }
  return undefined;
}

/** An input or an outcome of a decision table as people say it. */
export function verdictWord(pack: Titled, decision: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (value === null || value === undefined) return '未知';
  if (typeof value !== 'string') return JSON.stringify(value);
  return (Object.hasOwn(own, decision) ? own[decision]![value] : undefined) ?? titleIn(pack, value) ?? (institutionWords as Readonly<Record<string, string>>)[value] ?? (Object.hasOwn(common, value) ? common[value]! : value);
}

/** Which lines of a table a verdict rests on, counted as the table is read; what a line says stands beside it as the reason. */
export function ruleLine(rules: readonly { id: string }[], hit: string): string {
  const lines = hit.split(',').map((id) => rules.findIndex((rule) => rule.id === id) + 1);
  return lines.every((line) => line > 0) ? `适用决策表第 ${lines.join('、')} 条规则` : '适用的规则不在本版之中';
}

/** A cell of a table as people read it, where it only names values: none of them, one, several. Null for a condition in FEEL. */
export function cellWords(pack: Titled, decision: string, cell: string): string | null {
  if (cell === '-') return '不限';
  if (cell === 'true' || cell === 'false') return verdictWord(pack, decision, cell === 'true');
  return /^"[^"]+"(\s*,\s*"[^"]+")*$/.test(cell) ? [...cell.matchAll(/"([^"]+)"/g)].map(([, word]) => verdictWord(pack, decision, word)).join('、') : null;
}
