import { stateAllows } from '@zhijian/access';
import { addDays, dayOf, dueAt, localDate, startOfDay, type Calendar, type LocalDate } from '@zhijian/calendar';
import { refuse, type Refused } from '@zhijian/contracts';
import { inspection } from '@zhijian/contracts/http';
import { endOfPeriod, periodOf, type Pack } from '@zhijian/policy';
import type { Ground } from '../campaign/agency.rules.js';

export type RectificationRefusal =
  | 'rectification-accepted' | 'rectification-released' | 'rectification-not-submitted' | 'rectification-behalf-needs-officer' | 'rectification-behalf-unstated' | 'rectification-elsewhere'
  | 'rectification-received-in-future' | 'rectification-before-publication' | 'rectification-dates';

export const rectificationSentences = {
  'rectification-accepted': '整改报告已经通过，如需更正请联系审核机关',
  'rectification-released': '该机构不再须提交整改报告（{reason}）',
  'rectification-not-submitted': '没有待审核的整改报告',
  'rectification-behalf-needs-officer': '代录须由审核机关办理，机构账号请直接提交',
  'rectification-behalf-unstated': '审核机关代录纸质报告，须注明收件日期和代录原因',
  'rectification-elsewhere': '整改报告由{agency}接收，您不在其辖区任职',
  'rectification-received-in-future': '收件日期 {on} 尚未到来',
  'rectification-before-publication': '收件日期 {on} 早于结果公开的日期 {publishedOn}',
  'rectification-dates': '整改日期填写有误',
} satisfies Record<RectificationRefusal, string>;

/** The pack's duty to report, with its receiver and reminders; undefined where it asks for no report. */
export const reportDuty = (pack: Pack) => pack.campaign?.stages.flatMap(({ duties }) => duties).find(({ kind }) => kind === 'rectification-report');

/** Where the duties of a year of colours are done: in the jurisdiction itself, on the day of an instant. */
export const groundIn = (pack: Pack, jurisdiction: string, now: string): Ground => ({ agencies: pack.campaign?.agencies ?? {}, jurisdiction, unit: jurisdiction, on: dayOf(now) });

/** The period of the pack that says by when a report is due. */
export const reportPeriod = 'rectification-report';

/** The days that were counted from the publication to the day that stands; none where the calendar no longer gives that day. */
export function countedDays(pack: Pack, { publishedOn, dueOn }: { readonly publishedOn: string; readonly dueOn: string | null }, calendar: Calendar): readonly LocalDate[] {
  const rule = periodOf(pack, reportPeriod);
  const end = rule && endOfPeriod(rule.value, localDate(publishedOn), calendar);
  return end && end.on === dueOn ? end.counted : [];
}

export interface RectifiedItem { readonly problem: string; readonly measure: string; readonly correctedOn: string | null; readonly correctBy: string | null }
export interface Known { readonly state: string; readonly publishedOn: string; readonly clauses: readonly string[]; readonly released: string | null; readonly receivedOn: string; readonly today: string }

/** Can this report be taken? Being late is no refusal: it is a fact that is weighed elsewhere. */
export function acceptReport(items: readonly RectifiedItem[], { state, publishedOn, clauses, released, receivedOn, today }: Known): { ok: true } | Refused<RectificationRefusal> {
  const cites = [...clauses];
  if (!stateAllows(inspection.submitRectification, { rectification: state })) return state === 'released' ? refuse('rectification-released', cites, { reason: released ?? '颜色已更正' }, { wrongState: true }) : refuse('rectification-accepted', cites, {}, { wrongState: true });
  if (receivedOn > today) return refuse('rectification-received-in-future', cites, { on: receivedOn }, { errors: [{ path: '/onBehalf/receivedOn', message: '收件日期不能晚于今天' }] });
  if (receivedOn < publishedOn) return refuse('rectification-before-publication', cites, { on: receivedOn, publishedOn }, { errors: [{ path: '/onBehalf/receivedOn', message: '收件日期早于结果公开的日期' }] });
  const errors = items.flatMap((item, at) => itemFaults(item, at, receivedOn));
  return errors.length ? refuse('rectification-dates', cites, {}, { errors }) : { ok: true };
}

function itemFaults({ correctedOn, correctBy }: RectifiedItem, at: number, receivedOn: string): { path: string; message: string }[] {
  if (!correctedOn && !correctBy) return [{ path: `/items/${at}/correctBy`, message: '须写明已整改的日期或者整改期限' }];
  const faults = [];
  if (correctedOn && correctedOn > receivedOn) faults.push({ path: `/items/${at}/correctedOn`, message: '整改日期不能晚于提交日期' });
  if (!correctedOn && correctBy && correctBy < receivedOn) faults.push({ path: `/items/${at}/correctBy`, message: '整改期限不能早于提交日期' });
  return faults;
}

export interface Due { readonly dueOn: string | null; readonly firm: boolean }

/** Late from 24:00 of the due day, Beijing. Nobody is late on a provisional day, and who reported in time is not late for having done it again. */
export function latenessOf({ dueOn, firm }: Due, receivedAt: string, before: readonly (boolean | null)[]): boolean | null {
  if (before.includes(false)) return false;
  return dueOn === null || !firm ? null : Date.parse(receivedAt) >= Date.parse(dueAt(localDate(dueOn)));
}

/** Who has to hand in a report still: whoever sent none, and whoever's was returned and not sent again. The last day is the same; no text gives another for sending it again. */
export const notIn = ['open', 'returned'] as const;
/** In SQL, of a row of `rectification`. */
export const isNotIn = `state in (${notIn.map((state) => `'${state}'`).join(', ')})`;

export type Board = 'awaited' | 'to-review' | 'returned' | 'accepted' | 'overdue' | 'released';
const boards: Readonly<Record<string, Board>> = { submitted: 'to-review', returned: 'returned', accepted: 'accepted', released: 'released' };
/** Where a duty stands. One that came late and was returned is to be sent again: that it was late stands beside it, and it is not one that never came. */
export const boardOf = ({ state, overdue, late }: { state: string; overdue: boolean; late: boolean | null }): Board => (overdue && notIn.some((one) => one === state) && !(state === 'returned' && late) ? 'overdue' : (boards[state] ?? 'awaited'));
/** As `boardOf` says it. */
export const boardColumn = `case when ${isNotIn} and overdue_at is not null and not (state = 'returned' and coalesce(late, false)) then 'overdue' when state = 'open' then 'awaited' when state = 'submitted' then 'to-review' else state end`;

/** A duty as it stands when its colour is published anew. */
export interface Standing { readonly state: string; readonly colour: string; readonly dueOn: string | null; readonly reports: readonly { readonly state: string }[] }
export type Turn =
  | { readonly do: 'order'; readonly note: string | null }
  /** The same duty, its day counted anew or not; what was done stays. */
  | { readonly do: 'keep'; readonly recount: boolean; readonly note: string | null }
  | { readonly do: 'reopen'; readonly state: string; readonly note: string }
  | { readonly do: 'release'; readonly reason: string }
  | { readonly do: 'nothing' };

/**
 * What a published colour makes of a duty to report. A corrected colour that still obliges has its days counted from its own
 * publication while no report is in; what was handed in and decided stays, with a note.
 * @param owed whether the colour obliges, by the pack's table
 */
export function turnOf(owed: boolean, colour: { id: string; title: string }, before: Standing | null): Turn {
  if (!owed) return before && before.state !== 'released' ? { do: 'release', reason: `颜色更正为${colour.title}，不再要求提交整改报告` } : { do: 'nothing' };
  if (!before) return { do: 'order', note: null };
  if (before.state === 'released') return { do: 'reopen', state: before.reports.at(-1)?.state ?? 'open', note: `颜色更正为${colour.title}，重新要求提交整改报告` };
  if (before.colour === colour.id) return { do: 'keep', recount: false, note: null };
  const waiting = before.state === 'open' || before.state === 'returned';
  return { do: 'keep', recount: waiting, note: `颜色更正为${colour.title}；${waiting ? '期限自更正后的结果公开之日起重新计算' : '已提交的整改报告继续有效'}` };
}

export type StepKind = 'remind' | 'sweep' | 'year-end';
export interface Next { readonly kind: StepKind; readonly dueAt: string; readonly firm: boolean }
export interface Waiting { readonly dueOn: string; readonly firm: boolean; readonly reminded: boolean }

/**
 * What comes next in a year: the earliest of what waits. Nobody is reminded of or late on a provisional day; it holds up
 * nothing else, and is asked again when it is all that is left. At one instant a day's end comes first.
 * @param daysBefore the pack's reminders of the duty
 */
export function nextOf(year: number, closed: boolean, waiting: readonly Waiting[], daysBefore: readonly number[]): Next | null {
  const steps = waiting.flatMap(({ dueOn, firm, reminded }): Next[] => {
    const on = localDate(dueOn);
    const reminders = firm && !reminded && daysBefore.length ? [{ kind: 'remind' as const, dueAt: startOfDay(addDays(on, -Math.max(...daysBefore))), firm }] : [];
    return [...reminders, { kind: 'sweep', dueAt: dueAt(on), firm }];
  });
  const end = closed ? [] : [{ kind: 'year-end' as const, dueAt: dueAt(localDate(`${year}-12-31`)), firm: true }];
  const order: readonly StepKind[] = ['sweep', 'remind', 'year-end'];
  const certain = [...steps.filter(({ firm }) => firm), ...end];
  return (certain.length ? certain : steps).sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt) || order.indexOf(a.kind) - order.indexOf(b.kind))[0] ?? null;
}
