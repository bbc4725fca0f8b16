import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Pool } from 'pg';
import { home, results, tooShort } from './home.page.js';
import { institution } from './institution.page.js';
import { byCode, search, totals } from './institution.queries.js';
import { page, trouble } from './page.js';
import { afterOf, lengthOf } from './search.js';

const perPage = 20;
export const sendPage = (reply: FastifyReply, status: number, text: string): FastifyReply => reply.status(status).header('content-type', 'text/html; charset=utf-8').send(text);
const first = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 100) : '');

/** The pages people read. */
export function pageRoutes(app: FastifyInstance, pool: Pool): void {
  app.get<{ Querystring: Record<string, unknown> }>('/', async (request, reply) => {
    const q = first(request.query['q']).trim();
    if (!q) return sendPage(reply, 200, page('机构查询', home(await totals(pool))));
    if (lengthOf(q) < 2) return sendPage(reply, 200, page('机构查询', tooShort(), q));
    const cursor = typeof request.query['cursor'] === 'string' ? request.query['cursor'] : '';
    const after = cursor ? afterOf(cursor) : null;
    const found = await search(pool, { q, limit: perPage, after });
    return sendPage(reply, 200, page(`“${q}”的查询结果`, results(q, found, after === null), q));
  });

  app.get<{ Params: { code: string } }>('/i/:code', async (request, reply) => {
    const found = await byCode(pool, request.params.code);
    if (found) return sendPage(reply, 200, page(found.name, institution(found)));
    return sendPage(reply, 404, page('没有这家机构', trouble('没有公布过这家机构', '请核对统一社会信用代码（18 位，不含字母 I、O、Z、S、V），或在上面按名称查询。')));
  });
}
