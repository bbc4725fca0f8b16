import './quiet-queue.js';
import type { INestMicroservice } from '@nestjs/common';
import { ServerKafka, Transport, type KafkaOptions } from '@nestjs/microservices';
import { logLevel, type Consumer, type EachMessagePayload } from 'kafkajs';
import type { FactConsumer } from './consumer.js';

/**
 * Nest's Kafka transport as this house uses it: it commits an offset only after success, the group keeps its own name,
 * bytes arrive untouched, and a killed member is replaced within seconds. What arrives ends a waiting fetch at once, so how long
 * one may wait costs no fact any time: half a second leaves the broker two thirds of the work at rest that a tenth did.
 */
export function kafkaTransport(brokers: string, group: string): Required<KafkaOptions> {
  return {
    transport: Transport.KAFKA,
    options: {
      postfixId: '',
      client: { clientId: group, brokers: brokers.split(','), logLevel: logLevel.ERROR, retry: { initialRetryTime: 100, maxRetryTime: 2000, retries: 10 } },
      consumer: { groupId: group, sessionTimeout: 6000, heartbeatInterval: 1000, rebalanceTimeout: 10000, maxWaitTimeInMs: 500, retry: { retries: 3, initialRetryTime: 200, maxRetryTime: 1000, restartOnFailure: async () => true } },
      subscribe: { fromBeginning: true },
      run: { partitionsConsumedConcurrently: 6, autoCommit: true },
      parser: { keepBinary: true },
    },
  };
}

/**
 * Nest's Kafka server: it connects, joins its group, and closes with its application. Every record of these topics goes to the
 * room's consumer at once, without what a fact has no use for: patterns, replies, streams and their wrappers, which cost more
 * than hearing it. An error leaves the offset where it is.
 */
export class FactServer extends ServerKafka {
  constructor(brokers: string, group: string, private readonly topics: readonly string[], private readonly consumes: Pick<FactConsumer, 'hear'>) {
    super(kafkaTransport(brokers, group).options);
  }

  override async bindEvents(consumer: Consumer): Promise<void> {
    await consumer.subscribe({ ...this.options.subscribe, topics: [...this.topics] });
    await consumer.run({ ...this.options.run, eachMessage: this.getMessageHandler() });
  }

  override getMessageHandler(): (payload: EachMessagePayload) => Promise<void> {
    return async (payload) => {
      const { key, value, headers } = payload.message;
      await this.consumes.hear({ topic: payload.topic, key: key?.toString() ?? '', value: value?.toString() ?? '', type: headers?.['type']?.toString(), heartbeat: () => payload.heartbeat() });
    };
  }
}

/** kafkajs stops for good on an error it thinks final, and says nothing: then the room must end, to be started anew. */
export function whenConsumerGivesUp(microservices: readonly INestMicroservice[], end: (error: Error) => void): void {
  for (const microservice of microservices) {
    const [, consumer] = microservice.unwrap<[unknown, Consumer]>();
    consumer.on('consumer.crash', ({ payload }) => { if (!payload.restart) end(payload.error); });
  }
}
