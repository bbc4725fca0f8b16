import type { DueRule } from './due.schema.js';
import { longer } from './longer.js';
import { inWords } from './span-words.js';

export interface Later { readonly severity: 'error' | 'warning'; readonly why: string }

/** Is a limit later than the one of a pack above, where one of them at least is no day of the calendar? A warning where that depends on the day. */
export function laterDue(mine: DueRule, theirs: DueRule): Later | undefined {
  if (theirs.kind === 'none' || theirs.kind === 'standing') return undefined;
  if (mine.kind === 'none' || mine.kind === 'standing') return { severity: 'error', why: '没有期限，上级有' };
  if (theirs.kind === 'yearly') {
    const day = mine.kind === 'yearly' ? mine.yearly : mine.kind === 'on' ? mine.on.slice(5) : undefined;
    if (day === undefined) return apart;
    return day > theirs.yearly ? { severity: 'error', why: `${day}，上级为每年 ${theirs.yearly}` } : undefined;
  }
  if (mine.kind !== 'after' || theirs.kind !== 'after' || mine.after.event !== theirs.after.event) return apart;
  const is = longer(mine.after, theirs.after);
  return is === 'no' ? undefined : { severity: is === 'yes' ? 'error' : 'warning', why: `${inWords(mine.after)}，上级为${inWords(theirs.after)}` };
}

const apart: Later = { severity: 'warning', why: '起算的方式与上级不同，不能确定是否不晚于上级的期限' };
