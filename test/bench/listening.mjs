// The house's own way of hearing facts: Nest's Kafka server as libs/messaging has it.
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FactServer, kafkaTransport } from '@zhijian/messaging';

/** @param consumer anything with `hear(arrival)` */
export async function listen(brokers, topic, group, consumer) {
  class Hearing {}
  Module({})(Hearing);
  const app = await NestFactory.createMicroservice(Hearing, { strategy: new FactServer(brokers, group, [topic], consumer), logger: false });
  await app.listen();
  return { stop: () => app.close() };
}

/** A bare kafkajs consumer with the same settings. */
export async function listenBare(kafka, brokers, topic, group, eachMessage) {
  const { consumer: settings, run } = kafkaTransport(brokers, group).options;
  const consumer = kafka.consumer(settings);
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({ ...run, eachMessage });
  return { stop: () => consumer.disconnect() };
}
