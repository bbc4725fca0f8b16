// A token issuer of this run: one key, discovery, and tokens as the services expect them, signed as OpenID providers do by default.
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** @returns { url, token(claims), stop() } */
export async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'RS256', use: 'sig' };
  let url = '';
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/jwks' ? { keys: [jwk] } : { issuer: url, jwks_uri: `${url}/jwks` }));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${server.address().port}`;
  return {
    url,
    token: ({ id, role, places }) => new SignJWT({ name: id, role, places, auth_time: Math.floor(Date.now() / 1000) })
      .setProtectedHeader({ alg: 'RS256', kid: 'bench', typ: 'at+jwt' }).setIssuer(url).setAudience('zhijian-api').setSubject(id).setIssuedAt().setExpirationTime('6h').sign(privateKey),
    stop: () => { server.closeAllConnections(); server.close(); },
  };
}
