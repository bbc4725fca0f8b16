// P12: from the commit of a fact to its arrival at a consumer; against bare produce → consume of the same bytes.
import { selfCheckReturned } from '@zhijian/contracts/facts';
import { Relay } from '@zhijian/messaging';
import kafkajs from 'kafkajs';
import { dataSourceFor, UnitOfWork, urlFor } from '@zhijian/persistence';
import { bareKafka, freshDatabase, idOf, mustEqual, newTopics, until, wait } from './ground.mjs';
import { judged, paired } from './harness.mjs';
import { listen, listenBare } from './listening.mjs';
import { quantile } from './statistics.mjs';

const topics = { ours: 'bench-end-to-end', bare: 'bench-end-to-end-bare' };

export async function run({ system, profile, random, say }) {
  const count = profile === 'full' ? 10 : 50; // few in one arm and many arms: what neighbours do meets both alike
  const { url, drop } = await freshDatabase(system.databaseUrl, 'bench_end_to_end');
  const kafka = bareKafka(system.kafkaBrokers);
  const admin = kafka.admin();
  await admin.connect();
  await newTopics(admin, Object.values(topics));
  await admin.disconnect();
  const dataSource = await dataSourceFor({ url, schema: 'inspection' }).initialize();
  const relay = new Relay({ url: urlFor('inspection_app', url), schema: 'inspection', brokers: system.kafkaBrokers, topic: topics.ours, log: (entry) => say(JSON.stringify(entry)) });
  relay.start();
  const uow = new UnitOfWork(dataSource, { now: () => '2023-04-01T09:00:00.000+08:00' }, relay); // as a room is put together
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();

  let arrived = () => {};
  const heard = { ours: 0, bare: 0 };
  const hearing = await listen(system.kafkaBrokers, topics.ours, 'bench-end-to-end', { hear: async () => { heard.ours += 1; arrived(performance.now()); return 'handled'; } });
  const hearingBare = await listenBare(kafka, system.kafkaBrokers, topics.bare, 'bench-end-to-end-bare', async () => { heard.bare += 1; arrived(performance.now()); });
  const by = { actor: 'county:xian@990201', jurisdiction: '990201', cause: 'bench' };
  const fact = (n) => ({ campaignId: idOf('campaign'), unit: '990201', selfCheckId: idOf(`check ${n}`), institutionId: idOf(`body ${n % 300}`), version: 1, reasons: ['第三项没有写明整改期限'] });
  let sample = '';

  // The next fact is stated a moment after the last one has arrived: there is never a backlog, and nobody is busy with the last one.
  const timed = (which, send) => async () => {
    const before = heard[which];
    const times = [];
    const whole = [];
    for (let n = 0; n < count; n += 1) {
      const arrival = new Promise((resolve) => { arrived = resolve; });
      const { stated, committed } = await send(n);
      const at = await arrival;
      times.push(Math.max(0, at - committed)); // it may be there before the commit is answered
      whole.push(at - stated);
      await wait(4 + random() * 4);
    }
    mustEqual('arrivals', heard[which] - before, count);
    const together = 100 / count; // a hundred facts an arm: moments at which the machine stands still are in few of them
    return { figures: { p50: quantile(times, 0.5), p99: { of: times, q: 0.99, together }, all99: { of: times, q: 0.99 }, whole50: quantile(whole, 0.5), whole99: { of: whole, q: 0.99, together } } };
  };
  // The fact exists from its commit on: before, nobody may see it. The clock starts when the commit is answered.
  const ours = timed('ours', async (n) => {
    let stated = 0;
    await uow.run(by, async (tx) => {
      stated = performance.now();
      sample = JSON.stringify(tx.fact(selfCheckReturned, idOf(`body ${n % 300}`), fact(n)));
    });
    return { stated, committed: performance.now() };
  });
  const bare = timed('bare', async (n) => {
    const from = performance.now();
    await producer.send({ topic: topics.bare, acks: -1, messages: [{ key: idOf(`body ${n % 300}`), value: sample, headers: { id: idOf(`fact ${n}`), type: selfCheckReturned.type } }] });
    return { stated: from, committed: from };
  });
  const info = (id, what, { cost, same, ours: mine, bare: its }) => ({ id, what, ratio: cost, bar: '', same: same.median, ours: mine, bare: its, unit: ' ms', verdict: 'info' });

  try {
    await until('the relay and both consumers run', async () => {
      const before = { ...heard };
      await uow.run(by, async (tx) => { sample = JSON.stringify(tx.fact(selfCheckReturned, idOf('first'), fact(0))); });
      await producer.send({ topic: topics.bare, acks: -1, messages: [{ key: 'first', value: sample }] });
      await new Promise((resolve) => setTimeout(resolve, 500));
      return heard.ours > before.ours && heard.bare > before.bare;
    });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const done = await paired({ ours, bare, profile, often: 80, selves: 120, random, say });
    return { ...done, results: [
      judged('P12 p50', 'fact committed → at its consumer / bare produce → consume', done.figures.p50, { atMost: 1.3 }, { unit: ' ms' }),
      judged('P12 p99', 'the same, 99th percentile of a hundred facts in a row', done.figures.p99, { atMost: 1.3 }, { unit: ' ms' }),
      info('P12 p99 all', 'the same, 99th percentile of all facts together', done.figures.all99),
      info('P12 stated p50', 'the same from the statement in the transaction on: with write and commit', done.figures.whole50),
      info('P12 stated p99', 'the same, 99th percentile of a hundred facts in a row', done.figures.whole99),
    ] };
  } finally {
    await Promise.all([hearing.stop(), hearingBare.stop(), relay.stop(), producer.disconnect()]);
    await dataSource.destroy();
    await drop();
  }
}
