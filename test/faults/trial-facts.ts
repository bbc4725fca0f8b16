import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { defineFact, envelop, newId, type Fact } from '@zhijian/contracts';
import { createTopics, FactConsumer, FactServer, kafkaFor, Parking, type Handlers } from '@zhijian/messaging';
import { UnitOfWork } from '@zhijian/persistence';
import { eventually, fixedClock } from '@zhijian/testing';
import type { DataSource } from 'typeorm';
import { z } from 'zod';

/** The nth change of a row. */
export const rowCounted = defineFact('trial.row-counted', 1, z.strictObject({ n: z.number().int() }));
export type Counted = Fact<{ n: number }>;

export const brokers = (): string => {
  const given = process.env['KAFKA_BROKERS'];
  if (!given) throw new Error('these tests need KAFKA_BROKERS');
  return given;
};

export const counted = (row: string, n: number): Counted =>
  envelop(rowCounted, row, { n }, { actor: 'operator:trial', cause: 'http/trial', jurisdiction: '990100', time: '2023-02-15T09:00:00.000+08:00', id: newId() });

/** A topic of its own for one test, six partitions. */
export async function newTopic(): Promise<string> {
  const topic = `trial-${randomUUID()}`;
  await createTopics(brokers(), [topic]);
  return topic;
}

export async function send(topic: string, facts: readonly (Fact | Counted | { key: string; value: string })[]): Promise<void> {
  const producer = kafkaFor(brokers(), 'trial').producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  for (let from = 0; from < facts.length; from += 1000) {
    const messages = facts.slice(from, from + 1000).map((fact) => ('value' in fact ? fact : { key: fact.subject, value: JSON.stringify(fact), headers: { id: fact.id, type: fact.type } }));
    await producer.send({ topic, acks: -1, messages });
  }
  await producer.disconnect();
}

/** What lies in a topic, once there are at least so many records. */
export async function readTopic(topic: string, atLeast: number, within = 60_000): Promise<Counted[]> {
  const consumer = kafkaFor(brokers(), 'trial').consumer({ groupId: `read-${randomUUID()}`, maxWaitTimeInMs: 100 });
  const facts: Counted[] = [];
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({ autoCommit: false, eachMessage: async ({ message }) => { facts.push(JSON.parse(message.value!.toString()) as Counted); } });
  try {
    await eventually(`${atLeast} records in ${topic}`, () => facts.length >= atLeast, within);
  } finally {
    await consumer.disconnect();
  }
  return facts;
}

export interface Hearing { consumer: FactConsumer; stop(): Promise<void> }

/** Hears a topic as a room does: Nest's transport, the consumer, the parking; without the room's HTTP. */
export async function hear(topic: string, group: string, dataSource: DataSource, handlers: Handlers): Promise<Hearing> {
  const clock = fixedClock();
  const consumer = new FactConsumer(new UnitOfWork(dataSource, clock), new Parking(dataSource, clock), handlers);
  class HearingModule {}
  Module({})(HearingModule);
  const app = await NestFactory.createMicroservice(HearingModule, { strategy: new FactServer(brokers(), group, [topic], consumer), logger: false });
  await app.listen();
  return { consumer, stop: () => app.close() };
}

/** Reproducible chance (mulberry32); the seed is printed with the test's figures. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** `npm test` holds in small counts what `npm run prove` holds in full ones. */
export const full = Boolean(process.env['PROVE']);
export const seed = Number(process.env['SEED'] ?? 20230401);
