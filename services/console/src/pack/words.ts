import { measureWords } from '../target/target.js';

/** The words people see for the vocabulary of a pack: what follows a missed day, events, activities and the choices of its rules. */
export const consequenceWords: Record<string, string> = {
  'key-supervision': '列为重点监督', case: '立案', escalation: '督办', finding: '记为不合格', 'strict-penalty': '从严处罚', concealment: '按隐瞒有关情况处理', circular: '通报', publication: '公开', 'withdrawal-request': '提请撤销', resampling: '补充抽查',
};
export const consequenceWord = (consequence: string): string => consequenceWords[consequence] ?? consequence;

const eventWords: Record<string, string> = {
  'stage-opened': '阶段开始', notified: '通知到机构', 'visit-held': '现场检查', ordered: '责令或要求送达', 'report-returned': '报告退回', decided: '作出决定', 'results-published': '结果公开', 'results-posted': '结果公示', 'application-submitted': '提出申请',
  'application-accepted': '受理申请', 'materials-complete': '材料补齐', 'certificate-issued': '发证', 'result-decided': '结果确定', examined: '检查完成', 'problem-found': '发现问题', 'violation-found': '发现违法行为', 'violation-handled': '违法行为处理完毕',
  'condition-lost': '不再具备条件', 'condition-restored': '恢复条件', 'objection-raised': '提出异议', corrected: '整改完成', approved: '批准', 'penalty-decided': '作出处罚', 'evaluation-found': '评估发现问题', 'system-ready': '系统建成', 'document-issued': '文件印发',
};
const activityWords: Record<string, string> = {
  inspection: '监督检查', 'quality-monitoring': '质量监测', 'quality-assessment': '质量考核', 'evaluation-check': '评估检查', 'annual-evaluation': '年度评估', 'staff-assessment': '人员能力考核', comparison: '能力比对', 'capability-verification': '能力验证', colouring: '赋色',
  guidance: '指导', training: '培训', 'technical-service': '技术服务', 'annual-summary': '年度总结', 'random-inspection-plan': '双随机抽查计划', 'look-back': '回头看',
};
/** Choices of single rules: which date, how often, of what, in which order. */
const choiceWords: Record<string, string> = {
  'application-date': '申请之日', 'acceptance-date': '受理之日', 'decision-date': '决定之日', 'event-date': '事件之日', 'visit-date': '检查之日', 'filing-date': '备案之日', 'issue-date': '发证之日',
  none: '没有写明', 'by-case': '逐案写明', 'calendar-year': '每个自然年度', 'validity-period': '有效期内', 'same-year': '本年度', 'previous-year': '上一年度', computed: '系统统计', entered: '人工填报', both: '分别计算并合计', total: '合计', 'not-applicable': '不适用',
  best: '取最好', worst: '取最差', 'best-first': '由好到差', 'worst-first': '由差到好', absent: '未参加', late: '逾期', new: '新设', 'not-evaluated': '未作评定', partial: '部分参加', undetermined: '待核实',
  cut: '截去', 'half-up': '四舍五入', archives: '档案', down: '向下取整', nearest: '四舍五入', up: '向上取整', 'key-supervision': '重点监督的', 'report-late': '逾期报送的', posting: '公示', publication: '公开', circular: '通报', notification: '告知', 'all-wait': '全部等待', 'entry-waits': '有异议的等待，其余照常', 'own-period': '变动的另行公示',
  institution: '机构', 'service-item': '服务项目', violation: '违法违规', approval: '审批结果', result: '检查结果', gap: '问题和差距', 'meeting-online': '线上会议', 'meeting-on-site': '现场会议', message: '书面通知',
  'algorithm-a': '稳健算法A', 'median-niqr': '中位值与标准化四分位距', items: '项目', reported: '报送的', missing: '缺报的', satisfactory: '满意的', questionable: '有问题的', unsatisfactory: '不满意的', points: '得分', 'most-points': '满分',
  evaluated: '作出综合评定的', registered: '应参加和报名的', submitting: '报了结果的', rescale: '按其余各项折算', refuse: '不允许', full: '按满分计', unconfirmed: '不予确认', 'not-in-scope': '不在确认范围', 'legal-representative': '法定代表人', 'quality-control': '质控', enforcement: '监督执法', address: '地址', contact: '联系岗位', 'filing-categories': '备案的检查类别', 'filing-items': '备案的检查项目', outreach: '外出体检', unit: '填报单位', kind: '机构类别',
};
const words: Readonly<Record<string, string>> = { ...choiceWords, ...activityWords, ...eventWords, ...measureWords };
/** A word of the vocabulary as people say it; any other text as it stands. */
export const packWord = (text: string): string => (Object.hasOwn(words, text) ? (words[text] ?? text) : text);
