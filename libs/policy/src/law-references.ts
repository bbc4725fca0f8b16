import { clauses } from './clause-references.js';
import type { Bound } from './law.schema.js';
import type { Pack } from './pack.js';
import type { Problem } from './problem.js';
import { lawParts, type LawPart } from './vocabulary.js';

const file = 'law.yaml';

/** What a law file mentions and is not there: clauses without words, clauses of no act, acts that nobody wrote down. */
export function brokenLaw(pack: Pack): Problem[] {
  const { bounds: law } = pack;
  if (!law) return [];
  const stand = new Set(Object.values(law.acts).flatMap(({ articles }) => Object.keys(articles)));
  const cited = (path: string, ids: readonly string[]): Problem[] => [...clauses(pack, file, path, ids), ...ids.filter((id) => pack.clauses[id] && !stand.has(id)).map((id) => ({ file, path, message: `条款 ${id} 不在 acts 任何一部的 articles 之中` }))];
  return [
    ...Object.entries(law.acts).flatMap(([id, it]) => [
      ...clauses(pack, file, `/acts/${id}/articles`, Object.keys(it.articles)), ...cited(`/acts/${id}/ended`, it.ended ?? []), ...backwards(`/acts/${id}`, it),
      ...(it.replacedBy && !Object.hasOwn(law.acts, it.replacedBy) ? [{ file, path: `/acts/${id}/replacedBy`, message: `acts 中没有“${it.replacedBy}”` }] : []),
    ]),
    ...lawParts.flatMap((section) => Object.entries<Bound<LawPart>>(law[section]).flatMap(([id, it]) => [...cited(`/${section}/${id}/clauses`, it.clauses), ...backwards(`/${section}/${id}`, it)])),
  ];
}

const backwards = (path: string, { from, to }: { from?: string | undefined; to?: string | undefined }): Problem[] => (from && to && to < from ? [{ file, path: `${path}/to`, message: '止日早于起日' }] : []);
