import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { discoverKeys } from './discovery.js';
import { IssuerUnavailable, TokenRefused } from './failure.js';
import { identityOf, ownClaims, type ClaimsMapping } from './claims.js';
import type { Identity } from './principal.js';

/** Signatures with a public key only: neither `none` nor a shared secret. */
export const algorithms = ['ES256', 'ES384', 'PS256', 'RS256', 'EdDSA'];
const tolerance = 30; // seconds that two machines' clocks may differ
const most = 5000; // tokens remembered

export interface Trusted {
  issuer: string;
  audience: string;
  /** How the issuer writes what we read; its own way when left out. */
  claims?: ClaimsMapping;
  /** Real time, for tests; the demonstration clock never decides whether a token holds. */
  now?: () => Date;
}

/**
 * Checks access tokens of one issuer: signature, `typ` at+jwt, issuer, audience, validity. The issuer's keys are found by
 * discovery at the first token and kept; an unknown key id has them fetched again, at most twice a minute. A token that held
 * holds until its end without being checked again (checking costs 100 µs): who may act, and whether the person still may, is
 * asked of the directory, every time.
 * @throws TokenRefused (401) and IssuerUnavailable (503)
 */
export function tokenVerifier(trusted: Trusted): (token: string) => Promise<Identity> {
  const check = checker(trusted);
  const now = (): number => trusted.now?.().getTime() ?? Date.now();
  const held = new Map<string, { identity: Identity; until: number }>();
  return async (token) => {
    const known = held.get(token);
    if (known && now() < known.until) return known.identity;
    held.delete(token);
    const verified = await check(token);
    if (held.size >= most) held.delete(held.keys().next().value!); // the one longest remembered
    held.set(token, verified);
    return verified.identity;
  };
}

function checker({ issuer, audience, claims = ownClaims, now }: Trusted): (token: string) => Promise<{ identity: Identity; until: number }> {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const keysOf = (): Promise<JWTVerifyGetKey> => {
    keys ??= discoverKeys(issuer).then((address) => createRemoteJWKSet(address, { timeoutDuration: 3000, cooldownDuration: 30_000, cacheMaxAge: 600_000 }));
    keys.catch(() => { keys = undefined; }); // the next token asks again
    return keys;
  };
  return async (token) => {
    refuseUnsigned(token);
    const getKey = await keysOf();
    try {
      const { payload } = await jwtVerify(token, getKey, {
        issuer, audience, algorithms, typ: 'at+jwt', clockTolerance: tolerance, requiredClaims: ['sub', 'exp', 'iat'], ...(now ? { currentDate: now() } : {}),
      });
      return { identity: identityOf(onlyFor(payload, audience), claims), until: payload.exp! * 1000 };
    } catch (error) {
      throw failureOf(error);
    }
  };
}

/** What is no signed token at all is refused before anybody is asked for keys. */
function refuseUnsigned(token: string): void {
  if (token.length > 12_000 || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) throw new TokenRefused('not a signed token');
}

/** One token, one audience: a token that also opens other doors is refused here. */
function onlyFor(payload: JWTPayload, audience: string): JWTPayload {
  if (Array.isArray(payload.aud) && payload.aud.some((other) => other !== audience)) throw new TokenRefused('the token has a second audience');
  return payload;
}

function failureOf(error: unknown): Error {
  if (error instanceof TokenRefused) return error;
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return new IssuerUnavailable(error);
  if (error instanceof errors.JOSEError && error.code !== 'ERR_JOSE_GENERIC') return new TokenRefused(error.code, { cause: error });
  return new IssuerUnavailable(error); // fetching the keys failed: jose says so by a generic error or passes on fetch's own
}
