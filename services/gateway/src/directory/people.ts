import { newId, refuse, type Refused } from '@zhijian/contracts';
import { personDisabled, personEnabled, personRegistered } from '@zhijian/contracts/facts';
import type { BodyOf, directory as http } from '@zhijian/contracts/http';
import { StaleWrite, type Tx, type UnitOfWork } from '@zhijian/persistence';
import { Trouble } from '../problem.js';
import { heirOf, isSelf, type DirectoryRefusal } from './appointment.rules.js';
import { callerOf, type By } from './by.js';
import { personShown } from './directory.queries.js';
import { statePerson, type PersonHeir } from './stated.js';

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

  /** Out at once. What is open goes to the named successor, else to the heads of their agencies, else back to the agencies: nobody's leave waits for an heir. */
  disable(id: string, { successorId, reason }: BodyOf<typeof http.disablePerson>, version: number, by: By) {
    return this.uow.run(callerOf(by, `POST /api/v1/people/${id}/disabling`, { successorId, reason, version }), async (tx) => {
      const unfit = successorId ? await successorRefused(tx, id, successorId) : null;
      if (unfit) return unfit;
      const no = await this.taken(tx, id, version, 'disabled', by);
      if (no) return no;
      await tx.execute('delete from session where account in (select account from person_account where person_id = $1)', [id]);
      const heirs = await heirsOf(tx, id, successorId);
      await statePerson(tx, id, personDisabled, heirs);
      tx.note('person disabled', id, null, { reason, handedTo: heirs.map(({ jurisdictionId, personId, as }) => ({ jurisdictionId, personId, as })) });
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

async function successorRefused(tx: Tx, leaving: string, id: string): Promise<Refused | null> {
  const [row] = await tx.query<{ disabled: boolean }>(`select state = 'disabled' as disabled from person where id = $1`, [id]);
  if (!row) throw new Trouble(404, 'not-found', '没有找到接任人');
  const heir = heirOf(leaving, { personId: id, disabled: row.disabled }, null);
  return heir.ok ? null : heir;
}

/** For each place of their offices: the successor, else the head of the agency (without an agency, of the place's commission). */
const heirsOf = (tx: Tx, leaving: string, successor: string | null): Promise<PersonHeir[]> => tx.query<PersonHeir>(
  `select distinct on (a.jurisdiction) a.jurisdiction as "jurisdictionId", p.id as "personId", (select min(account) from person_account c where c.person_id = p.id) as account, case when $2::uuid is null then 'agency-head' else 'successor' end as as
     from appointment a
     join person p on p.state = 'active' and p.id <> $1 and p.id = coalesce($2::uuid, (select g.head from agency g where case when a.agency_id is null then g.jurisdiction = a.jurisdiction and g.kind = 'commission' else g.id = a.agency_id end and g.head is not null limit 1))
    where a.person_id = $1 and a.state = 'granted' order by a.jurisdiction, a.granted_at`, [leaving, successor]);
