import type { Answer, Tone } from '@zhijian/web';

export type Quota = Answer<'listQuotas'>['items'][number];
export type Year = Answer<'getColourYear'>;
export type Check = Answer<'listChecks'>['items'][number];

export const quotaStates: Record<Quota['state'], [Tone, string]> = { owed: ['bad', '尚有未检查'], met: ['good', '已达到'], permitted: ['off', '可不主动检查'], 'not-ruled': ['wait', '方案不定频次'] };
export const originWords: Record<Check['origin'], string> = { planned: '计划检查', complaint: '投诉举报' };
export const fromWords: Record<Quota['colourFrom'], string> = { 'this-year': '本年度公开的颜色', 'last-year': '上一年度的颜色（本年度结果公开以前适用）' };
export const becauseWords: Record<string, string> = { 'run-opened': '年度赋色启动', 'year-turned': '新的年度开始', registered: '登记入册', published: '结果公开', corrected: '颜色更正', withdrawn: '结果撤回' };

/** `至少 2 次`, `可不检查`; what is not ruled says so. */
export function frequencyWords({ min, target, permitted }: Pick<Quota, 'min' | 'target' | 'permitted'>, years = 1): string {
  if (min === null) return '不定频次';
  const span = years === 1 ? '年' : ` ${years} 年`;
  if (min > 0) return `不少于 ${min} 次／${span}`;
  return permitted && target ? `可 ${target} 次／${span}` : '可不主动实施';
}

/** Names separated by commas, pauses or spaces; the same one twice stays twice, so that the server names it. */
export const namesIn = (typed: string): string[] => typed.split(/[\n,，、;；\s]+/).filter(Boolean);
export const linesIn = (typed: string): string[] => typed.split('\n').map((it) => it.trim()).filter(Boolean);
