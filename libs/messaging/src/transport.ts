import { Controller, Inject, type INestMicroservice } from '@nestjs/common';
import { Ctx, EventPattern, Transport, type KafkaContext, type KafkaOptions } from '@nestjs/microservices';
import { logLevel, type Consumer } from 'kafkajs';
import { FactConsumer } from './consumer.js';

/**
 * Nest's Kafka transport as this house uses it: it commits an offset only after success, the group keeps its own name,
 * bytes arrive untouched, and a killed member is replaced within seconds.
 */
export function kafkaTransport(brokers: string, group: string): KafkaOptions {
  return {
    transport: Transport.KAFKA,
    options: {
      postfixId: '',
      client: { clientId: group, brokers: brokers.split(','), logLevel: logLevel.ERROR, retry: { initialRetryTime: 100, maxRetryTime: 2000, retries: 10 } },
      consumer: { groupId: group, sessionTimeout: 6000, heartbeatInterval: 1000, rebalanceTimeout: 10000, maxWaitTimeInMs: 100, retry: { retries: 3, initialRetryTime: 200, maxRetryTime: 1000, restartOnFailure: async () => true } },
      subscribe: { fromBeginning: true },
      run: { partitionsConsumedConcurrently: 6, autoCommit: true },
      parser: { keepBinary: true },
    },
  };
}

/** kafkajs stops for good on an error it thinks final, and says nothing: then the room must end, to be started anew. */
export function whenConsumerGivesUp(microservices: readonly INestMicroservice[], end: (error: Error) => void): void {
  for (const microservice of microservices) {
    const [, consumer] = microservice.unwrap<[unknown, Consumer]>();
    consumer.on('consumer.crash', ({ payload }) => { if (!payload.restart) end(payload.error); });
  }
}

/** A controller that hands every record of these topics to the room's consumer. */
export function factsController(topics: readonly string[]): new (consumer: FactConsumer) => object {
  class FactsController {
    constructor(readonly consumer: FactConsumer) {}
  }
  const prototype = FactsController.prototype as unknown as Record<string, unknown>;
  topics.forEach((topic, index) => {
    const name = `hear${index}`;
    prototype[name] = async function hear(this: FactsController, context: KafkaContext): Promise<void> {
      const message = context.getMessage() as unknown as { key: Buffer | null; value: Buffer | null };
      await this.consumer.hear({
        topic, key: message.key?.toString() ?? '', value: message.value?.toString() ?? '', heartbeat: context.getHeartbeat(),
      });
    };
    Ctx()(prototype, name, 0);
    EventPattern<string>(topic)(prototype, name, Object.getOwnPropertyDescriptor(prototype, name)!);
  });
  Inject(FactConsumer)(FactsController, undefined, 0);
  Controller()(FactsController);
  return FactsController;
}
