import { inPlace, samePerson, type Approval, type Decider, type Principal } from '@zhijian/access';
import { refuse, type Refused } from '@zhijian/contracts';
import { levelOf, type Levels } from './agency.rules.js';

export type ApprovalRefusal = 'approver-is-author' | 'approver-elsewhere' | 'approver-needed';
export const approvalSentences = {
  'approver-is-author': '拟定人不能批准自己拟定的行动，须由另一人批准',
  'approver-elsewhere': '这项行动属{place}，须由该级或其上级批准',
  'approver-needed': '这项行动须由{place}的批准人批准',
} satisfies Record<ApprovalRefusal, string>;

const ranks = ['county', 'city', 'province'];

/**
 * Whether this person may approve for a place what another has drawn up: another person, with authority at the place or
 * above it; where the directory names approvers (those of the place, else one level up), one of them.
 * @param directory who approves according to it (null where it knows nobody), and at which level it administers the place
 */
export function approvalRefused(principal: Principal, author: Decider, place: string, { approval, levels }: { approval: Approval | null; levels: Levels }): Refused<ApprovalRefusal> | null {
  if (samePerson(principal, author)) return refuse('approver-is-author');
  const rank = ranks.indexOf(principal.role);
  const below = rank >= 0 && rank < ranks.indexOf(levelOf(place, levels));
  if (!inPlace(principal, place) || below) return refuse('approver-elsewhere', [], { place });
  const named = !approval || principal.role === 'approver' || approval.people.includes(principal.personId ?? '');
  return named ? null : refuse('approver-needed', [], { place: approval.place });
}
