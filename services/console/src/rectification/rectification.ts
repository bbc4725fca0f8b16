import type { Answer, Tone } from '@zhijian/web';

export type Listed = Answer<'listRectifications'>['items'][number];
export type Duty = Answer<'getRectification'>;
export type Report = Duty['history'][number];
export type Board = Listed['board'];

/** The columns of the board, in the order of the work. */
export const boards: readonly (readonly [Board, string, Tone])[] = [
  ['awaited', '待报告', 'wait'], ['overdue', '逾期未报', 'bad'], ['to-review', '待审核', 'info'], ['returned', '退回重报', 'warn'], ['accepted', '已通过', 'good'], ['released', '不再要求', 'off'],
];
export const boardWord = (board: Board): string => boards.find(([id]) => id === board)?.[1] ?? board;
export const boardTone = (board: Board): Tone => boards.find(([id]) => id === board)?.[2] ?? 'info';

const tones: Record<string, Tone> = { green: 'good', yellow: 'warn', red: 'bad' };
/** The tone of a colour; one of another scale has none of its own, its word says it. */
export const colourTone = (colour: string | null): Tone => (colour === null ? 'wait' : (tones[colour] ?? 'info'));

/** How long there is, in working days as the pack counts them; a provisional day says so. */
export function leftWords({ daysLeft, dueOn, firm, board }: Pick<Listed, 'daysLeft' | 'dueOn' | 'firm' | 'board'>): string {
  if (board !== 'awaited' && board !== 'overdue') return '—';
  if (dueOn === null) return '文件没有规定期限';
  if (board === 'overdue') return '已逾期';
  if (!firm) return '期限暂定，放假安排公布后确定';
  return daysLeft === null ? '待清点' : daysLeft <= 1 ? '今天到期' : `还有 ${daysLeft} 个工作日（含今天）`;
}

export const reportWords: Record<Report['state'], string> = { submitted: '待审核', returned: '已退回', accepted: '已通过', superseded: '已被后报替代' };

export interface ItemDraft { problem: string; measure: string; correctedOn: string | null; correctBy: string | null }
export const blankItem = (): ItemDraft => ({ problem: '', measure: '', correctedOn: null, correctBy: null });

/** What is missing or does not fit in a draft, field by field, as the server would say it. */
export function wrongIn({ summary, items, sealedBy }: { summary: string; items: readonly ItemDraft[]; sealedBy: string }, today: string): { path: string; message: string }[] {
  return [
    ...(summary.trim() ? [] : [{ path: '/summary', message: '请填写整改情况' }]),
    ...items.flatMap(({ problem, measure, correctedOn, correctBy }, at) => [
      ...(problem.trim() ? [] : [{ path: `/items/${at}/problem`, message: `请填写第 ${at + 1} 个问题` }]), ...(measure.trim() ? [] : [{ path: `/items/${at}/measure`, message: `请填写第 ${at + 1} 个问题的整改措施` }]),
      ...(correctedOn || correctBy ? [] : [{ path: `/items/${at}/correctBy`, message: `第 ${at + 1} 个问题须写明已整改的日期或者整改期限` }]),
      ...(correctedOn && today && correctedOn > today ? [{ path: `/items/${at}/correctedOn`, message: '整改日期不能晚于今天' }] : []),
    ]),
    ...(sealedBy.trim() ? [] : [{ path: '/sealedBy', message: '请填写盖章岗位' }]),
  ];
}
