import { json } from 'node:stream/consumers';
import { gateway, type AnswerOf } from '@zhijian/contracts/http';
import type { FastifyRequest } from 'fastify';
import { headersFor } from '../proxy/forward.js';
import type { Upstream } from '../proxy/upstream.js';
import { Trouble } from '../problem.js';
import type { RoomBehind } from '../settings.js';

type Clocks = AnswerOf<typeof gateway.listClocks>;
export type ClockDay = Clocks['items'][number];

/**
 * What ends in a stretch of days, of all rooms that have clocks, by day. A list with a gap is none: somebody would miss a day.
 * @throws Trouble 503 while a room does not answer, and what a room refuses as it says it
 */
export async function clocksOfAllRooms(upstream: Upstream, request: FastifyRequest, asked: Readonly<Record<string, string | undefined>>): Promise<Clocks> {
  const query = new URLSearchParams(Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined)).toString();
  const parts = await Promise.all(gateway.clockRooms.map((room) => partOf(upstream, room, request, query)));
  const byDay = (a: ClockDay, b: ClockDay): number => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0);
  return { items: parts.flatMap(({ items }) => items).sort(byDay), more: parts.some(({ more }) => more) }; // a stable sort: within a day each room's own order stays
}

async function partOf(upstream: Upstream, room: RoomBehind, request: FastifyRequest, query: string): Promise<Clocks> {
  const answer = await upstream.ask(room, { method: 'GET', path: `/api/v1/clocks?${query}`, headers: headersFor(request) });
  const body = await json(answer).catch(() => null);
  if (answer.statusCode === 200) return body as Clocks;
  const { code = 'unavailable', title = '暂时无法列出到期的期限，请稍后再试' } = (body ?? {}) as { code?: string; title?: string };
  throw new Trouble(answer.statusCode ?? 502, code, title);
}
