import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const log = (process.env['LOG_FILE'] ||= join(mkdtempSync(join(tmpdir(), 'privacy-')), 'log.ndjson')); // opened when the first room of the process is loaded, by which the step of all tests has named it
const { aPrincipal, testDatabase, testRoom, testToken, fixedClock } = await import('@zhijian/testing');
const { allRoutes } = await import('@zhijian/contracts/http');
const { writeTable } = await import('@zhijian/documents');
const { inspectionRoom } = await import('@zhijian/inspection');
const { room: qualificationRoom } = await import('@zhijian/qualification');
const { room: qualityControlRoom } = await import('@zhijian/quality-control');
const { room: publicationRoom } = await import('@zhijian/publication');
const { knownAtFirst, learn, place, runningCampaign } = await import('./campaign.js');
const { canaries, seeking } = await import('./canaries.js');
const { ways } = await import('./requests.js');

type Room = Awaited<ReturnType<typeof testRoom>>;
type Route = (typeof allRoutes)[number];
const count = process.env['PROVE'] ? 1000 : 12;
const seed = process.env['SEED'] ?? String(Date.now() % 1_000_000);
const birds = canaries(count, seed);
const kinds = new Set(birds.map(({ kind }) => kind)).size;
const sought = seeking(birds);
const clock = fixedClock('2023-04-05T10:00:00+08:00');

let database: Awaited<ReturnType<typeof testDatabase>>;
const rooms = new Map<string, Room>();
const known: Record<string, unknown> = { ...knownAtFirst };
const answered = { ok: 0, refused: 0, commands: 0 };
const told: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  for (const description of [inspectionRoom, qualificationRoom, qualityControlRoom, publicationRoom]) rooms.set(description.room, await testRoom(description, { database, clock }));
  const [here, there] = [rooms.get('inspection')!, rooms.get('qualification')!];
  Object.assign(known, await runningCampaign({ inspection: here, qualification: there, database, tell: async () => { for (const fact of await there.facts()) await here.hear(fact); } }, clock.now()));
}, 120_000);
afterAll(async () => {
  for (const room of rooms.values()) await room.stop();
  await database?.drop();
});

/** Sends it as somebody who may, or as one who may not. */
async function send(route: Route, way: string, value: string, allowed = true): Promise<void> {
  const room = rooms.get(route.room);
  if (!room) return;
  const sent = ways[way]!(route, value, known);
  const role = allowed ? route.roles[0]! : (['expert', 'institution', 'auditor', 'operator'] as const).find((one) => !(route.roles as readonly string[]).includes(one));
  if (!role) return; // everybody may
  const as = aPrincipal(role, role === 'province' ? '330000' : role === 'city' ? '330100' : place, role.startsWith('institution') ? String(known['institutionId']) : undefined);
  const file = route.file ? await writeTable({ title: '表', sheet: value.slice(0, 20), columns: [{ key: 'a', title: value.slice(0, 40), parse: 'text' }] }, [{ a: value }]) : undefined;
  for (const version of route.ifMatch ? [1, 2, 3, 4, 5, 6, 7, 8] : [0]) {
    const { statusCode, body } = await room.app.inject({
      method: route.method, url: sent.url, payload: file ? Buffer.from(file) : (sent.body ?? ''),
      headers: {
        authorization: `Bearer ${testToken(as)}`, ...(route.method === 'GET' ? {} : { 'content-type': file ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'application/json', 'idempotency-key': crypto.randomUUID() }),
        ...(route.ifMatch ? { 'if-match': `"${version}"` } : {}), ...sent.headers,
      },
    });
    if (statusCode === 412 && way === 'in every field') continue;
    if (statusCode >= 400) { answered.refused += 1; told.push(`${route.method} ${route.path} ${way} ${statusCode} ${body}`); } else {
      answered.ok += 1;
      if (route.method !== 'GET') answered.commands += 1;
      try { learn(known, JSON.parse(body)); } catch { /* a file */ }
    }
    return;
  }
}

const stores = ['outbox', 'parked', 'command_entry', 'certificate', 'rule_text', 'audit_entry_v1'];
const schemas = ['inspection', 'qualification', 'quality_control', 'publication', 'workflows', 'gateway'];

/** Where a canary came out. */
async function found(): Promise<string[]> {
  const places: [string, string][] = told.map((text) => [`an answer: ${text.slice(0, 120)}`, text]);
  const logged = readFileSync(log, 'utf8').split('\n');
  expect(logged.length).toBeGreaterThan(kinds); // an empty log would show nothing
  places.push(...logged.map((line): [string, string] => [`the log: ${line.slice(0, 200)}`, line]));
  for (const schema of schemas) for (const store of stores) {
    const rows = await database.query<{ row: string }>('inspection', `select r::text as row from "${schema}"."${store}" r`);
    places.push(...rows.map(({ row }): [string, string] => [`${schema}.${store}: ${row.slice(0, 300)}`, row]));
  }
  return places.flatMap(([where, text]) => sought(text).map((kind) => `${kind} in ${where}`));
}

describe(`${count} names, id numbers, telephones, tokens, passwords and short words (seed ${seed})`, () => {
  const routes = allRoutes.filter(({ room, path }) => ['inspection', 'qualification', 'quality-control', 'publication'].includes(room) && path.startsWith('/api/v1'));

  it('sent through every endpoint in every way stand in no log, fact, entry, certificate, parked fact or problem', async () => {
    const every = Object.keys(ways);
    for (const [at, { value }] of birds.entries()) for (const [number, route] of routes.entries()) {
      // Each canary through each endpoint; the ways take turns, so that each endpoint meets each kind of canary in each way.
      const chosen = process.env['PROVE'] ? [every[(Math.floor(at / kinds) + number) % every.length]!, 'in every field'] : at < kinds ? every : [every[(at + number) % every.length]!];
      for (const way of new Set(chosen)) await send(route, way, value);
      if (at < kinds) await send(route, 'in every field', value, false); // what is refused is logged
    }
    const leaks = await found();
    process.stderr.write(`privacy: ${birds.length} canaries, ${routes.length} endpoints, ${Object.keys(ways).length} ways: ${answered.ok} accepted (${answered.commands} commands), ${answered.refused} refused, ${leaks.length} leaks\n`);
    expect([...new Set(leaks)].slice(0, 20)).toEqual([]);
    expect(answered.commands).toBeGreaterThan(birds.length);
  }, 3_600_000);
});
