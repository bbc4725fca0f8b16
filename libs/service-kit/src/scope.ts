import type { Principal } from '@zhijian/access';
import type { Scope } from '@zhijian/persistence';

/** Whose rows a person may see and change: an auditor sees all, an institution itself, everybody else what is in their places. */
export function scopeOf({ role, places }: Principal): Scope {
  const codes = places.map(({ code }) => code);
  if (role === 'auditor') return { reach: 'read-all', places: [], bodies: [], located: [] };
  const ofBody = role === 'institution' || role === 'institution-head';
  const bodies = ofBody ? places.flatMap(({ institutionId }) => institutionId ?? []) : [];
  return { reach: 'places', places: ofBody ? [] : codes, bodies, located: ofBody ? codes : [] };
}
