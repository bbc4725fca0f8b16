import type { FastifyReply } from 'fastify';
import { randomUUID } from 'node:crypto';

/** An RFC 9457 document for those who asked for data. */
export function problem(reply: FastifyReply, status: number, code: string, title: string, errors: { path: string; message: string }[] = []): FastifyReply {
  return reply.status(status).header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify({ type: `urn:zhijian:${code}`, title, status, code, clauses: [], errors, reference: randomUUID() }));
}
