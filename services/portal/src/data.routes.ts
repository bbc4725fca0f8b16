import { publication } from '@zhijian/contracts/http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { todayOf } from './clock.js';
import { csvOf, penaltiesCsv, qualificationsCsv } from './export.js';
import { problem } from './problem.js';
import { codeOf, entryShown, noticeShown, penaltyShown, type PublicBody, type Snapshots } from './published.js';
import { snapshotBody, snapshotsOf } from './published.queries.js';
import { readQuery } from './read-query.js';
import { afterOf, cursorOf, lengthOf } from './search.js';

const open = (reply: FastifyReply) => reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=30');
const bad = (reply: FastifyReply, path: string, message: string) => problem(reply, 400, 'bad-input', '请求内容有误', [{ path, message }]);

/** The body's JSON as it stands in this version; 304 for whoever has it. */
function answered(request: FastifyRequest, reply: FastifyReply, body: PublicBody): FastifyReply {
  const { text, etag } = body.json();
  void reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=30').header('etag', etag);
  if (request.headers['if-none-match'] === etag) return reply.status(304).send();
  return reply.header('content-type', 'application/json; charset=utf-8').send(text);
}

/** The same answers as data: open, without sign-in, from anywhere. */
export function dataRoutes(app: FastifyInstance, pool: Pool, snapshots: Snapshots): void {
  app.get('/public/v1/institutions', async (request, reply) => {
    const query = readQuery(publication.searchPublic.query, request, reply);
    if (!query) return reply;
    const { q, limit, cursor } = query;
    const after = cursor === undefined ? null : afterOf(cursor);
    if (cursor !== undefined && !after) return bad(reply, '/query/cursor', '不是本接口给出的游标');
    if (q !== undefined && lengthOf(q) < 2) return bad(reply, '/query/q', '请至少输入两个字');
    const found = (await snapshots.current()).names.find(q ?? null, limit + 1, after);
    const items = found.slice(0, limit).map(({ summary }) => summary);
    return open(reply).send({ items, next: found.length > limit ? cursorOf(items.at(-1)!) : null });
  });

  app.get<{ Params: { code: string } }>('/public/v1/institutions/:code', async (request, reply) => {
    const asked = request.url.includes('?') ? readQuery(publication.getPublic.query, request, reply) : {};
    if (!asked) return reply;
    const none = () => problem(reply, 404, 'not-found', '没有公布过这个统一社会信用代码的机构');
    if (asked.asOf) {
      const found = await snapshots.asOf(codeOf(request.params.code), asked.asOf);
      return found ? open(reply).send(found) : none();
    }
    const body = (snapshots.fresh() ?? (await snapshots.current())).bodies.get(codeOf(request.params.code));
    return body ? answered(request, reply, body) : none();
  });

  app.get('/public/v1/notices', async (request, reply) => {
    const query = readQuery(publication.listPublicNotices.query, request, reply);
    if (!query) return reply;
    const all = noticesInOrder([...(await snapshots.current()).notices.values()].map(({ notice }) => noticeShown(notice, todayOf())).filter(({ year }) => query.year === undefined || year === query.year));
    const start = query.cursor === undefined ? 0 : all.findIndex(({ noticeId }) => noticeId === query.cursor) + 1;
    if (query.cursor !== undefined && start === 0) return bad(reply, '/query/cursor', '不是本接口给出的游标');
    const items = all.slice(start, start + query.limit);
    return open(reply).send({ items, next: all.length > start + query.limit ? items.at(-1)!.noticeId : null });
  });

  app.get<{ Params: { noticeId: string } }>('/public/v1/notices/:noticeId', async (request, reply) => {
    const known = (await snapshots.current()).notices.get(request.params.noticeId);
    if (!known) return problem(reply, 404, 'not-found', '没有发布过这次公示');
    const { rows } = await pool.query(snapshotsOf, [request.params.noticeId]);
    return open(reply).send({ ...noticeShown(known.notice, todayOf()), items: known.entries.map(entryShown), snapshots: rows });
  });

  app.get<{ Params: { noticeId: string; seq: string } }>('/public/v1/notices/:noticeId/snapshots/:seq', async (request, reply) => {
    const { rows } = /^[1-9]\d{0,8}$/.test(request.params.seq) ? await pool.query<{ body: string }>(snapshotBody, [request.params.noticeId, Number(request.params.seq)]) : { rows: [] };
    return rows[0] ? open(reply).header('content-type', 'application/json; charset=utf-8').send(rows[0].body) : problem(reply, 404, 'not-found', '没有这一份原文，或者公示已经撤回');
  });

  app.get('/public/v1/export.csv', async (request, reply) => {
    const query = readQuery(publication.exportPublic.query, request, reply);
    if (!query) return reply;
    const { bodies } = await snapshots.current();
    return open(reply).header('content-type', 'text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="colours.csv"').send(csvOf([...bodies.values()].map((body) => body.inFull()), query.year ?? null));
  });

  app.get('/public/v1/penalties', async (request, reply) => {
    const query = readQuery(publication.listPublicPenalties.query, request, reply);
    if (!query) return reply;
    const found = (await snapshots.current()).penaltiesAfter(query.cursor ?? null, query.limit);
    return found ? open(reply).send({ items: found.items.map(penaltyShown), next: found.next }) : bad(reply, '/query/cursor', '不是本接口给出的游标');
  });

  app.get('/public/v1/penalties.csv', async (_request, reply) => {
    const { penalties } = await snapshots.current();
    return open(reply).header('content-type', 'text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="penalties.csv"').send(penaltiesCsv(penalties));
  });

  app.get('/public/v1/qualifications.csv', async (_request, reply) => {
    const { bodies } = await snapshots.current();
    return open(reply).header('content-type', 'text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="qualifications.csv"').send(qualificationsCsv([...bodies.values()].map((body) => body.summary)));
  });
}

/** Running ones first, by their last day; then the others, the latest first. */
export const noticesInOrder = <N extends { daysLeft: number | null; lastDay: string; noticeId: string }>(notices: readonly N[]): N[] =>
  [...notices].sort((a, b) => (a.daysLeft === null ? 1 : 0) - (b.daysLeft === null ? 1 : 0) || (a.daysLeft !== null && b.daysLeft !== null ? a.daysLeft - b.daysLeft : 0) || (a.noticeId < b.noticeId ? 1 : -1));
