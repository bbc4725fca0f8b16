import type { UseQueryResult } from '@tanstack/react-query';
import type { Answer } from '@zhijian/web';
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
  year: number; colour: { id: string | null } | undefined; scores: string | undefined; results: string | undefined; redYears: number | undefined; report: Board | null | undefined; checks: { planned: number; complaint: number } | undefined; monitorings: number | undefined;
}
interface Parts { history: readonly ColourYearOf[] | undefined; rectifications: readonly Pick<Listed, 'year' | 'board'>[] | undefined; checks: readonly Pick<Check, 'year' | 'origin'>[] | undefined; monitorings: readonly { year: number }[] | undefined }

/** The years of a body, the latest first, from whatever parts are known. */
export function glanceOf({ history, rectifications, checks, monitorings }: Parts): Glance[] {
  const years = new Set([...(history ?? []), ...(rectifications ?? []), ...(checks ?? []), ...(monitorings ?? [])].map(({ year }) => year));
  return [...years].sort((a, b) => b - a).map((year): Glance => {
    const coloured = history?.find((one) => one.year === year);
    const joined = (of: (line: ColourYearOf['lines'][number]) => string | null): string => (coloured?.lines ?? []).map(of).filter((word) => word !== null).join('、');
    return {
      year, colour: history && { id: coloured?.colour ?? null }, scores: history && joined(({ served, score }) => (served === false ? '未开展' : score)), results: history && joined(({ result }) => result), redYears: history && (coloured?.redYears ?? 0),
      report: rectifications && (rectifications.find((one) => one.year === year)?.board ?? null),
      checks: checks && { planned: checks.filter((one) => one.year === year && one.origin === 'planned').length, complaint: checks.filter((one) => one.year === year && one.origin === 'complaint').length },
      monitorings: monitorings && monitorings.filter((one) => one.year === year).length,
    };
  });
}
