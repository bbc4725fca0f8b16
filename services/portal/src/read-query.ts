import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { problem } from './problem.js';

/** The query as the contract reads it; null when a problem has been answered. A name that no contract knows is not said back: whoever typed it may have typed anything. */
export function readQuery<Q>(schema: z.ZodType<Q>, request: FastifyRequest, reply: FastifyReply): Q | null {
  const done = schema.safeParse(request.query, { error: z.locales.zhCN().localeError });
  if (done.success) return done.data;
  problem(reply, 400, 'bad-input', '请求内容有误', done.error.issues.map(({ code, path, message }) => (code === 'unrecognized_keys' ? { path: '/query/*', message: '未知的参数' } : { path: ['', 'query', ...path.map(String)].join('/'), message })));
  return null;
}
