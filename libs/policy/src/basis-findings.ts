import { addDays } from '@zhijian/calendar';
import type { Found } from './finding.js';
import type { LawBehind } from './law.js';
import type { Act } from './law.schema.js';
import { actWords, meet } from './law.js';
import type { Pack } from './pack.js';
import type { Basis } from './pack.schema.js';

interface Known { readonly act: Act; readonly next: Act | undefined; readonly ended: readonly string[]; readonly words: string }

/** What the law behind says of an act that is named by its number, where it is certain which one is meant. */
function knownBy(number: string | undefined, laws: readonly LawBehind[], on: { from?: string | undefined; to?: string | undefined }): Known | undefined {
  const found = laws.flatMap(({ law, clauses }) => Object.values(law.acts).filter((act) => act.number === number && meet(act, on)).map((act): Known => {
    const ended = act.ended ?? [];
    return { act, next: act.replacedBy === undefined ? undefined : law.acts[act.replacedBy], ended, words: ended.map((id) => clauses[id]?.quote ?? '').join('') };
  }));
  return number === undefined || found.length !== 1 ? undefined : found[0];
}

/** Law that lapses or was amended while the pack is in force, as the law behind says or, where that is silent, the pack itself; and where the two differ. */
export const basisFindings = ({ basis, inForce }: Pack, laws: readonly LawBehind[] = []): Found[] => basis.flatMap((it) => {
  const known = knownBy(it.number, laws, it);
  const to = known ? known.act.to : it.to;
  const next = known ? known.next : basis.find(({ id }) => id === it.replacedBy);
  const lapsed: Found[] = !to || to >= (inForce.to ?? '9999') ? [] : [{
    id: `superseded:${it.id}`, kind: 'superseded', severity: 'warning', clauses: [...it.clauses, ...(known?.ended ?? [])], follows: it.reading, ...(known?.words && { quote: known.words }),
    message: `所依据的${actWords(it)}自 ${addDays(to, 1)} 起不再适用${next ? `，由${actWords(next)}取代` : ''}`,
  }];
  return [...lapsed, ...(known ? otherDates(it, known) : [])];
});

/** Days that the pack writes for an act and the law behind does not have. */
function otherDates(it: Basis, { act, ended, words }: Known): Found[] {
  const apart = ([['起', it.from, act.from], ['止', it.to, act.to]] as const).filter(([, mine, theirs]) => mine !== undefined && mine !== theirs);
  return apart.length === 0 ? [] : [{
    id: `against-law:basis/${it.id}`, kind: 'against-law', severity: 'warning', clauses: [...it.clauses, ...ended], ...(words && { quote: words }),
    message: `${actWords(it)}的${apart.map(([edge, mine, theirs]) => `${edge}日写作 ${mine}，上位法为 ${theirs ?? '未定'}`).join('，')}`,
  }];
}

/** Clauses whose words name an act by its number that no longer holds, or ceases to while the pack is in force, and for which the pack writes no basis. */
export const lapsedByName = ({ basis, clauses, inForce }: Pack, laws: readonly LawBehind[] = []): Found[] => laws.flatMap(({ name, law, clauses: words }) => Object.entries(law.acts).flatMap(([id, { number, to, ended = [], title }]): Found[] => {
  if (!number || !to || to >= (inForce.to ?? '9999') || basis.some((it) => it.number === number)) return [];
  const naming = Object.entries(clauses).filter(([, { quote }]) => bare(quote).includes(bare(number)));
  return naming.length === 0 ? [] : [{
    id: `superseded:${name}/${id}`, kind: 'superseded', severity: 'warning', clauses: [...naming.map(([clause]) => clause), ...ended], quote: [...naming.map(([, { quote }]) => quote), ...ended.map((clause) => words[clause]?.quote ?? '')].join(' … '),
    message: `原文所引的${actWords({ title, number })}自 ${addDays(to, 1)} 起不再适用，依据（basis）中没有写明`,
  }];
}));

const bare = (text: string): string => text.replace(/\s+/gu, '');
