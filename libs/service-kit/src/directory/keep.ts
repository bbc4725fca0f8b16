import type { Fact } from '@zhijian/contracts';
import { agencyChanged, appointmentChanged, jurisdictionChanged, personDisabled, personEnabled, personRegistered } from '@zhijian/contracts/facts';
import type { Handlers } from '@zhijian/messaging';
import type { Tx } from '@zhijian/persistence';
import type { z } from 'zod';
import { handOver } from '../task/hand-over.js';

type Of<Kind extends { data: z.ZodType }> = z.infer<Kind['data']>;
const epoch = 'update directory_epoch set epoch = epoch + 1';

/** Paths upward from the areas of `$1`: each pair for the time in which all steps between held. */
const closure = `with recursive up as (
    select parent as ancestor, child as descendant, from_on, to_on, 1 as steps from jurisdiction_edge_ref where child = any($1)
    union
    select e.parent, up.descendant, greatest(e.from_on, up.from_on), least(e.to_on, up.to_on), up.steps + 1
      from up join jurisdiction_edge_ref e on e.child = up.ancestor
     where up.steps < 8 and greatest(e.from_on, up.from_on) <= coalesce(least(e.to_on, up.to_on), 'infinity')),
  pairs as (
    select ancestor, descendant, from_on, to_on from up where ancestor <> descendant
    union all select id, id, from_on, to_on from jurisdiction_ref where id = any($1))
  insert into jurisdiction_closure_ref (ancestor, descendant, from_on, to_on)
  select ancestor, descendant, from_on, nullif(max(coalesce(to_on, 'infinity')), 'infinity') from pairs group by ancestor, descendant, from_on`;

async function keepJurisdiction({ data }: Fact<Of<typeof jurisdictionChanged>>, tx: Tx): Promise<void> {
  const { jurisdictionId: id, code, name, level, from, to, mergedInto, parents, version } = data;
  await tx.query(epoch); // taken first: changes of the tree come one after the other
  const newer = await tx.execute(
    `insert into jurisdiction_ref (id, code, name, level, from_on, to_on, merged_into, version) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (id) do update set code = $2, name = $3, level = $4, from_on = $5, to_on = $6, merged_into = $7, version = $8 where jurisdiction_ref.version < $8`,
    [id, code, name, level, from, to, mergedInto, version]);
  if (newer === 0) return;
  await tx.execute('delete from jurisdiction_edge_ref where child = $1', [id]);
  await tx.execute(`insert into jurisdiction_edge_ref (child, parent, from_on, to_on) select $1, p.parent, p."from", p."to" from jsonb_to_recordset($2::jsonb) as p(parent text, "from" date, "to" date)`, [id, JSON.stringify(parents)]);
  const under = await tx.query<{ id: string }>(`with recursive under(id) as (select $1::text union select e.child from under join jurisdiction_edge_ref e on e.parent = under.id) select id from under`, [id]);
  const ids = under.map((row) => row.id);
  await tx.execute('delete from jurisdiction_closure_ref where descendant = any($1)', [ids]);
  await tx.execute(closure, [ids]);
}

async function keepAgency({ data }: Fact<Of<typeof agencyChanged>>, tx: Tx): Promise<void> {
  tx.write(
    `insert into agency_ref (id, name, kind, jurisdiction, from_on, to_on, delegated, version) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (id) do update set name = $2, kind = $3, jurisdiction = $4, from_on = $5, to_on = $6, delegated = $7, version = $8 where agency_ref.version < $8`,
    [data.agencyId, data.name, data.kind, data.jurisdictionId, data.from, data.to, JSON.stringify(data.delegated), data.version]);
  await tx.query(epoch);
}

async function keepPerson({ data: { personId, accounts, state, version, handedTo = [] } }: Fact<Of<typeof personRegistered>>, tx: Tx): Promise<void> {
  const newer = await tx.execute(`insert into person_ref (id, state, version) values ($1, $2, $3) on conflict (id) do update set state = $2, version = $3 where person_ref.version < $3`, [personId, state, version]);
  if (newer && state === 'disabled') await handOver(tx, personId, handedTo, true);
  tx.write('insert into account_ref (account, person_id) select unnest($1::text[]), $2 on conflict (account) do nothing', [accounts, personId]);
  await tx.query(epoch);
}

async function keepAppointment({ data }: Fact<Of<typeof appointmentChanged>>, tx: Tx): Promise<void> {
  const newer = await tx.execute(
    `insert into appointment_ref (id, person_id, role, agency_id, agency_kind, jurisdiction, institution_id, institution_name, from_on, to_on, delegated_from, state, handed_to, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (id) do update set to_on = $10, state = $12, handed_to = $13, version = $14 where appointment_ref.version < $14`,
    [data.appointmentId, data.personId, data.role, data.agencyId, data.agencyKind, data.jurisdictionId, data.institutionId, data.institutionName, data.from, data.to, data.delegatedFrom, data.state, data.handedTo?.personId ?? null, data.version]);
  if (newer && data.state === 'ended') await handOver(tx, data.personId, data.handedTo ? [{ jurisdictionId: data.jurisdictionId, ...data.handedTo }] : [], false);
  await tx.query(epoch);
}

/** What every room keeps of the gateway's facts: the newest version counts, in whatever order they come. */
export const directoryHandlers: Handlers = {
  [jurisdictionChanged.type]: keepJurisdiction, [agencyChanged.type]: keepAgency, [appointmentChanged.type]: keepAppointment,
  [personRegistered.type]: keepPerson, [personDisabled.type]: keepPerson, [personEnabled.type]: keepPerson,
};

/** The gateway's own copy, in the transaction that states the fact. */
export async function keepInDirectory(fact: Fact, tx: Tx): Promise<void> {
  await directoryHandlers[fact.type]?.(fact as Fact<never>, tx);
}
