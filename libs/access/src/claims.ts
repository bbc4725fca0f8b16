import { roles, type Role } from '@zhijian/contracts';
import { z } from 'zod';
import { TokenRefused } from './failure.js';
import type { Identity, Place } from './principal.js';

type Claims = Readonly<Record<string, unknown>>;

const path = z.string().min(1);
/** How another issuer writes what we read: claim names, dots leading inside; for roles its words and ours. */
export const claimsMapping = z.strictObject({
  account: path.default('sub'),
  name: path.default('name'),
  /** null: the issuer says nothing of roles, the directory does. */
  role: z.union([path, z.strictObject({ claim: path, values: z.record(z.string(), z.enum(roles)) }), z.null()]).default('role'),
  places: path.nullable().default('places'),
  authenticatedAt: path.default('auth_time'),
});
export type ClaimsMapping = z.infer<typeof claimsMapping>;
export const ownClaims: ClaimsMapping = claimsMapping.parse({});

const at = (claims: unknown, where: string): unknown =>
  where.split('.').reduce<unknown>((value, step) => (typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? (value as Claims)[step] : undefined), claims);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' && value.length <= 200 ? value : undefined);

/**
 * Whom verified claims describe.
 * @throws TokenRefused when they say nothing we know where they should: a signed token of a stranger's form is nobody
 */
export function identityOf(claims: Claims, mapping: ClaimsMapping = ownClaims): Identity {
  const id = text(at(claims, mapping.account));
  if (!id) throw new TokenRefused('the claims name no account');
  const role = mapping.role === null ? undefined : roleOf(claims, mapping.role);
  const places = mapping.places === null ? [] : at(claims, mapping.places);
  if (!Array.isArray(places)) throw new TokenRefused('the claims name no places');
  const authenticated = at(claims, mapping.authenticatedAt);
  return {
    id, name: text(at(claims, mapping.name)) ?? id, ...(role ? { role } : {}), places: places.map((place) => placeOf(place as Claims)),
    ...(typeof authenticated === 'number' && Number.isSafeInteger(authenticated) ? { authenticatedAt: new Date(authenticated * 1000).toISOString() } : {}),
  };
}

function roleOf(claims: Claims, mapping: Exclude<ClaimsMapping['role'], null>): Role {
  const { claim, values } = typeof mapping === 'string' ? { claim: mapping, values: undefined } : mapping;
  const said = [at(claims, claim)].flat();
  const role = values ? said.flatMap((word) => (typeof word === 'string' && Object.hasOwn(values, word) ? [values[word]!] : []))[0] : roles.find((known) => known === said[0]);
  if (!role) throw new TokenRefused('the claims name no role we know');
  return role;
}

function placeOf(place: Claims | string | null): Place {
  const code = typeof place === 'string' ? text(place) : text(place?.['code']);
  if (!code) throw new TokenRefused('a place without a code');
  const rest = typeof place === 'string' ? [] : (['name', 'institutionId', 'institutionName'] as const).flatMap((key) => (text(place?.[key]) ? [[key, text(place?.[key])] as const] : []));
  return { code, ...Object.fromEntries(rest) };
}
