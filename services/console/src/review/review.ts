import type { Answer, Tone } from '@zhijian/web';

export type Review = Answer<'getReview'>;
export const groundWords: Record<Review['ground'], string> = { 'red-years': '连续红色', 'rectification-overdue': '整改报告逾期', 'rectification-missed': '限期未整改' };
export const reviewStates: Record<Review['state'], [Tone, string]> = { open: ['wait', '待审查'], kept: ['good', '维持'], referred: ['info', '转入法定程序'] };
export const noteWords: Record<Review['notes'][number]['what'], string> = { 'report-submitted': '机构补交整改报告', 'report-accepted': '整改报告已通过', 'duty-released': '不再要求整改报告', rectified: '已核实整改', 'colour-changed': '颜色已更正', 'red-years-recounted': '连续红色年数重新计算' };
