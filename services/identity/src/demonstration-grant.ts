import { errors, type TokenEndpointGrantContext } from 'oidc-provider';
import { importJWK, SignJWT } from 'jose';
import { claimsOf, type Accounts } from './accounts.js';
import type { Keys } from './keys.js';

export const demonstrationGrant = 'urn:zhijian:demonstration';
export const demonstrationClient = 'zhijian-demonstration';
export const audience = 'zhijian-api';
const seconds = 3600;

/**
 * A token for an account, without a browser: for the command line and the demonstration. `POST /token` with `account`, and
 * `place` to narrow it. This whole provider does not exist in production.
 */
export function demonstrationHandler(accounts: Accounts, { signing }: Keys, issuer: string) {
  return async (ctx: TokenEndpointGrantContext<{ account?: string; place?: string }>): Promise<void> => {
    const { account: name, place } = ctx.oidc.params as { account?: string; place?: string };
    const account = accounts.find(name ?? '');
    if (!account) throw new errors.InvalidRequest(`没有账号 ${name ?? ''}`);
    const claims = claimsOf(account, place);
    if (!claims) throw new errors.InvalidRequest(`账号 ${account.name} 不在辖区 ${place ?? ''}`);
    const token = await new SignJWT({ ...claims, auth_time: Math.floor(Date.now() / 1000), client_id: demonstrationClient, scope: '' })
      .setProtectedHeader({ alg: 'ES256', kid: signing.kid!, typ: 'at+jwt' })
      .setSubject(account.name).setIssuer(issuer).setAudience(audience).setIssuedAt().setExpirationTime(`${seconds}s`).setJti(crypto.randomUUID())
      .sign(await importJWK(signing, 'ES256'));
    ctx.body = { access_token: token, token_type: 'Bearer', expires_in: seconds };
  };
}
