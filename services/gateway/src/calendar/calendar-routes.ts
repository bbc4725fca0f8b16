import { NoticeError, parseNotice, type HolidayNotice } from '@zhijian/calendar';
import { gateway } from '@zhijian/contracts/http';
import type { FastifyRequest } from 'fastify';
import { parsed, Trouble } from '../problem.js';

/** The notice in a request. @throws Trouble 400 naming each field by JSON Pointer; first the shape, then what contradicts itself */
export function noticeIn({ body }: FastifyRequest): HolidayNotice {
  const shaped = parsed(gateway.proposeCalendarNotice.body, jsonOf(body), '');
  try {
    return parseNotice(shaped);
  } catch (error) {
    if (!(error instanceof NoticeError)) throw error;
    throw new Trouble(400, 'bad-input', '请求内容有误，未作任何改动', { errors: [{ path: error.pointer, message: error.reason }] });
  }
}

/** A body as JSON. @throws Trouble 400 */
export function jsonOf(body: unknown): unknown {
  try {
    return JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : '');
  } catch {
    throw new Trouble(400, 'bad-input', '请求内容不是合法的 JSON');
  }
}

/** @throws Trouble 400 when a POST has none */
export function keyOf({ headers: { 'idempotency-key': key } }: FastifyRequest): string {
  if (typeof key !== 'string' || !key || key.length > 200) throw new Trouble(400, 'idempotency-key-missing', '请求缺少 Idempotency-Key（1–200 个字符）');
  return key;
}

/** @throws Trouble 428 without `If-Match`, 400 when it is no version */
export function versionIn({ headers }: FastifyRequest): number {
  const given = headers['if-match'];
  if (!given) throw new Trouble(428, 'if-match-missing', '编辑须带 If-Match（所编辑版本的 ETag）');
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(given)?.[1];
  if (!version) throw new Trouble(400, 'bad-input', '请求内容有误，未作任何改动', { errors: [{ path: 'If-Match', message: '应为带引号的版本号，如 "3"' }] });
  return Number(version);
}
