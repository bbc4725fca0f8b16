// P1a: approval by the API until the start of every unit's workflow stands in a durable history (Temporal then carries it out, whatever dies); against bare starts.
// P1b: approval until stage 1 stands open for all bodies; against a minimal workflow and the bare INSERT … SELECT of the same rows.
import { randomUUID } from 'node:crypto';
import { wholeCampaign, workflowIds } from '@zhijian/contracts/workflows';
import { bodiesOf, mustEqual, perUnit, units, until, wait } from './ground.mjs';
import { counted, judged, paired } from './harness.mjs';
import { atOnce, connect, register } from './launching.mjs';
import { calm } from './machine.mjs';

const atATime = 3; // campaigns launched together in P1a
const width = 8;
const pack = 'testland/launch';

/**
 * The rows that a launch leaves of a unit by then: its list in both rooms, obligations, their journal, and (`$4`, as the first
 * launch left them) what certifies and tells all of it. Facts stand there as sent: nobody is to hear of them.
 */
const open = `with frozen as (
    insert into qualification.roster (id, campaign_id, unit, frozen_at, digest, counts) select $1 || '/' || $2, 'bench', $1 || '/' || $2, now(), '', '{}'),
  members as (
    insert into qualification.roster_member (roster_id, institution_id, state, clauses, added_at)
    select $1 || '/' || $2, institution_id::text, state, clauses, now() from inspection.roster_member where campaign_id = $3 and unit = $2),
  listed as (
    insert into inspection.roster_member (campaign_id, unit, institution_id, state, clauses, added_at)
    select $1::uuid, unit, institution_id, state, clauses, now() from inspection.roster_member where campaign_id = $3 and unit = $2 returning institution_id, state),
  opened as (
    insert into inspection.obligation (id, campaign_id, unit, stage, duty, kind, title, actor, receiver, institution_id, due_on, limit_on, due_at, firm, clauses, missed)
    select uuidv7(), $1::uuid, $2, 'self-check', 'report', 'self-check-report', '自查报告', 'institution', 'supervision', institution_id, '2023-12-15', '2023-12-15', '2023-12-16T00:00:00+08:00', true, '["TEST-2023-02"]', '{"clauses":[],"consequence":null}'
      from listed where state = 'in' returning id, due_at),
  ${['qualification', 'inspection'].map((room) => `${room}_certified as (
    insert into ${room}.certificate (id, kind, subject, about, jurisdiction, at, sha256, body)
    select uuidv7(), kind, subject, about, jurisdiction, at, sha256, body from jsonb_to_recordset($4::jsonb -> '${room}' -> 'certificates') as c(kind text, subject text, about text[], jurisdiction text, at timestamptz, sha256 text, body text)),
  ${room}_told as (
    insert into ${room}.outbox (id, type, key, body, published_at) select uuidv7(), type, key, body, now() from jsonb_to_recordset($4::jsonb -> '${room}' -> 'facts') as f(type text, key text, body text))`).join(',\n  ')}
  insert into inspection.obligation_entry (campaign_id, unit, obligation_id, what, at, due_at, actor) select $1::uuid, $2, id, 'opened', now(), due_at, 'bench' from opened`;

export async function run({ system, issuer, profile, wanted = ['P1'], random, say }) {
  const asked = (part) => wanted.includes('P1') || wanted.includes(part);
  const ground = await connect({ system, issuer });
  const { sql, client } = ground;
  await register(sql, units.flatMap(({ code }) => bodiesOf(code)));
  const opened = async (ids) => (await sql.query(`select count(*)::int as n from inspection.moment where campaign_id = any($1) and kind = 'open-stage' and stage = 'self-check' and state = 'done'`, [ids])).rows[0].n;
  const rows = async (ids) => (await sql.query(`select (select count(*)::int from inspection.obligation where campaign_id = any($1)) as n, (select count(*)::int from inspection.obligation_entry where campaign_id = any($1)) as m, (select count(*)::int from inspection.roster_member where campaign_id = any($1)) as listed`, [ids])).rows[0];
  const rightRows = async (ids) => {
    const { n, m, listed } = await rows(ids);
    mustEqual('bodies listed', listed, ids.length * units.length * perUnit);
    mustEqual('obligations opened', n, ids.length * units.length * perUnit);
    mustEqual('journal entries', m, n);
  };
  const drafted = (count) => Promise.all(Array.from({ length: count }, () => ground.draft(pack, units)));

  /** Certificates and facts of a room that are not among these. */
  const evidence = async (room, { certificates = [], facts = [] } = {}) => ({
    certificates: (await sql.query(`select id, kind, subject, about, jurisdiction, at, sha256, body from ${room}.certificate where id <> all($1)`, [certificates.map(({ id }) => id)])).rows,
    facts: (await sql.query(`select id, type, key, body from ${room}.outbox where id <> all($1)`, [facts.map(({ id }) => id)])).rows,
  });
  /** What the first launch left beside its lists, by unit; what is the whole campaign's goes with the first unit. */
  let template;
  const learnt = async (before) => {
    const rooms = Object.fromEntries(await Promise.all(Object.entries(before).map(async ([room, known]) => [room, await evidence(room, known)])));
    const of = ({ jurisdiction, body }) => jurisdiction ?? JSON.parse(body).jurisdiction;
    const mine = (code, first) => (row) => of(row) === code || (first && !units.some((unit) => unit.code === of(row)));
    template = new Map(units.map(({ code }, at) => [code, JSON.stringify(Object.fromEntries(Object.entries(rooms).map(([room, { certificates, facts }]) => [room, { certificates: certificates.filter(mine(code, at === 0)), facts: facts.filter(mine(code, at === 0)) }])))]));
    return Object.values(rooms).map(({ certificates, facts }) => `${certificates.length} + ${facts.length}`).join(', ');
  };

  /** Launches campaigns and waits, off the clock too, until all of it is done. */
  const launch = async (count, drawnUp = async () => undefined) => {
    const ids = await drafted(count);
    await drawnUp();
    await calm();
    const at = Date.now();
    const from = performance.now();
    await Promise.all(ids.map((id) => ground.approve(id)));
    await until('stage 1 open everywhere', async () => (await opened(ids)) === count * units.length, { every: 20 }); // looked for seldom: looking takes the machine from whom it waits for, and only ours is looked for
    const openedAfter = (performance.now() - from) / 1000;
    await rightRows(ids);
    let starts = []; // a stage may stand open before its unit has a run of its own
    await until('every unit has a run', async () => {
      try {
        starts = await Promise.all(ids.flatMap((id) => units.map(async ({ code }) => (await ground.costOf(workflowIds.unit(id, code))).startedAt)));
        return true;
      } catch (error) {
        if (error.name === 'WorkflowNotFoundError') return false;
        throw error;
      }
    }, { every: 50 });
    const parents = await Promise.all(ids.map(async (id) => (await ground.costOf(workflowIds.campaign(id))).startedAt));
    const ordered = (await Promise.all(ids.map((id) => ground.orderedAt(workflowIds.campaign(id), workflowIds.unit(id, wholeCampaign))))).flat();
    mustEqual('units ordered', ordered.length, count * units.length);
    return { ids, orderedAfter: (Math.max(...ordered) - at) / 1000, startedAfter: (Math.max(...starts) - at) / 1000, parentsAfter: (Math.max(...parents) - at) / 1000, openedAfter };
  };
  const started = async () => {
    const { startedAfter, parentsAfter, orderedAfter } = await launch(atATime);
    return { figures: { all: startedAfter, parents: parentsAfter, ordered: orderedAfter } };
  };
  const bareStarted = async () => {
    const ids = Array.from({ length: atATime * units.length }, () => `bench/${randomUUID()}`);
    await calm();
    const from = performance.now();
    await atOnce(ids, width, (workflowId) => client.workflow.start('alike', { taskQueue: 'bench-nobody', workflowId, args: [{ activities: 1, timers: 0 }] }));
    const seconds = (performance.now() - from) / 1000;
    return { figures: { all: seconds, parents: seconds, ordered: seconds } };
  };
  let roster;
  const bareOpened = (activities) => async () => {
    const id = randomUUID();
    await calm();
    const from = performance.now();
    await Promise.all(units.map(async ({ code }) => {
      await client.workflow.execute('alike', { taskQueue: 'bench', workflowId: `bench/${id}/${code}`, args: [{ activities, timers: 0 }] });
      await sql.query(open, [id, code, roster, template.get(code)]);
    }));
    const seconds = (performance.now() - from) / 1000;
    await rightRows([id]);
    return { seconds };
  };

  try {
    let before;
    const first = await launch(1, async () => { before = { qualification: await evidence('qualification'), inspection: await evidence('inspection') }; });
    roster = first.ids[0];
    say(`certificates + facts of a launch, qualification and inspection: ${await learnt(before)}`);
    await sql.query(`insert into qualification.campaign select (jsonb_populate_record(c, '{"id":"bench"}')).* from qualification.campaign c where id = $1`, [roster]);
    const unit = workflowIds.unit(roster, units[0].code);
    await wait(500);
    const cost = await ground.costOf(unit);
    const { activities, failed } = await ground.eventsOf(unit);
    const cities = (figure) => ({ ...figure, ours: (atATime * units.length) / figure.ours, bare: (atATime * units.length) / figure.bare });
    const ms = (figure) => ({ ...figure, ours: figure.ours * 1000, bare: figure.bare * 1000 });
    const info = (result) => ({ ...result, bar: '', verdict: 'info' });
    const results = [];
    let stage, alike, starts;
    if (asked('P1b')) {
      stage = await paired({ ours: async () => ({ seconds: (await launch(1)).openedAfter }), bare: bareOpened(1), profile, often: 8, selves: 16, random, say: (line) => say(`b ${line}`) });
      alike = await paired({ ours: async () => ({ seconds: (await launch(1)).openedAfter }), bare: bareOpened(activities), profile: 'smoke', random, say: (line) => say(`b, ${activities} activities ${line}`) });
      results.push(
        judged('P1b', '13 × 300: approval → stage 1 open / no-op workflow and bare INSERT', ms(stage.figures.time), { atLeast: 0.75 }, { unit: ' ms' }),
        info(judged('P1b alike', `the same / workflow with ${activities} no-op activities and bare INSERT`, ms(alike.figures.time), { atLeast: 0.75 }, { unit: ' ms' })),
        counted('P1b cost', 'unit until stage 1 is open: transitions, events, activities, retries', `${cost.transitions} ${cost.events} ${activities} ${failed}`, ''));
    }
    if (asked('P1a')) {
      starts = await paired({ ours: started, bare: bareStarted, profile, often: 3, selves: 8, random, say: (line) => say(`a ${line}`) });
      results.push(
        judged('P1a', `${atATime} × 13 units: approval → every start ordered in a durable history / bare starts`, cities(starts.figures.ordered), { atLeast: 0.8 }, { unit: '/s' }),
        info(judged('P1a campaign', 'the same, until the campaign itself is durably started', cities(starts.figures.parents), { atLeast: 0.8 }, { unit: '/s' })),
        info(judged('P1a running', 'the same, until the last unit has a run of its own', cities(starts.figures.all), { atLeast: 0.8 }, { unit: '/s' })));
    }
    return { stage, alike, starts, cost, results };
  } finally {
    await ground.stop();
  }
}
