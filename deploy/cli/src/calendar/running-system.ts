import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { HolidayNotice } from '@zhijian/calendar';
import { tokenFor } from '../account/token.js';
import { WrongQuestion, type Surroundings } from '../command/command.js';

/** A clock that a notice moves: where it runs, for which body if for one only, and both days. */
export interface Moved { readonly clock: string; readonly title: string; readonly place: string; readonly placeName: string; readonly institution: string | null; readonly old: string; readonly new: string; readonly firm: boolean }
interface Entered { noticeId: string; state: 'preview' | 'confirmed'; version: number }

/**
 * Enters a notice in the running system as its operator, waits for what it would move there, and confirms it when asked to, as
 * an officer of the province: operators keep the system and decide of no day. Entered again, it is the same notice. Undefined when no system answers; `moved` null when the rooms have not answered in
 * time: then nothing is confirmed, for nobody confirms what nobody has seen.
 * @throws WrongQuestion with the system's own sentence when it refuses
 */
export async function loadedInSystem({ env, patience = 10_000 }: Pick<Surroundings, 'env' | 'patience'>, notice: HolidayNotice, confirm: boolean): Promise<{ moved: Moved[] | null } | undefined> {
  const gateway = env['GATEWAY_URL'] ?? `http://127.0.0.1:${env['GATEWAY_PORT'] ?? '4200'}`;
  const up = await fetch(`${gateway}/healthz`, { signal: AbortSignal.timeout(3000) }).then((response) => response.ok, () => false);
  if (!up) return undefined;
  const asking = async (account: string): Promise<Ask> => asks(gateway, (await tokenFor(env, account)).access_token);
  const ask = await asking('yunwei');
  const entered = await enteredIn(ask, notice);
  const moved = await movedBy(entered.noticeId, ask, patience);
  if (!moved) return { moved: null };
  if (confirm) answerOf<Entered>(await (await asking('sheng'))('POST', `/calendar-notices/${entered.noticeId}/confirmation`, { 'idempotency-key': randomUUID(), 'if-match': `"${entered.version}"` }, {}));
  return { moved: moved.map(({ clock, title, place, placeName, institution, old, new: next, firm }) => ({ clock, title, place, placeName, institution, old, new: next, firm })) };
}

type Ask = (method: string, path: string, headers?: Record<string, string>, body?: unknown) => Promise<{ status: number; body: unknown }>;

const asks = (gateway: string, token: string): Ask => async (method, path, headers = {}, body) => {
  const response = await fetch(`${gateway}/api/v1${path}`, {
    method, headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }), signal: AbortSignal.timeout(30_000),
  });
  return { status: response.status, body: await response.json().catch((): unknown => ({})) };
};

/** The same notice entered and not confirmed yet, or entered now. A notice once confirmed and then corrected may come again. */
async function enteredIn(ask: Ask, { year, number, title, source, off, workdays }: HolidayNotice): Promise<Entered> {
  const known = answerOf<{ items: (Entered & HolidayNotice)[] }>(await ask('GET', '/calendar-notices?limit=500')).items
    .find((it) => it.state === 'preview' && JSON.stringify([it.year, it.number, it.off, it.workdays]) === JSON.stringify([year, number, off, workdays]));
  return known ?? answerOf(await ask('POST', '/calendar-notices', { 'idempotency-key': randomUUID() }, { year, number, title, source, off, workdays }));
}

async function movedBy(noticeId: string, ask: Ask, patience: number): Promise<Moved[] | undefined> {
  for (const until = Date.now() + patience; Date.now() < until; await pause(200)) {
    const answer = await ask('GET', `/calendar-previews/${noticeId}`);
    if (answer.status !== 404 && answer.status !== 503) return answerOf<{ moved: Moved[] }>(answer).moved;
  }
  return undefined;
}

function answerOf<T>({ status, body }: { status: number; body: unknown }): T {
  if (status < 300) return body as T;
  const { title, errors = [] } = body as { title?: string; errors?: { path: string; message: string }[] };
  throw new WrongQuestion(`${title ?? `系统拒绝了通知（${status}）`}${errors.map(({ path, message }) => `\n${path} ${message}`).join('')}`, errors);
}
