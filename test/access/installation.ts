import { createServer, type Server } from 'node:http';
import { Controller } from '@nestjs/common';
import { allRoutes, type RouteDefinition } from '@zhijian/contracts/http';
import { gateway, settingsFrom } from '@zhijian/gateway';
import { inspectionRoom } from '@zhijian/inspection';
import type { Packs } from '@zhijian/policy';
import { room as publicationRoom } from '@zhijian/publication';
import { room as qualificationRoom } from '@zhijian/qualification';
import { room as qualityControlRoom } from '@zhijian/quality-control';
import { Call, roomApp, Serve, type RoomDescription } from '@zhijian/service-kit';
import { fixedClock, testToken, verifyTestToken, type TestDatabase } from '@zhijian/testing';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { facts, type Person } from './model.js';

export interface Answer { status: number; headers: string[]; bytes: Buffer }
export interface Sent { url: string; body?: string; ifMatch?: number; file?: Buffer; /** In place of what a client would send. */ headers?: Readonly<Record<string, string>> }

/** Every door of the API, each with the real guard, the real table and the real directory; the workflows room’s routes with nothing behind them. */
export interface Installation {
  rooms: readonly string[];
  ask(route: RouteDefinition, as: Person, sent: Sent): Promise<Answer>;
  close(): Promise<void>;
}

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The workflows room needs Temporal to answer; whom it lets in is said by the same guard. */
function guardOnly(): RoomDescription {
  const routes = allRoutes.filter(({ room, path }) => room === 'workflows' && path.startsWith('/api/v1/'));
  class Behind {}
  const behind = Behind.prototype as unknown as Record<string, () => object>;
  for (const [at, route] of routes.entries()) {
    behind[`answer${at}`] = () => ({ reached: true });
    Call()(Behind.prototype, `answer${at}`, 0); // read as every other room reads what it is sent
    Serve(route)(Behind.prototype, `answer${at}`, Object.getOwnPropertyDescriptor(Behind.prototype, `answer${at}`));
  }
  Controller()(Behind);
  return { room: 'workflows', controllers: [Behind] };
}

/** An issuer of its own: a key, found by discovery, and tokens that it signs. */
async function anIssuer() {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const key = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256', use: 'sig' };
  const server: Server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url?.includes('openid-configuration') ? { issuer: address, jwks_uri: `${address}/jwks`, authorization_endpoint: `${address}/a`, token_endpoint: `${address}/t`, response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['ES256'] } : { keys: [key] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  const tokens = new Map<string, Promise<string>>();
  const token = ({ account, role }: Person): Promise<string> => {
    const known = tokens.get(account) ?? new SignJWT({ name: account, role, places: [], auth_time: Math.floor(Date.now() / 1000) })
      .setProtectedHeader({ alg: 'ES256', kid: 'k', typ: 'at+jwt' }).setSubject(account).setIssuer(address).setAudience('zhijian-api').setIssuedAt().setExpirationTime('1h').sign(privateKey);
    tokens.set(account, known);
    return known;
  };
  return { address, token, close: () => new Promise<void>((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }) };
}

interface Injected { statusCode: number; headers: Record<string, unknown>; rawPayload: Buffer }
interface Door { inject(request: object): Promise<Injected>; close(): Promise<unknown>; has(route: RouteDefinition): boolean }

/** The directory as each room keeps it: heard by one, the same rows for the others. */
async function heard(database: TestDatabase, app: Awaited<ReturnType<typeof roomApp>>): Promise<void> {
  const { FactConsumer } = await import('@zhijian/messaging');
  for (const fact of facts()) await app.get(FactConsumer).handle(fact);
  for (const schema of ['qualification', 'quality_control', 'publication', 'gateway', 'workflows']) {
    for (const table of ['jurisdiction_ref', 'jurisdiction_edge_ref', 'jurisdiction_closure_ref', 'person_ref', 'account_ref', 'appointment_ref']) await database.query(schema, `insert into "${table}" select * from inspection."${table}"`);
    await database.query(schema, 'update directory_epoch set epoch = epoch + 1');
  }
}

/** @param packs what every room finds installed */
export async function installation(database: TestDatabase, at: string, packs: Packs): Promise<Installation> {
  const clock = fixedClock(at);
  const doors = new Map<string, Door>();
  for (const description of [inspectionRoom, qualificationRoom, qualityControlRoom, publicationRoom, guardOnly()]) {
    const dataSource = await database.dataSource(description.room, description.entities, { blind: true });
    const app = await roomApp(description, { dataSource, verify: verifyTestToken, clock, packs, admission: { strangers: false } });
    await app.init();
    const server = app.getHttpAdapter().getInstance();
    await server.ready();
    if (description.room === 'inspection') await heard(database, app);
    doors.set(description.room, { inject: (request) => app.inject(request as never), close: () => app.close(), has: ({ method, path }) => server.hasRoute({ method, url: path.replaceAll(/\{(\w+)\}/g, ':$1') }) });
  }
  const issuer = await anIssuer();
  const front = await gateway(settingsFrom({ NODE_ENV: 'test', LOG_LEVEL: 'error', OIDC_ISSUER: issuer.address, DATABASE_URL: database.url, CONSOLE_DIR: '/nowhere' }), await database.dataSource('gateway', [], { blind: true }));
  await front.ready();
  doors.set('gateway', { inject: (request) => front.inject(request as never), close: () => front.close(), has: () => true });

  const now = new Date().toISOString();
  /** What the gateway sends on to a room that the question names is asked of one room. */
  const doorOf = (route: RouteDefinition): string => (route.room !== 'gateway' ? route.room : doors.get('inspection')!.has(route) ? 'inspection' : 'gateway');
  return {
    rooms: [...doors.keys()],
    async ask(route, as, { url, body, ifMatch, file, headers = {} }) {
      const name = doorOf(route);
      const bearer = name === 'gateway' ? await issuer.token(as) : testToken({ id: as.account, name: as.account, role: as.role, places: [], authenticatedAt: now });
      const answer = await doors.get(name)!.inject({
        method: route.method, url, ...(file ? { payload: file } : route.method === 'GET' ? {} : { payload: body ?? '{}' }),
        headers: { authorization: `Bearer ${bearer}`, ...(route.method === 'GET' ? {} : { 'content-type': file ? xlsx : 'application/json', 'idempotency-key': crypto.randomUUID() }), ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }), ...headers },
      });
      return { status: answer.statusCode, headers: Object.keys(answer.headers).sort(), bytes: answer.rawPayload };
    },
    async close() {
      for (const door of doors.values()) await door.close();
      await issuer.close();
    },
  };
}
