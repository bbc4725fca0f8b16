import { decidedByPerson } from '@zhijian/audit/rules';
import { newId, type InstitutionKind } from '@zhijian/contracts';
import { filingRecorded, institutionRegistered } from '@zhijian/contracts/facts';
import type { BodyOf, qualification } from '@zhijian/contracts/http';
import type { Tx } from '@zhijian/persistence';
import { StaleWrite } from '@zhijian/persistence';
import type { Grounds } from '@zhijian/policy';
import type { ColourReference } from '../colour/colour.reference.js';
import { institutionsById, refOf, type Institution } from './institution.queries.js';

type Body = BodyOf<typeof qualification.registerInstitution>;
export type Registration = Omit<Body, 'serves'> & Partial<Pick<Body, 'serves'>>;
type Weighed = Awaited<ReturnType<ColourReference['weighed']>>;
/** On what filings of a kind rest today. */
export type FilingGrounds = (kind: InstitutionKind) => Promise<Grounds>;
export type FilingInput = BodyOf<typeof qualification.recordFiling>;

const insert = `with given as (
    select * from jsonb_to_recordset($1::jsonb) as r(id text, "creditCode" text, name text, kind text, jurisdiction text, address text, "contactPost" text,
      invented boolean, serves jsonb, "filingId" text, filing jsonb)),
  added as (
    insert into institution (id, credit_code, name, kind, jurisdiction, address, contact_post, invented, serves, registered_at)
    select id, "creditCode", name, kind, jurisdiction, address, "contactPost", invented, array(select jsonb_array_elements_text(coalesce(serves, '[]')) order by 1), $2::timestamptz from given
    on conflict (credit_code) do nothing returning id),
  filed as (
    insert into filing (id, institution_id, number, filed_on, filed_in, categories, items, outreach, recorded_at)
    select "filingId", id, filing->>'number', (filing->>'filedOn')::date, jurisdiction, filing->'categories', filing->'items', (filing->>'outreach')::boolean, $2::timestamptz
      from given join added using (id) where filing is not null)
  select id from added`;

/**
 * Registers institutions in one statement; those whose credit code is known already are left as they are.
 * States `institution-registered` and notes each. Answers the new ones.
 */
export async function registerAll(tx: Tx, registrations: readonly Registration[], grounds: FilingGrounds): Promise<Institution[]> {
  await shareUnits(tx, registrations.map(({ jurisdiction }) => jurisdiction));
  const rows = registrations.map((registration) => ({ ...registration, id: newId(), filingId: newId() }));
  const added = await tx.query<{ id: string }>(insert, [JSON.stringify(rows), tx.now]);
  const institutions = await institutionsById(tx, added.map(({ id }) => id));
  for (const [kind, alike] of Map.groupBy(institutions, (one) => one.kind)) certifyFilings(tx, alike, await grounds(kind));
  for (const institution of institutions) {
    tx.fact(institutionRegistered, institution.institutionId, refOf(institution), institution.jurisdiction);
    tx.note('institution registered', institution.institutionId);
  }
  return institutions;
}

/** What is filed from now on; those of one kind and place that came in together share a certificate. No contact post: it is nothing anybody decides by. */
function certifyFilings(tx: Tx, institutions: readonly Institution[], { pack, ...weighed }: Weighed): void {
  const filed = institutions.flatMap(({ institutionId, jurisdiction, filing }) => (filing ? [{ institutionId, jurisdiction, filing }] : []));
  for (const [jurisdiction, here] of Map.groupBy(filed, (one) => one.jurisdiction)) {
    tx.certify(decidedByPerson(pack, {
      kind: 'filing', ...weighed, subject: here.length === 1 ? here[0]!.institutionId : `register/${jurisdiction}`, about: here.map(({ institutionId }) => institutionId), jurisdiction,
      inputs: { filings: here.map(({ institutionId, filing }) => ({ institutionId, ...filing })) }, outcome: 'filed',
    }));
  }
}

/** The new filing becomes the present one; the one before is kept. Moves the revision on. `weighed`: what whoever decided bore in mind. */
export async function replaceFiling(tx: Tx, institution: Institution, filing: FilingInput, weighed: Weighed): Promise<Institution> {
  const id = institution.institutionId;
  await tx.execute('update filing set superseded_at = $2 where institution_id = $1 and superseded_at is null', [id, tx.now]);
  await tx.execute(
    `insert into filing (id, institution_id, number, filed_on, filed_in, categories, items, outreach, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [newId(), id, filing.number, filing.filedOn, institution.jurisdiction, JSON.stringify(filing.categories), JSON.stringify(filing.items), filing.outreach, tx.now]);
  await touch(tx, id, institution.version);
  const changed = await reread(tx, id);
  certifyFilings(tx, [changed], weighed);
  tx.fact(filingRecorded, id, refOf(changed), changed.jurisdiction);
  tx.note('filing recorded', id, null, { filedOn: filing.filedOn });
  return changed;
}

/** Moves version and revision on, if nobody changed the institution meanwhile. @throws StaleWrite */
export async function touch(tx: Tx, id: string, version: number, set: { address?: string | undefined; contactPost?: string | null | undefined } = {}): Promise<void> {
  const changed = await tx.execute(
    `update institution set version = version + 1, address = coalesce($3, address), contact_post = case when $5 then $4 else contact_post end where id = $1 and version = $2`,
    [id, version, set.address ?? null, set.contactPost ?? null, set.contactPost !== undefined]);
  if (changed !== 1) throw new StaleWrite();
}

/** The institution as it stands in this transaction. */
export async function reread(tx: Tx, id: string): Promise<Institution> {
  const [institution] = await institutionsById(tx, [id]);
  if (!institution) throw new Error(`institution ${id} is gone`);
  return institution;
}

/** The institution, its row held until the commit: changes of one institution wait for each other. */
export async function hold(tx: Tx, id: string): Promise<Institution> {
  await tx.query('select 1 from institution where id = $1 for update', [id]);
  return reread(tx, id);
}

/**
 * Changes of a unit's register go on side by side, but never beside the freezing of its roster: what commits before the
 * freeze is in it, what commits after sees the roster and amends it.
 */
export async function shareUnits(tx: Tx, units: readonly string[]): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock_shared(hashtext('roster/' || unit)) from unnest($1::text[]) as unit`, [[...new Set(units)].sort()]);
}

/** With the qualification its suspension is over too: nothing is left that could serve again. */
export const lapse = (tx: Tx, id: string, kind: InstitutionKind): Promise<number> =>
  tx.execute('update line_suspension set lapsed_at = $3 where institution_id = $1 and kind = $2 and resumed_on is null and lapsed_at is null', [id, kind, tx.now]);
