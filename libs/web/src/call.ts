import type { AnswerOf, Problem, RouteDefinition, audit, auditLog, decisions, directory, gateway, inspection, operations, publication, qualification, qualityControl, task } from '@zhijian/contracts/http';
import type { z } from 'zod';
import { addresses, type RouteName } from './addresses.js';
import { newKey } from './key.js';

type Routes = typeof gateway & typeof decisions & typeof directory & typeof qualification & typeof qualityControl & typeof inspection & typeof operations & typeof publication & typeof audit & typeof auditLog & typeof task;
type Input<S> = S extends z.ZodType ? z.input<S> : never;
type RouteParts<K extends RouteName> = Routes[K] extends RouteDefinition<infer P, infer Q, infer B, infer A> ? { params: P; query: Q; body: B; answer: A } : never;

export type Answer<K extends RouteName> = AnswerOf<Routes[K]>;
export type BodyInput<K extends RouteName> = Input<RouteParts<K>['body']>;
export interface CallInput<K extends RouteName> {
  params?: Input<RouteParts<K>['params']>;
  query?: Partial<Input<RouteParts<K>['query']>>;
  body?: BodyInput<K>;
  /** The version that was seen; sent as `If-Match`. */
  version?: number;
  /** Kept over retries of one submission. */
  key?: string;
  signal?: AbortSignal;
}

/** A problem document as an error; what the server could not say is filled in here. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(readonly problem: Problem) { super(problem.title); }
  get status(): number { return this.problem.status; }
  /** Whether the same submission may simply be sent again. */
  get passing(): boolean { return this.status === 0 || this.status >= 500 || this.status === 429; }
}

const problemOf = (status: number, title: string, detail: string, reference = ''): ProblemError =>
  new ProblemError({ type: 'about:blank', title, status, detail, code: status === 0 ? 'no-connection' : 'unexpected-answer', clauses: [], errors: [], reference });

/** `/api/v1/visits/{visitId}` with its parts and its query filled in. */
export function addressOf(path: string, params: Record<string, unknown> = {}, query: Record<string, unknown> = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '').map(([name, value]) => [name, String(value)]);
  return pairs.length ? `${filled}?${new URLSearchParams(pairs).toString()}` : filled;
}

/** Leaves for the sign-in and comes back to this very address. */
export function signIn(): void {
  const back = `${window.location.pathname}${window.location.search}`;
  window.location.assign(`/auth/login?return=${encodeURIComponent(back)}`);
}

async function failureOf(response: Response): Promise<ProblemError> {
  const isProblem = (response.headers.get('content-type') ?? '').includes('json');
  const body = isProblem ? ((await response.json().catch(() => null)) as Partial<Problem> | null) : null;
  if (body?.title) return new ProblemError({ type: 'about:blank', status: response.status, code: 'unknown', clauses: [], errors: [], reference: '', ...body } as Problem);
  const title = response.status >= 500 ? '系统暂时无法处理这一请求' : '请求没有被接受';
  return problemOf(response.status, title, `服务返回了状态 ${response.status}。`, response.headers.get('x-reference') ?? '');
}

/**
 * One request with the session of the gateway. Without a session it leaves for the sign-in.
 * @throws ProblemError
 */
export async function request(address: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw problemOf(0, '无法连接到系统', '网络中断，或系统正在重启。');
  }
  if (response.status === 401) {
    signIn();
    throw problemOf(401, '登录已失效，正在转到登录页', '');
  }
  if (!response.ok) throw await failureOf(response);
  return response;
}

/** Calls a route of the contracts by its name. Every POST carries an Idempotency-Key, every edit the version it was made on. */
export async function call<K extends RouteName>(name: K, input: CallInput<K> = {}): Promise<Answer<K>> {
  const [method = 'GET', path = ''] = addresses[name].split(' ');
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'GET') headers['content-type'] = 'application/json';
  if (method === 'POST') headers['idempotency-key'] = input.key ?? newKey();
  if (input.version !== undefined) headers['if-match'] = `"${input.version}"`;
  const address = addressOf(path, input.params as Record<string, unknown> | undefined, input.query);
  const body = method === 'GET' ? {} : { body: JSON.stringify(input.body ?? {}) };
  const response = await request(address, { method, headers, ...body, ...(input.signal ? { signal: input.signal } : {}) });
  return (await response.json()) as Answer<K>;
}

/** Sends a file as the body, as the import of a register takes it. */
export async function upload<T>(address: string, file: Blob, key: string): Promise<T> {
  const headers = { accept: 'application/json', 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'idempotency-key': key };
  const response = await request(address, { method: 'POST', headers, body: file });
  return (await response.json()) as T;
}
