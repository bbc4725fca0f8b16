// P13: a consumer that keeps its own copy: key, row and commit per fact; beside it a bare consumer that only parses.
import { envelop } from '@zhijian/contracts';
import { institutionRegistered } from '@zhijian/contracts/facts';
import { FactConsumer, Parking } from '@zhijian/messaging';
import kafkajs from 'kafkajs';
import { dataSourceFor, UnitOfWork } from '@zhijian/persistence';
import { bareKafka, bodiesOf, built, freshDatabase, idOf, mustEqual, newTopics, units, until } from './ground.mjs';
import { paired, profiles } from './harness.mjs';
import { listen, listenBare } from './listening.mjs';
import { interval } from './statistics.mjs';

const { inspectionFacts } = await built('services/inspection/dist/facts.js');
const { RosterService } = await built('services/inspection/dist/roster/roster.service.js');
const { QuotaStore } = await built('services/inspection/dist/check/quota.store.js');
const { ColourFacts } = await built('services/inspection/dist/rectification/colour.facts.js');

const registered = ({ unit, name, credit }, id) => envelop(institutionRegistered, id, {
  institutionId: id, creditCode: credit, name, kind: 'health-examination', jurisdiction: unit, address: '测试路1号', contactPost: '体检中心主任', invented: true, revision: 1,
  filing: { number: null, filedOn: '2020-05-18', filedIn: unit, categories: ['接触粉尘类', '接触化学因素类'], items: ['肺功能', '纯音听阈测试'], outreach: true, closedOn: null },
}, { actor: 'county:xian', cause: 'bench', jurisdiction: unit, time: '2023-02-20T09:30:00.000+08:00' });

export async function run({ system, profile, random, say }) {
  const all = units.flatMap(({ code }) => bodiesOf(code));
  const bodies = profile === 'full' ? all : all.slice(0, 1300);
  const { url, client, drop } = await freshDatabase(system.databaseUrl, 'bench_own_copy');
  const kafka = bareKafka(system.kafkaBrokers);
  const admin = kafka.admin();
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await Promise.all([admin.connect(), producer.connect()]);
  const dataSource = await dataSourceFor({ url, schema: 'inspection' }).initialize();
  const clock = { now: () => '2023-04-01T09:00:00.000+08:00' };
  const uow = new UnitOfWork(dataSource, clock);
  const parking = new Parking(dataSource, clock);
  const consumer = new FactConsumer(uow, parking, inspectionFacts(new RosterService(), null, new ColourFacts(null, new QuotaStore(), null)), (entry) => say(JSON.stringify(entry)));
  let round = 0;

  /** A topic with one fact for each body, laid down before the clock starts. */
  const laid = async () => {
    round += 1;
    const topic = `bench-own-copy-${round}`;
    await newTopics(admin, [topic]);
    const messages = bodies.map((body) => { const id = idOf(`${body.id} ${round}`); return { key: id, value: JSON.stringify(registered(body, id)) }; });
    for (let at = 0; at < messages.length; at += 500) await producer.send({ topic, acks: -1, messages: messages.slice(at, at + 500) });
    return topic;
  };
  const arm = (start) => async () => {
    const topic = await laid();
    let first = 0;
    let last = 0;
    let count = 0;
    const hearing = await start(topic, () => { first ||= performance.now(); }, () => { count += 1; last = performance.now(); });
    await until('all facts heard', () => count >= bodies.length);
    await hearing.stop();
    return { seconds: (last - first) / 1000, count };
  };
  const ours = arm(async (topic, began, ended) => listen(system.kafkaBrokers, topic, topic, { hear: async (arrival) => { began(); mustEqual('outcome', await consumer.hear(arrival), 'handled'); ended(); } }));
  const bare = arm(async (topic, began, ended) => listenBare(kafka, system.kafkaBrokers, topic, topic, async ({ message }) => { began(); JSON.parse(message.value.toString()); ended(); }));

  try {
    const done = await paired({ ours, bare, profile, random, say });
    const { rows: [{ kept, handled, parked }] } = await client.query('select (select count(*) from inspection.institution_ref)::int as kept, (select count(*) from inspection.handled)::int as handled, (select count(*) from inspection.parked)::int as parked');
    const { pairs, warm } = profiles[profile];
    mustEqual('rows kept', kept, bodies.length * (pairs + warm));
    mustEqual('facts remembered', handled, kept);
    mustEqual('facts parked', parked, 0);
    const rates = done.pairs.filter(({ same }) => !same).map(({ ours: it }) => bodies.length / it.seconds);
    const rate = interval(rates, random);
    const verdict = rate.low >= 1000 ? 'pass' : rate.median >= 1000 ? 'no verdict' : 'fail';
    const { time } = done.figures;
    return { ...done, results: [
      { id: 'P13', what: 'own copy of the register, facts/s (key, row, commit each)', value: `${rate.median.toFixed(0)}/s (${rate.low.toFixed(0)}–${rate.high.toFixed(0)})`, bar: '≥ 1000/s', verdict },
      { id: 'P13 ratio', what: 'the same / bare eachMessage + JSON.parse', ratio: { median: 1 / time.cost.median, low: 1 / time.cost.high, high: 1 / time.cost.low }, bar: '', same: time.same.median, ours: bodies.length / time.ours, bare: bodies.length / time.bare, unit: '/s', verdict: 'info' },
    ] };
  } finally {
    await Promise.all([admin.disconnect(), producer.disconnect()]);
    await dataSource.destroy();
    await drop();
  }
}
