import type { Role } from '@zhijian/contracts';

/** Where somebody may act: a jurisdiction; for a person of an institution also the institution, as it is registered there. */
export interface Place {
  readonly code: string;
  readonly name?: string;
  readonly institutionId?: string;
  readonly institutionName?: string;
}

/** Who is calling, as the token says. `id` is the account, not a person's name. */
export interface Principal {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Every place, listed one by one: a city lists its districts too. */
  readonly places: readonly Place[];
}

/**
 * The actor as it stands in facts and audit entries, without personal data: `county:xian@330106`.
 * @param place code; the first of the principal's places when left out
 */
export function actorOf({ role, id, places }: Principal, place = places[0]?.code): string {
  return place ? `${role}:${id}@${place}` : `${role}:${id}`;
}

/** Whether the token names this jurisdiction. Exact: a jurisdiction code is not a path, its prefix grants nothing. */
export const inPlace = ({ places }: Principal, code: string): boolean => places.some((place) => place.code === code);

/** Whether this is a person of the institution. Officials act on an institution by their place, never for it. */
export const mayActFor = ({ role, places }: Principal, institutionId: string): boolean =>
  (role === 'institution' || role === 'institution-head') && places.some((place) => place.institutionId === institutionId);
