import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { HolidayNotice } from '@zhijian/calendar';
import { tokenFor } from '../account/token.js';
import { WrongQuestion } from '../command/command.js';

export interface Moved { readonly clock: string; readonly old: string; readonly new: string }
interface Entered { noticeId: string; state: 'preview' | 'confirmed'; version: number }

const patience = 30_000; // the rooms hear of a notice by a fact

/**
 * Enters a notice in the running system as its operator, waits for what it would move there, and confirms it when asked to.
 * Entered again, it is the same notice. Undefined when no system answers.
 * @throws WrongQuestion with the system's own sentence when it refuses
 */
export async function loadedInSystem(env: NodeJS.ProcessEnv, notice: HolidayNotice, confirm: boolean): Promise<{ moved: Moved[] } | undefined> {
  const gateway = env['GATEWAY_URL'] ?? `http://127.0.0.1:${env['GATEWAY_PORT'] ?? '4200'}`;
  const up = await fetch(`${gateway}/healthz`, { signal: AbortSignal.timeout(3000) }).then((response) => response.ok, () => false);
  if (!up) return undefined;
  const { access_token: token } = await tokenFor(env, 'yunwei');
  const ask = async (method: string, path: string, headers: Record<string, string> = {}, body?: unknown) => {
    const response = await fetch(`${gateway}/api/v1${path}`, {
      method, headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }), signal: AbortSignal.timeout(30_000),
    });
    return { status: response.status, body: (await response.json().catch(() => ({}))) as unknown };
  };

  const { amendments: _, publishedOn: _on, ...content } = notice;
  const key = `cli-${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32)}`;
  const entered = answerOf<Entered>(await ask('POST', '/calendar-notices', { 'idempotency-key': key }, content));
  const { moved } = await previewOf(entered.noticeId, ask);
  if (confirm && entered.state === 'preview') answerOf(await ask('POST', `/calendar-notices/${entered.noticeId}/confirmation`, { 'idempotency-key': `${key}-confirm`, 'if-match': `"${entered.version}"` }, {}));
  return { moved: moved.map(({ clock, old, new: next }) => ({ clock, old, new: next })) };
}

type Ask = (method: string, path: string) => Promise<{ status: number; body: unknown }>;

async function previewOf(noticeId: string, ask: Ask): Promise<{ moved: Moved[] }> {
  for (const until = Date.now() + patience; ;) {
    const answer = await ask('GET', `/calendar-previews/${noticeId}`);
    if (answer.status !== 404 || Date.now() > until) return answerOf(answer);
    await pause(200);
  }
}

function answerOf<T>({ status, body }: { status: number; body: unknown }): T {
  if (status < 300) return body as T;
  const { title, errors = [] } = body as { title?: string; errors?: { path: string; message: string }[] };
  throw new WrongQuestion(`${title ?? `系统拒绝了通知（${status}）`}${errors.map(({ path, message }) => `\n${path} ${message}`).join('')}`, errors);
}
