import { inPlace } from '@zhijian/access';
import { newId, refuse, type Refused } from '@zhijian/contracts';
import type { BodyOf, directory as http } from '@zhijian/contracts/http';
import { StaleWrite, type Tx, type UnitOfWork } from '@zhijian/persistence';
import { Trouble } from '../problem.js';
import { agencyShown } from './directory.queries.js';
import type { DirectoryRefusal } from './appointment.rules.js';
import { callerOf, type By } from './by.js';
import { stateAgency } from './stated.js';

const refused = (code: DirectoryRefusal, place = ''): Refused => refuse(code, [], { place });

/** Agencies that share a jurisdiction: who they are, from when to when, who heads them, what they have handed to others. */
export class AgenciesService {
  constructor(private readonly uow: UnitOfWork) {}

  create(input: BodyOf<typeof http.createAgency>, by: By) {
    return this.uow.run(callerOf(by, 'POST /api/v1/agencies', input), async (tx) => {
      const { name, kind, jurisdictionId, from, headPersonId, reason } = input;
      if (!inPlace(by.principal, jurisdictionId)) return refused('place-foreign', jurisdictionId);
      if (!(await tx.query('select 1 from jurisdiction where id = $1 and (to_on is null or to_on >= $2)', [jurisdictionId, from])).length) return refused('area-ended', jurisdictionId);
      const no = await headRefused(tx, headPersonId);
      if (no) return no;
      const id = newId();
      await tx.execute('insert into agency (id, name, kind, jurisdiction, from_on, head) values ($1, $2, $3, $4, $5, $6)', [id, name, kind, jurisdictionId, from, headPersonId]);
      await stateAgency(tx, id);
      tx.note('agency created', id, null, { name, kind, from, reason }, jurisdictionId);
      return agencyShown(tx, id);
    });
  }

  change(id: string, { name, headPersonId, to, reason }: BodyOf<typeof http.changeAgency>, version: number, by: By) {
    return this.uow.run(callerOf({ ...by, key: '' }, '', { reason }), async (tx) => {
      const place = await this.taken(tx, id, version, by);
      if (typeof place !== 'string') return place;
      const no = await headRefused(tx, headPersonId ?? null);
      if (no) return no;
      await tx.execute('update agency set name = coalesce($2, name), head = coalesce($3, head), to_on = coalesce($4, to_on) where id = $1', [id, name ?? null, headPersonId ?? null, to ?? null]);
      await stateAgency(tx, id);
      tx.note('agency changed', id, null, { name: name ?? null, head: headPersonId ?? null, to: to ?? null, reason }, place);
      return agencyShown(tx, id);
    });
  }

  delegate(id: string, input: BodyOf<typeof http.delegateDuty>, version: number, by: By) {
    return this.uow.run(callerOf(by, `POST /api/v1/agencies/${id}/delegations`, { ...input, version }), async (tx) => {
      const place = await this.taken(tx, id, version, by);
      if (typeof place !== 'string') return place;
      const { duty, toAgencyId, from, to, reason } = input;
      if (to !== null && to < from) return refused('span-reversed');
      const [other] = await tx.query<{ place: string }>('select jurisdiction as place from agency where id = $1 and id <> $2 and (to_on is null or to_on >= $3)', [toAgencyId, id, from]);
      if (!other) return refused('agency-closed');
      if (!inPlace(by.principal, other.place)) return refused('place-foreign', other.place);
      await tx.execute('insert into agency_delegation (id, agency_id, duty, to_agency_id, from_on, to_on, reason) values ($1, $2, $3, $4, $5, $6, $7)', [newId(), id, duty, toAgencyId, from, to, reason]);
      await stateAgency(tx, id);
      tx.note('duty delegated', id, null, { duty, toAgencyId, from, to, reason }, place);
      return agencyShown(tx, id);
    });
  }

  private async taken(tx: Tx, id: string, version: number, by: By): Promise<string | Refused> {
    const [row] = await tx.query<{ place: string }>('select jurisdiction as place from agency where id = $1', [id]);
    if (!row) throw new Trouble(404, 'not-found', '没有找到这个机关');
    if (!inPlace(by.principal, row.place)) return refused('place-foreign', row.place);
    if ((await tx.execute('update agency set version = version + 1 where id = $1 and version = $2', [id, version])) !== 1) throw new StaleWrite();
    return row.place;
  }
}

async function headRefused(tx: Tx, person: string | null): Promise<Refused | null> {
  if (!person) return null;
  const [row] = await tx.query<{ state: string }>('select state from person where id = $1', [person]);
  if (!row) throw new Trouble(404, 'not-found', '没有找到这名人员');
  return row.state === 'disabled' ? refused('head-needed') : null;
}
