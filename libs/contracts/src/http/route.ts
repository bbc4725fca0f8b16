import { z } from 'zod';
import { zDate } from '../envelope.js';
import type { Role } from '../vocabulary.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH';
export type Room = 'qualification' | 'quality-control' | 'inspection' | 'publication' | 'gateway' | 'workflows';

/** One HTTP address: parsed by these schemas at the service, listed in OpenAPI, called by the console. */
export interface RouteDefinition<P extends z.ZodType = z.ZodType, Q extends z.ZodType = z.ZodType, B extends z.ZodType = z.ZodType, A extends z.ZodType = z.ZodType> {
  room: Room;
  method: Method;
  /** As in OpenAPI: `/api/v1/visits/{visitId}`. */
  path: string;
  /** One Chinese sentence for the documentation. */
  summary: string;
  /** Who may call it (fine-grained rights come on top). */
  roles: readonly Role[];
  params: P;
  query: Q;
  body: B;
  answer: A;
  /** Weighs heavily: needs a sign-in not older than ten minutes. */
  stepUp?: boolean;
  /** Fields of the body (JSON Pointer, `*` for any step) whose words are about bodies and documents and are stated in facts as they are. All other free words leave the room as commitments only. */
  says?: readonly string[];
  /** Fields of the answer (JSON Pointer, `*` for any of a list; `name?id`: where the field `id` beside it is null) that are names of people: shown by their first character, except to these roles, who need them. */
  names?: { at: readonly string[]; shownTo: readonly Role[] };
  /** Edits that need `If-Match` with the row's version. */
  ifMatch?: boolean;
  /** The body is a file (xlsx) of at most so many bytes, not JSON. */
  file?: { maxBytes: number };
  /** The answer is a file of this type. */
  answersFile?: string;
}

const none = z.strictObject({});
type Empty = typeof none;

/** Declares a route; what is left out is empty. */
export function defineRoute<P extends z.ZodType = Empty, Q extends z.ZodType = Empty, B extends z.ZodType = Empty, A extends z.ZodType = z.ZodUnknown>(
  route: Pick<RouteDefinition, 'room' | 'method' | 'path' | 'summary' | 'roles' | 'stepUp' | 'ifMatch' | 'file' | 'answersFile' | 'says' | 'names'> & { params?: P; query?: Q; body?: B; answer?: A },
): RouteDefinition<P, Q, B, A> {
  return { params: none, query: none, body: none, answer: z.unknown(), ...route } as unknown as RouteDefinition<P, Q, B, A>;
}

export type ParamsOf<R> = R extends RouteDefinition<infer P, z.ZodType, z.ZodType, z.ZodType> ? z.output<P> : never;
export type QueryOf<R> = R extends RouteDefinition<z.ZodType, infer Q, z.ZodType, z.ZodType> ? z.output<Q> : never;
export type BodyOf<R> = R extends RouteDefinition<z.ZodType, z.ZodType, infer B, z.ZodType> ? z.output<B> : never;
export type AnswerOf<R> = R extends RouteDefinition<z.ZodType, z.ZodType, z.ZodType, infer A> ? z.output<A> : never;

/** Lists: `?limit=&cursor=` → `{ items, next }`. */
export const page = { limit: z.coerce.number().int().min(1).max(500).default(50), cursor: z.string().optional() };
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });

/** RFC 9457, with the house's extensions. */
export const problem = z.object({
  type: z.string(), title: z.string(), status: z.number().int(), detail: z.string().optional(), code: z.string(), clauses: z.array(z.string()),
  errors: z.array(z.object({ path: z.string(), message: z.string() })), reference: z.string(),
});
export type Problem = z.infer<typeof problem>;

export const zCited = { clauses: z.array(z.string()), pack: z.string(), calendar: z.string().nullable() };
/** 怎么算的: how a day was reached, the days that were counted where any were, and what it rests on. `because` null: the day hangs on an event that is asked for elsewhere. */
export const dateReason = z.object({ because: z.string().nullable(), counted: z.array(zDate), firm: z.boolean(), ...zCited });
export type DateReason = z.infer<typeof dateReason>;
/** A code or an id of ours as a client writes it back: nothing a person's words could hide in. */
export const zCode = z.string().regex(/^[A-Za-z0-9*][A-Za-z0-9*._-]{0,39}$/, '编号格式不对');
/** A place: its code of GB/T 2260, or the word of an area that has none. Whether there is such a place, the directory knows. */
export const zArea = z.string().regex(/^(\d{6}|[a-z][a-z0-9-]{2,39})$/, '区划代码为六位数字；没有代码的功能区用小写字母、数字和连字符命名');
/** Words somebody writes: stated in facts as a commitment only, whatever they look like, unless the route `says` them. An id is no `text`. */
export const text = (max: number) => z.string().trim().min(1).max(max).meta({ 'x-words': true });
