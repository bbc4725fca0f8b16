import type { LocalDate } from '@zhijian/calendar';
import type { Act, Bound, Law } from './law.schema.js';
import { packName, type Pack } from './pack.js';
import type { LawPart } from './vocabulary.js';

/** A law file that stands behind a pack: its acts and bounds, and the words of its clauses. */
export interface LawBehind { readonly name: string; readonly law: Law; readonly clauses: Pack['clauses'] }

/** What stands behind packs of a place, of a pack that holds law. Undefined for a pack that holds none. */
export const lawOf = (pack: Pack): LawBehind | undefined => pack.bounds && { name: packName(pack), law: pack.bounds, clauses: pack.clauses };

/** A bound with the act it stands in and the days on which both hold. */
export interface Standing<S extends LawPart> { readonly id: string; readonly bound: Bound<S>; readonly act: Act; readonly article: string; readonly words: string; readonly from: LocalDate | undefined; readonly to: LocalDate | undefined }

/** Every bound of a section behind a pack, or every ground. */
export const boundsOf = <S extends LawPart>({ laws }: Pick<Pack, 'laws'>, section: S): Standing<S>[] => (laws ?? []).flatMap(({ law, clauses }) =>
  Object.entries(law[section] as Record<string, Bound<S>>).map(([id, bound]) => {
    const [first = ''] = bound.clauses;
    const act = actOf(law, first);
    return {
      id, bound, act, article: act.articles[first] ?? '', words: bound.clauses.map((clause) => clauses[clause]?.quote ?? '').join(''),
      from: later(bound.from, act.from), to: earlier(bound.to, act.to),
    };
  }));

/** The act in which a clause stands; the reader has made sure that there is one. */
function actOf({ acts }: Law, clause: string): Act {
  const found = Object.values(acts).find(({ articles }) => Object.hasOwn(articles, clause));
  if (!found) throw new Error(`条款 ${clause} 不属于任何一部上位法`);
  return found;
}

/** 《行政许可法》第四十二条, with the number of the act where it has one. */
export const actWords = ({ title, number }: Pick<Act, 'title' | 'number'>, article = ''): string => `《${title}》${number ? `（${number}）` : ''}${article}`;

/** Do two spans of days meet? Open ends are open. */
export const meet = (a: { from?: string | undefined; to?: string | undefined }, b: { from?: string | undefined; to?: string | undefined }): boolean => (a.to ?? '9999') >= (b.from ?? '') && (b.to ?? '9999') >= (a.from ?? '');

const later = (a: LocalDate | undefined, b: LocalDate | undefined): LocalDate | undefined => (a && b ? (a > b ? a : b) : (a ?? b));
const earlier = (a: LocalDate | undefined, b: LocalDate | undefined): LocalDate | undefined => (a && b ? (a < b ? a : b) : (a ?? b));
