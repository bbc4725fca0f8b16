import './quiet-queue.js';
import { Kafka, logLevel, Partitioners } from 'kafkajs';

/** The client everything here uses; only warnings are logged, as JSON. */
export function kafkaFor(brokers: string, clientId: string): Kafka {
  return new Kafka({ clientId, brokers: brokers.split(','), logLevel: logLevel.ERROR, connectionTimeout: 3000, requestTimeout: 15000, retry: { initialRetryTime: 100, maxRetryTime: 2000, retries: 8 } });
}

export const partitioner = Partitioners.DefaultPartitioner;
