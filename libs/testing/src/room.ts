import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Identity, Principal } from '@zhijian/access';
import { newId, type Fact } from '@zhijian/contracts';
import type { AnswerOf, BodyOf, ParamsOf, Problem, RouteDefinition } from '@zhijian/contracts/http';
import { FactConsumer } from '@zhijian/messaging';
import { PackShelf, roomApp, type RoomDescription } from '@zhijian/service-kit';
import { everywhere, within } from '@zhijian/persistence';
import type { DataSource } from 'typeorm';
import type { TestDatabase } from './database.js';
import { uncertified } from './certified.js';
import { fixedClock, type FixedClock } from './fixed-clock.js';
import { testToken, verifyTestToken } from './principal.js';

export interface TestCall<R> {
  as: Principal;
  params?: ParamsOf<R>;
  query?: Record<string, string | number>;
  /** As a client sends it; defaults of the schema may be left out. */
  body?: Partial<BodyOf<R>> | Record<string, unknown>;
  file?: Uint8Array;
  /** The idempotency key; a new one for each call when left out. */
  key?: string;
  ifMatch?: number;
}
export interface TestAnswer<A> { status: number; body: A; problem: Problem; headers: Record<string, unknown>; bytes: Buffer }
export interface AuditEntry { action: string; subject: string; actor: string; jurisdiction: string; cause: string; policy: unknown; detail: Record<string, unknown> }

export interface TestRoom {
  app: NestFastifyApplication;
  dataSource: DataSource;
  clock: FixedClock;
  /** One HTTP request through guard, parsing, controller and problem filter. `body` is the answer, `problem` the same when it is one. */
  call<R extends RouteDefinition>(route: R, call: TestCall<R>): Promise<TestAnswer<AnswerOf<R>>>;
  /** What the room does on hearing a fact, once per fact id; throws what the handler throws. */
  hear(fact: Fact): Promise<void>;
  /** Facts in the outbox in the order they were stated, of one type or all. */
  facts<T = Record<string, unknown>>(type?: string): Promise<Fact<T>[]>;
  /** Audit entries in order, of one subject or all. */
  audit(subject?: string): Promise<AuditEntry[]>;
  /** Decided columns (their names in `decidedColumns`) whose rows a test writes itself, and which therefore nothing certifies. */
  byHand: Set<string>;
  /** Stops it. @throws when it has decided something without a certificate that says so, or one that its rule does not say again */
  stop(): Promise<void>;
}

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * A room with its real database, without Kafka and Temporal; time stands still at `at` (or at a clock given). Principals count
 * as given; with `admission` the directory is asked, as in a running room.
 */
export async function testRoom(description: RoomDescription, given: { database: TestDatabase; clock?: FixedClock; packs?: PackShelf; at?: string; admission?: { strangers: boolean }; verify?: (token: string) => Promise<Identity> }): Promise<TestRoom> {
  const clock = given.clock ?? fixedClock(given.at);
  const dataSource = await given.database.dataSource(description.room, description.entities);
  const app = await roomApp(description, { dataSource, verify: given.verify ?? verifyTestToken, clock, ...(given.packs ? { packs: given.packs } : {}), ...(given.admission ? { admission: given.admission } : {}) });
  const byHand = new Set<string>();
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    app, dataSource, clock, byHand,
    call: (route, call) => send(app, route, call),
    hear: (fact) => app.get(FactConsumer).handle(fact),
    async facts<T>(type?: string) {
      const rows = await dataSource.query<{ body: string }[]>('select body from outbox where $1::text is null or type = $1 order by seq', [type ?? null]);
      return rows.map((row) => JSON.parse(row.body) as Fact<T>);
    },
    audit: (subject) => dataSource.query<AuditEntry[]>(
      'select action, subject, actor, jurisdiction, cause, policy, detail from audit_entry where $1::text is null or subject = $1 order by at, id', [subject ?? null]),
    async stop() {
      const lacking = await within(everywhere, () => uncertified(dataSource, description.room, byHand));
      await app.close();
      if (lacking.length) throw new Error(`decided without a certificate, or certified wrongly:\n${lacking.slice(0, 20).join('\n')}`);
    },
  };
}

async function send<R extends RouteDefinition>(app: NestFastifyApplication, route: R, call: TestCall<R>): Promise<TestAnswer<AnswerOf<R>>> {
  const params = (call.params ?? {}) as Record<string, string>;
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const query = new URLSearchParams(Object.entries(call.query ?? {}).map(([name, value]) => [name, String(value)] as [string, string])).toString();
  const answer = await app.inject({
    method: route.method, url: query ? `${path}?${query}` : path,
    headers: {
      authorization: `Bearer ${testToken(call.as)}`,
      ...(route.method === 'GET' ? {} : { 'content-type': call.file ? xlsx : 'application/json', 'idempotency-key': call.key ?? newId() }),
      ...(call.ifMatch === undefined ? {} : { 'if-match': `"${call.ifMatch}"` }),
    },
    ...(call.file ? { payload: Buffer.from(call.file) } : route.method === 'GET' ? {} : { payload: JSON.stringify(call.body ?? {}) }),
  });
  const json: unknown = /json/.test(String(answer.headers['content-type'])) ? answer.json() : null;
  return { status: answer.statusCode, body: json as AnswerOf<R>, problem: json as Problem, headers: answer.headers, bytes: answer.rawPayload };
}
