import 'reflect-metadata';
import { Module, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { tokenVerifier } from '@zhijian/access';
import { schemaOf, type ServiceName } from '@zhijian/contracts';
import { FactConsumer, FactServer, kafkaFor, Parking, Relay, whenConsumerGivesUp, type Handlers } from '@zhijian/messaging';
import { dataSourceFor, keptTextSentences, UnitOfWork, urlFor, type Sender } from '@zhijian/persistence';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { serveActivities } from './activity-worker.js';
import { AuditPart, AuditPartController, AuditRows } from './audit-part.controller.js';
import { AnswerInterceptor } from './answer.js';
import { Calendars } from './calendars.js';
import { Clock } from './clock.js';
import { actsByToken, claims, databaseUrl, issuer, kafkaBrokers, setting } from './config.js';
import { Directory } from './directory/directory.js';
import { directoryHandlers } from './directory/keep.js';
import { DecisionsController } from './decisions.controller.js';
import { TokenGuard, type Rights, type Verify } from './guard.js';
import { HealthController } from './health.controller.js';
import { log } from './log.js';
import { PackShelf } from './pack-shelf.js';
import { KeptTextController } from './kept-text.controller.js';
import { ParkedController, RoomName } from './parked.controller.js';
import { ProblemFilter, type Sentences } from './problem.js';
import { OpenTasks } from './task/open-tasks.js';
import { TasksController, taskSentences } from './task/tasks.controller.js';

/** Something made from the room's own services. */
export interface Made<T> { inject: Type[]; make: (...services: never[]) => T }

export interface RoomDescription {
  /** `inspection`; also its consumer group and, with `_` for `-`, its schema. */
  room: ServiceName | 'workflows';
  entities?: EntityTarget<ObjectLiteral>[];
  providers?: Provider[];
  controllers?: Type[];
  /** Topics it hears, and what it does then. */
  hears?: readonly ServiceName[];
  handlers?: Made<Handlers>;
  /** Activities on the task queue of its name. */
  activities?: Made<object>;
  sentences?: Sentences;
  /** Only of rooms that stand in no table, those of trials; everybody else's are in `libs/access/access.csv`. */
  rights?: Rights;
  /** Its own rows of a case, for the auditor's file. */
  audited?: Made<AuditRows['of']>;
  /** What is open in it, for whoever has to do it. */
  tasks?: Made<OpenTasks['of']>;
  /** Rooms that state facts have a topic of their own. */
  states?: boolean;
}

/** What a room stands on; tests give their own clock and packs. */
export interface Ground {
  dataSource: DataSource; verify: Verify; clock?: Clock; packs?: PackShelf;
  /** This process's relay, which sends what is committed. */
  sender?: Sender;
  /** Who a token's bearer is, is asked of the directory, and step-up is demanded; left out in tests, whose principals count as given. */
  admission?: { strangers: boolean };
}

/** Every room hears the gateway: who may act where. */
const topicsOf = ({ hears = [] }: RoomDescription): ServiceName[] => [...new Set<ServiceName>([...hears, 'gateway'])];

function moduleOf(room: RoomDescription, { dataSource, verify, clock = new Clock(), packs = new PackShelf(), sender, admission }: Ground): Type {
  const uow = new UnitOfWork(dataSource, clock, sender);
  const parking = new Parking(dataSource, clock);
  const handlers = room.handlers ?? { inject: [], make: () => ({}) };
  const audited = room.audited ?? { inject: [], make: () => async () => ({}) };
  const tasks = room.tasks ?? { inject: [], make: () => async () => [] };
  const directory = new Directory(dataSource, clock, admission?.strangers ?? true);

  class RoomModule {}
  Module({
    controllers: [HealthController, ParkedController, KeptTextController, DecisionsController, AuditPartController, TasksController, ...(room.controllers ?? [])],
    providers: [
      { provide: DataSource, useValue: dataSource }, { provide: Clock, useValue: clock }, { provide: UnitOfWork, useValue: uow }, { provide: Parking, useValue: parking },
      { provide: RoomName, useValue: new RoomName(room.room) }, { provide: PackShelf, useValue: packs }, { provide: Directory, useValue: directory }, { provide: Calendars, useValue: new Calendars() },
      { provide: FactConsumer, inject: handlers.inject, useFactory: (...services: never[]) => new FactConsumer(uow, parking, { ...directoryHandlers, ...handlers.make(...services) }, (entry) => log.warn(entry)) },
      AuditPart, { provide: AuditRows, inject: audited.inject, useFactory: (...services: never[]) => new AuditRows(audited.make(...services)) },
      { provide: OpenTasks, inject: tasks.inject, useFactory: (...services: never[]) => new OpenTasks(tasks.make(...services)) },
      { provide: APP_GUARD, useValue: new TokenGuard(verify, admission && directory, room.rights) },
      { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
      { provide: APP_FILTER, useValue: new ProblemFilter({ ...keptTextSentences, ...taskSentences, ...room.sentences }) },
      ...(room.providers ?? []),
    ],
  })(RoomModule);
  return RoomModule;
}

/** The HTTP side of a room, not yet listening; its consumer, relay and activities are not started. */
export async function roomApp(room: RoomDescription, ground: Ground): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: 1_000_000, requestTimeout: 30_000, routerOptions: { maxParamLength: 200 } });
  adapter.getInstance().addContentTypeParser('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', { parseAs: 'buffer', bodyLimit: 5_000_000 }, (_request, body, done) => done(null, body));
  const app = await NestFactory.create<NestFastifyApplication>(moduleOf(room, ground), adapter, { logger: ['error', 'warn'] });
  app.enableShutdownHooks([]);
  return app;
}

/** Waits until a broker answers: the HTTP door does not wait for Kafka. */
async function brokersAnswer(brokers: string, stopping: () => boolean): Promise<void> {
  for (;;) {
    const admin = kafkaFor(brokers, 'wait').admin();
    try {
      await admin.connect();
      await admin.disconnect();
      return;
    } catch (error) {
      if (stopping()) throw error;
      await admin.disconnect().catch(() => undefined);
    }
  }
}

export interface RunningRoom { app: NestFastifyApplication; dataSource: DataSource; url: string; stop(): Promise<void> }

/**
 * Starts a room: HTTP on `PORT`, its consumer, its relay, its activity worker. Stops cleanly on SIGTERM and SIGINT.
 * @throws when its database does not answer within some seconds: the starter tries again
 */
export async function start(room: RoomDescription): Promise<RunningRoom> {
  const schema = schemaOf(room.room);
  const dataSource = dataSourceFor({ url: databaseUrl(), schema, entities: room.entities ?? [] });
  await dataSource.initialize();
  const relay = room.states === false ? undefined : new Relay({ url: urlFor(`${schema}_app`, databaseUrl()), schema, brokers: kafkaBrokers(), topic: room.room, log: (entry) => log.warn(entry) });
  const app = await roomApp(room, { dataSource, ...(relay ? { sender: relay } : {}), verify: tokenVerifier({ issuer: issuer(), audience: 'zhijian-api', claims: claims() }), admission: { strangers: actsByToken() } });
  let stopping = false;
  app.connectMicroservice({ strategy: new FactServer(kafkaBrokers(), room.room, topicsOf(room), app.get(FactConsumer)) }, { inheritAppConfig: false });
  await app.listen(Number(setting('PORT', '0')), '127.0.0.1');

  const consuming = brokersAnswer(kafkaBrokers(), () => stopping).then(() => app.startAllMicroservices()).then(() => whenConsumerGivesUp(app.getMicroservices(), fatal)).catch((error: unknown) => { if (!stopping) fatal(error); });
  relay?.start();
  const stopActivities = room.activities ? serveActivities(room.room, room.activities.make(...room.activities.inject.map((type) => app.get<unknown, never>(type)))) : async () => undefined;

  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await Promise.all([stopActivities(), relay?.stop()]);
    await Promise.race([consuming, new Promise((resolve) => setTimeout(resolve, 1000))]);
    await app.close();
    await dataSource.destroy();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop().then(() => process.exit(0)));
  log.info({ msg: 'started', room: room.room, url: await app.getUrl() });
  return { app, dataSource, url: await app.getUrl(), stop };
}

function fatal(error: unknown): void {
  log.fatal({ msg: 'cannot go on', error: String(error) });
  process.exit(1);
}
