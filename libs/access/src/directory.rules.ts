import type { AreaLevel, Role } from '@zhijian/contracts';
import type { Identity, Place, Principal } from './principal.js';

/** From a day to a day, both included; without an end when `to` is null. Days are `YYYY-MM-DD`. */
export interface Span { readonly from: string; readonly to: string | null }

/** An area belongs to another for a time; a merged area belongs to the one that took it over. */
export interface Edge extends Span { readonly child: string; readonly parent: string }

export interface AppointmentHeld extends Span {
  readonly id: string; readonly role: Role; readonly jurisdiction: string; readonly agency: { readonly id: string; readonly kind: string } | null;
  readonly institutionId: string | null; readonly institutionName: string | null;
  /** Ended before its day: it counts no more, from that instant on. */
  readonly ended: boolean;
}

/** What a room knows of the person behind an account. */
export interface Standing { readonly personId: string; readonly disabled: boolean; readonly appointments: readonly AppointmentHeld[] }

export type NotAdmitted = 'person-disabled' | 'no-appointment';

export const holdsOn = ({ from, to }: Span, day: string): boolean => from <= day && (to === null || day <= to);
const earlier = (a: string | null, b: string | null): string | null => (a === null ? b : b === null || a < b ? a : b);

/** The areas of a room's own copy. */
export class Areas {
  private readonly below = new Map<string, Edge[]>();

  /** @param names area → name; @param levels area → level of administration */
  constructor(edges: readonly Edge[], private readonly names: ReadonlyMap<string, string>, private readonly levels: ReadonlyMap<string, AreaLevel> = new Map()) {
    for (const edge of edges) this.below.set(edge.parent, [...(this.below.get(edge.parent) ?? []), edge]);
  }

  nameOf(id: string): string | undefined {
    return this.names.get(id);
  }

  levelOf(id: string): AreaLevel | undefined {
    return this.levels.get(id);
  }

  /** The same place with what the tree knows of it. */
  told(place: Place): Place {
    const [name, level] = [place.name ?? this.nameOf(place.code), this.levelOf(place.code)];
    return { ...place, ...(name ? { name } : {}), ...(level ? { level } : {}) };
  }

  /** The area itself and everything below it, each with the time for which it belonged there; an area twice when it left and came back. */
  reach(id: string, span: Span, way: readonly string[] = []): { id: string; span: Span }[] {
    if (way.includes(id)) return [];
    const below = (this.below.get(id) ?? []).flatMap((edge) => {
      const shared = { from: edge.from > span.from ? edge.from : span.from, to: earlier(edge.to, span.to) };
      return shared.to !== null && shared.to < shared.from ? [] : this.reach(edge.child, shared, [...way, id]);
    });
    return [{ id, span }, ...below];
  }

  /** The areas directly above on a day. */
  above(id: string, day: string): string[] {
    return [...this.below.values()].flat().filter((edge) => edge.child === id && holdsOn(edge, day)).map(({ parent }) => parent);
  }
}

const ofInstitution = (role: Role): boolean => role === 'institution' || role === 'institution-head';

function reached(appointment: AppointmentHeld, areas: Areas): { place: Place; span: Span }[] {
  const found = ofInstitution(appointment.role) ? [{ id: appointment.jurisdiction, span: appointment }] : areas.reach(appointment.jurisdiction, appointment);
  const { institutionId, institutionName } = appointment;
  return found.map(({ id, span }) => ({ span, place: areas.told({ code: id, ...(institutionId ? { institutionId, ...(institutionName ? { institutionName } : {}) } : {}) }) }));
}

const keyOf = ({ code, institutionId = '' }: Place): string => `${code} ${institutionId}`;
const once = (places: readonly Place[]): Place[] => [...new Map(places.map((place) => [keyOf(place), place])).values()];
/** A token that lists places narrows to them; one that lists none leaves the person what the directory gives. */
const narrowed = (places: readonly Place[], token: readonly Place[]): Place[] =>
  (token.length === 0 ? [...places] : places.filter((place) => token.some(({ code, institutionId }) => code === place.code && (institutionId === undefined || institutionId === place.institutionId))));

/**
 * Who somebody is today: the role of the token where the person holds it, otherwise the first one held; own places and those
 * below as the tree stands today, within what the token narrows to. `formerPlaces` are those that were theirs and are no more.
 */
export function principalOn(day: string, identity: Identity, { personId, disabled, appointments }: Standing, areas: Areas): { ok: true; principal: Principal } | { ok: false; code: NotAdmitted } {
  if (disabled) return { ok: false, code: 'person-disabled' };
  const held = appointments.filter((appointment) => !appointment.ended && holdsOn(appointment, day)).sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.id < b.id ? -1 : 1));
  const first = identity.role ? held.find(({ role }) => role === identity.role) : held[0];
  if (!first) return { ok: false, code: 'no-appointment' };
  const ofRole = held.filter(({ role }) => role === first.role);
  const all = ofRole.flatMap((appointment) => reached(appointment, areas));
  const theirs = once(all.filter(({ span }) => holdsOn(span, day)).map(({ place }) => place));
  const places = narrowed(theirs, identity.places);
  if (places.length === 0) return { ok: false, code: 'no-appointment' };
  const past = appointments.filter(({ role }) => role === first.role).flatMap((appointment) => reached(appointment, areas)).filter(({ span }) => span.from <= day).map(({ place }) => place);
  const now = new Set(theirs.map(keyOf));
  const formerPlaces = once(past).filter((place) => !now.has(keyOf(place)));
  return {
    ok: true,
    principal: {
      id: identity.id, name: identity.name, role: first.role, places, personId,
      ...(identity.authenticatedAt ? { authenticatedAt: identity.authenticatedAt } : {}), ...(first.agency ? { agency: first.agency } : {}), ...(formerPlaces.length ? { formerPlaces } : {}),
    },
  };
}

/** Somebody who holds an office in a place, by each of their accounts. */
export interface Holder { readonly personId: string; readonly accounts: readonly string[] }

/** Which of these people hold their office in a place on a day: appointed there, or above it as the tree stands that day. One person once. */
export function holdersIn(place: string, known: readonly (AppointmentHeld & Holder)[], areas: Areas, day: string): Holder[] {
  const there = known.filter((appointment) => !appointment.ended && reached(appointment, areas).some(({ place: { code }, span }) => code === place && holdsOn(span, day)));
  return [...new Map(there.map(({ personId, accounts }) => [personId, { personId, accounts }])).values()];
}
