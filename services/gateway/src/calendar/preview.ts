import { json } from 'node:stream/consumers';
import { gateway, type AnswerOf } from '@zhijian/contracts/http';
import type { FastifyRequest } from 'fastify';
import { headersFor } from '../proxy/forward.js';
import type { Upstream } from '../proxy/upstream.js';
import { Trouble } from '../problem.js';
import type { RoomBehind } from '../settings.js';

type Preview = AnswerOf<typeof gateway.getCalendarPreview>;

/**
 * What a holiday notice would move, of all rooms that have clocks. A list with a gap is none: nobody could confirm by it.
 * @throws Trouble 404 until each room has reckoned it, 503 while one does not answer, and what a room refuses as it says it
 */
export async function previewOfAllRooms(upstream: Upstream, request: FastifyRequest, noticeId: string): Promise<Preview> {
  const parts = await Promise.all(gateway.clockRooms.map((room) => partOf(upstream, room, request, noticeId)));
  return { noticeId, calendar: parts[0]!.calendar, heardAt: parts.map(({ heardAt }) => heardAt).sort().at(-1)!, moved: parts.flatMap(({ moved }) => moved), kept: parts.flatMap(({ kept }) => kept), review: parts.flatMap(({ review }) => review) };
}

async function partOf(upstream: Upstream, room: RoomBehind, request: FastifyRequest, noticeId: string): Promise<Preview> {
  const answer = await upstream.ask(room, { method: 'GET', path: `/api/v1/calendar-previews/${noticeId}`, headers: headersFor(request) });
  const body = await json(answer).catch(() => null);
  if (answer.statusCode === 200) return body as Preview;
  const { code = 'unavailable', title = '暂时无法得出会变动的期限，请稍后再试' } = (body ?? {}) as { code?: string; title?: string };
  throw new Trouble(answer.statusCode ?? 502, code, title);
}
