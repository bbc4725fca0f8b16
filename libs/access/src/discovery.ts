import { IssuerUnavailable } from './failure.js';

/**
 * Where an issuer publishes its keys, by OpenID Connect Discovery.
 * @throws IssuerUnavailable when it does not answer, or answers for another issuer
 */
export async function discoverKeys(issuer: string): Promise<URL> {
  try {
    const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(3000), redirect: 'error' });
    if (!response.ok) throw new Error(`discovery answered ${response.status}`);
    const found = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
    if (found.issuer !== issuer) throw new Error(`discovery describes ${String(found.issuer)}, not ${issuer}`);
    return new URL(String(found.jwks_uri));
  } catch (error) {
    throw new IssuerUnavailable(error);
  }
}
