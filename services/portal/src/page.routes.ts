import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { renderSVG } from 'uqr';
import { todayOf } from './clock.js';
import { noticesInOrder } from './data.routes.js';
import { home, noneFound, results, tooShort } from './home.page.js';
import { institution } from './institution.page.js';
import { notice, noticeList } from './notice.page.js';
import { page, trouble } from './page.js';
import { penaltyList } from './penalty.part.js';
import { codeOf, entryShown, noticeShown, type Snapshots } from './published.js';
import { snapshotsOf } from './published.queries.js';
import { afterOf, cursorOf, lengthOf } from './search.js';

const perPage = 20;
export const sendPage = (reply: FastifyReply, status: number, text: string): FastifyReply => reply.status(status).header('content-type', 'text/html; charset=utf-8').send(text);
const first = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 100) : '');
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
const noBody = (reply: FastifyReply) => sendPage(reply, 404, page('没有这家机构', trouble('没有公布过这家机构', '请核对统一社会信用代码（18 位，不含字母 I、O、Z、S、V），或在上面按名称查询。')));

/** Where the public finds this portal; behind a proxy the setting says it, else whoever asks. */
const ownAddress = (request: FastifyRequest): string => process.env['PORTAL_URL'] ?? `${request.protocol}://${request.host}`;

/** The pages people read. */
export function pageRoutes(app: FastifyInstance, pool: Pool, snapshots: Snapshots): void {
  const running = async () => noticesInOrder([...(await snapshots.current()).notices.values()].map((it) => noticeShown(it.notice, todayOf())));

  app.get<{ Querystring: Record<string, unknown> }>('/', async (request, reply) => {
    const q = first(request.query['q']).trim();
    const published = await snapshots.current();
    if (!q) return sendPage(reply, 200, page('机构查询', home(published.totalsOn(todayOf()), (await running()).filter(({ daysLeft }) => daysLeft !== null))));
    if (lengthOf(q) < 2) return sendPage(reply, 200, page('机构查询', tooShort()));
    const cursor = typeof request.query['cursor'] === 'string' ? request.query['cursor'] : '';
    const after = cursor ? afterOf(cursor) : null;
    const found = published.names.find(q, perPage + 1, after);
    const items = found.slice(0, perPage).map(({ summary }) => summary);
    if (!items.length) return sendPage(reply, 200, page('没有找到', noneFound())); // what is part of no published name or code is not said back: somebody may have typed anything
    return sendPage(reply, 200, page(`“${q}”的查询结果`, results(q, { items, next: found.length > perPage ? cursorOf(items.at(-1)!) : null }, after === null), q));
  });

  app.get<{ Params: { code: string }; Querystring: Record<string, unknown> }>('/i/:code', async (request, reply) => {
    const asOf = first(request.query['asOf']);
    if (asOf && !isDay(asOf)) return sendPage(reply, 400, page('日期有误', trouble('日期有误', '请填写日期，如 2024-09-24。')));
    const code = codeOf(request.params.code);
    const found = asOf ? await snapshots.asOf(code, asOf) : ((await snapshots.body(code))?.inFull() ?? null);
    if (!found && asOf && (await snapshots.body(code))) return sendPage(reply, 404, page('那时尚未公布', trouble('那时尚未公布', `截至 ${asOf} 24:00 没有公布过这家机构。`)));
    return found ? sendPage(reply, 200, page(found.name, institution(found, asOf || null))) : noBody(reply);
  });

  app.get<{ Params: { code: string } }>('/i/:code/qr.svg', async (request, reply) => {
    const body = await snapshots.body(codeOf(request.params.code));
    if (!body) return noBody(reply);
    return reply.header('content-type', 'image/svg+xml').header('cache-control', 'public, max-age=3600').send(renderSVG(`${ownAddress(request)}/i/${encodeURIComponent(body.creditCode)}`, { ecc: 'M', border: 4 }));
  });

  app.get<{ Querystring: Record<string, unknown> }>('/penalties', async (request, reply) => {
    const published = await snapshots.current();
    const found = published.penaltiesAfter(first(request.query['cursor']) || null, perPage) ?? published.penaltiesAfter(null, perPage)!;
    return sendPage(reply, 200, page('行政处罚决定公开', penaltyList(found, (code) => published.bodies.has(code))));
  });

  app.get('/notices', async (_request, reply) => sendPage(reply, 200, page('公示专栏', noticeList(await running()))));

  app.get<{ Params: { noticeId: string } }>('/notices/:noticeId', async (request, reply) => {
    const known = (await snapshots.current()).notices.get(request.params.noticeId);
    if (!known) return sendPage(reply, 404, page('没有这次公示', trouble('没有发布过这次公示', '地址可能有误。公示专栏列有全部公示。')));
    const { rows } = await pool.query<Parameters<typeof notice>[2][number]>(snapshotsOf, [request.params.noticeId]);
    return sendPage(reply, 200, page(known.notice.title, notice(noticeShown(known.notice, todayOf()), known.entries.map(entryShown), rows)));
  });
}
