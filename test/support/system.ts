import { readFileSync } from 'node:fs';

/** The running system that journeys and browser tests look at (written by test/support/journeys.mjs). */
export interface System {
  urls: Record<'gateway' | 'portal' | 'identity' | 'inspection' | 'qualification' | 'publication' | 'quality-control' | 'workflows', string>;
  dir: string; databaseUrl: string; temporalAddress: string; kafkaBrokers: string; processes: string; screenshots: string; chromium: string; demonstration: string[];
}

export function theSystem(): System {
  const file = process.env['ZHIJIAN_SYSTEM'];
  if (!file) throw new Error('journeys run by `npm test -- --only build,journeys`');
  return JSON.parse(readFileSync(file, 'utf8')) as System;
}

/** A demonstration account's token, without a browser. */
export async function tokenOf(account: string, place?: string): Promise<string> {
  const answer = await fetch(`${theSystem().urls.identity}/token`, {
    method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'urn:zhijian:demonstration', client_id: 'zhijian-demonstration', account, ...(place ? { place } : {}) }),
  });
  const { access_token: token } = (await answer.json()) as { access_token?: string };
  if (!token) throw new Error(`no token for ${account}`);
  return token;
}

/** One call through the gateway. */
export async function call<T = Record<string, unknown>>(token: string | null, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<{ status: number; body: T; headers: Headers }> {
  const answer = await fetch(theSystem().urls.gateway + path, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}), ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text ? (/json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text) : null) as T, headers: answer.headers };
}

export interface PlayedCampaign { campaignId: string; pack: string; state: string; units: { code: string; name: string }[] }

/** The campaign of a pack that the demonstration has played: Hangzhou's, when none is named. */
export async function theCampaign(token: string, pack = 'hangzhou/exam-campaign-2023'): Promise<PlayedCampaign> {
  const { body } = await call<{ items: PlayedCampaign[] }>(token, 'GET', '/api/v1/campaigns?limit=500');
  return body.items.find((it) => it.state === 'finished' && it.pack === pack)!;
}
