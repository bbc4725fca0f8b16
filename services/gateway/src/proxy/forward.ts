import type { FastifyReply, FastifyRequest } from 'fastify';
import { signInNeeded } from '../problem.js';
import type { RoomBehind } from '../settings.js';
import type { Upstream } from './upstream.js';

/** What goes on to a room. Not the cookie: a room knows tokens only. */
const asked = ['accept', 'accept-language', 'content-type', 'idempotency-key', 'if-match', 'if-none-match', 'traceparent', 'user-agent'];
const answered = ['content-type', 'content-length', 'content-disposition', 'etag', 'last-modified', 'location', 'retry-after', 'cache-control', 'allow', 'www-authenticate'];

export function headersFor(request: FastifyRequest): Record<string, string> {
  if (!request.caller) throw signInNeeded();
  const passed = asked.flatMap((name) => (typeof request.headers[name] === 'string' ? [[name, request.headers[name]]] : []));
  const from = request.ip as string | undefined; // nobody's where the caller has left meanwhile
  return { ...Object.fromEntries(passed) as Record<string, string>, authorization: `Bearer ${request.caller.token}`, ...(from && { 'x-forwarded-for': from }) };
}

/** The whole request to the room, the whole answer back, body as it streams. */
export async function forward(upstream: Upstream, room: RoomBehind, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort()); // whoever asked has left: the room need not go on
  const body = Buffer.isBuffer(request.body) ? request.body : undefined;
  const answer = await upstream.ask(room, { method: request.method, path: request.url, headers: headersFor(request), body, signal: gone.signal });
  for (const name of answered) {
    const value = answer.headers[name];
    if (value !== undefined) void reply.header(name, value);
  }
  if (!answer.headers['cache-control']) void reply.header('cache-control', 'no-store');
  return reply.status(answer.statusCode ?? 502).send(answer);
}
