import { services } from '@zhijian/contracts';
import { kafkaFor } from './kafka.js';

/** One topic per producing service. Six partitions: the order of one institution's facts is kept, a poison fact holds up nobody else. */
export async function createTopics(brokers: string): Promise<void> {
  const admin = kafkaFor(brokers, 'create-topics').admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const topics = services.filter((name) => !existing.has(name)).map((topic) => ({ topic, numPartitions: 6, replicationFactor: 1 }));
    if (topics.length) await admin.createTopics({ waitForLeaders: true, topics });
  } finally {
    await admin.disconnect();
  }
}
