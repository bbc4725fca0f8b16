import { refuse, type InstitutionKind, type Refused } from '@zhijian/contracts';
import type { QualificationLine } from '@zhijian/contracts/facts';
import type { AnswerOf, qualification } from '@zhijian/contracts/http';

export type SuspensionRecord = NonNullable<AnswerOf<typeof qualification.getInstitution>['suspensions']>[number];
type Period = Pick<SuspensionRecord, 'from' | 'resumedOn' | 'lapsed'>;

export type SuspensionRefusal = 'suspension-not-held' | 'suspension-already' | 'suspension-in-future' | 'suspension-before-term' | 'suspension-overlaps' | 'suspension-none' | 'resumption-in-future' | 'resumption-before';
export const suspensionSentences = {
  'suspension-not-held': '该机构没有登记这一类资质，或者已经终止、届满，无从暂停',
  'suspension-already': '这一类资质自 {from} 起已经暂停，尚未恢复',
  'suspension-in-future': '暂停日期 {from} 晚于今日',
  'suspension-before-term': '暂停日期 {from} 早于该项资质的有效期起 {since}',
  'suspension-overlaps': '暂停日期 {from} 早于上一次暂停的恢复日期 {resumedOn}',
  'suspension-none': '这一类资质没有在暂停，无从恢复',
  'resumption-in-future': '恢复日期 {on} 晚于今日',
  'resumption-before': '恢复日期 {on} 早于暂停日期 {from}',
} satisfies Record<SuspensionRefusal, string>; // a new code without a sentence does not compile

const isOpen = ({ resumedOn, lapsed }: Period): boolean => resumedOn === null && !lapsed;
/** The suspension that lasts, of those of one kind. */
export const presentOf = <T extends Period>(ofKind: readonly T[]): T | undefined => ofKind.find(isOpen);

/** Each qualification with the suspension that lasts and those that are over. One that has ended is no longer suspended. */
export function withSuspensions(lines: readonly QualificationLine[], all: readonly SuspensionRecord[]): QualificationLine[] {
  return lines.map((line) => {
    const own = all.filter(({ kind }) => kind === line.kind);
    const now = presentOf(own);
    const over = own.filter((one) => one !== now).map(({ from, how, basis, resumedOn }) => ({ from, how, basis, to: resumedOn }));
    return { ...line, ...(now && { suspended: { from: now.from, how: now.how, basis: now.basis } }), ...(over.length > 0 && { suspendedBefore: over }) };
  });
}

type Held = Pick<QualificationLine, 'kind' | 'from' | 'to' | 'ended'>;
/**
 * May this qualification rest from that day on? Days are LocalDates.
 * @param line the one of the kind as it stands; undefined: none is held
 * @param before the suspensions of the kind so far
 */
export function acceptSuspension(from: string, line: Held | undefined, before: readonly Period[], today: string): { ok: true; line: Held } | Refused<SuspensionRefusal> {
  if (!line || line.ended || (line.to !== null && line.to < today)) return refuse('suspension-not-held', [], {}, { wrongState: true, errors: [{ path: '/kind', message: '没有登记或已经终止' }] });
  const present = presentOf(before);
  if (present) return refuse('suspension-already', [], { from: present.from }, { wrongState: true, errors: [{ path: '/kind', message: '已经暂停' }] });
  if (from > today) return refuse('suspension-in-future', [], { from }, { errors: [{ path: '/from', message: '晚于今日' }] });
  if (line.from && from < line.from) return refuse('suspension-before-term', [], { from, since: line.from }, { errors: [{ path: '/from', message: '早于有效期起' }] });
  const last = before.map(({ resumedOn }) => resumedOn ?? '').sort().at(-1) ?? '';
  if (from < last) return refuse('suspension-overlaps', [], { from, resumedOn: last }, { errors: [{ path: '/from', message: `不能早于 ${last}` }] });
  return { ok: true, line };
}

/** May the suspension end on that day? On its own first day: it was entered in error. */
export function acceptResumption<T extends Period>(on: string, before: readonly T[], today: string): { ok: true; present: T } | Refused<SuspensionRefusal> {
  const present = presentOf(before);
  if (!present) return refuse('suspension-none', [], {}, { wrongState: true, errors: [{ path: '/kind', message: '没有在暂停' }] });
  if (on > today) return refuse('resumption-in-future', [], { on }, { errors: [{ path: '/on', message: '晚于今日' }] });
  if (on < present.from) return refuse('resumption-before', [], { on, from: present.from }, { errors: [{ path: '/on', message: '早于暂停日期' }] });
  return { ok: true, present };
}

/** What is held of a kind, as the register names it. */
export const lineOf = (lines: readonly QualificationLine[], kind: InstitutionKind): QualificationLine | undefined => lines.find((line) => line.kind === kind);
