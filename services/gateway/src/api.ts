import { rightOf } from '@zhijian/access';
import type { Calendar } from '@zhijian/calendar';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { allRoutes, audit, gateway, operations, type QueryOf, type RouteDefinition } from '@zhijian/contracts/http';
import { jsonOf, keyOf, noticeIn, versionIn } from './calendar/calendar-routes.js';
import { dueOf, monthOf, type DueQuestion } from './calendar/calendar-reader.js';
import { clocksOfAllRooms } from './calendar/clocks.js';
import { icsOf } from './calendar/ics.rules.js';
import type { Looks } from './calendar/looks.js';
import type { Notices } from './calendar/notices.js';
import { previewOfAllRooms } from './calendar/preview.js';
import { whoGrants } from '@zhijian/service-kit/directory';
import type { InstallationClock } from './clock/clock.js';
import type { Answering } from './directory/directory-routes.js';
import { parkedOfAllRooms } from './operations/parked.js';
import type { PackReader } from './pack/packs.js';
import type { Rehearsals } from './pack/rehearsals.js';
import { noSuchAddress, parsed, Trouble } from './problem.js';
import { forward } from './proxy/forward.js';
import type { Upstream } from './proxy/upstream.js';
import type { Callers } from './session/caller.js';
import { rooms, type RoomBehind } from './settings.js';

export interface ApiParts { own: [RouteDefinition, Answering][]; callers: Callers; upstream: Upstream; clock: InstallationClock; packs: PackReader; rehearsals: Rehearsals; notices: Notices; looks: Looks; calendar: () => Calendar }
type Own = (request: FastifyRequest, reply: FastifyReply) => unknown;

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** The roster of a whole province. */
const rosterLimit = 5_000_000;
const isBehind = (room: string): room is RoomBehind => (rooms as readonly string[]).includes(room);

/** `/api/v1`: exactly the routes of the contracts, each to the room that owns it, none without a valid token. */
export async function apiRoutes(app: FastifyInstance, parts: ApiParts): Promise<void> {
  app.addHook('onRequest', async (request) => { request.caller = await parts.callers.callerOf(request); });
  app.removeAllContentTypeParsers();
  // Bodies pass unread; the room that owns the route parses them.
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: 1_000_000 }, (_request, body, done) => done(null, body));
  app.addContentTypeParser(xlsx, { parseAs: 'buffer', bodyLimit: 5_000_000 }, (_request, body, done) => done(null, body));
  const own = ownRoutes(parts);
  for (const route of allRoutes.filter(({ path }) => path.startsWith('/api/v1/'))) {
    const handler = own.get(route) ?? sentTo(parts.upstream, route);
    app.route({ method: route.method, url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'), handler, ...(route === gateway.rehearsePack && { bodyLimit: rosterLimit }) });
  }
  app.all('/api/v1/*', () => { throw noSuchAddress(); });
  app.all('/api/v1', () => { throw noSuchAddress(); });
}

/** @throws at the start when the contracts name a room that is not there: an address without an owner must not be found by a user */
function sentTo(upstream: Upstream, { room, file, method, path }: RouteDefinition): Own {
  if (!isBehind(room)) throw new Error(`nobody answers ${method} ${path}`);
  return (request, reply) => {
    if (!file && request.headers['content-type']?.startsWith(xlsx)) throw new Trouble(415, 'media-type', '此处只接受 JSON');
    return forward(upstream, room, request, reply);
  };
}

type ClocksAsked = QueryOf<typeof gateway.listClocks>;
interface OfPack { place: string; plan: string; version: number }

/** What the gateway answers itself, or gathers from the rooms. */
function ownRoutes({ own, upstream, clock, packs, rehearsals, notices, looks, calendar }: ApiParts): Map<RouteDefinition, Own> {
  const asked = (route: RouteDefinition, answer: (request: FastifyRequest, given: { params: never; query: never }, reply: FastifyReply) => unknown): [RouteDefinition, Own] => [route, (request, reply) => {
    if (!rightOf(request.caller!.principal.role, route)) throw new Trouble(403, 'not-allowed', '您的角色无权进行此项操作', { detail: whoGrants(route.roles) });
    void reply.header('cache-control', 'no-store');
    return answer(request, { params: parsed(route.params, request.params, 'params') as never, query: parsed(route.query, request.query, 'query') as never }, reply);
  }];
  return new Map([
    ...own.map(([route, answer]) => asked(route, answer)),
    asked(gateway.getMe, ({ caller }) => {
      const { id, name, role, places } = caller!.principal;
      return { id, name, role, places: places.map((place) => ({ code: place.code, name: place.name ?? place.code, institutionId: place.institutionId ?? null, institutionName: place.institutionName ?? null })) };
    }),
    asked(gateway.getClock, () => clock.state()),
    asked(gateway.listPacks, () => packs.list()),
    asked(gateway.getPack, (_request, { params }: { params: OfPack }) => packs.one(`${params.place}/${params.plan}`, params.version)),
    asked(gateway.getPackSource, (_request, { params }: { params: OfPack }) => packs.source(`${params.place}/${params.plan}`, params.version)),
    asked(gateway.checkPack, (_request, { params, query }: { params: OfPack; query: { asPrinted: string; with?: string } }) =>
      packs.check(`${params.place}/${params.plan}`, params.version, calendar(), { asPrinted: query.asPrinted === 'true', other: query.with })),
    asked(gateway.diffPacks, (_request, { params, query }: { params: OfPack; query: { with: string } }) => packs.diff(`${params.place}/${params.plan}`, params.version, query.with)),
    asked(gateway.explainDecision, (_request, { params, query }: { params: OfPack & { decision: string }; query: { inputs: string } }) =>
      packs.explain(`${params.place}/${params.plan}`, params.version, params.decision, query.inputs, calendar())),
    asked(gateway.planPack, (_request, { params, query }: { params: OfPack; query: { units?: string; dates?: string } }) => packs.plan(`${params.place}/${params.plan}`, params.version, query, calendar())),
    asked(gateway.rehearsePack, async (request, { params }: { params: OfPack }, reply) => {
      keyOf(request); // as of every POST; the answer is a function of the question, and nothing is kept
      const pack = await packs.one(`${params.place}/${params.plan}`, params.version);
      const answer = await rehearsals.play(pack, calendar(), parsed(gateway.rehearsePack.body, jsonOf(request.body), ''));
      void reply.status(201);
      return answer;
    }),
    asked(gateway.proposeNextYear, (_request, { params, query }: { params: OfPack; query: { year?: number } }) => packs.nextYear(`${params.place}/${params.plan}`, params.version, query.year, calendar())),
    asked(gateway.draftNextYear, async (request, { params }: { params: OfPack }, reply) => {
      keyOf(request); // as of every POST; nothing is kept
      const draft = await packs.draftFor(`${params.place}/${params.plan}`, params.version, parsed(gateway.draftNextYear.body, jsonOf(request.body), ''), calendar());
      void reply.status(201);
      return draft;
    }),
    asked(gateway.getCalendarMonth, (_request, { params }: { params: { month: string } }) => monthOf(params.month, calendar())),
    asked(gateway.explainDue, (_request, { query }: { query: DueQuestion }) => dueOf(query, calendar())),
    asked(gateway.listCalendarNotices, (_request, { query }: { query: { limit: number; cursor?: string } }) => notices.list(query.limit, query.cursor)),
    asked(gateway.getCalendarPreview, async (request, { params }: { params: { noticeId: string } }) => looks.beside(await previewOfAllRooms(upstream, request, params.noticeId))),
    asked(gateway.lookAtReview, async (request, { params }: { params: { noticeId: string } }, reply) => {
      const [body, key] = [parsed(gateway.lookAtReview.body, jsonOf(request.body), ''), keyOf(request)];
      const looked = await looks.look(await previewOfAllRooms(upstream, request, params.noticeId), body, { principal: request.caller!.principal, key });
      void reply.status(201);
      return looked;
    }),
    asked(gateway.listClocks, (request, { query }: { query: ClocksAsked }) => clocksOfAllRooms(upstream, request, query)),
    asked(gateway.downloadClocks, async (request, { query }: { query: ClocksAsked }, reply) => {
      const { items } = await clocksOfAllRooms(upstream, request, query);
      void reply.type('text/calendar; charset=utf-8').header('x-content-type-options', 'nosniff').header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`期限 ${query.from} 至 ${query.to}.ics`)}`);
      return icsOf(items, clock.now());
    }),
    asked(gateway.proposeCalendarNotice, async (request, _given, reply) => versioned(reply, await notices.propose(noticeIn(request), { principal: request.caller!.principal, key: keyOf(request) }))),
    asked(gateway.confirmCalendarNotice, async (request, { params }: { params: { noticeId: string } }, reply) =>
      versioned(reply, await notices.confirm(params.noticeId, versionIn(request), { principal: request.caller!.principal, key: keyOf(request) }))),
    asked(operations.listParked, (request, { query }) => parkedOfAllRooms(upstream, request, query)),
    asked(audit.getAuditPart, toRoom(upstream)),
    asked(operations.listKeptTexts, here(operations.listKeptTexts, own, toRoom(upstream))),
    asked(operations.eraseKeptTexts, here(operations.eraseKeptTexts, own, toRoom(upstream))),
    asked(operations.retryParked, toRoom(upstream)),
  ]);
}

/** What the address asks of this room is answered here. */
const here = (route: RouteDefinition, own: ApiParts['own'], elsewhere: (...given: Parameters<Answering>) => unknown): Answering => (request, given, reply) => {
  const answer = own.find(([one]) => one === route)?.[1];
  return answer && (given.params as { room: string }).room === 'gateway' ? answer(request, given, reply) : elsewhere(request, given, reply);
};

/** To the room that the address names. */
const toRoom = (upstream: Upstream) => (request: FastifyRequest, { params }: { params: { room: string } }, reply: FastifyReply): unknown => {
  if (!isBehind(params.room)) throw noSuchAddress();
  return forward(upstream, params.room, request, reply);
};

/** What a POST of our own answers. */
const versioned = <A extends { version: number }>(reply: FastifyReply, answer: A): A => {
  void reply.status(201).header('etag', `"${answer.version}"`);
  return answer;
};
