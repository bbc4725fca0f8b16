// All records of a topic, read by nobody's group.
import { randomUUID } from 'node:crypto';
import { kafkaFor } from '@zhijian/messaging';
import { eventually } from '../wait.mjs';

/** The fact ids in the topic as a Map: id → how often, up to where it ends now. */
export async function idsIn(brokers, topic) {
  const kafka = kafkaFor(brokers, 'faults');
  const admin = kafka.admin();
  await admin.connect();
  const ends = new Map((await admin.fetchTopicOffsets(topic)).map(({ partition, high, low }) => [partition, { high: Number(high), low: Number(low) }]));
  const group = `faults-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId: group });
  const ids = new Map();
  const at = new Map();
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ partition, message }) => {
      at.set(partition, Number(message.offset) + 1);
      const id = message.headers.id.toString();
      ids.set(id, (ids.get(id) ?? 0) + 1);
    },
  });
  await eventually(`the end of ${topic}`, () => [...ends].every(([partition, { high, low }]) => high === low || (at.get(partition) ?? 0) >= high), 60_000);
  await consumer.disconnect();
  await admin.deleteGroups([group]).catch(() => undefined);
  await admin.disconnect();
  return ids;
}
