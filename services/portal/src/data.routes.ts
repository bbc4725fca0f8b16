import { publication } from '@zhijian/contracts/http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Pool } from 'pg';
import { z } from 'zod';
import { byCode, byCodeAsOf, search } from './institution.queries.js';
import { problem } from './problem.js';
import { afterOf, lengthOf } from './search.js';

const pointer = (path: readonly PropertyKey[]): string => ['', 'query', ...path.map(String)].join('/');

/** The same answers as data: open, without sign-in, from anywhere. */
export function dataRoutes(app: FastifyInstance, pool: Pool): void {
  const open = (reply: FastifyReply) => reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=30');

  app.get('/public/v1/institutions', async (request, reply) => {
    const read = publication.searchPublic.query.safeParse(request.query, { error: z.locales.zhCN().localeError });
    if (!read.success) return problem(reply, 400, 'bad-input', '请求内容有误', read.error.issues.map(({ path, message }) => ({ path: pointer(path), message })));
    const { q, limit, cursor } = read.data;
    const after = cursor === undefined ? null : afterOf(cursor);
    if (cursor !== undefined && !after) return problem(reply, 400, 'bad-input', '请求内容有误', [{ path: '/query/cursor', message: '不是本接口给出的游标' }]);
    if (q !== undefined && lengthOf(q) < 2) return problem(reply, 400, 'bad-input', '请求内容有误', [{ path: '/query/q', message: '请至少输入两个字' }]);
    return open(reply).send(await search(pool, { q: q ?? null, limit, after }));
  });

  app.get<{ Params: { code: string } }>('/public/v1/institutions/:code', async (request, reply) => {
    const read = publication.getPublic.query.safeParse(request.query, { error: z.locales.zhCN().localeError });
    if (!read.success) return problem(reply, 400, 'bad-input', '请求内容有误', read.error.issues.map(({ path, message }) => ({ path: pointer(path), message })));
    const found = await (read.data.asOf ? byCodeAsOf(pool, request.params.code, read.data.asOf) : byCode(pool, request.params.code));
    return found ? open(reply).send(found) : problem(reply, 404, 'not-found', '没有公布过这个统一社会信用代码的机构');
  });
}
