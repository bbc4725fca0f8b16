import { services } from '@zhijian/contracts';
import type { Admin } from 'kafkajs';
import { kafkaFor } from './kafka.js';

/**
 * One topic per producing service. Six partitions: the order of one institution's facts is kept, a poison fact holds up
 * nobody else. Topics that are there already stay as they are.
 */
export async function createTopics(brokers: string, names: readonly string[] = services): Promise<void> {
  const admin = kafkaFor(brokers, 'create-topics').admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const topics = names.filter((name) => !existing.has(name)).map((topic) => ({ topic, numPartitions: 6, replicationFactor: 1 }));
    if (topics.length) await admin.createTopics({ waitForLeaders: false, topics });
    await untilLed(admin, [...names]);
  } finally {
    await admin.disconnect();
  }
}

/** A new topic is unknown for a moment, then has no leader for another; kafkajs' own waiting fails on the first. */
async function untilLed(admin: Admin, topics: string[]): Promise<void> {
  for (const end = Date.now() + 30_000; ; ) {
    try {
      const found = await admin.fetchTopicMetadata({ topics });
      if (found.topics.every(({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0))) return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    if (Date.now() > end) throw new Error(`the topics ${topics.join(', ')} have no leader after 30 s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
