import type { FactKind } from '@zhijian/contracts';
import { agencyChanged, appointmentChanged, jurisdictionChanged, type personRegistered } from '@zhijian/contracts/facts';
import type { Tx } from '@zhijian/persistence';
import { keepInDirectory } from '@zhijian/service-kit/directory';

/** Days as they travel. */
export const day = (column: string): string => `to_char(${column}, 'YYYY-MM-DD')`;

async function state<T>(tx: Tx, kind: FactKind<T>, subject: string, data: T, jurisdiction: string): Promise<void> {
  await keepInDirectory(tx.fact(kind, subject, data, jurisdiction) as never, tx);
}

/** States an area as its rows now stand, to every room and to this one's own copy. */
export async function stateArea(tx: Tx, id: string): Promise<void> {
  const [row] = await tx.query<{ code: string | null; name: string; level: 'city'; from: string; to: string | null; mergedInto: string | null; parents: { parent: string; from: string; to: string | null }[]; version: number }>(
    `select code, name, level, ${day('from_on')} as "from", ${day('to_on')} as "to", merged_into as "mergedInto", version,
       coalesce((select jsonb_agg(jsonb_build_object('parent', parent, 'from', ${day('p.from_on')}, 'to', ${day('p.to_on')}) order by p.from_on) from jurisdiction_parent p where p.child = j.id), '[]') as parents
     from jurisdiction j where id = $1`, [id]);
  await state(tx, jurisdictionChanged, id, { jurisdictionId: id, ...row! }, id);
}

export async function stateAgency(tx: Tx, id: string): Promise<void> {
  const [row] = await tx.query<{ name: string; kind: 'commission'; jurisdictionId: string; from: string; to: string | null; delegated: { duty: string; toAgencyId: string; from: string; to: string | null }[]; version: number }>(
    `select name, kind, jurisdiction as "jurisdictionId", ${day('from_on')} as "from", ${day('to_on')} as "to", version,
       coalesce((select jsonb_agg(jsonb_build_object('duty', duty, 'toAgencyId', to_agency_id, 'from', ${day('d.from_on')}, 'to', ${day('d.to_on')}) order by d.from_on, d.id) from agency_delegation d where d.agency_id = a.id), '[]') as delegated
     from agency a where id = $1`, [id]);
  await state(tx, agencyChanged, id, { agencyId: id, ...row! }, row!.jurisdictionId);
}

/** Who takes over what somebody disabled leaves open in a place. */
export interface PersonHeir { jurisdictionId: string; personId: string; account: string | null; as: 'successor' | 'agency-head' }

export async function statePerson(tx: Tx, id: string, kind: typeof personRegistered, handedTo?: PersonHeir[]): Promise<void> {
  const [row] = await tx.query<{ state: 'active' | 'disabled'; accounts: string[]; version: number }>(
    'select state, version, (select array_agg(account order by account) from person_account where person_id = p.id) as accounts from person p where id = $1', [id]);
  await state(tx, kind, id, { personId: id, ...row!, ...(handedTo && { handedTo }) }, tx.by.jurisdiction);
}

export async function stateAppointment(tx: Tx, id: string, as: 'successor' | 'agency-head' = 'successor'): Promise<void> {
  const [row] = await tx.query<Record<string, never> & { jurisdictionId: string; handed: string | null; account: string | null }>(
    `select person_id as "personId", role, agency_id as "agencyId", g.kind as "agencyKind", a.jurisdiction as "jurisdictionId", institution_id as "institutionId", institution_name as "institutionName",
       ${day('a.from_on')} as "from", ${day('a.to_on')} as "to", delegated_from as "delegatedFrom", a.state, a.version, handed_to as handed, (select min(account) from person_account c where c.person_id = handed_to) as account
     from appointment a left join agency g on g.id = a.agency_id where a.id = $1`, [id]);
  const { handed, account, ...data } = row!;
  await state(tx, appointmentChanged, id, { appointmentId: id, ...data, handedTo: handed ? { personId: handed, account, as } : null } as never, row!.jurisdictionId);
}
