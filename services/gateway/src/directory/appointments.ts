import { newId, type Refused, type Role } from '@zhijian/contracts';
import { inPlace, stateAllows, type Span } from '@zhijian/access';
import { refuse } from '@zhijian/contracts';
import { directory as http, type BodyOf } from '@zhijian/contracts/http';
import { StaleWrite, type Tx, type UnitOfWork } from '@zhijian/persistence';
import { Trouble } from '../problem.js';
import { delegationRefused, grantRefused, heirOf, type Candidate, type Delegating, type DirectoryRefusal, type Heir } from './appointment.rules.js';
import { callerOf, type By } from './by.js';
import { appointmentShown } from './directory.queries.js';
import { day, stateAppointment } from './stated.js';

const span = (of: string): string => `${day(`${of}.from_on`)} as "from", ${day(`${of}.to_on`)} as "to"`;
interface Held extends Delegating { jurisdictionId: string; agencyId: string | null; institutionId: string | null; institutionName: string | null; version: number }

/** Who holds which office where and for how long. Whoever leaves hands over; nobody appoints themself. */
export class AppointmentsService {
  constructor(private readonly uow: UnitOfWork) {}

  grant(input: BodyOf<typeof http.grantAppointment>, by: By) {
    return this.uow.run(callerOf(by, 'POST /api/v1/appointments', input), async (tx) => {
      const { personId, role, agencyId, jurisdictionId, institutionId, institutionName, from, to, reason } = input;
      const no = grantRefused(by.principal, input, await candidateOf(tx, personId), { area: await areaOf(tx, jurisdictionId), agency: agencyId ? await agencyOf(tx, agencyId) : null });
      if (no) return no;
      const id = await this.write(tx, { personId, role, agencyId, jurisdictionId, institutionId, institutionName, from, to, reason, delegatedFrom: null });
      tx.note('appointment granted', id, null, { personId, role, from, to, reason }, jurisdictionId);
      return appointmentShown(tx, id);
    });
  }

  /** The holder has somebody else act for a while, in a part of it. */
  delegate(id: string, input: BodyOf<typeof http.delegateAppointment>, by: By) {
    return this.uow.run(callerOf(by, `POST /api/v1/appointments/${id}/delegations`, input), async (tx) => {
      const held = await this.held(tx, id);
      const { personId, jurisdictionId, from, to, reason } = input;
      const reach = await tx.query<{ id: string }>('select descendant as id from jurisdiction_closure_ref where ancestor = $1 and from_on <= $2 and (to_on is null or to_on >= $3)', [held.jurisdictionId, from, to]);
      const no = delegationRefused(by.principal, held, input, await candidateOf(tx, personId), reach.map((row) => row.id));
      if (no) return no;
      const { role, agencyId, institutionId, institutionName } = held;
      const made = await this.write(tx, { personId, role, agencyId: jurisdictionId === held.jurisdictionId ? agencyId : null, jurisdictionId, institutionId, institutionName, from, to, reason, delegatedFrom: id });
      tx.note('appointment delegated', made, null, { from: id, personId, until: to, reason }, jurisdictionId);
      return appointmentShown(tx, made);
    });
  }

  /** Ends at once, what was delegated from it too; what is open goes to the successor or to the agency's head. */
  end(id: string, { successorId, reason }: BodyOf<typeof http.endAppointment>, version: number, by: By) {
    return this.uow.run(callerOf(by, `POST /api/v1/appointments/${id}/end`, { successorId, reason, version }), async (tx) => {
      const held = await this.held(tx, id);
      const no = (code: DirectoryRefusal, wrongState = false): Refused => refuse(code, [], { place: held.jurisdictionId }, { wrongState });
      if (!inPlace(by.principal, held.jurisdictionId)) return no('place-foreign');
      if (!stateAllows(http.endAppointment, { appointment: held.state })) return no('appointment-over', true);
      const heir = heirOf(held.personId, successorId ? await heirById(tx, successorId) : null, await headOf(tx, held));
      if (!heir.ok) return heir;
      if (held.version !== version) throw new StaleWrite();
      const ended = await tx.query<{ id: string }>(
        `update appointment set state = 'ended', ended_by = $2, end_reason = $3, ended_at = $4, handed_to = case when person_id = $5 then null else $5::uuid end, version = version + 1
          where (id = $1 or delegated_from = $1) and state = 'granted' returning id`, [id, tx.by.actor, reason, tx.now, heir.personId]);
      for (const one of ended) await stateAppointment(tx, one.id, heir.as);
      tx.note('appointment ended', id, null, { handedTo: heir.personId, as: heir.as, withDelegations: ended.length - 1, reason }, held.jurisdictionId);
      return appointmentShown(tx, id);
    });
  }

  private async write(tx: Tx, a: Span & { personId: string; role: Role; agencyId: string | null; jurisdictionId: string; institutionId: string | null; institutionName: string | null; reason: string; delegatedFrom: string | null }): Promise<string> {
    const id = newId();
    await tx.execute(
      `insert into appointment (id, person_id, role, agency_id, jurisdiction, institution_id, institution_name, from_on, to_on, reason, delegated_from, granted_by, granted_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [id, a.personId, a.role, a.agencyId, a.jurisdictionId, a.institutionId, a.institutionName, a.from, a.to, a.reason, a.delegatedFrom, tx.by.actor, tx.now]);
    await stateAppointment(tx, id);
    return id;
  }

  private async held(tx: Tx, id: string): Promise<Held> {
    const [row] = await tx.query<Held>(
      `select a.person_id as "personId", (select array_agg(account) from person_account c where c.person_id = a.person_id) as accounts, a.role, a.jurisdiction as "jurisdictionId", a.agency_id as "agencyId",
         a.institution_id as "institutionId", a.institution_name as "institutionName", ${span('a')}, a.state, a.delegated_from as "delegatedFrom", a.version from appointment a where a.id = $1`, [id]);
    if (!row) throw new Trouble(404, 'not-found', '没有找到这项任职');
    return row;
  }
}

async function candidateOf(tx: Tx, id: string): Promise<Candidate> {
  const [person] = await tx.query<{ disabled: boolean; accounts: string[] }>(`select state = 'disabled' as disabled, (select array_agg(account) from person_account where person_id = p.id) as accounts from person p where id = $1`, [id]);
  if (!person) throw new Trouble(404, 'not-found', '没有找到这名人员');
  const held = await tx.query<Span & { role: Role }>(`select a.role, ${span('a')} from appointment a where a.person_id = $1 and a.state = 'granted'`, [id]);
  return { personId: id, ...person, held };
}

async function areaOf(tx: Tx, id: string): Promise<Span> {
  const [row] = await tx.query<Span>(`select ${span('j')} from jurisdiction j where j.id = $1`, [id]);
  if (!row) throw new Trouble(404, 'not-found', '没有找到这个区划');
  return row;
}

async function agencyOf(tx: Tx, id: string): Promise<Span & { jurisdictionId: string }> {
  const [row] = await tx.query<Span & { jurisdictionId: string }>(`select jurisdiction as "jurisdictionId", ${span('g')} from agency g where g.id = $1`, [id]);
  if (!row) throw new Trouble(404, 'not-found', '没有找到这个机关');
  return row;
}

async function heirById(tx: Tx, id: string): Promise<Heir> {
  const [row] = await tx.query<Heir>(`select id as "personId", state = 'disabled' as disabled from person where id = $1`, [id]);
  if (!row) throw new Trouble(404, 'not-found', '没有找到接任人');
  return row;
}

/** The head of the appointment's agency; without an agency, of the place's commission. */
async function headOf(tx: Tx, { agencyId, jurisdictionId }: Held): Promise<Heir | null> {
  const [row] = await tx.query<Heir>(
    `select p.id as "personId", p.state = 'disabled' as disabled from agency g join person p on p.id = g.head
      where case when $1::uuid is null then g.jurisdiction = $2 and g.kind = 'commission' else g.id = $1 end limit 1`, [agencyId, jurisdictionId]);
  return row ?? null;
}
