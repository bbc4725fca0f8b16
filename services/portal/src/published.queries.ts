import type { LineEnd } from '@zhijian/contracts';
import type { Suspension } from '@zhijian/contracts/facts';
import type { AnswerOf, publication } from '@zhijian/contracts/http';
import type { PoolClient } from 'pg';

export type PublicInstitution = AnswerOf<typeof publication.searchPublic>['items'][number];
export type InFull = AnswerOf<typeof publication.getPublic>;
export type PublicColour = InFull['colours'][number];
export type PublicPenalty = InFull['penalties'][number];
export type PublicNotice = AnswerOf<typeof publication.listPublicNotices>['items'][number];
export type PublicEntry = AnswerOf<typeof publication.getPublicNotice>['items'][number];

/** Days that are left are of the day on which somebody asks. */
export type KeptNotice = Omit<PublicNotice, 'daysLeft' | 'workingDaysLeft'> & { counted: string[]; postedAt: string };
/** A qualification as publication keeps it; its state is of the day on which somebody asks. */
export interface LineRow { kind: string; number: string | null; issuer: string | null; from: string | null; to: string | null; ended: LineEnd | null; /** Absent in what was published before suspensions were. */ suspended?: Suspension | null; categories: string[]; items: string[] }
export interface RecordRow extends Omit<PublicInstitution, 'colour' | 'qualifications'> { lines: LineRow[] }
export interface PlaceRow { id: string; name: string }
export interface ColourRow extends Omit<PublicColour, 'content' | 'current'> { creditCode: string; name: string; kind: string; home: string; invented: boolean; content: string }
/** `key`: the case and which of its decisions. */
export interface PenaltyRow extends PublicPenalty { key: string }
export interface EntryRow extends Omit<PublicEntry, 'content'> { noticeId: string; home: string; content: string }

const day = (column: string): string => `to_char(${column}, 'YYYY-MM-DD')`;
const at = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export const recordColumns = `credit_code as "creditCode", name, kind, jurisdiction, address, categories, items, outreach, ${day('filed_on')} as "filedOn", ${day('filing_closed_on')} as "filingClosedOn", invented, lines, ${at('published_at')} as "publishedAt"`;
const colourColumns = `credit_code as "creditCode", name, kind, home, invented, jurisdiction, year, withdrawn, erratum, reason, content, ${day('published_on')} as "publishedOn", ${at('published_at')} as "publishedAt", site, address, proof_sha256 as "proofSha256", notice_id as "noticeId"`;
const noticeColumns = `notice_id as "noticeId", title, jurisdiction, year, because, state, ${at('posted_at')} as "postedAt", ${day('posted_on')} as "postedOn", ${day('last_day')} as "lastDay", ${at('until')} as until, entries, site, place, address, explanation, ${at('withdrawn_at')} as "withdrawnAt",
  withdrawn_reason as "withdrawnReason", document, clauses, pack, calendar, sha256, array(select d::text from unnest(counted) d order by d) as counted`;
const penaltyColumns = `case_id || '/' || first_revision as key, number, authority, ${day('decided_on')} as "decidedOn", credit_code as "creditCode", party, basis, coalesce(sanctions, '[]') as sanctions, jurisdiction, ${day('published_on')} as "publishedOn", invented, clauses,
  case when withdrawn then jsonb_build_object('ground', ground, 'changedOn', changed_on, 'document', document, 'reason', reason) end as withdrawn`;
const latestFirst = 'order by decided_on desc, case_id desc, first_revision desc';
const entryColumns = `notice_id as "noticeId", credit_code as "creditCode", name, kind, home, invented, state, objection, outcome, content`;

export interface Rows { records: RecordRow[]; colours: ColourRow[]; notices: KeptNotice[]; entries: EntryRow[]; places: PlaceRow[]; penalties: PenaltyRow[] }

/** Everything that is public, as of one instant. */
export async function everythingPublic(client: PoolClient): Promise<Rows & { version: string }> {
  const rows = async <T>(sql: string): Promise<T[]> => (await client.query(sql)).rows as T[];
  await client.query('begin isolation level repeatable read read only');
  try {
    const [state] = await rows<{ n: string }>('select n::text as n from publication.public_state');
    return {
      version: state!.n, records: await rows(`select ${recordColumns} from publication.public_institution`), colours: await rows(`select ${colourColumns} from publication.public_colour order by seq desc`),
      notices: await rows(`select ${noticeColumns} from publication.public_notice order by notice_id desc`), entries: await rows(`select ${entryColumns} from publication.public_notice_entry order by notice_id desc, name collate "C", credit_code`),
      places: await rows('select id, name from publication.public_place'), penalties: await rows(`select ${penaltyColumns} from publication.public_penalty ${latestFirst}`),
    };
  } finally {
    await client.query('commit');
  }
}

const end = (on: string): string => `(($${on}::date + 1)::timestamp at time zone 'Asia/Shanghai')`;
/** What stood there of a body at 24:00 of a day, in the latest revision of then; colours the latest first. */
export const recordAsOf = `select ${recordColumns} from publication.public_institution_revision where credit_code = $1 and published_at < ${end('2')} order by published_at desc, revision desc limit 1`;
export const coloursAsOf = `select ${colourColumns} from publication.public_colour where credit_code = $1 and published_at < ${end('2')} order by seq desc`;
/** What was published by then; of what has been taken back since nothing comes up again. */
export const penaltiesAsOf = `select ${penaltyColumns} from publication.public_penalty where credit_code = $1 and published_at < ${end('2')} ${latestFirst}`;
/** A list word for word, whose hash is told. */
export const snapshotBody = 'select body from publication.public_snapshot where notice_id = $1 and seq = $2';
export const snapshotsOf = `select seq, kind, ${at('taken_at')} as "takenAt", entries, sha256 from publication.public_snapshot where notice_id = $1 order by seq`;
