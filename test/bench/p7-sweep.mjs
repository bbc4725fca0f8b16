// P7: the deadline sweep of one unit with 1,000 due among a million open obligations; against the bare statement.
import { builtInCalendar } from '@zhijian/calendar';
import { dataSourceFor, everywhere, UnitOfWork } from '@zhijian/persistence';
import pg from 'pg';
import { built, freshDatabase, hangzhou, idOf, mustEqual } from './ground.mjs';
import { counted, judged, paired } from './harness.mjs';

const { sweepObligations } = await built('services/inspection/dist/campaign/obligation.store.js');
const { StagesService } = await built('services/inspection/dist/campaign/stages.service.js');
const { PackShelf } = await import('@zhijian/service-kit');
const { Campaign, CampaignUnit } = await built('services/inspection/dist/campaign/campaign.entity.js');

const due = 1000;
const perArm = 2; // sweeps in one timed arm
const campaign = idOf('sweep');
const duty = 'self-check-report';
const dueBy = '2023-04-16T00:00:00.000+08:00';
const now = '2023-04-16T00:00:05.000+08:00';

const update = `update obligation set state = 'overdue', late_at = due_at where campaign_id = $1 and unit = $2 and duty = any($3::text[]) and state = 'open' and due_at <= $4`;
/** One certificate for all of them, as the product writes it: whose obligation, its day, when it was done (not), what that makes of it. */
const certified = `certified as (
    insert into certificate (id, kind, subject, about, jurisdiction, at, sha256, body)
    select gen_random_uuid(), 'lateness', $2, about, $2, $5::timestamptz, encode(sha256(convert_to(body, 'UTF8')), 'hex'), body
      from (select array_agg(id::text order by id) as about, jsonb_build_object('kind', 'lateness', 'basis', 'rule', 'subject', $1::text || '/' || $2, 'about', jsonb_agg(id order by id), 'jurisdiction', $2, 'determined', true, 'at', $5::timestamptz,
             'inputs', jsonb_build_object('dueOn', '2023-04-15', 'firm', true, 'asOf', $4::timestamptz, 'done', jsonb_object_agg(id, null)), 'outcome', jsonb_object_agg(id, 'overdue'), 'actor', $7::text)::text as body from missed) as all_missed)`;
const withJournal = `with missed as (${update} returning id, due_at),
  ${certified}
  insert into obligation_entry (campaign_id, unit, obligation_id, what, at, due_at, moment_id, actor) select $1, $2, id, 'overdue', $5, due_at, $6, $7 from missed`;
/** Everything a sweep leaves behind, in one statement: obligations, journal, one fact each, the command's entry, the key. */
const withEverything = `with missed as (${update} returning id, due_at, institution_id),
  entered as (insert into obligation_entry (campaign_id, unit, obligation_id, what, at, due_at, moment_id, actor) select $1, $2, id, 'overdue', $5, due_at, $6, $7 from missed),
  ${certified},
  facts as (insert into outbox (id, type, key, body) select gen_random_uuid(), 'inspection.obligation-overdue', institution_id::text, replace($8, '#', id::text) from missed),
  logged as (insert into command_entry (id, at, body, leaf) values (gen_random_uuid(), $5, $10, sha256(convert_to($10, 'UTF8'))))
  insert into handled (key, at, response) values ($9, $5, '{}')`;
const overdueFact = JSON.stringify({ specversion: '1.0', id: '#', source: '/inspection', type: 'inspection.obligation-overdue', factversion: 1, subject: '#', time: now, datacontenttype: 'application/json', actor: 'workflow:campaign', cause: 'activity', jurisdiction: 'u1', data: { campaignId: campaign, unit: 'u1', obligationId: '#', duty, institutionId: '#', dueAt: dueBy, policy: { pack: 'hangzhou/exam-campaign-2023', version: 1, clauses: ['HZ-2023-07'] } } });
/** An entry names each fact with its hash. */
const sweptEntry = JSON.stringify({ v: 1, id: '#', room: 'inspection', at: now, actor: 'workflow:campaign', jurisdiction: 'u1', cause: 'activity', workflow: null, certificates: [], notes: [{ action: 'moment sweep', subject: campaign, jurisdiction: 'u1', policy: null, detail: {} }],
  facts: Array.from({ length: due }, (_, at) => ({ id: idOf(`fact ${at}`), type: 'inspection.obligation-overdue', sha256: 'ab'.repeat(32) })) });

async function seed(client, unitCount, stages, pack) {
  await client.query('set search_path to inspection');
  await client.query(`insert into campaign (id, name, pack, pack_version, pack_hash, calendar, jurisdiction, state, findings, agencies, made_at, concerns) values ($1, 'bench', $2, 1, $3, $4, '990200', 'approved', '[]', '{}', now(), array(select 'u' || n from generate_series(1, $5::int) n))`, [campaign, pack.id, pack.hash, builtInCalendar.version, unitCount]);
  await client.query(`insert into campaign_unit (id, campaign_id, unit, name, ord, state, stages) select gen_random_uuid(), $1, 'u' || n, 'u' || n, n, 'running', $3::jsonb from generate_series(1, $2::int) n`, [campaign, unitCount, JSON.stringify(stages)]);
  await client.query(`insert into moment (id, campaign_id, unit, ord, kind, stage, duty, due_at, firm, clauses) select md5('moment ' || n)::uuid, $1, 'u' || n, 0, 'sweep', 'self-check', $3, $4, true, '["HZ-2023-07"]' from generate_series(1, $2::int) n`, [campaign, unitCount, duty, dueBy]);
  await client.query(
    `insert into obligation (id, campaign_id, unit, stage, duty, kind, title, actor, receiver, institution_id, due_on, limit_on, due_at, firm, clauses, missed)
     select uuidv7(), $1, 'u' || (n / $4::int + 1), 'self-check', $3, 'self-check-report', '自查报告', 'institution', 'district-supervision', md5('i' || n)::uuid, '2023-04-15', '2023-04-15', $5, true, '["HZ-2023-07"]', '{"consequence":null,"clauses":[]}'
       from generate_series(0, $2::int - 1) n`, [campaign, unitCount * due, duty, due, dueBy]);
  await client.query('vacuum analyze obligation');
  await client.query('checkpoint');
}

export async function run({ system, profile, random, say }) {
  const unitCount = profile === 'full' ? 1000 : 250;
  const { pack, stages } = await hangzhou([{ code: '990201', name: 'u' }]);
  const { url, client, drop } = await freshDatabase(system.databaseUrl, 'bench_sweep');
  await seed(client, unitCount, stages, pack);
  say(`${unitCount * due} obligations laid down`);
  const dataSource = await dataSourceFor({ url, schema: 'inspection', entities: [Campaign, CampaignUnit] }).initialize();
  const clock = { now: () => now, milliseconds: () => Date.parse(now), passed: (instant) => Date.parse(instant) <= Date.parse(now), wakeAt: (instant) => instant };
  const uow = new UnitOfWork(dataSource, clock);
  const stagesService = new StagesService(uow, clock, new PackShelf());
  const bareClient = new pg.Client({ connectionString: url });
  await bareClient.connect();
  await bareClient.query('set search_path to inspection');
  let next = 0;
  const fresh = () => { next += 1; if (next > unitCount) throw new Error('no unit is left to sweep'); return next; };
  const by = (n) => ({ actor: `workflow:campaign/${campaign}/u${n}`, jurisdiction: `u${n}`, cause: `activity/${n}`, scope: everywhere, once: { key: `activity/${n}` } });
  const moment = async (n) => (await client.query(`select md5('moment ' || $1::int)::uuid as id`, [n])).rows[0].id;
  const overdue = async (list) => (await client.query(`select count(*)::int as n from obligation where campaign_id = $1 and unit = any($2) and state = 'overdue'`, [campaign, list.map((n) => `u${n}`)])).rows[0].n;

  const arm = (sweep) => async () => {
    const list = Array.from({ length: perArm }, fresh);
    const moments = await Promise.all(list.map(moment));
    let seconds = 0;
    for (const [at, n] of list.entries()) {
      const from = performance.now();
      await sweep(n, moments[at]);
      seconds += (performance.now() - from) / 1000;
    }
    mustEqual('obligations swept', await overdue(list), perArm * due);
    return { seconds: seconds / perArm };
  };
  const bareOf = (text, more) => arm((n, momentId) => bareClient.query({ name: text.slice(0, 40) + text.length, text, values: [campaign, `u${n}`, [duty], dueBy, ...(more?.(n, momentId) ?? [])] }));
  const sweep = arm((n, momentId) => uow.run(by(n), async (tx) => {
    const missed = await sweepObligations(tx, pack, { campaignId: campaign, unit: `u${n}`, momentId }, [duty], dueBy);
    tx.note('moment sweep', `${campaign}/u${n}`, null, { overdue: missed.length });
    return { overdue: missed.length };
  }));
  const step = arm((n) => stagesService.advance({ campaignId: campaign, unit: `u${n}` }, 'sweep', by(n)));
  const journalled = bareOf(withJournal, (n, momentId) => [now, momentId, by(n).actor]);

  try {
    const buffers = await ofNothing(client, pack, by, unitCount);
    const rows = await rowsOf(client, step);
    const main = await paired({ ours: sweep, bare: journalled, profile, often: 3, random, say });
    const alone = await paired({ ours: sweep, bare: bareOf(update), profile: 'smoke', random, say });
    const whole = await paired({ ours: step, bare: bareOf(withEverything, (n, momentId) => [now, momentId, by(n).actor, overdueFact, `bare/${n}`, sweptEntry]), profile: 'smoke', random, say });
    const millis = ({ time }) => ({ ...time, ours: time.ours * 1000, bare: time.bare * 1000 });
    const info = (id, what, done) => ({ id, what, ratio: done.figures.time.cost, bar: '', same: done.figures.time.same.median, ours: done.figures.time.ours * 1000, bare: done.figures.time.bare * 1000, unit: ' ms', verdict: 'info' });
    return { main, alone, whole, buffers, rows, results: [
      judged('P7', `sweep of 1,000 due of ${unitCount * due} / bare statement, same rows and journal`, millis(main.figures), { atMost: 1.3 }, { unit: ' ms' }),
      info('P7 update', 'the same / bare UPDATE alone, without the 1,000 journal rows', alone),
      info('P7 step', 'whole step with 1,000 facts / one bare statement, all the same rows', whole),
      counted('P7 rows', 'rows of one step: obligations, journal, outbox, entries', `${rows.overdue} ${rows.entries} ${rows.facts} ${rows.logged}`, '1000 1000 1000 1', rows.overdue === due && rows.entries === due && rows.facts === due && rows.logged === 1),
      counted('P7 none due', 'shared buffers when nothing is due', buffers, '≤ 5', buffers <= 5),
    ] };
  } finally {
    await bareClient.end();
    await dataSource.destroy();
    await drop();
  }
}

/** Shared buffers that the product's own statement touches when nothing is due. */
async function ofNothing(client, pack, by, n) {
  let asked;
  await sweepObligations({ now, by: by(n), query: async (sql, parameters) => { asked = { sql, parameters }; return []; }, certify: () => undefined }, pack, { campaignId: campaign, unit: `u${n}`, momentId: null }, [duty], '2023-04-15T00:00:00.000+08:00');
  const { rows } = await client.query(`explain (analyze, buffers, format json) ${asked.sql}`, asked.parameters);
  const plan = rows[0]['QUERY PLAN'][0].Plan;
  const touched = (node) => Math.max(node['Shared Hit Blocks'] + node['Shared Read Blocks'], ...(node.Plans ?? []).map(touched));
  return touched(plan);
}

async function rowsOf(client, step) {
  const read = async () => (await client.query(`select (select count(*)::int from obligation where state = 'overdue') as overdue, (select count(*)::int from obligation_entry) as entries, (select count(*)::int from outbox) as facts, (select count(*)::int from command_entry) as logged`)).rows[0];
  const before = await read();
  await step();
  const after = await read();
  return Object.fromEntries(Object.keys(after).map((name) => [name, (after[name] - before[name]) / perArm]));
}
