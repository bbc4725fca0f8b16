import type { Refused } from '@zhijian/contracts';
import type { qualityControl as http } from '@zhijian/contracts/http';
import type { Tx } from '@zhijian/persistence';
import type { PackShelf } from '@zhijian/service-kit';
import { reviseResult, standingResult } from '../comparison/revision.js';
import { reviseScore, standingScore } from '../evaluation/evaluation.revision.js';

/** Whose input of which year, for the place that colours by it. */
export interface InputOf { readonly place: string; readonly institutionId: string; readonly line: string; readonly year: number }
export interface Corrected { readonly correctionId: string; readonly reason: string; readonly draftedBy: string }

/** Could the input be changed so? Asked of its keeper when a correction is drafted; nothing is written. */
export async function inputStands(tx: Tx, packs: PackShelf, of: InputOf, change: http.ColourChange): Promise<{ ok: true } | Refused> {
  if (change.kind === 'evaluation') return standingScore(tx, packs, { ...of, served: change.served, score: change.score });
  const found = await standingResult(tx, packs, tx.now.slice(0, 10), { ...of, result: change.result });
  return found.ok || !found.errors ? found : { ...found, errors: found.errors.map(({ path, message }) => ({ path: path.replace('/change/grade', '/change/result'), message })) };
}

/** Changes the input itself, by its keeper, in the transaction of the decision. */
export const reviseInput = (tx: Tx, packs: PackShelf, of: InputOf, change: http.ColourChange, why: Corrected): Promise<{ ok: true } | Refused> =>
  (change.kind === 'comparison' ? reviseResult(tx, packs, { ...of, result: change.result }, why) : reviseScore(tx, packs, { ...of, served: change.served, score: change.score }, why));
