import type { DecisionKind } from './vocabulary.js';

/** What kinds of decisions are called: on pages, in the story of a case, in the command line. */
export const decisionWords: Readonly<Record<DecisionKind, string>> = {
  'due-date': '期限', lateness: '是否逾期', inclusion: '列入', exclusion: '不列入', acceptance: '接收', return: '退回', 'remedy-date': '整改期限', refusal: '不予受理', extension: '延期', 'date-replacement': '改期',
  suspension: '中止', resumption: '恢复', 'own-dates': '辖区实施方案', leniency: '从轻情形', strictness: '从严情形', circumstance: '处罚情形', supervision: '重点监督', verification: '自查项目核实', verdict: '结论', grade: '等级', score: '得分',
  colour: '分色', draw: '随机抽取', finding: '检查所见', 'case-filing': '是否立案', sanction: '处理结果', approval: '批准', 'pack-move': '改用政策包新版本', calendar: '放假安排', target: '目标', listing: '列表', form: '报表报送',
  filing: '备案或资质登记', closure: '备案或资质注销', operation: '开展情况', circular: '质量考核通报', publication: '公布', withdrawal: '撤下', correction: '更正', notice: '公示', objection: '异议答复',
  review: '资质审查', duty: '整改报告义务', release: '免除义务', quota: '检查监测次数', check: '现场检查', frequency: '确定频次',
  basis: '依据年度', level: '比对等级', 'red-run': '连续红色年数', escalation: '提示或提请', 'assigned-value': '比对指定值', comparison: '比对综合评定结果',
};

/** What the file of a case is called; of a named run it says which. */
export const caseFileName = (workflowId: string, runId?: string): string => `${[...workflowId.split('/'), ...(runId ? [runId] : [])].join('-')}.zjb`;
