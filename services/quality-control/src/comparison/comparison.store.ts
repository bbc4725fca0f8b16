import { schemeOf, type AssignedValue, type Entrant, type NotAssigned, type Pack, type Scheme } from '@zhijian/policy';
import { notFound, type PackShelf } from '@zhijian/service-kit';
import type { RoundState, Sealed } from './comparison.rules.js';
import { standingOf, type Submitted } from './standing.rules.js';

export interface Sql { query<T>(sql: string, parameters?: unknown[]): Promise<T[]> }

/** A row of `comparison_round`. */
export interface RoundRow {
  id: string; jurisdiction: string; concerns: string[]; pack: string; packVersion: number; scheme: string; line: Scheme['line']; year: number; title: string; state: RoundState; submitBy: string; partDays: Record<string, string>;
  plannedAt: string; openedAt: string | null; seal: Sealed | null; sealSalt: string | null; sealSha256: string | null; assigned: Record<string, AssignedValue | NotAssigned> | null; setAside: Record<string, string>; figures: Figures | null; counts: unknown;
  evaluatedAt: string | null; uncoveredAt: string | null; version: number;
}
/** All laboratories' values and scores by measurand, sorted, without whose they are. */
export type Figures = Record<string, { values: string[]; scores: string[] }>;
/** A round with what it goes by. */
export interface Round { readonly row: RoundRow; readonly pack: Pack; readonly scheme: Scheme }

const columns = `r.id, r.jurisdiction, r.concerns, r.pack, r.pack_version as "packVersion", r.scheme, r.line, r.year, r.title, r.state, r.submit_by::text as "submitBy", r.part_days as "partDays",
  r.planned_at as "plannedAt", r.opened_at as "openedAt", r.seal, r.seal_salt as "sealSalt", r.seal_sha256 as "sealSha256", r.assigned, r.set_aside as "setAside", r.figures, r.counts, r.evaluated_at as "evaluatedAt",
  (select min(d.disclosed_at) from comparison_disclosure d where d.round_id = r.id) as "uncoveredAt", r.version`;

/** @throws notFound where there is no such round, or none that whoever asks may see */
export async function roundOf(sql: Sql, packs: PackShelf, roundId: string): Promise<Round> {
  const [row] = await sql.query<RoundRow>(`select ${columns} from comparison_round r where r.id = $1`, [roundId]);
  if (!row) throw notFound('这轮比对');
  return withPack(packs, row);
}

export async function withPack(packs: PackShelf, row: RoundRow): Promise<Round> {
  const pack = await packs.get(`${row.pack}@${row.packVersion}`);
  return { row, pack, scheme: schemeOf(pack, row.scheme)!.value };
}

export interface RoundFilter { year: number | null; line: string | null; state: string | null; cursor: string | null; limit: number }
export const roundsOf = (sql: Sql, { year, line, state, cursor, limit }: RoundFilter): Promise<RoundRow[]> => sql.query<RoundRow>(
  `select ${columns} from comparison_round r where ($1::int is null or r.year = $1) and ($2::text is null or r.line = $2) and ($3::text is null or r.state = $3) and ($4::text is null or r.id < $4) order by r.id desc limit $5`,
  [year, line, state, cursor, limit]);

/** Somebody in a round: what was sent, reported and decided. */
export interface ParticipantRow {
  institutionId: string; name: string; home: string; invented: boolean; obliged: boolean; because: string | null; code: string | null; sentOn: string | null; receivedOn: string | null; intact: boolean | null; receiptRemark: string;
  withdrawnAt: string | null; excusedAt: string | null; submitted: Submitted[] | null; result: string | null; reason: string | null; revision: number;
}
const participantColumns = `p.institution_id as "institutionId", coalesce(i.name, p.institution_id) as name, p.home, coalesce(i.invented, false) as invented, p.obliged, p.because, p.code, p.sent_on::text as "sentOn", p.received_on::text as "receivedOn", p.intact, coalesce(p.receipt_remark, '') as "receiptRemark",
  p.withdrawn_at as "withdrawnAt", p.excused_at as "excusedAt",
  (select jsonb_agg(jsonb_build_object('id', s.id, 'sequence', s.sequence, 'results', s.results, 'late', s.late) order by s.sequence) from comparison_submission s where s.round_id = p.round_id and s.institution_id = p.institution_id) as submitted,
  c.result, c.reason, coalesce(c.revision, 0) as revision`;
const participants = `from comparison_participant p left join institution_ref i on i.id = p.institution_id
  left join lateral (select result, reason, revision from comparison_result c where c.round_id = p.round_id and c.institution_id = p.institution_id order by revision desc limit 1) c on true where p.round_id = $1`;

export const participantsOf = (sql: Sql, roundId: string): Promise<ParticipantRow[]> => sql.query<ParticipantRow>(`select ${participantColumns} ${participants} order by p.institution_id`, [roundId]);

export const participantOf = async (sql: Sql, roundId: string, institutionId: string): Promise<ParticipantRow | undefined> =>
  (await sql.query<ParticipantRow>(`select ${participantColumns} ${participants} and p.institution_id = $2`, [roundId, institutionId]))[0];

export const participantByCode = async (sql: Sql, roundId: string, code: string): Promise<ParticipantRow | undefined> =>
  (await sql.query<ParticipantRow>(`select ${participantColumns} ${participants} and p.code = $2`, [roundId, code]))[0];

/** As the evaluation takes somebody: by code, without who it is. Whoever is excused is none. */
export const entrantOf = (scheme: Scheme, row: Pick<ParticipantRow, 'code' | 'institutionId' | 'withdrawnAt' | 'submitted'>): Entrant => {
  const { state, results } = standingOf(scheme.measurands, row.submitted ?? []);
  return { id: row.institutionId, state: row.withdrawnAt ? 'withdrawn' : state, results: row.withdrawnAt ? {} : results };
};
export const entrantsOf = (scheme: Scheme, rows: readonly ParticipantRow[]): Entrant[] => rows.filter(({ excusedAt }) => !excusedAt).map((row) => entrantOf(scheme, row));

/** A row of `comparison_result`. */
export interface ResultRow {
  institutionId: string; revision: number; code: string; state: Entrant['state']; results: Entrant['results']; scores: Record<string, { score: string | null; verdict: 'satisfactory' | 'questionable' | 'unsatisfactory' | null; missing?: string }>; inputs: Record<string, number | null>;
  result: string | null; reason: string | null; unrated: 'absent' | 'late' | 'withdrawn' | 'partial' | null; clauses: string[]; because: 'evaluation' | 'correction'; certificateId: string; decidedAt: string; name: string;
}
const resultColumns = `c.institution_id as "institutionId", c.revision, c.code, c.state, c.results, c.scores, c.inputs, c.result, c.reason, c.unrated, c.clauses, c.because, c.certificate_id as "certificateId", c.decided_at as "decidedAt", coalesce(i.name, c.institution_id) as name`;

/** Results of a round as they stand, or of one body every revision, the latest first. */
export const resultsOfRound = (sql: Sql, roundId: string): Promise<ResultRow[]> => sql.query<ResultRow>(
  `select distinct on (c.institution_id) ${resultColumns} from comparison_result c left join institution_ref i on i.id = c.institution_id where c.round_id = $1 order by c.institution_id, c.revision desc`, [roundId]);
export const resultsOfBody = (sql: Sql, roundId: string, institutionId: string): Promise<ResultRow[]> => sql.query<ResultRow>(
  `select ${resultColumns} from comparison_result c left join institution_ref i on i.id = c.institution_id where c.round_id = $1 and c.institution_id = $2 order by c.revision desc`, [roundId, institutionId]);

/** A place and everything below it on a day. */
export const placesIn = async (sql: Sql, jurisdiction: string, day: string): Promise<string[]> => (await sql.query<{ place: string }>(
  `select $1::text as place union select descendant from jurisdiction_closure_ref where ancestor = $1 and from_on <= $2::date and (to_on is null or to_on >= $2::date) order by 1`, [jurisdiction, day])).map(({ place }) => place);

/** Who must take part: holds the line on the day, is not closed, and is at home in one of the places or serves there. */
export const obligedBodies = (sql: Sql, line: string, places: readonly string[], day: string): Promise<{ institutionId: string; home: string }[]> => sql.query(
  `select i.id as "institutionId", i.jurisdiction as home from institution_ref i
    where (i.jurisdiction = any($2) or i.serves && $2::text[]) and (i.closed_on is null or i.closed_on > $3::date)
      and exists (select 1 from jsonb_to_recordset(i.lines) as l(kind text, "from" date, "to" date) where l.kind = $1 and (l."from" is null or l."from" <= $3::date) and (l."to" is null or l."to" >= $3::date))
    order by i.id`, [line, [...places], day]);

export const bodyInRegister = async (sql: Sql, institutionId: string): Promise<{ home: string } | undefined> =>
  (await sql.query<{ home: string }>('select jurisdiction as home from institution_ref where id = $1', [institutionId]))[0];
