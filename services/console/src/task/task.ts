import type { Answer } from '@zhijian/web';

export type Task = Answer<'listTasks'>['items'][number];
/** What a task is, in words. */
export const taskWords: Record<Task['kind'], string> = { visit: '现场检查', case: '案件处理', 'self-check': '自查报告', duty: '任务', objection: '异议', notice: '公示', publication: '公开', rectification: '整改报告', 'check-quota': '检查次数', 'inspection-summary': '年度总结', review: '资质研究', 'colour-year': '年度赋色', signature: '签发颜色', revision: '重新赋色', correction: '颜色更正', 'result-objection': '比对结果异议', 'result-correction': '比对结果更正', 'comparison-missed': '未参加比对', 'second-look': '评分复核', 'sign-off': '评分审签', monitoring: '质量监测', 'monitoring-summary': '监测年度总结' };
/** Rooms whose open matters are listed. */
export const taskRooms = [['inspection', '监督检查'], ['qualification', '资质'], ['quality-control', '质量控制'], ['publication', '公示公布']] as const;
export type TaskRoom = (typeof taskRooms)[number][0];

/** Who holds it, in words. @param names labels of the people of its place, by id */
export const holderWords = ({ holder }: Pick<Task, 'holder'>, names: ReadonlyMap<string, string>): string =>
  (holder.kind === 'agency' ? holder.name : (names.get(holder.personId) ?? holder.accounts.join('、')));
