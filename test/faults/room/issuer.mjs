// A token issuer for the faults: discovery, one key, one operator.
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** Gives `{ issuer, token, stop() }`. */
export async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const key = { ...(await exportJWK(publicKey)), kid: 'trial', alg: 'ES256', use: 'sig' };
  const server = createServer((request, response) => {
    const body = request.url.startsWith('/.well-known') ? { issuer, jwks_uri: `${issuer}/jwks` } : { keys: [key] };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const token = await new SignJWT({ role: 'operator', name: 'operator', places: [{ code: '990100' }] })
    .setProtectedHeader({ alg: 'ES256', kid: 'trial', typ: 'at+jwt' }).setSubject('operator').setIssuer(issuer).setAudience('zhijian-api').setIssuedAt().setExpirationTime('12h').sign(privateKey);
  return { issuer, token, stop: () => new Promise((closed) => { server.closeAllConnections(); server.close(closed); }) };
}
