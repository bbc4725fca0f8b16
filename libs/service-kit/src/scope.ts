import type { Principal, Right } from '@zhijian/access';
import { everywhere, nowhere, type Scope } from '@zhijian/persistence';

/**
 * Whose rows a person may see and change by a right of the table: anything (reading only), the own institution, or what is
 * in their places.
 */
export function scopeOf({ places }: Principal, { relation }: Pick<Right, 'relation'>, reading: boolean): Scope {
  const codes = places.map(({ code }) => code);
  if (relation.includes('self')) return { ...nowhere, reading, bodies: places.flatMap(({ institutionId }) => institutionId ?? []), located: codes };
  if (relation.includes('any')) return reading ? { ...everywhere, reading, reach: 'read-all' } : { ...nowhere, places: codes };
  return { ...nowhere, reading, places: codes };
}
