// P11: the relay takes facts from the outbox to Kafka and marks them; against bare sends of the same records, 500 at a time.
import { envelop } from '@zhijian/contracts';
import { selfCheckSubmitted } from '@zhijian/contracts/facts';
import { Relay } from '@zhijian/messaging';
import kafkajs from 'kafkajs';
import { urlFor } from '@zhijian/persistence';
import { bareKafka, freshDatabase, idOf, mustEqual, newTopics, until } from './ground.mjs';
import { judged, paired } from './harness.mjs';

const topics = { ours: 'bench-relay', bare: 'bench-relay-bare' };

const body = () => JSON.stringify(envelop(selfCheckSubmitted, idOf('body'), {
  campaignId: idOf('campaign'), unit: '990201', selfCheckId: idOf('check'), institutionId: idOf('body'), version: 1, receivedAt: '2023-04-01T09:00:00.000+08:00', late: false, early: false, onBehalf: false, problems: 2,
  policy: { pack: 'hangzhou/exam-campaign-2023', version: 1, clauses: ['HZ-2023-07'] },
}, { actor: 'institution:jigou@990201', cause: `http/${idOf('cause')}`, jurisdiction: '990201', time: '2023-04-01T09:00:00.000+08:00', id: '#' }));

const fill = `insert into outbox (id, type, key, body) select gen_random_uuid(), 'inspection.self-check-submitted', 'body-' || n % 3900, replace($1, '"#"', '"' || n || '"') from generate_series(1, $2::int) n`;

export async function run({ system, profile, random, say }) {
  const count = profile === 'full' ? 20_000 : 8_000;
  const { url, client, drop } = await freshDatabase(system.databaseUrl, 'bench_relay');
  const kafka = bareKafka(system.kafkaBrokers);
  const admin = kafka.admin();
  await admin.connect();
  await newTopics(admin, Object.values(topics));
  const held = async (topic) => (await admin.fetchTopicOffsets(topic)).reduce((sum, { high }) => sum + Number(high), 0);
  await client.query('set search_path to inspection');
  const relay = new Relay({ url: urlFor('inspection_app', url), schema: 'inspection', brokers: system.kafkaBrokers, topic: topics.ours, log: (entry) => say(JSON.stringify(entry)) });
  relay.start();
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  const text = body();
  const records = Array.from({ length: count }, (_, n) => ({ key: `body-${(n + 1) % 3900}`, value: text.replace('"#"', `"${n + 1}"`), headers: { id: idOf(`fact ${n}`), type: 'inspection.self-check-submitted' } }));

  const ours = async () => {
    await client.query('truncate outbox');
    const before = await held(topics.ours);
    await client.query('begin');
    await client.query(fill, [text, count]);
    await client.query(`select pg_notify('outbox_inspection', '')`);
    const { rows: [{ last }] } = await client.query('select max(seq) as last from outbox');
    const from = performance.now();
    await client.query('commit');
    await until('all facts sent and marked', async () => (await client.query({ name: 'marked', text: 'select published_at is not null as done from outbox where seq = $1', values: [last] })).rows[0].done, { every: 3 });
    const seconds = (performance.now() - from) / 1000;
    mustEqual('records in the topic', (await held(topics.ours)) - before, count);
    mustEqual('facts unmarked', Number((await client.query('select count(*) from outbox where published_at is null')).rows[0].count), 0);
    return { seconds };
  };
  const bare = async () => {
    const before = await held(topics.bare);
    const from = performance.now();
    for (let at = 0; at < count; at += 500) await producer.send({ topic: topics.bare, acks: -1, messages: records.slice(at, at + 500) });
    const seconds = (performance.now() - from) / 1000;
    mustEqual('records in the topic', (await held(topics.bare)) - before, count);
    return { seconds };
  };

  try {
    await until('the relay leads', async () => Number((await client.query(`select count(*) from pg_stat_activity where application_name = 'relay-inspection'`)).rows[0].count) === 1);
    await ours();
    await inOrder(kafka, topics.ours, count);
    const done = await paired({ ours, bare, profile, selves: 12, random, say });
    const { time } = done.figures;
    const rate = { ...time, ours: count / time.ours, bare: count / time.bare };
    return { ...done, results: [judged('P11', `relay, ${count} facts from the outbox / bare sends of 500`, rate, { atLeast: 0.6 }, { unit: '/s' })] };
  } finally {
    await Promise.all([relay.stop(), producer.disconnect(), admin.disconnect()]);
    await drop();
  }
}

/** Every fact once, and those of one key in their order. */
async function inOrder(kafka, topic, count) {
  const consumer = kafka.consumer({ groupId: `bench-order-${Date.now()}` });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const last = new Map();
  const seen = new Set();
  let wrong = 0;
  await consumer.run({ eachMessage: async ({ message }) => {
    const n = Number(JSON.parse(message.value.toString()).id);
    const key = message.key.toString();
    if (seen.has(n) || n < (last.get(key) ?? 0)) wrong += 1;
    last.set(key, n);
    seen.add(n);
  } });
  await until('every record read back', () => seen.size >= count);
  await consumer.disconnect();
  mustEqual('records doubled or out of order', wrong, 0);
}
