import { packsIn } from '../verify/policy.check.js';
import type { Contents } from '../verify/contents.js';

/** What a story takes from the packs of a bundle: the words of their clauses, and what they call their stages, duties and forms. */
export interface PackWords { quotes: ReadonlyMap<string, string>; titles: ReadonlyMap<string, string> }

/** The words of every clause that the packs and certificates of a bundle know, and the titles of the packs' stages, duties and forms. */
export async function packWordsIn(contents: Contents): Promise<PackWords> {
  const packs = [...(await packsIn(contents)).values()];
  const quoted = packs.flatMap(({ clauses }) => Object.entries(clauses).map(([id, { quote }]) => [id, quote] as const));
  const cited = contents.certificates.flatMap(({ certificate }) => certificate.clauses.map(({ id, quote }) => [id, quote] as const));
  const stages = packs.flatMap(({ campaign }) => campaign?.stages ?? []);
  const forms = packs.flatMap((pack) => Object.entries(pack.forms).map(([id, { title }]) => [id, title] as const));
  return { quotes: new Map([...cited, ...quoted]), titles: new Map([...forms, ...[...stages, ...stages.flatMap(({ duties }) => duties)].map(({ id, title }) => [id, title] as const)]) };
}
