import { decidedByPerson } from '@zhijian/audit/rules';
import { refuse, type Refused } from '@zhijian/contracts';
import { evaluationSigned } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';
import { indicatorsOf, totalFault, type Pack } from '@zhijian/policy';
import type { Reader } from './evaluation-plan.queries.js';

/** A signed score as it is to be from now on; `score` null: no service that year. */
export interface ScoreChange { readonly institutionId: string; readonly line: string; readonly year: number; readonly served: boolean; readonly score: string | null }
/** What the correction was, and who decided it beside whoever drafted it. */
export interface Corrected { readonly correctionId: string; readonly reason: string; readonly draftedBy: string }

export type RevisionRefusal = 'evaluation-unsigned' | 'evaluation-score-wrong' | 'evaluation-unchanged';
export const revisionSentences = {
  'evaluation-unsigned': '该机构 {year} 年度没有已审签的评分，无从更正',
  'evaluation-score-wrong': '更正后的评分有误：{why}',
  'evaluation-unchanged': '更正后的评分与原来的相同',
} satisfies Record<RevisionRefusal, string>;

/** The score that counts now. */
export interface StandingScore { readonly evaluationId: string; readonly revision: number; readonly score: string | null; readonly served: boolean; readonly pack: string; readonly packVersion: number; readonly setId: string; readonly jurisdiction: string }
type Packs = { get(name: string): Promise<Pack> };

/** What a change would take the place of; nothing is written. Refused: nothing signed, a score the set cannot give, no change. */
export async function standingScore(reader: Reader, packs: Packs, change: ScoreChange): Promise<{ ok: true; before: StandingScore } | Refused<RevisionRefusal>> {
  const [before] = await reader.query<StandingScore>(
    `select c.evaluation_id as "evaluationId", c.revision, c.score, c.served, p.pack, p.pack_version as "packVersion", p.set_id as "setId", p.jurisdiction
       from evaluation_current c join evaluation e on e.id = c.evaluation_id join evaluation_plan p on p.id = e.plan_id where c.institution_id = $1 and c.line = $2 and c.year = $3`, [change.institutionId, change.line, change.year]);
  if (!before) return refuse('evaluation-unsigned', [], { year: change.year });
  const set = indicatorsOf(await packs.get(`${before.pack}@${before.packVersion}`), before.setId)!;
  const wrong = change.served !== (change.score !== null) ? (change.served ? '未填写评分' : '当年未开展服务的，不填写评分') : change.score === null ? null : totalFault(set.value, change.score);
  if (wrong !== null) return refuse('evaluation-score-wrong', [...set.clauses], { why: wrong }, { errors: [{ path: '/change/score', message: wrong }] });
  return change.served === before.served && change.score === before.score ? refuse('evaluation-unchanged') : { ok: true, before };
}

/**
 * Writes a correction that two persons have decided as the next revision of a signed score, inside their transaction: row,
 * certificate, fact `evaluation-signed`.
 */
export async function reviseScore(tx: Tx, packs: Packs, change: ScoreChange, { correctionId, reason, draftedBy }: Corrected): Promise<{ ok: true; revision: number; certificateId: string } | Refused<RevisionRefusal>> {
  await tx.query('select 1 from evaluation where institution_id = $1 and line = $2 and year = $3 for update', [change.institutionId, change.line, change.year]);
  const found = await standingScore(tx, packs, change);
  if (!found.ok) return found;
  const { evaluationId, revision: last, score, served, pack: name, packVersion, setId, jurisdiction } = found.before;
  const pack = await packs.get(`${name}@${packVersion}`);
  const clauses = [...indicatorsOf(pack, setId)!.clauses];
  const revision = last + 1;
  tx.withhold([reason]);
  const { id } = tx.certify(decidedByPerson(pack, {
    kind: 'score', subject: evaluationId, about: [change.institutionId], jurisdiction, context: { line: change.line, year: change.year, revision, correction: correctionId }, clauses,
    inputs: { before: { served, score }, reason, draftedBy }, outcome: { served: change.served, score: change.score },
  }));
  await tx.execute(`insert into evaluation_revision (evaluation_id, revision, served, score, because, correction_id, at, by_account, certificate_id) values ($1, $2, $3, $4, 'correction', $5, $6, $7, $8)`,
    [evaluationId, revision, change.served, change.score, correctionId, tx.now, tx.by.actor, id]);
  await tx.execute('update evaluation set revision = $2, version = version + 1 where id = $1', [evaluationId, revision]);
  tx.fact(evaluationSigned, change.institutionId, { evaluationId, institutionId: change.institutionId, line: change.line as never, year: change.year, score: change.score, served: change.served, revision, policy: { pack: pack.id, version: pack.version, clauses } }, jurisdiction);
  tx.note('evaluation corrected', evaluationId, { pack: pack.id, version: pack.version, clauses }, { institution: change.institutionId, revision, correction: correctionId }, jurisdiction);
  return { ok: true, revision, certificateId: id };
}
