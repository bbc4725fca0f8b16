import { decisionWords as kindWords } from '@zhijian/contracts/words';
import type { Answer } from '@zhijian/web';

export type Certificate = Answer<'listDecisions'>['items'][number];
export type Room = 'inspection' | 'qualification' | 'quality-control' | 'publication' | 'gateway';

export const roomWords: Record<Room, string> = { inspection: '监督检查', qualification: '机构资质', 'quality-control': '质量控制', publication: '信息公示', gateway: '放假安排' };

/** How people name what was decided. */
export { kindWords };
export const kindWord = (kind: Certificate['kind']): string => kindWords[kind];

const valueWords: Partial<Record<string, string>> = {
  late: '逾期', 'in-time': '按时', overdue: '逾期未办', open: '未到期', in: '在治理范围内', out: '不在治理范围内', idle: '未开展', accepted: '已接收', returned: '已退回', approved: '已批准', 'file-case': '应当立案', 'no-case': '无须立案', key: '列为重点监督',
  corrected: '已整改', uncorrected: '未整改', 'not-yet-due': '尚未到期', met: '达到', 'not-met': '未达到', 'not-applicable': '不适用', filed: '已登记', listed: '列入', strict: '从严', lenient: '从轻', ordinary: '一般情形', dueOn: '期限', limitOn: '最迟', firm: '已确定', own: '自定日期',
  warning: '警告', fine: '罚款', confiscation: '没收', withdrawal: '撤销', none: '不予处罚', kind: '种类', fen: '金额（分）', acceptedBy: '须于此日前整改', correctBy: '自报期限', printed: '文件载明', numerator: '分子', denominator: '分母', percent: '百分比', before: '原定', scope: '范围', stage: '阶段', corrects: '更正此前按时报送的', register: '登记内容', ground: '列入理由', eventOn: '起算日', report: '第几份报告', suspension: '暂停', done: '办理时间', asOf: '认定时点', reasons: '理由', on: '日期', dates: '日期', campaign: '专项行动', unit: '单位', duty: '任务', counted: '计入的日子', result: '抽中', seed: '种子', pool: '名单', size: '数量', poolSha256: '名单摘要', state: '状态', filedOn: '备案日期', closedOn: '注销日期', decidedOn: '决定日期', operating: '是否开展', context: '所属',
};
const word = (text: string): string => valueWords[text] ?? text;

/** A value of inputs or outcome in words; long lists say how many they are. */
export function said(value: unknown): string {
  if (value === true) return '是';
  if (value === false) return '否';
  if (value === null || value === undefined || value === '') return '无';
  if (typeof value === 'string') return word(value);
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.length > 6 ? `共 ${value.length} 项` : value.map(said).join('、') || '无';
  const entries = Object.entries(value as Record<string, unknown>).filter(([, it]) => it !== null && !(typeof it === 'string' && isId(it)));
  return entries.length > 6 ? `共 ${entries.length} 项` : entries.map(([name, it]) => `${isId(name) ? '' : `${word(name)} `}${said(it)}`).join('；') || '无';
}
const isId = (text: string): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text);

/** A rule's inputs, each with its name; what only a reader needs stands last. */
export const inputRows = (inputs: Readonly<Record<string, unknown>>, ruleText: unknown): [string, string][] => {
  const columns = (ruleText as { inputs?: { expression: string; label: string }[] } | null)?.inputs ?? [];
  return Object.entries(inputs).filter(([name]) => columns.length === 0 || name === 'context' || columns.some(({ expression }) => expression === name)).sort(([a], [b]) => Number(a === 'context') - Number(b === 'context')).map(([name, value]) => [columns.find(({ expression }) => expression === name)?.label ?? word(name), said(value)]);
};

interface Row { id: string; when: string[]; then: string[]; because?: string }
/** The rules of a table. */
export const rulesOf = (ruleText: unknown): Row[] => (ruleText as { rules?: Row[] } | null)?.rules ?? [];

/** The days a date's rule looked up or counted. */
export const daysOf = (ruleText: unknown): { on: string; working: boolean; firm: boolean; notice: string | null }[] => (ruleText as { days?: { on: string; working: boolean; firm: boolean; notice: string | null }[] } | null)?.days ?? [];
