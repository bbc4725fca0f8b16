import { inPlace } from '@zhijian/access';
import { refuse, type Refused } from '@zhijian/contracts';
import type { BodyOf, directory as http } from '@zhijian/contracts/http';
import { StaleWrite, type Tx, type UnitOfWork } from '@zhijian/persistence';
import { Trouble } from '../problem.js';
import { areaShown } from './areas.queries.js';
import type { DirectoryRefusal } from './appointment.rules.js';
import { callerOf, type By } from './by.js';
import { day, stateAppointment, stateArea } from './stated.js';

const noArea = (): Trouble => new Trouble(404, 'not-found', '没有找到这个区划');
const dayBefore = (on: string): string => new Date(Date.parse(`${on}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
const refused = (code: DirectoryRefusal, place: string): Refused => refuse(code, [], { place });

/** The dated tree: areas are set up, moved and merged; nothing is ever taken out of it. */
export class AreasService {
  constructor(private readonly uow: UnitOfWork) {}

  create(input: BodyOf<typeof http.createJurisdiction>, by: By) {
    return this.uow.run(callerOf(by, 'POST /api/v1/jurisdictions', input), async (tx) => {
      const { jurisdictionId: id, name, level, parent, from, reason } = input;
      if (!inPlace(by.principal, parent)) return refused('place-foreign', parent);
      if ((await tx.query('select 1 from jurisdiction where id = $1', [id])).length) return refused('area-known', id);
      if (!(await standsOn(tx, parent, from))) return refused('area-ended', parent);
      await tx.execute('insert into jurisdiction (id, code, name, level, from_on) values ($1, $2, $3, $4, $5)', [id, /^\d{6}$/.test(id) ? id : null, name, level, from]);
      await tx.execute('insert into jurisdiction_parent (child, parent, from_on) values ($1, $2, $3)', [id, parent, from]);
      await stateArea(tx, id);
      tx.note('jurisdiction created', id, null, { name, level, parent, from, reason }, id);
      return areaShown(tx, id, from);
    });
  }

  /** From a day on it belongs to another; until the day before to the one it belonged to. */
  move(id: string, { parent, from, reason }: BodyOf<typeof http.moveJurisdiction>, version: number, by: By) {
    return this.uow.run(callerOf(by, `POST /api/v1/jurisdictions/${id}/move`, { parent, from, reason, version }), async (tx) => {
      const found = await this.taken(tx, id, version, by);
      if (found) return found;
      if (!inPlace(by.principal, parent)) return refused('place-foreign', parent);
      const no = await this.belongs(tx, id, parent, from);
      if (no) return no;
      await stateArea(tx, id);
      tx.note('jurisdiction moved', id, null, { parent, from, reason }, id);
      return areaShown(tx, id, from);
    });
  }

  /** Ends on the day before and belongs from then on to the one that takes it over; appointments in it end with it. */
  merge(id: string, { into, from, reason }: BodyOf<typeof http.mergeJurisdiction>, version: number, by: By) {
    return this.uow.run(callerOf(by, `POST /api/v1/jurisdictions/${id}/merger`, { into, from, reason, version }), async (tx) => {
      const found = await this.taken(tx, id, version, by);
      if (found) return found;
      if (!inPlace(by.principal, into)) return refused('place-foreign', into);
      const no = await this.belongs(tx, id, into, from);
      if (no) return no;
      const last = dayBefore(from);
      await tx.execute('update jurisdiction set to_on = $2, merged_into = $3 where id = $1', [id, last, into]);
      const ending = await tx.query<{ id: string }>(
        `update appointment set to_on = $2, version = version + 1 where jurisdiction = $1 and state = 'granted' and from_on <= $2 and (to_on is null or to_on > $2) returning id`, [id, last]);
      for (const appointment of ending) await stateAppointment(tx, appointment.id);
      await stateArea(tx, id);
      tx.note('jurisdiction merged', id, null, { into, from, reason, appointmentsEnding: ending.length }, id);
      return areaShown(tx, id, from);
    });
  }

  private async taken(tx: Tx, id: string, version: number, by: By): Promise<Refused | null> {
    if (!(await tx.query('select 1 from jurisdiction where id = $1', [id])).length) throw noArea();
    if (!inPlace(by.principal, id)) return refused('place-foreign', id);
    if ((await tx.execute('update jurisdiction set version = version + 1 where id = $1 and version = $2', [id, version])) !== 1) throw new StaleWrite();
    return null;
  }

  private async belongs(tx: Tx, id: string, parent: string, from: string): Promise<Refused | null> {
    if (!(await standsOn(tx, parent, from))) return refused('area-ended', parent);
    if (!(await standsOn(tx, id, from))) return refused('area-ended', id);
    const under = await tx.query(`with recursive under(id) as (select $1::text union select p.child from under join jurisdiction_parent p on p.parent = under.id where p.to_on is null or p.to_on >= $3) select 1 from under where id = $2`, [id, parent, from]);
    if (under.length) return refused('area-circle', parent);
    const [last] = await tx.query<{ from: string }>(`select ${day('from_on')} as "from" from jurisdiction_parent where child = $1 order by from_on desc limit 1`, [id]);
    if (last && last.from >= from) return refused('area-backwards', id);
    await tx.execute('update jurisdiction_parent set to_on = $2 where child = $1 and (to_on is null or to_on > $2)', [id, dayBefore(from)]);
    await tx.execute('insert into jurisdiction_parent (child, parent, from_on) values ($1, $2, $3)', [id, parent, from]);
    return null;
  }
}

const standsOn = async (tx: Tx, id: string, on: string): Promise<boolean> =>
  (await tx.query('select 1 from jurisdiction where id = $1 and from_on <= $2 and (to_on is null or to_on >= $2)', [id, on])).length > 0;
