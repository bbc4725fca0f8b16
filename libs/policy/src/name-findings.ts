import type { Found } from './finding.js';
import { knownNames, neededWith, type NamedSection } from './known-names.js';
import type { Pack } from './pack.js';
import { boundsOf } from './law.js';
import { lawSections } from './vocabulary.js';

/** Names that nobody asks for because a letter is wrong, names that are missing beside others, and matters that no law has. */
export const nameFindings = (own: Pack, known: Pack): Found[] => [...misspelt(own, known), ...missing(own, known), ...unknownMatters(own, known)];

type Cites = { readonly clauses: readonly string[]; readonly title?: string | undefined };

/** A section's entries with the clauses they rest on. */
function entries(pack: Pack, section: string): Record<string, Cites> {
  if (section !== 'decisions') return (pack.rules as Record<string, Record<string, Cites>>)[section] ?? {};
  return Object.fromEntries(Object.entries(pack.decisions).map(([id, { name, rules }]) => [id, { title: name, clauses: [...new Set(rules.flatMap(({ clauses }) => clauses))] }]));
}

const misspelt = (own: Pack, known: Pack): Found[] => (Object.keys(knownNames) as NamedSection[]).flatMap((section) => {
  const names: readonly string[] = knownNames[section];
  const there = entries(known, section);
  return Object.entries(entries(own, section)).filter(([id]) => !names.includes(id)).flatMap(([id, { clauses, title }]): Found[] => {
    const meant = names.find((name) => !Object.hasOwn(there, name) && alike(id, name));
    return meant === undefined ? [] : [{ id: `unknown-name:${section}/${id}`, kind: 'unknown-name', severity: 'warning', clauses, message: `“${title ?? id}”的编号 ${section}/${id} 没有一处使用，是否应为 ${meant}` }];
  });
});

const missing = (own: Pack, known: Pack): Found[] => neededWith.flatMap(({ when, needs, or }): Found[] => {
  const at = (path: string): Cites | undefined => { const [section = '', id = ''] = path.split('/'); const there = entries(known, section); return Object.hasOwn(there, id) ? there[id] : undefined; };
  const [section = '', id = ''] = when.split('/');
  const named = Object.hasOwn(entries(own, section), id) ? at(when) : undefined;
  const lacking = named ? needs.filter((path) => !at(path)) : [];
  return named && lacking.length > 0 ? [{ id: `missing-name:${when}`, kind: 'missing-name', severity: 'warning', clauses: named.clauses, message: `有 ${when} 而没有 ${lacking.join('、')}：${or}` }] : [];
});

/** A value that names a matter which none of the laws behind it has. Without law nothing can be said. */
function unknownMatters(own: Pack, known: Pack): Found[] {
  if (!known.laws?.length) return [];
  const matters = new Set(lawSections.flatMap((section) => boundsOf(known, section).map(({ id }) => id)));
  return Object.entries(own.rules).flatMap(([section, all]) => Object.entries(all as Record<string, Cites & { matter?: string | undefined }>).filter(([, { matter }]) => matter !== undefined && !matters.has(matter))
    .map(([id, { title, clauses, matter }]): Found => ({ id: `unknown-name:${section}/${id}/matter`, kind: 'unknown-name', severity: 'warning', clauses, message: `“${title ?? id}”写明受上位法的 ${matter ?? ''} 约束，所依的上位法中没有这一条` })));
}

const most = 2;
/** Two names that a slip of the hand apart could be one: up to two letters changed, left out or put in. */
function alike(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > most || Math.min(a.length, b.length) <= 2 * most) return false;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    row = row.reduce<number[]>((next, above, j) => [...next, j === 0 ? i : Math.min(above + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1))], []);
  }
  return (row[b.length] ?? most + 1) <= most;
}
