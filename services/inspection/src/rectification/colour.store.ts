import type { Fact, FactKind } from '@zhijian/contracts';
import type { colourPublished, colourRunOpened, colourWithdrawn } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';

type DataOf<K> = K extends FactKind<infer T> ? T : never;
export type Published = Fact<DataOf<typeof colourPublished>>;
export type Withdrawn = Fact<DataOf<typeof colourWithdrawn>>;
export type Opened = Fact<DataOf<typeof colourRunOpened>>;

/** A year of colours, with the pack it goes by; run null: nobody has opened its colouring, it goes by the year before. */
export interface ColourYear { jurisdiction: string; year: number; runId: string | null; pack: string; version: number }

/** What is known of a body in this room. */
export interface Body { name: string; place: string }

/**
 * The year begins to be known by its run, by the first colour of it that is heard, or by the turn of the year (without a run; the
 * run that comes later brings its pack). @returns whether it has become known by this
 */
export async function keepYear(tx: Tx, { jurisdiction, year, runId, policy }: { jurisdiction: string; year: number; runId: string | null; policy: { pack: string; version: number } }): Promise<boolean> {
  const [known] = await tx.query<{ begun: boolean }>( // a year that is known already is neither written nor locked: each of its colours asks
    `with opened as (update colour_year set run_id = $3, pack = $4, pack_version = $5 where jurisdiction = $1 and year = $2 and run_id is null and $3::text is not null returning 1),
          added as (insert into colour_year (jurisdiction, year, run_id, pack, pack_version) values ($1, $2, $3, $4, $5) on conflict do nothing returning 1)
     select exists (select 1 from opened) or exists (select 1 from added) as begun`, [jurisdiction, year, runId, policy.pack, policy.version]);
  return known!.begun;
}

/** Keeps what was heard of a body's colour. @returns whether it is the latest; an older revision changes nothing */
export async function keepColour(tx: Tx, fact: Published | Withdrawn): Promise<boolean> {
  const { data } = fact;
  const published = 'colour' in data ? data : null;
  await tx.execute(
    `insert into colour_entry (fact_id, notice_id, institution_id, jurisdiction, year, revision, colour, before, erratum, published_on, address, reason, heard_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing`,
    [fact.id, data.noticeId, data.institutionId, data.jurisdiction, data.year, data.revision, published?.colour ?? null, data.before, published?.erratum ?? false, published?.publishedOn ?? null, published?.address ?? null, 'reason' in data ? data.reason : null, tx.now]);
  const newest = await tx.execute(
    `insert into colour_ref (institution_id, jurisdiction, year, revision, colour, published_on) values ($1, $2, $3, $4, $5, $6)
     on conflict (institution_id, jurisdiction, year) do update set revision = excluded.revision, colour = excluded.colour, published_on = excluded.published_on where colour_ref.revision <= excluded.revision`,
    [data.institutionId, data.jurisdiction, data.year, data.revision, published?.colour ?? null, published?.publishedOn ?? null]);
  return newest > 0;
}

export async function yearOf(tx: Tx, jurisdiction: string, year: number): Promise<ColourYear | undefined> {
  const [found] = await tx.query<ColourYear>('select jurisdiction, year, run_id as "runId", pack, pack_version as version from colour_year where jurisdiction = $1 and year = $2', [jurisdiction, year]);
  return found;
}

/** Name and home of a body; its fact may come after its colour, and then the step is tried again. @throws when it is not known yet */
export async function bodyOf(tx: Tx, institutionId: string): Promise<Body> {
  const [found] = await tx.query<Body>('select name, jurisdiction as place from institution_ref where institution_id = $1', [institutionId]);
  if (!found) throw new Error('the institution has not arrived yet');
  return found;
}

/** Of how many bodies a notice has been heard: their colours, and those it left without one. As publication counts what it stated. */
export async function heardOf(tx: Tx, noticeId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>('select count(distinct institution_id)::int as count from colour_entry where notice_id = $1', [noticeId]);
  return row?.count ?? 0;
}
