import { newId, refuse, type Refused } from '@zhijian/contracts';
import { personDisabled, personEnabled, personRegistered } from '@zhijian/contracts/facts';
import type { BodyOf, directory as http } from '@zhijian/contracts/http';
import { StaleWrite, type Tx, type UnitOfWork } from '@zhijian/persistence';
import { Trouble } from '../problem.js';
import { isSelf, type DirectoryRefusal } from './appointment.rules.js';
import { callerOf, type By } from './by.js';
import { personShown } from './directory.queries.js';
import { statePerson } from './stated.js';

const refused = (code: DirectoryRefusal, facts: Record<string, unknown> = {}, wrongState = false): Refused => refuse(code, [], facts, { wrongState });

/** People and their accounts at the issuer. Disabling ends their sessions here at once, and elsewhere within seconds. */
export class PeopleService {
  constructor(private readonly uow: UnitOfWork) {}

  register({ name, accounts }: BodyOf<typeof http.registerPerson>, by: By) {
    return this.uow.run(callerOf(by, 'POST /api/v1/people', { name, accounts }), async (tx) => {
      const [taken] = await tx.query<{ account: string }>('select account from person_account where account = any($1)', [accounts]);
      if (taken) return refused('account-taken', { account: taken.account });
      const id = newId();
      await tx.execute('insert into person (id, name) values ($1, $2)', [id, name]);
      await tx.execute('insert into person_account (account, person_id) select distinct unnest($1::text[]), $2::uuid', [accounts, id]);
      await statePerson(tx, id, personRegistered);
      tx.note('person registered', id, null, { accounts: accounts.length });
      return personShown(tx, id);
    });
  }

  disable(id: string, reason: string, version: number, by: By) {
    return this.uow.run(callerOf(by, `POST /api/v1/people/${id}/disabling`, { reason, version }), async (tx) => {
      const no = await this.taken(tx, id, version, 'disabled', by);
      if (no) return no;
      await tx.execute('delete from session where account in (select account from person_account where person_id = $1)', [id]);
      await statePerson(tx, id, personDisabled);
      tx.note('person disabled', id, null, { reason });
      return personShown(tx, id);
    });
  }

  enable(id: string, reason: string, version: number, by: By) {
    return this.uow.run(callerOf(by, `POST /api/v1/people/${id}/enabling`, { reason, version }), async (tx) => {
      const no = await this.taken(tx, id, version, 'active', by);
      if (no) return no;
      await statePerson(tx, id, personEnabled);
      tx.note('person enabled', id, null, { reason });
      return personShown(tx, id);
    });
  }

  private async taken(tx: Tx, id: string, version: number, to: 'active' | 'disabled', by: By): Promise<Refused | null> {
    const [row] = await tx.query<{ state: string; accounts: string[]; held: string[] }>(
      `select state, (select array_agg(account) from person_account where person_id = p.id) as accounts, (select coalesce(array_agg(distinct jurisdiction), '{}') from appointment a where a.person_id = p.id and a.state = 'granted') as held from person p where id = $1`, [id]);
    if (!row) throw new Trouble(404, 'not-found', '没有找到这名人员');
    if (isSelf(by.principal, { personId: id, accounts: row.accounts })) return refused('disables-self');
    const foreign = row.held.find((place) => !by.principal.places.some(({ code }) => code === place));
    if (foreign) return refused('place-foreign', { place: foreign });
    if (row.state === to) return refused('person-state', {}, true);
    if ((await tx.execute('update person set state = $3, version = version + 1 where id = $1 and version = $2', [id, version, to])) !== 1) throw new StaleWrite();
    return null;
  }
}
