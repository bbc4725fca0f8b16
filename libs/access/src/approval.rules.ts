import type { Role } from '@zhijian/contracts';
import { holdsOn, type AppointmentHeld, type Areas, type Holder } from './directory.rules.js';
import type { Principal } from './principal.js';

/** Somebody who may approve, with the appointment that says so. */
export interface Approver { readonly personId: string; readonly appointment: AppointmentHeld }
export interface Approval { readonly place: string; readonly people: readonly string[] }

/** Who decided before: the account, and the person behind it where the directory knows one. */
export interface Decider { readonly account: string; readonly personId: string | null }

/** One person with two accounts is one person. */
export const samePerson = (principal: Pick<Principal, 'id' | 'personId'>, { account, personId }: Decider): boolean => principal.id === account || (personId !== null && principal.personId === personId);

/**
 * Who approves what somebody of a place has drawn up: the other people with an approving role at the place; where there are
 * none (a county of three officers), those one level up, and so on. Nobody where the directory knows no approver at all.
 * Compared are persons, never accounts.
 * @param author person id
 */
export function approversFor(place: string, author: string, known: readonly Approver[], areas: Areas, day: string, approving: readonly Role[] = ['approver']): Approval | null {
  const seen = new Set<string>();
  for (let level = [place]; level.length; level = level.flatMap((id) => areas.above(id, day)).filter((id) => !seen.has(id))) {
    for (const id of level) {
      seen.add(id);
      const people = known.filter(({ personId, appointment }) => personId !== author && appointment.jurisdiction === id && approving.includes(appointment.role) && !appointment.ended && holdsOn(appointment, day));
      if (people.length) return { place: id, people: [...new Set(people.map(({ personId }) => personId))] };
    }
  }
  return null;
}

/** A word in a list of officers that names none, or the same person again. */
export interface OfficerFault { readonly at: number; readonly fault: 'unknown' | 'twice' }

/**
 * Where the law asks for two officers (行政处罚法第四十二条): are these as many persons? Where the directory knows two or
 * more who hold the office, each is named by an account of such a person; where it does not, different words are all that
 * can be asked for.
 */
export function officerFaults(named: readonly string[], known: readonly Holder[]): OfficerFault[] {
  const tells = known.length >= 2;
  const whom = named.map((word) => (tells ? known.find(({ accounts }) => accounts.includes(word))?.personId : word.trim()));
  return whom.flatMap((one, at): OfficerFault[] => (one === undefined ? [{ at, fault: 'unknown' }] : whom.indexOf(one) < at ? [{ at, fault: 'twice' }] : []));
}
