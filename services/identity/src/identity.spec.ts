import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { calculatePKCECodeChallenge, randomPKCECodeVerifier } from 'openid-client';
import { demonstrationGrant, demonstrationClient } from './demonstration-grant.js';
import { identityServer } from './server.js';
import { settingsFrom, type Settings } from './settings.js';

const folder = mkdtempSync(join(tmpdir(), 'identity-'));
const gateway = 'http://127.0.0.1:4200';
let settings: Settings;
let server: Server;

const freePort = (): Promise<number> => new Promise((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => { const { port } = probe.address() as { port: number }; probe.close(() => resolve(port)); });
});
async function open(): Promise<void> {
  server = await identityServer(settings);
  await new Promise<void>((resolve) => server.listen(settings.port, '127.0.0.1', resolve));
}
const shut = (): Promise<void> => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); });

beforeAll(async () => {
  const port = await freePort();
  settings = settingsFrom({ OIDC_ISSUER: `http://127.0.0.1:${port}`, PORT: String(port), IDENTITY_DATA: folder, ACCOUNTS_FILE: join(folder, 'accounts.json'), GATEWAY_URL: gateway });
  await open();
});
afterAll(async () => {
  await shut();
  rmSync(folder, { recursive: true });
});

const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(new URL(path, settings.issuer), { method: 'POST', body: new URLSearchParams(form), headers, redirect: 'manual' });
const demonstrated = (form: Record<string, string>) => post('/token', { grant_type: demonstrationGrant, client_id: demonstrationClient, ...form });
const claimsOf = async (token: string) =>
  (await jwtVerify(token, createRemoteJWKSet(new URL('/jwks', settings.issuer)), { issuer: settings.issuer, audience: 'zhijian-api', typ: 'at+jwt', algorithms: ['ES256'] })).payload;
const secret = { authorization: `Basic ${Buffer.from('zhijian-gateway:demonstration-only').toString('base64')}` };

/** A browser that keeps cookies and goes where it is sent, until it is sent away from this provider. */
class Browser {
  private readonly cookies = new Map<string, string>();
  async go(url: string | URL, form?: Record<string, string>): Promise<{ url: URL; status: number; html: string; response: Response }> {
    const at = new URL(url, settings.issuer);
    const response = await fetch(at, { redirect: 'manual', headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }, ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}) });
    for (const cookie of response.headers.getSetCookie()) { const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!; this.cookies.set(name!, value!); }
    const next = response.headers.get('location');
    if (!next) return { url: at, status: response.status, html: await response.text(), response };
    const to = new URL(next, at);
    return to.origin === at.origin ? this.go(to) : { url: to, status: response.status, html: '', response };
  }
}
const verifier = randomPKCECodeVerifier();
const authorization = async (more: Record<string, string> = {}) => `/auth?${new URLSearchParams({
  client_id: 'zhijian-gateway', response_type: 'code', scope: 'openid profile', redirect_uri: `${gateway}/auth/callback`, state: 's', nonce: 'n',
  code_challenge: await calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', ...more }).toString()}`;

describe('the development identity provider', () => {
  it('does not start in production', () => {
    expect(() => settingsFrom({ NODE_ENV: 'production' })).toThrow('production');
  });

  it('gives a token for a demonstration account, narrowed to one place on demand', async () => {
    const { access_token: token } = (await (await demonstrated({ account: 'xian' })).json()) as { access_token: string };
    expect(await claimsOf(token)).toMatchObject({ sub: 'xian', role: 'county', name: '县级监督员' });
    const narrowed = (await (await demonstrated({ account: 'xian', place: '330106' })).json()) as { access_token: string };
    expect((await claimsOf(narrowed.access_token))['places']).toEqual([{ code: '330106', name: '西湖区' }]);
  });

  it('gives none for an unknown account or a place that is not the account\'s', async () => {
    expect((await demonstrated({ account: 'nobody' })).status).toBe(400);
    expect((await demonstrated({ account: 'xian2', place: '330106' })).status).toBe(400);
  });

  it('knows the accounts of the file as soon as it is there, and keeps them when it is spoilt', async () => {
    const file = join(folder, 'accounts.json');
    writeFileSync(file, JSON.stringify([{ name: 'jigou', displayName: '甲机构经办人', role: 'institution', places: [{ code: '990101', name: '东区', institutionId: 'i-1', institutionName: '甲机构' }] }]));
    const token = async () => ((await (await demonstrated({ account: 'jigou' })).json()) as { access_token: string }).access_token;
    expect(await claimsOf(await token())).toMatchObject({ name: '甲机构经办人', places: [{ code: '990101', institutionId: 'i-1' }] });
    const warned = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    writeFileSync(file, '[');
    expect((await claimsOf(await token()))['name']).toBe('甲机构经办人');
    expect(warned).toHaveBeenCalledTimes(1);
    warned.mockRestore();
  });

  it('shows the page again, with an error, when the password is wrong; nothing on it comes from outside', async () => {
    const browser = new Browser();
    const page = await browser.go(await authorization());
    expect(page.html).toContain('<label for="password">口令');
    expect(page.html).not.toMatch(/(src|href)="http/);
    expect(page.response.headers.get('content-security-policy')).toContain(`default-src 'none'`);
    const again = await browser.go(page.url, { account: 'shi"<script>', password: 'wrong' });
    expect(again.status).toBe(401);
    expect(again.html).toContain('role="alert"');
    expect(again.html).not.toContain('<script>');
  });

  it('demands PKCE', async () => {
    const { url } = await new Browser().go(await authorization({ code_challenge: '', code_challenge_method: '' }));
    expect(url.searchParams.get('error')).toBe('invalid_request');
  });

  it('signs in with a code, and refreshes the token after it was killed and came back', async () => {
    const browser = new Browser();
    const page = await browser.go(await authorization());
    const back = await browser.go(page.url, { account: 'shi', password: 'demo' });
    expect(back.url.origin).toBe(gateway);
    const code = back.url.searchParams.get('code')!;
    const exchange = { grant_type: 'authorization_code', code, redirect_uri: `${gateway}/auth/callback`, code_verifier: verifier };
    const tokens = (await (await post('/token', exchange, secret)).json()) as { access_token: string; refresh_token: string; expires_in: number };
    expect(await claimsOf(tokens.access_token)).toMatchObject({ sub: 'shi', role: 'city', aud: 'zhijian-api' });
    expect(tokens.expires_in).toBe(300);

    await shut();
    await open();
    await fetch(settings.issuer).catch(() => undefined); // connections of the first life are gone
    const fresh = (await (await post('/token', { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }, secret)).json()) as { access_token: string };
    expect(await claimsOf(fresh.access_token)).toMatchObject({ sub: 'shi', role: 'city' });
    expect((await browser.go(await authorization())).url.searchParams.get('code')).toBeTruthy(); // and the browser is still known
  });
});
