import { roundCounts, type RoundCounts } from '@zhijian/policy';
import type { PackShelf } from '@zhijian/service-kit';
import { resultsOfRound, roundOf, type Sql } from './comparison.store.js';
import { roundsThatCount } from './outcome.store.js';
import type { ResultChange } from './revision.js';

/** What a round has counted, in words, and what it would count. */
export interface CountChange { readonly roundId: string; readonly before: string; readonly after: string; readonly clauses: readonly string[] }

const inWords = (title: string, { grades, undetermined, passRate }: RoundCounts): string =>
  `${title}：${[...grades.map(({ grade, published }) => `${grade} ${published}`), ...(undetermined ? [`待核实 ${undetermined}`] : [])].join('、')}${passRate === null ? '' : `，合格率 ${passRate}%`}`;

/** The counts of every round a place's colour rests on, as one changed result would leave them; nothing is written. */
export async function countChanges(sql: Sql, packs: PackShelf, today: string, { place, institutionId, line, year, result }: ResultChange): Promise<CountChange[]> {
  const found: CountChange[] = [];
  for (const roundId of await roundsThatCount(sql, { place, year, today, of: { institutionId, line } })) {
    const { row, scheme } = await roundOf(sql, packs, roundId);
    const standing = await resultsOfRound(sql, roundId);
    const [before, after] = [standing, standing.map((one) => (one.institutionId === institutionId ? { ...one, result } : one))].map((results) => inWords(row.title, roundCounts(scheme, results))) as [string, string];
    if (before !== after) found.push({ roundId, before, after, clauses: scheme.clauses });
  }
  return found;
}
