import * as oidc from 'openid-client';
import { IssuerUnavailable } from '@zhijian/access';
import type { Settings } from '../settings.js';

export interface Tokens { access: string; accessUntil: Date; refresh: string | null; identity: string | null }
/** What a sign-in must bring back to count. */
export interface SignInChecks { state: string; nonce: string; verifier: string }

const scope = 'openid profile';

/** The OpenID provider as the gateway uses it: code with PKCE, refresh, sign-out. Found by discovery at first use. */
export class Issuer {
  private found: Promise<oidc.Configuration> | undefined;

  constructor(private readonly settings: Pick<Settings, 'issuer' | 'clientId' | 'clientSecret' | 'address'>) {}

  /** @throws IssuerUnavailable */
  async signInAddress({ state, nonce, verifier }: SignInChecks, anew: boolean): Promise<URL> {
    return oidc.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: `${this.settings.address}/auth/callback`, scope, state, nonce, code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
      ...(anew ? { prompt: 'login' } : {}),
    });
  }

  /** Exchanges the code that came back. @throws IssuerUnavailable, or openid-client's error when the answer is not for this sign-in */
  async exchange(callback: string, { state, nonce, verifier }: SignInChecks): Promise<Tokens> {
    const configuration = await this.configuration();
    return this.asking(async () => tokensOf(await oidc.authorizationCodeGrant(configuration, new URL(callback, this.settings.address), { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true })));
  }

  /** @returns null when the issuer no longer honours the refresh token. @throws IssuerUnavailable */
  async refreshed(refresh: string): Promise<Tokens | null> {
    const configuration = await this.configuration();
    try {
      return await this.asking(async () => tokensOf(await oidc.refreshTokenGrant(configuration, refresh)));
    } catch (error) {
      if (error instanceof oidc.ResponseBodyError && error.status < 500) return null;
      throw error instanceof IssuerUnavailable ? error : new IssuerUnavailable(error);
    }
  }

  /** Ends what can be ended at the issuer without the browser. Never fails: whoever signs out is signed out here. */
  async revoke(refresh: string): Promise<void> {
    await this.configuration().then((configuration) => oidc.tokenRevocation(configuration, refresh)).catch(() => undefined);
  }

  /** Where the browser ends the sign-in at the issuer too; undefined when the issuer has no such page or does not answer. */
  async signOutAddress(identity: string | null): Promise<string | undefined> {
    const configuration = await this.configuration().catch(() => undefined);
    if (!configuration?.serverMetadata().end_session_endpoint) return undefined;
    return oidc.buildEndSessionUrl(configuration, { post_logout_redirect_uri: `${this.settings.address}/`, ...(identity ? { id_token_hint: identity } : {}) }).href;
  }

  private configuration(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const insecure = issuer.startsWith('http:'); // refused in production by the settings
    this.found ??= oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, { timeout: 5, ...(insecure ? { execute: [oidc.allowInsecureRequests] } : {}) });
    this.found.catch(() => { this.found = undefined; });
    return this.found.catch((error: unknown) => { throw new IssuerUnavailable(error); });
  }

  private async asking(ask: () => Promise<Tokens>): Promise<Tokens> {
    try {
      return await ask();
    } catch (error) {
      const answered = error instanceof oidc.ResponseBodyError ? error.status < 500 : error instanceof oidc.AuthorizationResponseError || (error instanceof oidc.ClientError && error.code !== 'OAUTH_TIMEOUT' && error.code !== 'OAUTH_RESPONSE_IS_NOT_CONFORM');
      throw answered ? error : new IssuerUnavailable(error);
    }
  }
}

function tokensOf(answer: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers): Tokens {
  return { access: answer.access_token, accessUntil: new Date(Date.now() + (answer.expiresIn() ?? 60) * 1000), refresh: answer.refresh_token ?? null, identity: answer.id_token ?? null };
}
