import { packsIn } from '../verify/policy.check.js';
import type { Contents } from '../verify/contents.js';

/** The words of every clause that the packs and certificates of a bundle know. */
export async function quotesIn(contents: Contents): Promise<Map<string, string>> {
  const packs = [...(await packsIn(contents)).values()].flatMap(({ clauses }) => Object.entries(clauses).map(([id, { quote }]) => [id, quote] as const));
  const cited = contents.certificates.flatMap(({ certificate }) => certificate.clauses.map(({ id, quote }) => [id, quote] as const));
  return new Map([...cited, ...packs]);
}
