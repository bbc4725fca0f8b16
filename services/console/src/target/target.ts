import type { Answer } from '@zhijian/web';

export type Target = Answer<'listTargets'>['items'][number];
export type Reached = NonNullable<Target['total']>;

/** The words for what is counted. */
export const measureWords: Record<string, string> = {
  institutions: '机构数', 'institutions-inspected': '已监督检查的机构数', 'institutions-quality-controlled': '已接受质控的机构数', 'institutions-obliged-to-compare': '应参加能力比对的机构数', 'institutions-compared': '已参加能力比对的机构数',
  'service-cards-due': '应报送的技术服务信息报送卡', 'service-cards-uploaded': '已报送的技术服务信息报送卡', 'case-reports-due': '应报告的个案信息', 'case-reports-made': '已报告的个案信息',
  'diagnosis-reports-due': '应报告的诊断信息', 'diagnosis-reports-made': '已报告的诊断信息', 'evaluation-problems-found': '评估检查发现的问题', 'evaluation-problems-corrected': '评估检查发现问题已整改',
  'quality-problems-found': '质控发现的问题', 'quality-problems-corrected': '质控发现问题已整改', 'cases-verified': '查实的案件', 'cases-concluded': '已查处的案件',
};
export const measureWord = (measure: string): string => measureWords[measure] ?? measure;

/** 95 % in words: `不低于 95%`, `100%`. */
export const aimWords = ({ op, percent }: Pick<Target, 'op' | 'percent'>): string => `${op === '>=' ? '不低于 ' : ''}${percent}%`;

/** `12/15（80%）`; what is missing stays a question mark and is never a zero. */
export const shareWords = ({ numerator, denominator, percent }: Reached): string => `${numerator ?? '？'}/${denominator ?? '？'}${percent === null ? '' : `（${percent}%）`}`;

/** What of a target people enter, by target: what the system counts itself is not asked for. */
export const enteredMeasures = (targets: readonly Target[]): string[] =>
  [...new Set(targets.flatMap(({ data, numerator, denominator }) => (data === 'entered' ? [numerator, denominator] : [])))].filter((measure) => !['institutions', 'institutions-inspected'].includes(measure));
