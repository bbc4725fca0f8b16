import { decisions, type QueryOf, type RouteDefinition } from '@zhijian/contracts/http';
import type { Decisions } from '@zhijian/persistence';
import type { Answering } from '../directory/directory-routes.js';
import { Trouble } from '../problem.js';
import { forward } from '../proxy/forward.js';
import type { Upstream } from '../proxy/upstream.js';

/** Certificates are asked of the room that decided, named in the query; what the gateway decided itself (calendars) it answers itself. */
export function decisionRoutes(upstream: Upstream, own: Decisions): [RouteDefinition, Answering][] {
  const of = <Query extends { room: string }, Params>(route: RouteDefinition, answer: (query: Query, params: Params) => unknown): [RouteDefinition, Answering] =>
    [route, (request, { query, params }: { query: Query; params: Params }, reply) => {
      const { room } = query;
      return room === 'gateway' ? answer(query, params) : forward(upstream, room as Parameters<typeof forward>[1], request, reply);
    }];
  return [
    of(decisions.asOfDay, async (query: QueryOf<typeof decisions.asOfDay>) => ({ room: query.room, ...(await own.asOf(query)) })),
    of(decisions.getDecision, async (_query: QueryOf<typeof decisions.getDecision>, { id }: { id: string }) => {
      const found = await own.one(id);
      if (!found) throw new Trouble(404, 'not-found', '没有找到这份决定凭证');
      return found;
    }),
    of(decisions.listDecisions, (query: QueryOf<typeof decisions.listDecisions>) => own.list(query)),
  ];
}
