import { auditLog } from '@zhijian/contracts/http';
import { LogReader } from '@zhijian/persistence';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Pool } from 'pg';
import { problem } from './problem.js';
import { readQuery } from './read-query.js';

/** Tree heads and proofs of the log (libs/audit/LOG.md): open, without sign-in, from anywhere. */
export function logRoutes(app: FastifyInstance, pool: Pool): void {
  const log = new LogReader(async (sql, parameters) => (await pool.query(sql, parameters)).rows as never);
  const open = (reply: FastifyReply, seconds: number) => reply.header('access-control-allow-origin', '*').header('cache-control', `public, max-age=${seconds}`);
  const none = (reply: FastifyReply, title: string) => problem(reply, 404, 'not-found', title);

  app.get('/public/v1/log/head', async (_, reply) => {
    const head = await log.latestHead();
    return head ? open(reply, 1).send(head) : none(reply, '存证日志还没有记录');
  });

  app.get('/public/v1/log/heads', async (request, reply) => {
    const query = readQuery(auditLog.logHeads.query, request, reply);
    if (!query) return reply;
    const found = await log.headsSince(query.cursor ?? 0, query.limit + 1);
    const items = found.slice(0, query.limit);
    return open(reply, 1).send({ items, next: found.length > query.limit ? String(items.at(-1)!.head.size) : null });
  });

  app.get('/public/v1/log/proof', async (request, reply) => {
    const query = readQuery(auditLog.logProof.query, request, reply);
    if (!query) return reply;
    const { leaf, entry, size, from, to } = query;
    const proof = from !== undefined && to !== undefined ? await log.consistencyProof(from, to)
      : leaf !== undefined ? await log.inclusionProofOfLeaf(leaf, size) : await log.inclusionProof(entry!, size);
    return proof ? open(reply, 1).send(proof) : none(reply, from === undefined ? '这个大小的存证日志中没有这条记录' : '存证日志没有这样两个先后的大小');
  });
}
