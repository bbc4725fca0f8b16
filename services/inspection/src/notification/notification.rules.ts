import { refuse, type Refused } from '@zhijian/contracts';
import { notificationModes } from '@zhijian/contracts/facts';
import { parameter, type Pack } from '@zhijian/policy';

export type NotificationMode = (typeof notificationModes)[number];
const words: Record<NotificationMode, string> = { 'meeting-online': '线上会议', 'meeting-on-site': '现场会议', message: '书面通知' };
const meetings: readonly NotificationMode[] = ['meeting-online', 'meeting-on-site'];

export type ModeRefusal = 'notified-otherwise' | 'attended-no-meeting';
export const modeSentences = {
  'notified-otherwise': '本次专项行动的通知方式为{modes}，不能采用{mode}',
  'attended-no-meeting': '{mode}没有到会机构；以会议通知的才登记到会',
} satisfies Record<ModeRefusal, string>;

/** How bodies may be told: as the pack says; where it says nothing, in any way. */
export const modesOf = (pack: Pack): readonly NotificationMode[] => parameter(pack, 'notification')?.value.modes ?? notificationModes;

/**
 * Whether the duty is done only when every body was told; else the first one that is told does it for its whole unit.
 * Where the pack says nothing it is as its duty has it: each body's own.
 */
export const everyBodyTold = (pack: Pack): boolean => parameter(pack, 'notification')?.value.everyBody ?? true;

/** Whose duties are done by telling these: their own, or those of all where one is enough; and whether the duty of the unit itself is. */
export const doneByTelling = (pack: Pack, { told, members, remaining }: { readonly told: readonly string[]; readonly members: readonly string[]; readonly remaining: number }): { bodies: readonly string[]; unit: boolean } =>
  (everyBodyTold(pack) ? { bodies: told, unit: remaining === 0 } : { bodies: told.length > 0 ? members : [], unit: told.length > 0 });

/** Whether a campaign tells its bodies in this way; who attended is known of a meeting only. */
export function modeRefused(pack: Pack, { means, attended }: { readonly means: NotificationMode; readonly attended: readonly string[] }): Refused<ModeRefusal> | null {
  const [modes, clauses] = [modesOf(pack), parameter(pack, 'notification')?.clauses ?? []];
  const names = modes.map((mode) => words[mode]).join('、');
  if (!modes.includes(means)) return refuse<ModeRefusal>('notified-otherwise', [...clauses], { modes: names, mode: words[means] }, { errors: [{ path: '/means', message: `可采用：${names}` }] });
  if (attended.length && !meetings.includes(means)) return refuse<ModeRefusal>('attended-no-meeting', [...clauses], { mode: words[means] }, { errors: [{ path: '/attended', message: '以会议通知的才登记到会' }] });
  return null;
}
