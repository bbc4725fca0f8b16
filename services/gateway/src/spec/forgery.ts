import { createPublicKey, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, importJWK, SignJWT, UnsecuredJWT, type CryptoKey, type JWK, type JWTHeaderParameters, type JWTPayload } from 'jose';

/** Makes what is no token of ours look like one. For tests; never part of the running gateway. */
export interface Forgery { readonly kinds: readonly (readonly [string, () => Promise<string> | string])[]; readonly asked: () => number; close(): Promise<void> }

const text = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const parts = (token: string): [string, string, string] => token.split('.') as [string, string, string];
const pick = <T>(of: readonly T[]): T => of[randomBytes(2).readUInt16BE() % of.length]!;
const any = (from: number, to: number): number => from + (randomBytes(4).readUInt32BE() % (to - from + 1));

/**
 * @param real a token that holds
 * @param signing the issuer's own key: with it what the issuer would never say is signed as the issuer signs
 * @param identity an identity token of a real sign-in
 */
export async function forgeries(issuer: string, real: string, signing: JWK & { kid: string }, identity: string): Promise<Forgery> {
  const [head, body, sign] = parts(real);
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as JWTPayload;
  const ours = (await importJWK(signing, 'ES256')) as CryptoKey;
  const open = Object.fromEntries(Object.entries(signing).filter(([name]) => name !== 'd')) as JWK;
  const spki = createPublicKey({ key: open, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
  const stranger = await generateKeyPair('ES256', { extractable: true });
  const strange = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(stranger.publicKey)), kid: 'evil', alg: 'ES256', use: 'sig' };
  let asked = 0;
  const server = createServer((_request, response) => { asked += 1; response.setHeader('content-type', 'application/json'); response.end(JSON.stringify({ keys: [jwk] })); });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const evil = `http://127.0.0.1:${(server.address() as { port: number }).port}`;

  const now = (): number => Math.floor(Date.now() / 1000);
  const signed = (change: JWTPayload = {}, header: Partial<JWTHeaderParameters> = {}, key: CryptoKey = ours): Promise<string> =>
    new SignJWT({ ...claims, iat: now(), exp: now() + 300, ...change }).setProtectedHeader({ alg: 'ES256', kid: signing.kid, typ: 'at+jwt', ...header }).sign(key);
  const higher = { role: pick(['province', 'system-admin', 'security-admin', 'auditor']), sub: pick(['sheng', 'xitong', 'anquan']) };
  const secret = (): Uint8Array => new TextEncoder().encode(pick([spki, JSON.stringify(open), String(open.x), '', 'secret', 'demonstration-only']).padEnd(32, '\0'));
  const bare = (header: object): string => `${text({ typ: 'at+jwt', kid: signing.kid, ...header })}.${text({ ...claims, ...higher })}.`;

  const kinds: Forgery['kinds'] = [
    ['alg none', () => pick([new UnsecuredJWT({ ...claims, ...higher }).encode(), bare({ alg: pick(['none', 'None', 'NONE', 'nOnE', '']) }), `${bare({ alg: 'none' })}${sign}`, bare({})])],
    ['a public key as shared secret', () => { const alg = pick(['HS256', 'HS384', 'HS512']); return new SignJWT({ ...claims, ...higher }).setProtectedHeader({ alg, kid: signing.kid, typ: 'at+jwt' }).sign(Buffer.concat([secret(), Buffer.alloc(64)])); }],
    ['another algorithm under our key id', () => signed(higher, { alg: pick(['RS256', 'PS256']) }, strange.privateKey).catch(() => bare({ alg: 'RS256' }))],
    ['a stranger\'s key under our key id', () => signed(higher, {}, stranger.privateKey)],
    ['an injected key id', () => signed(higher, { kid: pick(['evil', '../../../../dev/null', `' or '1'='1`, `${evil}/jwks`, '', '\u0000', 'k'.repeat(2000), '__proto__', 'constructor', '{"$ne":null}']) }, stranger.privateKey)],
    ['a key brought along', async () => signed(higher, pick<Partial<JWTHeaderParameters>>([{ jku: `${evil}/jwks`, kid: 'evil' }, { x5u: `${evil}/cert`, kid: 'evil' }, { jwk, kid: 'evil' }, { jwk }, { x5c: [randomBytes(64).toString('base64')] }, { jku: `${issuer}@${evil.slice(7)}/jwks`, kid: 'evil' }]), stranger.privateKey)],
    ['another audience', () => signed({ aud: pick<string | string[]>(['zhijian', 'zhijian-api2', 'urn:zhijian:api', 'zhijian-gateway', ['zhijian-api', 'other'], [], '', 'ZHIJIAN-API']) })],
    ['another issuer', () => signed({ iss: pick([evil, `${issuer}/`, issuer.toUpperCase(), `${issuer}.evil.example`, '', 'null']) })],
    ['expired', () => signed({ exp: now() - any(60, 31_536_000), iat: now() - 31_600_000 })],
    ['without an end, or with no number for it', () => signed(pick<JWTPayload>([{ exp: undefined }, { exp: '9999999999' as never }, { exp: null as never }, { exp: true as never }]))],
    ['not yet valid', () => signed({ nbf: now() + any(60, 86_400) })],
    ['without an instant of issue', () => signed({ iat: undefined })],
    ['of another type', () => signed({}, { typ: pick(['JWT', 'id_token', 'logout+jwt', 'dpop+jwt', 'secevent+jwt', '', undefined as never]) })],
    ['an identity token', () => identity],
    ['changed after signing', () => `${head}.${text({ ...claims, ...higher })}.${sign}`],
    ['with one bit turned', () => { const at = pick([0, 1, 2]); const pieces = [head, body, sign].map((piece) => Buffer.from(piece, 'base64url')); const byte = any(0, pieces[at]!.length - 1); pieces[at]![byte] = (pieces[at]![byte] ?? 0) ^ (1 << any(0, 7)); return pieces.map((piece) => piece.toString('base64url')).join('.'); }],
    ['with a signature of nothing', () => `${head}.${text({ ...claims, ...higher })}.${pick([Buffer.alloc(64), Buffer.alloc(0), randomBytes(64), Buffer.alloc(64, 255), Buffer.from(sign, 'base64url').subarray(0, 63)]).toString('base64url')}`],
    ['with the signature of another', async () => { const [, , other] = parts(await signed({ jti: randomBytes(8).toString('hex') })); return `${head}.${body}.${other}`; }],
    ['with the head of another', async () => { const [other] = parts(await signed({}, { typ: 'JWT' })); return `${other}.${body}.${sign}`; }],
    ['with too many or too few parts', () => pick([`${real}.${sign}`, `${head}.${body}`, real.replaceAll('.', ''), `.${body}.${sign}`, `${head}..${sign}`, `${real}.`, `${head}.${body}.${sign}=`])],
    ['with a critical header nobody knows', () => `${text({ alg: 'ES256', kid: signing.kid, typ: 'at+jwt', crit: ['exp2'], exp2: 1 })}.${body}.${sign}`],
    ['of nobody', () => signed(pick<JWTPayload>([{ sub: undefined }, { sub: '' }, { sub: 7 as never }]))],
    ['with a role we do not know', () => signed({ role: pick<unknown>([undefined, '', 'root', 'admin', 'Province', 'public', '__proto__', 'toString', 7]) })],
    ['without places', () => signed({ places: pick<unknown>([undefined, null, '330100', { code: '330100' }, [null], [{}], [{ code: 7 }]]) })],
    ['not a token', () => pick([randomBytes(40).toString('base64url'), 'null', 'undefined', '{}', '[object Object]', 'a.b.c', '..', 'e30.e30.e30', 'x'.repeat(20_000)])],
  ];
  return { kinds, asked: () => asked, close: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }) };
}
