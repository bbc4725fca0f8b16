import type { ReactNode } from 'react';

export type Tone = 'good' | 'wait' | 'warn' | 'bad' | 'off' | 'info';

const shapes: Record<Tone, string> = { good: '✓', wait: '○', warn: '◐', bad: '▲', off: '－', info: '●' };

/** A state as a word with a shape; the colour only repeats it. */
export const Chip = ({ tone, children }: { tone: Tone; children: ReactNode }) => (
  <span className={`zj-chip zj-${tone}`}><span aria-hidden="true">{shapes[tone]}</span> {children}</span>
);

const obligationTones: Record<string, [Tone, string]> = {
  open: ['wait', '待办'], done: ['good', '按期完成'], late: ['warn', '逾期完成'], overdue: ['bad', '逾期'], cancelled: ['off', '不再要求'],
};

/** The state of a duty. */
export function DutyChip({ state }: { state: string }) {
  const [tone, word] = obligationTones[state] ?? ['info', state];
  return <Chip tone={tone}>{word}</Chip>;
}

export const InventedLabel = () => <span className="zj-invented">示例数据</span>;
