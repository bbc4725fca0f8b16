import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { newId } from '@zhijian/contracts';
import type { QualityControlActivities } from '@zhijian/contracts/activities';
import { colourPublished, institutionRegistered, noticeFinished, noticePosted, type InstitutionRef } from '@zhijian/contracts/facts';
import { qualityControl as http, type AnswerOf } from '@zhijian/contracts/http';
import { workflowIds } from '@zhijian/contracts/workflows';
import { builtInPacks, creditCodeOf, Packs } from '@zhijian/policy';
import type { PackShelf } from '@zhijian/service-kit';
import type { Principal } from '@zhijian/access';
import { aFact, aPrincipal, asStepOf, testDatabase, testRoom, type TestDatabase, type TestRoom } from '@zhijian/testing';
import { qualityControlActivities } from '../activities.js';
import { room as description } from '../room.js';
import { ColourSteps } from './colour-steps.service.js';

export const place = '500000';
export const pack = 'chongqing/colour-2024';
export type Kind = InstitutionRef['kind'];
const districts = ['500101', '500102'];
/** An officer of the city commission, with all below it. */
export const officer = (id: string, role: 'city' | 'approver' | 'quality-centre' = 'city'): Principal => ({ ...aPrincipal(role, place, undefined, id), places: [place, ...districts].map((code) => ({ code })) });
export const shi = officer('shi');
export const pizhun = officer('pizhun', 'approver');
export const xian = aPrincipal('county', '500101', undefined, 'xian');
export const stranger = aPrincipal('city', '510000', undefined, 'elsewhere');
export const auditor = aPrincipal('auditor', '110000');

export type City = TestRoom & { database: TestDatabase; activities: ReturnType<typeof orders> };
let codes = 0;

/** The packs of the house, and the scheme and the indicators of an invented place by which results and scores were given. */
export const shelf = (...more: string[]): PackShelf => new Packs([...more, ...['../comparison/packs.fixture', '../correction/packs.fixture'].map((folder) => fileURLToPath(new URL(folder, import.meta.url))), builtInPacks]);

/** The room with a city of two districts; what other rooms would say is said by the test. @param morePacks folders of further packs */
export async function theCity(at = '2025-03-03T09:00:00+08:00', ...morePacks: string[]): Promise<City> {
  const database = await testDatabase();
  const room = await testRoom(description, { database, at, packs: shelf(...morePacks) });
  for (const code of [place, ...districts]) await database.query('quality_control', 'insert into jurisdiction_closure_ref (ancestor, descendant, from_on) values ($1, $2, $3)', [place, code, '2000-01-01']);
  for (const column of ['comparison_round', 'comparison_result', 'evaluation', 'evaluation_revision', 'evaluation_plan']) room.byHand.add(column);
  return { ...room, database, activities: orders(room), stop: async () => { try { await room.stop(); } finally { await database.drop(); } } };
}

/** A step as the workflow of the run orders it. */
const orders = (room: TestRoom) => <K extends keyof QualityControlActivities>(order: K, run: { runId: string; year: number }): Promise<Awaited<ReturnType<QualityControlActivities[K]>>> => {
  const serve = qualityControlActivities(room.app.get(ColourSteps))[order] as (asked: { runId: string; jurisdiction: string }) => Promise<Awaited<ReturnType<QualityControlActivities[K]>>>;
  return asStepOf(workflowIds.colour(place, run.year), newId(), newId())(() => serve({ runId: run.runId, jurisdiction: place }));
};

/** An invented body as the register states it; one of occupational health services of the first district when nothing else is said. */
export async function aBody(room: TestRoom, more: Partial<InstitutionRef> & { kinds?: Kind[] } = {}): Promise<string> {
  codes += 1;
  const { kinds, ...change } = more;
  const kind = kinds?.[0] ?? 'occupational-health-service';
  const data: InstitutionRef = {
    institutionId: `body-${String(codes).padStart(4, '0')}`, creditCode: creditCodeOf(`91500101${String(codes).padStart(9, '0')}`), name: `示例技术服务机构 ${String(codes).padStart(2, '0')}`, kind, jurisdiction: '500101', address: `示例路${codes}号`, contactPost: null, invented: true,
    filing: { number: null, filedOn: '2020-05-06', filedIn: place, categories: [], items: [], outreach: false, closedOn: null }, revision: 1,
    ...(kinds ? { lines: kinds.map((one) => ({ kind: one, number: null, issuer: '示例发证机关', from: '2020-05-06', to: null })) } : {}), ...change,
  };
  await room.hear(aFact(institutionRegistered, data.institutionId, data, { jurisdiction: data.jurisdiction }));
  return data.institutionId;
}

/** A signed score of a year; null: no service that year. */
export async function aScore({ database }: City, institutionId: string, year: number, score: string | null, line: Kind = 'occupational-health-service'): Promise<void> {
  const planId = `plan-${year}-${line}`;
  await database.query('quality_control', `insert into evaluation_plan (id, jurisdiction, concerns, year, line, set_id, title, pack, pack_version, pack_hash, opened_at, opened_by)
    values ($1, $2, $3, $4, $5, 'quality', '示例质量指标', 'testland/indicators-2024', 1, 'h', now(), 'x') on conflict do nothing`, [planId, place, [place, ...districts], year, line]);
  const id = `score-${institutionId}-${year}-${line}`;
  await database.query('quality_control', `insert into evaluation (id, plan_id, institution_id, jurisdiction, home, line, year, state, served, entries, score, missing, scorers, scored_by, revision)
    values ($1, $2, $3, $4, '500101', $5, $6, 'signed', $7, '[]', $8, 0, '{x}', 'x', 1) on conflict (id) do update set served = excluded.served, score = excluded.score, revision = evaluation.revision + 1`, [id, planId, institutionId, place, line, year, score !== null, score]);
  await database.query('quality_control', `insert into evaluation_revision (evaluation_id, revision, served, score, because, at, by_account, certificate_id)
    select id, revision, served, score, 'signed', now(), 'x', 'x' from evaluation where id = $1`, [id]);
}

/** The comprehensive result of a year's comparison, in the city's own round or another's; null: undetermined, for a reason. */
export async function aResult({ database }: City, institutionId: string, year: number, result: string | null, { line = 'occupational-health-service', reason = null as string | null, by = place, scheme = 'occupational' } = {}): Promise<void> {
  const roundId = ['round', year, line, ...(by === place ? [] : [by]), ...(scheme === 'occupational' ? [] : [scheme])].join('-');
  await database.query('quality_control', `insert into comparison_round (id, jurisdiction, concerns, pack, pack_version, pack_hash, scheme, line, year, title, state, submit_by, planned_at, planned_by)
    values ($1, $2, $3, 'testland/comparison-2024', 1, 'h', $6, $4, $5, '示例比对', 'evaluated', '2024-06-30', now(), 'x') on conflict do nothing`, [roundId, by, by === place ? [place, ...districts] : [by], line, year, scheme]);
  await database.query('quality_control', `insert into comparison_participant (round_id, institution_id, jurisdiction, home, obliged, added_at) values ($1, $2, $3, '500101', true, now()) on conflict do nothing`, [roundId, institutionId, by]);
  await database.query('quality_control', `insert into comparison_result (round_id, institution_id, revision, jurisdiction, home, line, year, code, state, results, scores, inputs, result, reason, clauses, because, certificate_id, decided_at, decided_by)
    select $1, $2, 1 + count(*)::int, $3, '500101', $4, $5, $2, 'reported', '{}', '{}', '{}', $6, $7, '{}', 'evaluation', gen_random_uuid(), now(), 'x' from comparison_result where round_id = $1 and institution_id = $2`, [roundId, institutionId, by, line, year, result, reason]);
}

/** A body with a score and a result of one year. */
export async function aColoured(city: City, score: string | null, result: string, { year = 2024, ...more }: Parameters<typeof aBody>[1] & { year?: number } = {}): Promise<string> {
  const id = await aBody(city, more);
  await aScore(city, id, year, score);
  await aResult(city, id, year, result);
  return id;
}

export type Detail = AnswerOf<typeof http.getColourRun>;

/** Opens a year's run and has the workflow's first step done. */
export async function anOpenRun(city: City, year = 2025, by = pack): Promise<Detail> {
  const { status, body } = await city.call(http.openColourRun, { as: shi, body: { year, pack: by } });
  if (status !== 201) throw new Error(JSON.stringify(body));
  await city.activities('proposeColours', { runId: body.runId, year });
  return detailOf(city, body.runId);
}
export const detailOf = async (city: City, runId: string): Promise<Detail> => (await city.call(http.getColourRun, { as: shi, params: { runId } })).body;
export const bodiesOf = async (city: City, runId: string, query: Record<string, string> = {}) => (await city.call(http.listColoured, { as: shi, params: { runId }, query: { limit: 500, ...query } })).body.items;
export const sign = (city: City, { runId, digest }: Pick<Detail, 'runId' | 'digest'>, as = pizhun) => city.call(http.signColours, { as, params: { runId }, body: { digest: digest ?? '' } });

/** A signed run of a year. */
export async function aSignedRun(city: City, year = 2025, by = pack): Promise<Detail> {
  const run = await anOpenRun(city, year, by);
  const { status, body, problem } = await sign(city, run);
  if (status !== 201) throw new Error(JSON.stringify(problem));
  return body;
}

const policy = { pack, version: 1, clauses: ['CQ-2024-08'] };
/** What publication would say: a notice of the run posted and ended, each signed body published as it stands. */
export async function published(city: City, { runId, year }: Pick<Detail, 'runId' | 'year'>, on = `${year}-03-12`, only?: readonly string[], erratum = false): Promise<void> {
  const noticeId = newId();
  const ofNotice = { noticeId, runId, jurisdiction: place, year };
  const bodies = (await bodiesOf(city, runId, { state: 'signed' })).filter(({ institutionId }) => only?.includes(institutionId) ?? true);
  await city.hear(aFact(noticePosted, place, { ...ofNotice, postedOn: `${year}-03-04`, lastDay: `${year}-03-11`, until: `${year}-03-12T00:00:00.000+08:00`, entries: bodies.length, because: erratum ? 'correction' : 'run', policy, calendar: 'c' }));
  for (const body of bodies) {
    const { institutionId, revision, colour } = body;
    await city.hear(aFact(colourPublished, institutionId, {
      ...ofNotice, institutionId, revision: revision!, colour: colour!, before: erratum ? body.published?.colour ?? null : null, erratum, publishedOn: on, publishedAt: `${on}T00:00:01.000+08:00`, site: 'portal', address: `/notices/${noticeId}`,
      proofSha256: createHash('sha256').update(institutionId).digest('hex'), policy,
    }, { jurisdiction: place, actor: `workflow:notice/${noticeId}` }));
  }
  await city.hear(aFact(noticeFinished, place, { ...ofNotice, published: bodies.length, waiting: 0, policy }));
}
