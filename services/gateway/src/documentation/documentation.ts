import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import fastifyStatic from '@fastify/static';
import { routesToOpenApi } from '@zhijian/contracts';
import { allRoutes } from '@zhijian/contracts/http';
import type { FastifyInstance } from 'fastify';
import { docsPolicy } from '../headers.js';
import { eventCatalogue } from './event-catalogue.js';

const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const shown = new Set(['/swagger-ui.css', '/swagger-ui-bundle.js', '/favicon-32x32.png']);

const page = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>职监 API</title>
<link rel="icon" href="/api/docs/assets/favicon-32x32.png"><link rel="stylesheet" href="/api/docs/assets/swagger-ui.css"></head>
<body><div id="api"></div><script src="/api/docs/assets/swagger-ui-bundle.js"></script><script src="/api/docs/show.js"></script></body></html>`;
const show = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null });`;

/** OpenAPI, its page and the event catalogue: open to everybody, nothing from outside. */
export async function documentationRoutes(app: FastifyInstance): Promise<void> {
  let openApi: string | undefined;
  let catalogue: string | undefined;
  app.get('/api/openapi.json', (_request, reply) => reply.type('application/json; charset=utf-8').send((openApi ??= JSON.stringify(routesToOpenApi(allRoutes)))));
  app.get('/api/event-catalog.json', (_request, reply) => reply.type('application/json; charset=utf-8').send((catalogue ??= JSON.stringify(eventCatalogue()))));
  app.get('/api/docs', (_request, reply) => reply.type('text/html; charset=utf-8').header('content-security-policy', docsPolicy).send(page));
  app.get('/api/docs/show.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(show));
  await app.register(fastifyStatic, { root: swagger, prefix: '/api/docs/assets/', decorateReply: false, index: false, maxAge: '1d', allowedPath: (path) => shown.has(path) });
}
