import { setTimeout as pause } from 'node:timers/promises';
import type { AnswerOf, Problem, RouteDefinition } from '@zhijian/contracts/http';
import type { z } from 'zod';

type BodyIn<R> = R extends RouteDefinition<z.ZodType, z.ZodType, infer B, z.ZodType> ? z.input<B> : never;

export interface Asked<R extends RouteDefinition> {
  params?: Record<string, string>;
  query?: Record<string, string | number>;
  body?: BodyIn<R>;
  file?: Uint8Array;
  ifMatch?: number;
  /** Makes a repetition harmless; from the data, so that a broken-off demonstration goes on where it stopped. */
  key?: string;
}
export interface Raw { status: number; body: unknown; etag: string | null }

/** An answer that is no answer: who asked sees the whole problem. */
export class Refusal extends Error {
  constructor(readonly what: string, readonly status: number, readonly problem: Partial<Problem>) {
    super(`${what} ${status} ${problem.title ?? ''}${problem.errors?.length ? ` ${JSON.stringify(problem.errors.slice(0, 3))}` : ''}`);
  }
}

const outages = new Set([502, 503, 504]);
const patience = 180_000; // of real time: a killed process is back within 15 s, a busy machine takes longer

/** The real API of the gateway, called as a person would, with a token. */
export class Api {
  calls = 0;

  constructor(private readonly gateway: string, private readonly token: (account: string, place?: string) => Promise<string>) {}

  /** One account at one place (every place of it when none is named). */
  as(account: string, place?: string): Caller {
    return { ask: (route, asked) => this.ask(route, asked ?? {}, account, place), raw: (method, path, init) => this.raw(method, path, { ...init, account, ...(place ? { place } : {}) }) };
  }

  /** A file, as a browser would save it. */
  async download(path: string, account: string, place?: string): Promise<Uint8Array> {
    const response = await fetch(`${this.gateway}${path}`, { headers: { authorization: `Bearer ${await this.token(account, place)}` } });
    if (!response.ok) throw new Refusal(`GET ${path}`, response.status, jsonOf(await response.text()) as Partial<Problem>);
    return new Uint8Array(await response.arrayBuffer());
  }

  private async ask<R extends RouteDefinition>(route: R, asked: Asked<R>, account: string, place?: string): Promise<AnswerOf<R>> {
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(asked.params?.[name] ?? ''));
    const query = new URLSearchParams(Object.entries(asked.query ?? {}).map(([name, value]): [string, string] => [name, String(value)])).toString();
    const answer = await this.raw(route.method, query ? `${path}?${query}` : path, {
      account, ...(place ? { place } : {}), ...(asked.body === undefined ? {} : { body: asked.body }), ...(asked.file ? { file: asked.file } : {}),
      ...(asked.ifMatch === undefined ? {} : { ifMatch: asked.ifMatch }), ...(asked.key ? { key: asked.key } : {}),
    });
    if (answer.status >= 300) throw new Refusal(`${route.method} ${path}`, answer.status, answer.body as Partial<Problem>);
    return answer.body as AnswerOf<R>;
  }

  /** The bare exchange; a room that is just being started again is waited for. */
  async raw(method: string, path: string, { account, place, body, file, ifMatch, key }: RawCall): Promise<Raw> {
    const headers: Record<string, string> = {
      ...(account ? { authorization: `Bearer ${await this.token(account, place)}` } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(file ? { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } : {}),
      ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }), ...(key ? { 'idempotency-key': key } : {}),
    };
    const payload = file ?? (body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
    const until = Date.now() + patience;
    for (;;) {
      this.calls += 1;
      const response = await fetch(`${this.gateway}${path}`, { method, headers, ...(payload === undefined ? {} : { body: payload as never }), signal: AbortSignal.timeout(60_000) }).catch((error: unknown) => error as Error);
      if (!(response instanceof Error) && !outages.has(response.status)) {
        const text = await response.text();
        return { status: response.status, body: jsonOf(text), etag: response.headers.get('etag') };
      }
      if (Date.now() > until) throw response instanceof Error ? response : new Refusal(`${method} ${path}`, response.status, jsonOf(await response.text()) as Partial<Problem>);
      await pause(250);
    }
  }
}

export interface RawCall { account?: string; place?: string; body?: unknown; file?: Uint8Array; ifMatch?: number; key?: string }
export interface Caller {
  ask<R extends RouteDefinition>(route: R, asked?: Asked<R>): Promise<AnswerOf<R>>;
  raw(method: string, path: string, init?: RawCall): Promise<Raw>;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { title: text.slice(0, 200) };
  }
}
