import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTHeaderParameters, type JWTPayload } from 'jose';
import { tokenVerifier } from './token.js';

const audience = 'zhijian-api';
const person = { sub: 'xian', name: '县级监督员', role: 'county', places: [{ code: '990101', name: '东区' }] };
let server: Server;
let issuer: string;
let key: CryptoKey;
let stranger: CryptoKey;
let down = false;

beforeAll(async () => {
  const pair = await generateKeyPair('ES256');
  key = pair.privateKey;
  stranger = (await generateKeyPair('ES256')).privateKey;
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  server = createServer((request, response) => {
    if (down) return void response.destroy();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/jwks' ? { keys: [jwk] } : { issuer, jwks_uri: `${issuer}/jwks` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const signed = (claims: JWTPayload = {}, header: Partial<JWTHeaderParameters> = {}, by = key): Promise<string> => {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ iss: issuer, aud: audience, iat: now, exp: now + 300, ...person, ...claims }).setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'at+jwt', ...header }).sign(by);
};
const verify = (token: string) => tokenVerifier({ issuer, audience })(token);
const seconds = (offset: number): number => Math.floor(Date.now() / 1000) + offset;
const refused = { name: 'TokenRefused' };

describe('an access token', () => {
  it('of the issuer, for this API, in time, names its principal', async () => {
    expect(await verify(await signed())).toEqual({ id: 'xian', name: '县级监督员', role: 'county', places: [{ code: '990101', name: '东区' }] });
  });

  it.each<[string, () => Promise<string> | string]>([
    ['is no token', () => 'abc'],
    ['is unsigned (alg none)', () => new UnsecuredJWT({ ...person, iss: issuer, aud: audience }).setExpirationTime('5m').setIssuedAt().encode()],
    ['is signed with a shared secret', () => new SignJWT(person).setProtectedHeader({ alg: 'HS256', kid: 'k1', typ: 'at+jwt' }).setIssuer(issuer).setAudience(audience).setIssuedAt().setExpirationTime('5m').sign(new Uint8Array(32))],
    ['is signed by a stranger under our key id', () => signed({}, {}, stranger)],
    ['names a key the issuer does not have', () => signed({}, { kid: 'k2' }, stranger)],
    ['was changed after signing', async () => { const [head, , sign] = (await signed()).split('.'); return [head, Buffer.from(JSON.stringify({ ...person, role: 'province' })).toString('base64url'), sign].join('.'); }],
    ['has expired', () => signed({ exp: seconds(-120) })],
    ['has no end', () => signed({ exp: undefined })],
    ['begins later', () => signed({ nbf: seconds(120) })],
    ['is of another issuer', () => signed({ iss: 'http://127.0.0.1:1' })],
    ['is for another audience', () => signed({ aud: 'other-api' })],
    ['is for a second audience too', () => signed({ aud: [audience, 'other-api'] })],
    ['is an identity token', () => signed({}, { typ: 'JWT' })],
    ['names a role we do not know', () => signed({ role: 'root' })],
    ['names no places', () => signed({ places: undefined })],
  ])('is refused when it %s', async (_, token) => {
    await expect(verify(await token())).rejects.toMatchObject(refused);
  });

  it('holds a little past its end, since two clocks may differ', async () => {
    expect((await verify(await signed({ exp: seconds(-5) }))).id).toBe('xian');
  });

  it('that held is remembered until its end and no longer', async () => {
    let at = Date.now();
    const check = tokenVerifier({ issuer, audience, now: () => new Date(at) });
    const token = await signed();
    const first = await check(token);
    expect(await check(token)).toBe(first); // the very same: not checked again
    at += 299_000;
    expect(await check(token)).toBe(first);
    at += 60_000;
    await expect(check(token)).rejects.toMatchObject(refused);
  });

  it('says when its bearer signed in, where the issuer says so', async () => {
    expect((await verify(await signed({ auth_time: 1_795_000_000 }))).authenticatedAt).toBe('2026-11-18T11:06:40.000Z');
  });

  it('is neither good nor bad while the issuer does not answer; afterwards it is good again', async () => {
    const check = tokenVerifier({ issuer, audience });
    down = true;
    await expect(check(await signed())).rejects.toMatchObject({ name: 'IssuerUnavailable' });
    down = false;
    expect((await check(await signed())).id).toBe('xian');
  });

  it('is checked with the keys already known while the issuer does not answer', async () => {
    const check = tokenVerifier({ issuer, audience });
    await check(await signed());
    down = true;
    expect((await check(await signed())).id).toBe('xian');
    down = false;
  });
});
