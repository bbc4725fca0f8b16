import { newId } from '@zhijian/contracts';
import { KeyReused, StaleWrite } from '@zhijian/persistence';
import type { Problem } from '@zhijian/contracts/http';
import { fieldPath, unfitFields } from '@zhijian/service-kit/personal';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';

z.config(z.locales.zhCN());

/** What the gateway itself answers instead of an answer. The title is for people. */
export class Trouble extends Error {
  constructor(readonly status: number, readonly code: string, readonly title: string, readonly more: { errors?: Problem['errors']; detail?: string; clauses?: string[]; retryAfter?: number; cause?: unknown } = {}) {
    super(code, { cause: more.cause });
  }
}

export const signInNeeded = (): Trouble => new Trouble(401, 'sign-in-needed', '请先登录');
export const noSuchAddress = (): Trouble => new Trouble(404, 'not-found', '没有这个地址');
export const unavailable = (what: string, cause?: unknown): Trouble => new Trouble(503, 'unavailable', `${what}暂时不可用，请稍后重试`, { retryAfter: 2, cause });

/** Connection lost, refused or being shut down (classes 08, 53 and 57 of PostgreSQL), or none to be had in time. */
function databaseDown(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: string };
  return (typeof code === 'string' && /^(ECONN(REFUSED|RESET)|EPIPE|ETIMEDOUT|(08|53|57)...)$/.test(code)) || /Connection terminated|timeout exceeded when trying to connect/i.test(message ?? '');
}

/** An id, a number or an instant that is none, or beyond all of ours (Postgres: invalid text, out of range), names nothing that exists; so does a cursor that was not given here. */
const namesNothing = (error: unknown): boolean => {
  const { code, message } = error as { code?: unknown; message?: string };
  return (code === '22P02' && /type (uuid|integer|bigint)/.test(message ?? '')) || ['22003', '22007', '22008'].includes(String(code));
};

function troubleOf(error: unknown): Trouble {
  if (error instanceof Trouble) return error;
  if (error instanceof StaleWrite) return new Trouble(412, 'stale-write', '他人已先行修改，请刷新后重试');
  if (error instanceof KeyReused) return new Trouble(422, 'key-reused', '同一 Idempotency-Key 已用于另一内容');
  const { statusCode = 500, name } = error as { statusCode?: number; name?: string };
  if (name === 'IssuerUnavailable') return unavailable('登录服务', error);
  if (namesNothing(error)) return new Trouble(404, 'not-found', '没有找到这个编号的记录');
  if (databaseDown(error)) return unavailable('系统', error);
  if (statusCode === 413) return new Trouble(413, 'too-large', '请求内容过大：JSON 不超过 1 MB，表格文件不超过 5 MB');
  if (statusCode === 415) return new Trouble(415, 'media-type', '不支持的内容类型');
  if (statusCode >= 400 && statusCode < 500) return new Trouble(statusCode, 'bad-input', '请求无法理解');
  return new Trouble(500, 'internal', '系统出错，请将编号告知运维人员', { cause: error });
}

/** Every error leaves as RFC 9457 problem document in Chinese; what went wrong inside goes to the log under its reference. */
export function sendProblem(reply: FastifyReply, error: unknown): FastifyReply {
  const { status, code, title, more, cause } = troubleOf(error);
  const reference = newId();
  if (status >= 500) reply.log.error({ msg: 'request failed', reference, status, cause });
  if (more.retryAfter) void reply.header('retry-after', String(more.retryAfter));
  // Fastify would close here, and the sender of a large body might meet a closed connection instead of the answer; Node reads the rest away.
  if (status === 413) void reply.removeHeader('connection');
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  const problem: Problem = { type: `urn:zhijian:${code}`, title, status, ...(more.detail ? { detail: more.detail } : {}), code, clauses: more.clauses ?? [], errors: more.errors ?? [], reference };
  return reply.status(status).header('content-type', 'application/problem+json; charset=utf-8').header('cache-control', 'no-store').send(JSON.stringify(problem));
}

/** @param at where the value stood (`params`, `query`), empty for the body. @throws Trouble 400 naming every field */
export function parsed<T extends z.ZodType>(schema: T, value: unknown, at: string): z.output<T> {
  const unfit = unfitFields(value, at ? [at] : []);
  if (unfit.length) throw new Trouble(400, 'bad-input', '请求内容有误，未作任何改动', { errors: unfit });
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const pointer = (...path: PropertyKey[]): string => fieldPath([...(at ? [at] : []), ...path.map(String)]);
  const errors = read.error.issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys.map((key) => ({ path: pointer(...issue.path, key), message: '未知的字段' })) : [{ path: pointer(...issue.path), message: issue.message }]));
  throw new Trouble(400, 'bad-input', '请求内容有误，未作任何改动', { errors });
}
