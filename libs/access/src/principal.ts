import type { AreaLevel, Role } from '@zhijian/contracts';

/** Where somebody may act: a jurisdiction; for a person of an institution also the institution, as it is registered there. */
export interface Place {
  readonly code: string;
  readonly name?: string;
  /** At which level it is administered, where the directory's tree knows it. */
  readonly level?: AreaLevel;
  readonly institutionId?: string;
  readonly institutionName?: string;
}

/** Who is calling and where they may act today. `id` is the account, not a person's name. */
export interface Principal {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Every place, listed one by one: a city lists its districts too. */
  readonly places: readonly Place[];
  /** The person behind the account, where the directory knows them: one person may have two accounts. */
  readonly personId?: string;
  readonly agency?: { readonly id: string; readonly kind: string };
  /** When they last showed the issuer who they are, an ISO instant; unknown when left out. */
  readonly authenticatedAt?: string;
  /** Places that were theirs and are no more. */
  readonly formerPlaces?: readonly Place[];
}

/** What a verified token says of its bearer, before the directory is asked: a real issuer may leave the role to the directory. */
export interface Identity extends Omit<Principal, 'role' | 'personId' | 'agency' | 'formerPlaces'> { readonly role?: Role }

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
  ofBody({ role }) && places.some((place) => place.institutionId === institutionId);

/** A person of an institution, operator or head: no official. */
export const ofBody = ({ role }: Pick<Principal, 'role'>): boolean => role === 'institution' || role === 'institution-head';
