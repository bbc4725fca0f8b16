import { roles } from '@zhijian/contracts';
import { TokenRefused } from './failure.js';
import type { Place, Principal } from './principal.js';

type Claims = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/**
 * The principal that verified claims describe.
 * @throws TokenRefused when `sub`, `role` or `places` say nothing we know: a signed token of a stranger's form is no principal
 */
export function principalOf(claims: Claims): Principal {
  const id = text(claims['sub']);
  const role = roles.find((known) => known === claims['role']);
  if (!id || !role || !Array.isArray(claims['places'])) throw new TokenRefused('the claims name no account, role and places');
  return { id, name: text(claims['name']) ?? id, role, places: claims['places'].map((place) => placeOf(place as Claims)) };
}

function placeOf(place: Claims | null): Place {
  const code = text(place?.['code']);
  if (!code) throw new TokenRefused('a place without a code');
  const rest = (['name', 'institutionId', 'institutionName'] as const).flatMap((key) => (text(place?.[key]) ? [[key, text(place?.[key])] as const] : []));
  return { code, ...Object.fromEntries(rest) };
}
