import { clausesOf, type Found } from './finding.js';
import type { Pack } from './pack.js';

/** What a draft has taken from an older pack: each date that nobody has confirmed yet, and the text that is still the old one. */
export function draftFindings({ draft, clauses }: Pack): Found[] {
  if (!draft) return [];
  const { from, unconfirmed } = draft;
  const known = (ids: readonly string[]): string[] => ids.filter((id) => Object.hasOwn(clauses, id));
  return [
    { id: 'unquoted:draft', kind: 'unquoted', severity: 'error', clauses: known(clausesOf(unconfirmed)), message: `这是由 ${from} 生成的草稿：来源文件、条款和引文仍是原文件的，须换成新文件的` },
    ...unconfirmed.map(({ path, was, now, clauses: cites }): Found => ({ id: `unquoted:draft:${path}`, kind: 'unquoted', severity: 'error', clauses: known(cites), message: `${path} 的 ${now} 由 ${from} 的 ${was} 推算，须按新文件改正或确认` })),
  ];
}
