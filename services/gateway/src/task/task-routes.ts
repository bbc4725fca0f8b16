import { inPlace, type Principal } from '@zhijian/access';
import { task as http, type RouteDefinition } from '@zhijian/contracts/http';
import { offices } from '@zhijian/service-kit/directory';
import type { DataSource } from 'typeorm';
import type { Answering } from '../directory/directory-routes.js';
import { DirectoryQueries } from '../directory/directory.queries.js';
import { Trouble } from '../problem.js';
import { forward } from '../proxy/forward.js';
import type { Upstream } from '../proxy/upstream.js';

/** What is open is asked of the room it is open in; who holds an office in a place the gateway knows itself. */
export function taskRoutes(upstream: Upstream, source: DataSource, today: () => string): [RouteDefinition, Answering][] {
  const queries = new DirectoryQueries(source);
  const toRoom: Answering = (request, { query }: { query: { room: Parameters<typeof forward>[1] } }, reply) => forward(upstream, query.room, request, reply);
  const officers: Answering = async (request, { query: { place, on = today() } }: { query: { place: string; on?: string } }) => {
    const { principal } = request.caller as { principal: Principal };
    if (!inPlace(principal, place)) throw new Trouble(404, 'not-found', '没有找到这个区划');
    return { place, on, items: await queries.officersOf(place, on, offices, principal.places.map(({ code }) => code)) };
  };
  return [[http.listTasks, toRoom], [http.assignTask, toRoom], [http.listOfficers, officers]];
}
