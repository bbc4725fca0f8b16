import type { Measure } from '@zhijian/policy';

const words: Record<Measure, string> = {
  institutions: '机构数', 'institutions-inspected': '已监督检查的机构数', 'institutions-quality-controlled': '已接受质控的机构数', 'institutions-obliged-to-compare': '应参加能力比对的机构数', 'institutions-compared': '已参加能力比对的机构数',
  'service-cards-due': '应报送的技术服务信息报送卡', 'service-cards-uploaded': '已报送的技术服务信息报送卡', 'case-reports-due': '应报告的个案信息', 'case-reports-made': '已报告的个案信息',
  'diagnosis-reports-due': '应报告的诊断信息', 'diagnosis-reports-made': '已报告的诊断信息', 'evaluation-problems-found': '评估检查发现的问题', 'evaluation-problems-corrected': '评估检查发现问题已整改',
  'quality-problems-found': '质控发现的问题', 'quality-problems-corrected': '质控发现问题已整改', 'cases-verified': '查实的案件', 'cases-concluded': '已查处的案件',
};
/** What people call each measure. */
export const measureWords: Readonly<Record<string, string>> = words;
