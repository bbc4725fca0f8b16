// The house's own way of hearing facts: Nest's Kafka transport and the controller of libs/messaging.
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FactConsumer, factsController, kafkaTransport } from '@zhijian/messaging';

/** @param consumer anything with `hear(arrival)` */
export async function listen(brokers, topic, group, consumer) {
  class Hearing {}
  Module({ controllers: [factsController([topic])], providers: [{ provide: FactConsumer, useValue: consumer }] })(Hearing);
  const app = await NestFactory.createMicroservice(Hearing, { ...kafkaTransport(brokers, group), logger: false });
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
