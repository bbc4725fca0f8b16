import { Provider, type Configuration } from 'oidc-provider';
import { claimsOf, type Accounts } from './accounts.js';
import { audience, demonstrationClient, demonstrationGrant, demonstrationHandler } from './demonstration-grant.js';
import type { Keys } from './keys.js';
import { failurePage, leavingPage, leftPage } from './pages.js';
import type { Settings } from './settings.js';
import type { Store } from './store.js';

/** The one resource: our API. Resource indicators must be URIs; the tokens' audience is `zhijian-api`. */
const api = 'urn:zhijian:api';
const hour = 3600;

/** An OpenID provider with one client, the gateway: code with PKCE, JWT access tokens of five minutes, refreshed. */
export function identityProvider(settings: Settings, { keys, accounts, store }: { keys: Keys; accounts: Accounts; store: Store }): Provider {
  const configuration: Configuration = {
    adapter: store.adapter,
    clients: [
      {
        client_id: 'zhijian-gateway', client_secret: settings.clientSecret, client_name: '职监', grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'],
        redirect_uris: [`${settings.gateway}/auth/callback`], post_logout_redirect_uris: [`${settings.gateway}/`],
      },
      { client_id: demonstrationClient, token_endpoint_auth_method: 'none', grant_types: [demonstrationGrant], response_types: [], redirect_uris: [] },
    ],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    jwks: { keys: [keys.signing] },
    cookies: { keys: keys.cookies, names: { session: 'identity', interaction: 'identity-sign-in', resume: 'identity-resume' } },
    claims: { openid: ['sub'], profile: ['name', 'role'] },
    scopes: ['openid', 'profile'],
    pkce: { required: () => true },
    responseTypes: ['code'],
    ttl: { AccessToken: 300, AuthorizationCode: 60, IdToken: hour, Interaction: hour, Session: 12 * hour, Grant: 12 * hour, RefreshToken: 12 * hour },
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: false, // the gateway authenticates with a secret; a new token each time could be lost when it dies between answer and commit
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: async (_ctx, name) => {
      const account = accounts.find(name);
      return account && { accountId: account.name, claims: async () => ({ sub: account.name, name: account.displayName, role: account.role }) };
    },
    extraTokenClaims: async (ctx, token) => {
      const account = 'accountId' in token ? accounts.find(token.accountId) : undefined;
      const { AuthorizationCode: code, RefreshToken: refresh } = ctx.oidc.entities;
      const signedIn = code?.authTime ?? refresh?.authTime; // when the person signed in, not when the token was made
      return account && { ...claimsOf(account), ...(signedIn === undefined ? {} : { auth_time: signedIn }) };
    },
    loadExistingGrant: async (ctx) => {
      // Nobody is asked for consent: the only client is our own gateway.
      const { client, session, provider, result } = ctx.oidc;
      const known = result?.consent?.grantId ?? session?.grantIdFor(client!.clientId);
      const grant = (known ? await provider.Grant.find(known) : undefined) ?? new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
      grant.addOIDCScope('openid profile');
      grant.addResourceScope(api, '');
      await grant.save(); // eslint-disable-line no-restricted-syntax -- the library's own model, no entity
      return grant;
    },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => 'clientId' in token && token.clientId === client.clientId },
      resourceIndicators: {
        enabled: true, defaultResource: () => api, useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: '', audience, accessTokenFormat: 'jwt', accessTokenTTL: 300, jwt: { sign: { alg: 'ES256' } } }),
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => { ctx.body = leavingPage(form); },
        postLogoutSuccessSource: (ctx) => { ctx.body = leftPage(settings.gateway); },
      },
    },
    renderError: (ctx, out) => { ctx.type = 'html'; ctx.body = failurePage(settings.gateway, String(out.error_description ?? out.error)); },
  };
  const provider = new Provider(settings.issuer, configuration);
  provider.registerGrantType(demonstrationGrant, demonstrationHandler(accounts, keys, settings.issuer), ['account', 'place']);
  return provider;
}
