import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendPage } from './page.js';
import { noSuchAddress, sendProblem } from './problem.js';

const ours = /^\/(api|auth|public|healthz|readyz|metrics)(\/|$)/;

/** The built console: its files, and its first page for every address a person may open. */
export async function consoleRoutes(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder, index: ['index.html'], cacheControl: false,
    setHeaders: (response, path) => void response.header('cache-control', /[/\\]assets[/\\]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'),
  });
  app.setNotFoundHandler((request, reply) => notFound(folder, request, reply));
}

function notFound(folder: string, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?')[0] ?? '/';
  const person = request.method === 'GET' && request.headers.accept?.includes('text/html') && !ours.test(path);
  if (!person) return sendProblem(reply, noSuchAddress());
  if (!existsSync(join(folder, 'index.html'))) return sendPage(reply, 503, '控制台尚未构建', '接口已可使用；控制台构建后刷新本页即可。', { href: '/api/docs', text: '接口文档' });
  return reply.header('cache-control', 'no-cache').sendFile('index.html');
}
