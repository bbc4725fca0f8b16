import type { Role } from '@zhijian/contracts';
import { holdsOn, type AppointmentHeld, type Areas } from './directory.rules.js';

/** Somebody who may approve, with the appointment that says so. */
export interface Approver { readonly personId: string; readonly appointment: AppointmentHeld }
export interface Approval { readonly place: string; readonly people: readonly string[] }

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
