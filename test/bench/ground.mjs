// What every figure stands on: the engines of this run, a fresh database per figure, bodies and campaigns in it.
import { createHash } from 'node:crypto';
import { builtInCalendar } from '@zhijian/calendar';
import { migrateAll } from '@zhijian/persistence';
import { Packs, planCampaign } from '@zhijian/policy';
import kafkajs from 'kafkajs';
import pg from 'pg';

export const perUnit = 300;
/** Thirteen invented units; their codes belong to no place. */
export const units = Array.from({ length: 13 }, (_, at) => ({ code: `9902${String(at + 1).padStart(2, '0')}`, name: `测区${at + 1}` }));

/** A uuid that is the same in every run. */
export const idOf = (text) => createHash('md5').update(text).digest('hex').replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-7$3-8$4-$5');

export const bodiesOf = (code, count = perUnit) => Array.from({ length: count }, (_, at) => ({ id: idOf(`body ${code} ${at}`), unit: code, name: `测试机构${code}-${at}`, credit: `99${code}MB${String(at).padStart(8, '0')}` }));

/** A fresh, migrated database in this run's Postgres. @returns { url, client, drop() }; the client is a superuser's */
export async function freshDatabase(databaseUrl, name) {
  const base = new pg.Client({ connectionString: databaseUrl });
  await base.connect();
  await base.query(`drop database if exists "${name}" with (force)`);
  await base.query(`create database "${name}"`);
  const address = new URL(databaseUrl);
  address.pathname = `/${name}`;
  const url = address.toString();
  await migrateAll({ url });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return { url, client, drop: async () => { await client.end(); await base.query(`drop database if exists "${name}" with (force)`); await base.end(); } };
}

/** The stages of the Hangzhou pack, as a campaign of 2023 plans them for these units. */
export async function hangzhou(list = units) {
  const pack = await new Packs().get('hangzhou/exam-campaign-2023');
  const plan = planCampaign(pack, builtInCalendar, { units: list });
  return { pack, plan, stages: plan.cities[0].stages };
}

/** The register's copy in inspection. */
export const keepBodies = (client, bodies) => client.query(
  `insert into inspection.institution_ref (institution_id, name, credit_code, kind, jurisdiction, address, contact_post, invented, filing, revision)
   select id, name, credit, 'health-examination', unit, '测试路1号', '体检中心主任', true, null, 1 from jsonb_to_recordset($1::jsonb) as b(id uuid, name text, credit text, unit text)
   on conflict do nothing`, [JSON.stringify(bodies)]);

/** An approved campaign whose units run, with a frozen roster of these bodies, by SQL. */
export async function runningCampaign(client, { id, pack, calendar, stages, unitList, bodies }) {
  await client.query(
    `insert into inspection.campaign (id, name, pack, pack_version, pack_hash, calendar, jurisdiction, state, findings, agencies, made_at, approved_at, concerns)
     values ($1, 'bench', $2, $3, $4, $5, '990200', 'approved', '[]', '{}', now(), now(), $6)`, [id, pack.id, pack.version, pack.hash, calendar, unitList.map(({ code }) => code)]);
  await client.query(
    `insert into inspection.campaign_unit (id, campaign_id, unit, name, ord, state, stages) select gen_random_uuid(), $1, code, name, 0, 'running', $3::jsonb from jsonb_to_recordset($2::jsonb) as u(code text, name text)`,
    [id, JSON.stringify(unitList), JSON.stringify(stages)]);
  await client.query(
    `insert into inspection.roster_member (campaign_id, unit, institution_id, state, clauses, added_at)
     select $1, unit, id, 'in', '[]', now() from jsonb_to_recordset($2::jsonb) as b(id uuid, unit text)`, [id, JSON.stringify(bodies)]);
}

export const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Asks until the answer is truthy. @throws after `within` ms */
export async function until(what, ask, { within = 120_000, every = 20 } = {}) {
  for (const end = Date.now() + within; ; ) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`not within ${within} ms: ${what}`);
    await wait(every);
  }
}

/** A wrong arm is no arm, however fast. */
export function mustEqual(what, actual, expected) {
  if (actual !== expected) throw new Error(`${what}: ${actual}, expected ${expected}`);
}

/** Topics as the house makes them, once their leaders answer. */
export async function newTopics(admin, topics) {
  await admin.createTopics({ waitForLeaders: true, topics: topics.map((topic) => ({ topic, numPartitions: 6, replicationFactor: 1 })) });
  for (const topic of topics) await until(`leaders of ${topic}`, () => admin.fetchTopicOffsets(topic).then(() => true, () => false));
}

/** The client of the bare arms and of this run's own chores. */
export const bareKafka = (brokers) => new kafkajs.Kafka({ clientId: 'bench', brokers: brokers.split(','), logLevel: kafkajs.logLevel.NOTHING, retry: { initialRetryTime: 100, maxRetryTime: 2000, retries: 8 } });

/** A new broker makes its inner topics at the first group and the first idempotent producer: not inside a figure. */
export async function warmKafka(brokers) {
  const kafka = bareKafka(brokers);
  const admin = kafka.admin();
  await admin.connect();
  await newTopics(admin, ['bench-warm']);
  const consumer = kafka.consumer({ groupId: 'bench-warm' });
  const producer = kafka.producer({ idempotent: true, createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await Promise.all([consumer.connect(), producer.connect()]);
  await consumer.subscribe({ topic: 'bench-warm', fromBeginning: true });
  let heard = false;
  await consumer.run({ eachMessage: async () => { heard = true; } });
  await producer.send({ topic: 'bench-warm', messages: [{ value: 'warm' }] });
  await until('Kafka answers a group', () => heard);
  await Promise.all([consumer.disconnect(), producer.disconnect(), admin.disconnect()]);
}

/** A built file of a room that is none of its doors: the figures look at single statements and handlers. */
export const built = (path) => import(new URL(`../../${path}`, import.meta.url).href);
