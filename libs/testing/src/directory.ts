import { newId, type AreaLevel, type Fact, type Role } from '@zhijian/contracts';
import { appointmentChanged, jurisdictionChanged, personDisabled, personRegistered } from '@zhijian/contracts/facts';
import { aFact } from './facts.js';

/** An area below another, since and until when; `jiangbei` and the like have no code of their own. */
export interface AreaGiven { id: string; level: AreaLevel; name?: string; parents?: readonly { parent: string; from?: string; to?: string | null }[]; version?: number }

/** What the gateway states of an area. */
export const anArea = ({ id, level, name = `${id}区`, parents = [], version = 1 }: AreaGiven): Fact => aFact(jurisdictionChanged, id, {
  jurisdictionId: id, code: /^\d{6}$/.test(id) ? id : null, name, level, from: '2000-01-01', to: null, mergedInto: null, parents: parents.map(({ parent, from = '2000-01-01', to = null }) => ({ parent, from, to })), version,
}, { jurisdiction: id });

export interface AppointmentGiven { appointmentId?: string; role: Role; place: string; from?: string; to?: string | null; ended?: { handedTo: string | null; as?: 'successor' | 'agency-head' }; institutionId?: string; version?: number }

/** What the gateway states of an appointment. */
export function anAppointment(personId: string, { appointmentId = newId(), role, place, from = '2000-01-01', to = null, ended, institutionId, version = 1 }: AppointmentGiven): Fact {
  return aFact(appointmentChanged, appointmentId, {
    appointmentId, personId, role, agencyId: null, agencyKind: null, jurisdictionId: place, institutionId: institutionId ?? null, institutionName: null, from, to, delegatedFrom: null, state: ended ? 'ended' : 'granted',
    handedTo: ended?.handedTo ? { personId: ended.handedTo, account: null, as: ended.as ?? 'successor' } : null, version,
  }, { jurisdiction: place });
}

/** A person with accounts and appointments, as the gateway states them: the facts in order. @returns with the person's id */
export function aPerson(accounts: readonly string[], appointments: readonly AppointmentGiven[], personId: string = newId()): { personId: string; facts: Fact[] } {
  const person = aFact(personRegistered, personId, { personId, accounts: [...accounts], state: 'active', version: 1 });
  return { personId, facts: [person, ...appointments.map((given) => anAppointment(personId, given))] };
}

/** The gateway disables a person; what is open goes to whoever is named for a place. */
export const disabled = (personId: string, accounts: readonly string[], handedTo: readonly { jurisdictionId: string; personId: string; account: string | null; as: 'successor' | 'agency-head' }[] = [], version = 2): Fact =>
  aFact(personDisabled, personId, { personId, accounts: [...accounts], state: 'disabled', version, handedTo: [...handedTo] });
