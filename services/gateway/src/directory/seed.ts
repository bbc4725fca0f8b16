import { readFileSync } from 'node:fs';
import { agencyKinds, areaLevels, newId, roles } from '@zhijian/contracts';
import { personRegistered } from '@zhijian/contracts/facts';
import { everywhere, type Tx, type UnitOfWork } from '@zhijian/persistence';
import { z } from 'zod';
import { stateAgency, stateAppointment, stateArea, statePerson } from './stated.js';

const day = z.iso.date();
const span = { from: day, to: day.nullable().default(null) };
/** What an installation begins with: its areas from the top, its agencies, and at least its first administrators. */
export const directorySeed = z.strictObject({
  areas: z.array(z.strictObject({ id: z.string().min(1), name: z.string().min(1), level: z.enum(areaLevels), parent: z.string().nullable().default(null), ...span })).min(1),
  agencies: z.array(z.strictObject({ key: z.string(), name: z.string().min(1), kind: z.enum(agencyKinds), area: z.string(), ...span })).default([]),
  people: z.array(z.strictObject({
    name: z.string().nullable().default(null), accounts: z.array(z.string().min(1)).min(1),
    appointments: z.array(z.strictObject({ role: z.enum(roles), area: z.string(), agency: z.string().nullable().default(null), ...span, reason: z.string().min(1), heads: z.boolean().default(false) })),
  })).min(1),
}).superRefine(({ people }, context) => {
  for (const [at, person] of people.entries()) {
    const offices = new Set(person.appointments.map(({ role }) => role).filter((role) => role.endsWith('-admin')));
    if (offices.size > 1) context.addIssue({ code: 'custom', path: ['people', at], message: '系统管理员、安全管理员、审计管理员三职互斥' });
  }
});
type Seed = z.infer<typeof directorySeed>;

/**
 * Begins a directory from a file, once: where there is one already, nothing is read. The first administrators cannot be
 * appointed by anybody; the entry in the log says that the installation did it.
 * @returns whether it was begun now. @throws when the file cannot be read, or contradicts itself: the gateway does not start
 */
export async function beginDirectory(uow: UnitOfWork, file: string): Promise<boolean> {
  const seed = directorySeed.parse(JSON.parse(readFileSync(file, 'utf8')));
  return uow.run({ actor: 'system:installation', jurisdiction: seed.areas[0]!.id, cause: 'directory-seed', scope: everywhere, lock: 'directory' }, async (tx) => {
    if ((await tx.query('select 1 from jurisdiction limit 1')).length) return false;
    await writeAreas(tx, seed);
    const agencies = await writeAgencies(tx, seed);
    for (const person of seed.people) await writePerson(tx, person, agencies);
    tx.note('directory begun', 'directory', null, { areas: seed.areas.length, agencies: seed.agencies.length, people: seed.people.length });
    return true;
  });
}

async function writeAreas(tx: Tx, { areas }: Seed): Promise<void> {
  for (const { id, name, level, from, to } of areas) await tx.execute('insert into jurisdiction (id, code, name, level, from_on, to_on) values ($1, $2, $3, $4, $5, $6)', [id, /^\d{6}$/.test(id) ? id : null, name, level, from, to]);
  for (const { id, parent, from, to } of areas) if (parent) await tx.execute('insert into jurisdiction_parent (child, parent, from_on, to_on) values ($1, $2, $3, $4)', [id, parent, from, to]);
  for (const { id } of areas) await stateArea(tx, id);
}

async function writeAgencies(tx: Tx, { agencies }: Seed): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { key, name, kind, area, from, to } of agencies) {
    const id = newId();
    ids.set(key, id);
    await tx.execute('insert into agency (id, name, kind, jurisdiction, from_on, to_on) values ($1, $2, $3, $4, $5, $6)', [id, name, kind, area, from, to]);
    await stateAgency(tx, id);
  }
  return ids;
}

async function writePerson(tx: Tx, { name, accounts, appointments }: Seed['people'][number], agencies: ReadonlyMap<string, string>): Promise<void> {
  const personId = newId();
  await tx.execute('insert into person (id, name) values ($1, $2)', [personId, name]);
  await tx.execute('insert into person_account (account, person_id) select distinct unnest($1::text[]), $2::uuid', [accounts, personId]);
  await statePerson(tx, personId, personRegistered);
  for (const { role, area, agency, from, to, reason, heads } of appointments) {
    const id = newId();
    const agencyId = agency === null ? null : agencies.get(agency);
    if (agencyId === undefined) throw new Error(`the seed names an agency ${agency} that is not in it`);
    await tx.execute(`insert into appointment (id, person_id, role, agency_id, jurisdiction, from_on, to_on, reason, granted_by, granted_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, [id, personId, role, agencyId, area, from, to, reason, tx.by.actor, tx.now]);
    if (heads && agencyId) await tx.execute('update agency set head = $2 where id = $1', [agencyId, personId]);
    await stateAppointment(tx, id);
  }
}
