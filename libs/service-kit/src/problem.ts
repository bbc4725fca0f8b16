import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { newId, type Refused } from '@zhijian/contracts';
import type { Problem } from '@zhijian/contracts/http';
import { isOutage } from '@zhijian/messaging';
import { KeyReused, StaleWrite } from '@zhijian/persistence';
import { withoutPersonal } from '@zhijian/policy';
import type { FastifyReply } from 'fastify';
import { log } from './log.js';

/** Input that cannot be read: 400, every field named. */
export class BadInput extends Error {
  constructor(readonly errors: { path: string; message: string }[]) {
    super(errors.map(({ path, message }) => `${path} ${message}`).join('; '));
  }
}

/** A demand of the protocol that was not met (401, 403, 404, 428 …), with its Chinese title and, where there is more to say, a second sentence. */
export class Missing extends Error {
  constructor(readonly code: string, readonly title: string, readonly status: number, readonly detail?: string) {
    super(code);
  }
}
export const notFound = (what: string): Missing => new Missing('not-found', `没有找到${what}`, 404);

/** A refusal on its way to the caller. */
export class RefusedCall extends Error {
  constructor(readonly refused: Refused) {
    super(refused.code);
  }
}

/** What a sentence may say: words of ours (dates, codes, titles of duties and units), never a long or secret-like text that somebody sent. */
const said = (text: string): string => {
  const secret = text.match(/[A-Za-z\d+/_=-]{32,}/g)?.some((run) => /[A-Z]/.test(run) && /\d/.test(run)) ?? false;
  const unspoken = text.length > 1000 || secret || /\d{7,}/.test(text.replaceAll(/\d{4}-\d{2}-\d{2}/g, ''));
  return unspoken ? '（所填内容）' : withoutPersonal(text);
};

/** Chinese sentences of the refusals' codes, `{name}` filled from the refusal's facts. */
export type Sentences = Readonly<Record<string, string>>;

const textOf = (fact: unknown): string => (typeof fact === 'string' || typeof fact === 'number' ? said(String(fact)) : '');
const fill = (sentence: string, facts: Record<string, unknown>): string => sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => textOf(facts[name]));

/** An id, a number or an instant that is none, or beyond all of ours (Postgres: invalid text, out of range), names nothing that exists; so does a cursor that was not given here. */
const namesNothing = (error: unknown): boolean => {
  const { code } = (error as { driverError?: { code?: string } }).driverError ?? (error as { code?: string });
  return (code === '22P02' && /type (uuid|integer|bigint)/.test((error as Error).message)) || ['22003', '22007', '22008'].includes(code ?? '');
};

/** Every error leaves as RFC 9457 problem document in Chinese; never a stack trace. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly sentences: Sentences) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = this.problemOf(error);
    if (problem.status >= 500) log.error({ msg: 'request failed', reference: problem.reference, error });
    if (problem.status === 503) void reply.header('retry-after', '5');
    void reply.status(problem.status).header('content-type', 'application/problem+json; charset=utf-8').send(JSON.stringify(problem));
  }

  private problemOf(error: unknown): Problem {
    const made = (status: number, code: string, title: string, more: Partial<Problem> = {}): Problem =>
      ({ type: `urn:zhijian:${code}`, title, status, code, clauses: [], errors: [], reference: newId(), ...more });
    if (error instanceof BadInput) return made(400, 'bad-input', '请求内容有误，未作任何改动', { errors: error.errors });
    if (error instanceof Missing) return made(error.status, error.code, error.title, error.detail ? { detail: error.detail } : {});
    if (error instanceof RefusedCall) {
      const { code, clauses, facts, wrongState, errors } = error.refused;
      return made(wrongState ? 409 : 422, code, fill(this.sentences[code] ?? code, facts), { clauses, ...(errors ? { errors } : {}) });
    }
    if (error instanceof StaleWrite) return made(412, 'stale-write', '他人已先行修改，请刷新后重试');
    if (error instanceof KeyReused) return made(422, 'key-reused', '同一 Idempotency-Key 已用于另一内容');
    const { statusCode, code } = error as { statusCode?: number; code?: string };
    const status = error instanceof HttpException ? error.getStatus() : (statusCode ?? 500);
    if (status === 413) return made(413, 'too-large', '请求内容过大');
    if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return made(415, 'media-type', '不支持的内容类型');
    if (status === 404) return made(404, 'not-found', '没有这个地址');
    if (status >= 400 && status < 500) return made(status, 'bad-input', '请求内容不是合法的 JSON');
    if (namesNothing(error)) return made(404, 'not-found', '没有找到这个编号的记录');
    if (isOutage(error)) return made(503, 'unavailable', '系统暂时不可用，请稍后重试；已提交的数据不受影响');
    return made(500, 'internal', '系统出错，请将编号告知运维人员');
  }
}
