import { institutionNames, type Measure } from '@zhijian/policy';
import type { TableLayout } from './table-layout.js';

const words: Record<Measure, string> = {
  institutions: '机构数', 'institutions-inspected': '已监督检查的机构数', 'institutions-quality-controlled': '已接受质控的机构数', 'institutions-obliged-to-compare': '应参加能力比对的机构数', 'institutions-compared': '已参加能力比对的机构数',
  'service-cards-due': '应报送的技术服务信息报送卡', 'service-cards-uploaded': '已报送的技术服务信息报送卡', 'case-reports-due': '应报告的个案信息', 'case-reports-made': '已报告的个案信息',
  'diagnosis-reports-due': '应报告的诊断信息', 'diagnosis-reports-made': '已报告的诊断信息', 'evaluation-problems-found': '评估检查发现的问题', 'evaluation-problems-corrected': '评估检查发现问题已整改',
  'quality-problems-found': '质控发现的问题', 'quality-problems-corrected': '质控发现问题已整改', 'cases-verified': '查实的案件', 'cases-concluded': '已查处的案件',
};
/** What people call each measure. */
export const measureWords: Readonly<Record<string, string>> = words;

/** 统计数据表：one line a count. */
export const measureTable: TableLayout & { sheet: string } = {
  title: '统计数据', sheet: '统计数据',
  columns: [
    { key: 'measure', title: '指标', required: true, parse: 'text', choices: measureWords, width: 26 },
    { key: 'kind', title: '机构类别', required: true, parse: 'text', choices: institutionNames, width: 24 },
    { key: 'count', title: '数量', required: true, parse: 'integer', max: 1_000_000_000, width: 12 },
    { key: 'asOf', title: '截至日期', required: true, parse: 'date', width: 13 },
    { key: 'source', title: '来源', required: true, parse: 'text', words: true, max: 300, width: 40 },
  ],
};
