import { localDate } from '@zhijian/calendar';
import { refuse, type Refused } from '@zhijian/contracts';
import { decide, periodOf, type Pack } from '@zhijian/policy';
import { reportDuty } from './rectification.rules.js';

export type LimitRefusal =
  | 'rectification-limit-not-ruled' | 'rectification-limit-fixed' | 'rectification-limit-no-report' | 'rectification-limit-past' | 'rectification-limit-shortened' | 'rectification-limit-missed'
  | 'rectification-verified' | 'rectification-verified-in-future' | 'rectification-verified-before-publication' | 'rectification-check-unknown' | 'rectification-check-earlier' | 'rectification-report-unaccepted' | 'rectification-report-unfinished';

export const limitSentences = {
  'rectification-limit-not-ruled': '政策文件没有“限期未整改”的规定，不能写明整改期限',
  'rectification-limit-fixed': '政策文件已经规定了整改的期限，不逐案写明',
  'rectification-limit-no-report': '没有待审核或者已通过的整改报告，不能写明整改期限，也不能登记核实',
  'rectification-limit-past': '整改期限 {on} 已经过去',
  'rectification-limit-shortened': '已经写明的整改期限是 {before}，只能延长，不能提前',
  'rectification-limit-missed': '整改期限 {before} 已经期满并已提请审查，不能再改',
  'rectification-verified': '已经登记 {on} 整改完成',
  'rectification-verified-in-future': '整改完成的日期 {on} 尚未到来',
  'rectification-verified-before-publication': '整改完成的日期 {on} 早于结果公开的日期 {publishedOn}',
  'rectification-check-unknown': '没有登记过对该机构的这次检查',
  'rectification-check-earlier': '该次检查在 {visitedOn}，早于整改完成的日期 {on}，不能据以核实',
  'rectification-report-unaccepted': '整改报告尚未通过，不能据以核实',
  'rectification-report-unfinished': '已通过的整改报告还有 {open} 个问题没有写明已整改，或者在 {on} 以后才整改，不能据以核实',
} satisfies Record<LimitRefusal, string>;

/** How a pack leaves the limit of rectification to a case: who writes it, by which clauses, and how a text that gives none is read. */
export interface LimitRule { readonly basis: 'by-case' | 'own-order'; readonly agency: string | null; readonly clauses: readonly string[]; readonly reading: string | null }

const period = 'rectification';
export const limitTable = 'rectification-state';

/**
 * By what an agency writes a limit. Where the text gives none, whoever receives the reports orders it itself, by the pack's
 * reading; where the pack fixes a length, nobody writes another; where no table says what follows from a missed limit, it would mean nothing.
 */
export function limitRuleOf(pack: Pack, publishedOn: string): LimitRule | Refused<LimitRefusal> {
  const rule = periodOf(pack, period, { on: localDate(publishedOn) });
  const missed = Object.hasOwn(pack.decisions, limitTable) ? decide<string>(pack, limitTable, { rectified: false, limit: 'passed' }).value : null;
  if (!rule || missed !== 'overdue') return refuse<LimitRefusal>('rectification-limit-not-ruled', [...(rule?.clauses ?? [])]);
  const { value: { after, setBy, reading }, clauses } = rule;
  if (after) return refuse<LimitRefusal>('rectification-limit-fixed', [...clauses], {}, { errors: [{ path: '/limitOn', message: '由政策文件规定' }] });
  return { basis: setBy ? 'by-case' : 'own-order', agency: setBy ?? reportDuty(pack)?.receiver ?? null, clauses, reading };
}

export interface Limited { readonly state: string; readonly limitOn: string | null; readonly missed: boolean; readonly rectifiedOn: string | null; readonly publishedOn: string; readonly today: string; readonly clauses: readonly string[] }
type Fit = { ok: true } | Refused<LimitRefusal>;
const isIn = (state: string): boolean => state === 'submitted' || state === 'accepted';
const field = (path: string, message: string) => ({ errors: [{ path, message }] });

/** May this day be written? A day a body relies on is not brought forward, and one that has ended is not moved. */
export function acceptLimit(limitOn: string, { state, limitOn: before, missed, rectifiedOn, today, clauses }: Limited): Fit {
  const cites = [...clauses];
  if (rectifiedOn !== null) return refuse('rectification-verified', cites, { on: rectifiedOn }, { wrongState: true });
  if (missed || (before !== null && before < today)) return refuse('rectification-limit-missed', cites, { before }, { wrongState: true });
  if (!isIn(state)) return refuse('rectification-limit-no-report', cites, {}, { wrongState: true });
  if (limitOn < today) return refuse('rectification-limit-past', cites, { on: limitOn }, field('/limitOn', '不能早于今天'));
  if (before !== null && limitOn < before) return refuse('rectification-limit-shortened', cites, { before }, field('/limitOn', '不能早于已经写明的期限'));
  return { ok: true };
}

/** Is there anything to be seen: a report that was not returned, or a limit somebody wrote, and nobody has said so yet? */
export const mayVerify = ({ state, limitOn, rectifiedOn }: Pick<Limited, 'state' | 'limitOn' | 'rectifiedOn'>): boolean => rectifiedOn === null && (isIn(state) || (limitOn !== null && state !== 'released'));

/** What a verification rests on: a check of the body (null: there is none such), or the accepted report's problems (null: none was accepted). */
export type Ground = { readonly kind: 'check'; readonly visitedOn: string | null } | { readonly kind: 'report'; readonly corrected: readonly (string | null)[] | null };

/** May it be recorded as rectified on that day? Whoever has a limit is looked at whatever became of the report. */
export function acceptVerification(rectifiedOn: string, { state, limitOn, rectifiedOn: before, publishedOn, today, clauses }: Limited, ground: Ground): Fit {
  const cites = [...clauses];
  if (before !== null) return refuse('rectification-verified', cites, { on: before }, { wrongState: true });
  if (!mayVerify({ state, limitOn, rectifiedOn: before })) return refuse('rectification-limit-no-report', cites, {}, { wrongState: true });
  if (rectifiedOn > today) return refuse('rectification-verified-in-future', cites, { on: rectifiedOn }, field('/rectifiedOn', '整改完成的日期不能晚于今天'));
  if (rectifiedOn < publishedOn) return refuse('rectification-verified-before-publication', cites, { on: rectifiedOn, publishedOn }, field('/rectifiedOn', '整改完成的日期早于结果公开的日期'));
  return ground.kind === 'check' ? byCheck(rectifiedOn, ground.visitedOn, cites) : byReport(rectifiedOn, ground.corrected, cites);
}

function byCheck(on: string, visitedOn: string | null, clauses: string[]): Fit {
  if (visitedOn === null) return refuse('rectification-check-unknown', clauses, {}, field('/from', '没有这次检查'));
  return visitedOn < on ? refuse('rectification-check-earlier', clauses, { visitedOn, on }, field('/from', '须在整改完成以后')) : { ok: true };
}

function byReport(on: string, corrected: readonly (string | null)[] | null, clauses: string[]): Fit {
  if (corrected === null) return refuse('rectification-report-unaccepted', clauses, {}, field('/from', '整改报告尚未通过'));
  const open = corrected.filter((one) => one === null || one > on).length;
  return open > 0 ? refuse('rectification-report-unfinished', clauses, { open, on }, field('/from', '请凭现场检查核实')) : { ok: true };
}

/** In time as of the day it was done, whenever it is written down; null: nobody wrote a limit. */
export const rectifiedInTime = (rectifiedOn: string, limitOn: string | null): boolean | null => (limitOn === null ? null : rectifiedOn <= limitOn);
