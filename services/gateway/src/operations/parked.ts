import { json } from 'node:stream/consumers';
import type { FastifyRequest } from 'fastify';
import { headersFor } from '../proxy/forward.js';
import type { Upstream } from '../proxy/upstream.js';
import { Trouble, unavailable } from '../problem.js';
import { rooms, type RoomBehind } from '../settings.js';

interface Parked { id: string; room: string; [field: string]: unknown }
interface Page { items: Parked[]; next: string | null }
/** Where a long list goes on: in which room, behind what. */
interface Cursor { room: RoomBehind; after: string | null }

const read = (cursor: string | undefined): Cursor => {
  if (!cursor) return { room: rooms[0], after: null };
  const [room, after] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const known = rooms.find((name) => name === room);
  if (!known) throw new Trouble(400, 'bad-input', '请求内容有误，未作任何改动', { errors: [{ path: '/query/cursor', message: '不是本接口给出的游标' }] });
  return { room: known, after: after || null };
};
const written = ({ room, after }: Cursor): string => Buffer.from(`${room} ${after ?? ''}`).toString('base64url');

/**
 * Facts put aside, room by room. A room that does not answer is named in `missing`: an operator must see the others all the same.
 * @throws Trouble 503 when no room answers
 */
export async function parkedOfAllRooms(upstream: Upstream, request: FastifyRequest, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
  const from = read(cursor);
  const items: Parked[] = [];
  const missing: RoomBehind[] = [];
  const ahead = rooms.slice(rooms.indexOf(from.room));
  for (const room of ahead) {
    if (items.length === limit) return { items, next: written({ room, after: null }), missing };
    const page = await pageOf(upstream, room, request, limit - items.length, room === from.room ? from.after : null).catch(() => undefined);
    if (!page) missing.push(room);
    else items.push(...page.items.map((item) => ({ ...item, room })));
    if (page?.next) return { items, next: written({ room, after: page.next }), missing };
  }
  if (missing.length === ahead.length) throw unavailable('各服务');
  return { items, next: null, missing };
}

async function pageOf(upstream: Upstream, room: RoomBehind, request: FastifyRequest, limit: number, after: string | null): Promise<Page> {
  const query = new URLSearchParams({ limit: String(limit), ...(after ? { cursor: after } : {}) }).toString();
  const answer = await upstream.ask(room, { method: 'GET', path: `/api/v1/operations/parked?${query}`, headers: headersFor(request) });
  if (answer.statusCode !== 200) {
    answer.resume();
    throw new Error(`${room} answered ${answer.statusCode}`);
  }
  return (await json(answer)) as Page;
}
