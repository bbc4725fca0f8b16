import Fastify, { LogController, type FastifyInstance } from 'fastify';
import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { dataRoutes } from './data.routes.js';
import { logRoutes } from './log.routes.js';
import { page, trouble } from './page.js';
import { pageRoutes, sendPage } from './page.routes.js';
import { problem } from './problem.js';
import { Snapshots } from './published.js';

const securityHeaders = {
  'content-security-policy': "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-opener-policy': 'same-origin', 'x-frame-options': 'DENY',
};
const assets = { 'portal.css': 'text/css; charset=utf-8', 'icon.svg': 'image/svg+xml' };
const folder = fileURLToPath(new URL('../assets/', import.meta.url));
const wantsData = (url: string): boolean => url.startsWith('/public/');

function meters(app: FastifyInstance): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({ name: 'http_request_seconds', help: 'Duration of requests', labelNames: ['route', 'status'], registers: [registry] });
  app.addHook('onResponse', async (request, reply) => { seconds.observe({ route: request.routeOptions.url ?? 'none', status: reply.statusCode }, reply.elapsedTime / 1000); });
  app.get('/metrics', async (_, reply) => reply.header('content-type', registry.contentType).send(await registry.metrics()));
}

function health(app: FastifyInstance, pool: Pool): void {
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_, reply) => {
    const ready = await pool.query('select 1 from publication.public_state').then(() => true, () => false);
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ok' : 'unavailable' });
  });
}

/** The public portal over a pool that may read published views only. */
export function portal(pool: Pool, logger: boolean | object = false): FastifyInstance {
  const app = Fastify({ logger, logController: new LogController({ disableRequestLogging: true }), bodyLimit: 1024, routerOptions: { maxParamLength: 200 }, genReqId: () => randomUUID() });
  app.addHook('onRequest', async (_, reply) => { reply.headers(securityHeaders); });
  for (const [name, type] of Object.entries(assets)) {
    const content = readFileSync(folder + name);
    app.get(`/assets/${name}`, async (_, reply) => reply.header('content-type', type).header('cache-control', 'public, max-age=3600').send(content));
  }
  meters(app);
  health(app, pool);
  const snapshots = new Snapshots(pool);
  dataRoutes(app, pool, snapshots);
  logRoutes(app, pool);
  pageRoutes(app, pool, snapshots);
  app.setNotFoundHandler(async (request, reply) => (wantsData(request.url) ? problem(reply, 404, 'not-found', '没有这个地址')
    : sendPage(reply, 404, page('没有这个页面', trouble('没有这个页面', '地址可能有误。可在上面按名称或统一社会信用代码查询机构。')))));
  app.setErrorHandler(async (error: { statusCode?: number; name: string; message: string }, request, reply) => {
    const status = error.statusCode && error.statusCode < 500 ? error.statusCode : 503;
    if (status === 503) request.log.error({ msg: 'request failed', reference: request.id, error: (error as { code?: string }).code ?? error.name });
    if (wantsData(request.url)) return problem(reply, status, status === 503 ? 'unavailable' : 'bad-input', status === 503 ? '暂时无法查询，请稍后重试' : '请求有误');
    return sendPage(reply, status, page('暂时无法查询', trouble('暂时无法查询', '已公布的数据不受影响。请过几分钟再试；如仍不成功，请向公布机关反映并提供下面的编号。', request.id)));
  });
  return app;
}
