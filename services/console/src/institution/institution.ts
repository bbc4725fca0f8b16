import type { UseQueryResult } from '@tanstack/react-query';
import type { Answer, FieldError } from '@zhijian/web';
import { institutionWord, lineEndWords, lineSuspensionWords } from '@zhijian/web/words';
import type { Check } from '../check/check.js';
import type { Board, Listed } from '../rectification/rectification.js';

export type Institution = Answer<'getInstitution'>;
export type ColourYearOf = Answer<'getColourHistory'>['years'][number];
/** What the pack's table calls the use of a colour in a decision about a qualification. */
export const reviewUseWords: Record<string, string> = { reference: '重要参考' };

/** An answer that has come; undefined while it has not, or cannot be had. */
export const knownOf = <T>(query: UseQueryResult<T>): T | undefined => query.data;

/** One year of a body. A part that is not known is undefined, which is another thing than nothing. */
export interface Glance {
  year: number; colour: { id: string | null; clauses: readonly string[]; pack: string | null } | undefined; scores: string | undefined; results: string | undefined; redYears: number | undefined; report: Board | null | undefined; checks: { planned: number; complaint: number } | undefined; monitorings: number | undefined;
}
interface Parts { history: readonly ColourYearOf[] | undefined; rectifications: readonly Pick<Listed, 'year' | 'board'>[] | undefined; checks: readonly Pick<Check, 'year' | 'origin'>[] | undefined; monitorings: readonly { year: number }[] | undefined }

/** The years of a body, the latest first, from whatever parts are known. */
export function glanceOf({ history, rectifications, checks, monitorings }: Parts): Glance[] {
  const years = new Set([...(history ?? []), ...(rectifications ?? []), ...(checks ?? []), ...(monitorings ?? [])].map(({ year }) => year));
  return [...years].sort((a, b) => b - a).map((year): Glance => {
    const coloured = history?.find((one) => one.year === year);
    const joined = (of: (line: ColourYearOf['lines'][number]) => string | null): string => (coloured?.lines ?? []).map(of).filter((word) => word !== null).join('、');
    return {
      year, colour: history && { id: coloured?.colour ?? null, clauses: coloured?.clauses ?? [], pack: coloured?.pack ?? null }, scores: history && joined(({ served, score }) => (served === false ? '未开展' : score)), results: history && joined(({ result }) => result), redYears: history && (coloured?.redYears ?? 0),
      report: rectifications && (rectifications.find((one) => one.year === year)?.board ?? null),
      checks: checks && { planned: checks.filter((one) => one.year === year && one.origin === 'planned').length, complaint: checks.filter((one) => one.year === year && one.origin === 'complaint').length },
      monitorings: monitorings && monitorings.filter((one) => one.year === year).length,
    };
  });
}

export type Line = NonNullable<Institution['lines']>[number];
/** Whether it stands for the body's own filing: what nobody has entered line by line. */
export const isFiling = (line: Line, { kind, filing }: Pick<Institution, 'kind' | 'filing'>): boolean =>
  filing !== null && line.kind === kind && line.issuer === null && line.number === filing.number && line.from === filing.filedOn && line.categories === undefined;

/** What a body holds today: its qualifications, or the one that its filing is. What is over can neither rest nor end. */
export function heldLines({ kind, filing, lines }: Pick<Institution, 'kind' | 'filing' | 'lines'>, today: string): Line[] {
  const own: Line[] = filing ? [{ kind, number: filing.number, issuer: null, from: filing.filedOn, to: filing.closedOn }] : [];
  return (lines?.length ? lines : own).filter(({ ended, to, suspended }) => suspended || (!ended && (to === null || to >= today)));
}

export type Act = 'suspend' | 'resume' | 'end' | 'close';
export const actWords: Record<Act, string> = { suspend: '登记暂停', resume: '登记恢复', end: '登记终止', close: '登记备案或资质注销' };
/** Where the room names a fault of the day. */
export const datePointers: Record<Act, string> = { suspend: '/from', resume: '/on', end: '/to', close: '/closedOn' };
/** What can be done with a qualification as it stands. What its kind alone says, with nothing filed, has nothing to end. */
export function actsOn(line: Line, institution: Pick<Institution, 'kind' | 'filing'>): Act[] {
  const unsaid = line.number === null && line.from === null && line.issuer === null && line.categories === undefined;
  return [line.suspended ? 'resume' : 'suspend', ...(isFiling(line, institution) ? ['close' as const] : unsaid ? [] : ['end' as const])];
}

export interface Entry { line: Line | undefined; act: Act | null; on: string | null; how: keyof typeof lineSuspensionWords | null; ended: keyof typeof lineEndWords | null; basis: string; reason: string }
/** What is missing or cannot be, each beside its field. */
export function faultsOf({ act, line, on, how, ended, basis, reason }: Entry, today: string): FieldError[] {
  if (!act) return [{ path: '/act', message: '请选择办理事项' }];
  const first = act === 'resume' ? line?.suspended?.from : line?.from;
  const day = datePointers[act];
  return [
    ...((act === 'suspend' && !how) || (act === 'end' && !ended) ? [{ path: '/how', message: '请选择方式' }] : []),
    ...(!on ? [{ path: day, message: '请填写日期' }] : on > today ? [{ path: day, message: '不能晚于今天' }] : first && on < first ? [{ path: day, message: `不能早于 ${first}` }] : []),
    ...((act === 'suspend' || act === 'resume') && !basis.trim() ? [{ path: '/basis', message: '请写明依据' }] : []),
    ...(reason.trim() ? [] : [{ path: '/reason', message: '请写明理由' }]),
  ];
}

/** What is about to be entered, in one sentence. */
export function sentenceOf(name: string, { act, line, on, how, ended, basis }: Entry): string {
  const what = `${name}的${institutionWord(line?.kind ?? '')}资质`;
  if (act === 'suspend') return `${what}自 ${on} 起暂停（${how ? lineSuspensionWords[how] : ''}），依据：${basis.trim()}。`;
  if (act === 'resume') return on === line?.suspended?.from ? `${what}自 ${on} 起的暂停登记有误，予以更正，视为没有暂停过，依据：${basis.trim()}。` : `${what}自 ${on} 起恢复，依据：${basis.trim()}。`;
  return act === 'end' ? `${what}到 ${on} 为止（${ended ? lineEndWords[ended] : ''}）。` : `${name}的备案或资质于 ${on} 注销。`;
}

/** How a qualification stands: suspended since when, and what was suspended before. */
export function restWord({ suspended, suspendedBefore = [] }: Pick<Line, 'suspended' | 'suspendedBefore'>): string {
  const past = suspendedBefore.map(({ from, to }) => (to === from ? `${from} 的暂停登记有误，已更正` : `${from} 至 ${to ?? '终止'} 曾暂停${to ? '（自该日恢复）' : ''}`));
  return [...(suspended ? [`自 ${suspended.from} 起暂停（${lineSuspensionWords[suspended.how]}；${suspended.basis}）`] : []), ...past].join('；');
}
