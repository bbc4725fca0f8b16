import type { Answer, Tone } from '@zhijian/web';

export type Notice = Answer<'listNotices'>['items'][number];
export type NoticeDetail = Answer<'getNotice'>;
export type Entry = Answer<'listNoticeEntries'>['items'][number];
export type Objection = Answer<'listObjections'>['items'][number];
export type Published = Answer<'listPublications'>['items'][number];

export const noticeStates: Record<Notice['state'], [Tone, string]> = {
  collecting: ['wait', '正在收齐'], draft: ['wait', '待发布'], posted: ['info', '公示中'], ended: ['warn', '期满，尚有未公开的'], settled: ['good', '已结束并公开'], withdrawn: ['off', '已撤回'],
};
export const reasonWords: Record<Notice['because'], string> = { run: '年度结果', objection: '因异议改动', correction: '更正' };
export const outcomeWords: Record<NonNullable<Objection['outcome']>, string> = { kept: '维持原结果', 'to-be-changed': '应予改动', withdrawn: '机构撤回' };

/** How much time is left of a running notice. */
export const leftWords = ({ daysLeft, workingDaysLeft, lastDay }: Pick<Notice, 'daysLeft' | 'workingDaysLeft' | 'lastDay'>): string =>
  (daysLeft === null ? '' : `还有 ${daysLeft} 天（${workingDaysLeft ?? 0} 个工作日），至 ${lastDay ?? '—'} 24:00`);

/** What came of a notice in counts: what was published, what is to be posted, what an objection holds back. */
export const countWords = ({ entries, published, ready, waiting, state }: Notice): string =>
  (['ended', 'settled'].includes(state) ? [`共 ${entries} 家`, `已公开 ${published} 家`, ready ? `待登记公开 ${ready} 家` : '', waiting ? `因异议暂缓 ${waiting} 家` : ''].filter(Boolean).join('，') : `共 ${entries} 家`);

/** Where one body's result stands. */
export function entryState({ state, ready, objection }: Pick<Entry, 'state' | 'ready' | 'objection'>, notice: Notice['state']): [Tone, string] {
  if (state === 'published') return ['good', '已公开'];
  if (state === 'superseded') return ['off', '已改动，另行公示'];
  if (state === 'withdrawn') return ['off', '公示已撤回'];
  if (objection?.state === 'open') return ['warn', '有异议，待答复'];
  if (objection?.outcome === 'to-be-changed') return ['warn', '异议成立，待更正'];
  if (ready) return ['wait', '待登记公开'];
  return notice === 'posted' ? ['info', '公示中'] : ['wait', '待公示'];
}

/** The clock of an objection. */
export function dueWords({ dueOn, dueStated, daysLeft, overdue, state, firm }: Objection): string {
  if (state === 'answered') return '';
  if (dueOn === null) return '文件没有规定期限，尚未指定';
  const left = daysLeft === null ? '' : overdue ? `，已逾期 ${-daysLeft} 天` : daysLeft === 0 ? '，今天到期' : `，还有 ${daysLeft} 天`;
  return `${dueOn} 24:00 前${dueStated ? '' : '（指定）'}${firm ? '' : '（暂定）'}${left}`;
}

const isHttp = (text: string): boolean => /^https?:\/\/[^\s/]+(\/\S*)?$/.test(text);
export const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** What is wrong with an address and its proof, before they are sent. */
export const siteFaults = ({ address, proof }: { address: string; proof: string }): { path: string; message: string }[] => [
  ...(isHttp(address.trim()) ? [] : [{ path: '/address', message: '请填写网址，以 http:// 或 https:// 开头' }]),
  ...(isHash(proof.trim()) ? [] : [{ path: '/proof', message: '请选择所存的网页文件，或填写其 SHA-256（64 位）' }]),
];

/** The hash of a saved page, computed in this browser: the file itself goes nowhere. */
export async function hashOf(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
