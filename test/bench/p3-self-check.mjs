// P3: a body submits its self-check: HTTP in, until row, obligation, journal, fact, entry and key are committed.
import { fork } from 'node:child_process';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { bodiesOf, built, freshDatabase, hangzhou, idOf, keepBodies, mustEqual, runningCampaign, units } from './ground.mjs';
import { counted, countsOf, judged, paired } from './harness.mjs';
import { cpuOf } from './machine.mjs';

const { openObligations } = await built('services/inspection/dist/campaign/obligation.store.js');
const program = fileURLToPath(new URL('./self-check-server.mjs', import.meta.url));
const connections = 8;
const [often, selves] = [6, 10];

const bodyOf = (institutionId, at) => JSON.stringify({
  institutionId, noProblems: false, volumes: { employers: 40 + (at % 60), workers: 1500 + at }, sealedBy: '办公室主任', onBehalf: null,
  items: [
    { source: 'self', problemId: null, checklistItem: null, text: '个别档案缺少受检者签名，已补签', correctedOn: '2023-03-28', correctBy: null },
    { source: 'self', problemId: null, checklistItem: null, text: '外出体检车辆的比对记录不全', correctedOn: null, correctBy: '2023-06-30' },
  ],
});

function server(which, url, issuer) {
  const child = fork(program, [which, url, issuer], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: ['--disable-warning=ExperimentalWarning'] });
  const told = (name) => new Promise((resolve, reject) => {
    const hear = (message) => { if (message[name] !== undefined) { child.off('message', hear); resolve(message[name]); } };
    child.on('message', hear);
    child.once('exit', (code) => reject(new Error(`${which} ended with ${code}`)));
  });
  const ready = told('url');
  return { child, ready, statements: () => { const answer = told('statements'); child.send('count'); return answer; } };
}

function ask(agent, address, headers, text = '') {
  return new Promise((resolve, reject) => {
    const call = request(address, { method: text ? 'POST' : 'GET', agent, headers: { ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }), ...headers } }, (answer) => {
      let body = '';
      answer.on('data', (part) => { body += part; });
      answer.on('end', () => (answer.statusCode === 201 || answer.statusCode === 200 ? resolve(body) : reject(new Error(`${answer.statusCode} ${body.slice(0, 300)}`))));
    });
    call.on('error', reject);
    call.end(text);
  });
}

/**
 * Places to report from for each of these arms, a server process for each, and what sends `perArm` reports to one of them.
 * @param need how many arms are taken of each, by name
 * @param perArm reports of one arm
 */
export async function submissions({ system, issuer, random, say, need, perArm }) {
  const { pack, plan, stages } = await hangzhou();
  const bodies = units.flatMap(({ code }) => bodiesOf(code));
  const { url, client, drop } = await freshDatabase(system.databaseUrl, 'bench_self_check');
  await client.query('set search_path to inspection');
  await keepBodies(client, bodies);
  const duties = stages.find(({ id }) => id === 'self-check').duties;
  const names = Object.keys(need);
  const slots = Object.fromEntries(names.map((which) => [which, []]));
  for (const which of names) {
    for (let at = 0; slots[which].length < need[which] * perArm + 20; at += 1) {
      const id = idOf(`${which} ${at}`);
      await runningCampaign(client, { id, pack, calendar: plan.calendar, stages, unitList: units, bodies });
      const tx = { now: '2023-03-01T00:00:00+08:00', by: { actor: 'bench' }, query: async (sql, parameters) => (await client.query(sql, parameters)).rows };
      await openObligations(tx, id, units.map(({ code }) => ({ unit: code, momentId: null, duties })));
      slots[which].push(...bodies.map((body) => ({ campaignId: id, body })));
    }
    // Neighbours in the list lie in different units, as submissions do.
    slots[which] = slots[which].map((slot) => ({ slot, by: random() })).sort((a, b) => a.by - b.by).map(({ slot }) => slot);
  }
  const tokens = new Map();
  for (const { id, unit } of bodies) tokens.set(id, await issuer.token({ id: `jigou-${id.slice(0, 8)}`, role: 'institution', places: [{ code: unit, institutionId: id }] }));
  // What has been filled only: on an empty table, which nothing analyses of itself, it would make the planner read all of it.
  await client.query('vacuum analyze institution_ref, campaign, campaign_unit, roster_member, obligation, obligation_entry');
  await client.query('checkpoint');
  say(`${names.map((which) => slots[which].length).join(' + ')} places laid down`);

  const servers = Object.fromEntries(names.map((which) => [which, server(which, url, issuer.url)]));
  const address = {};
  for (const which of names) address[which] = await servers[which].ready;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  // Who submits has opened the form before: their token is known to the server, and how a first look at one weighs is no part of a submission.
  for (const which of names.filter((name) => name !== 'bare')) {
    const left = [...bodies];
    await Promise.all(Array.from({ length: connections }, async () => {
      for (let body = left.pop(); body; body = left.pop()) await ask(agent, `${address[which]}/api/v1/campaigns/${slots[which][0].campaignId}/institutions/${body.id}`, { authorization: `Bearer ${tokens.get(body.id)}` });
    }));
  }
  let sent = 0;
  const submit = ({ campaignId, body }, which) => {
    sent += 1;
    const headers = which !== 'bare' ? { authorization: `Bearer ${tokens.get(body.id)}`, 'idempotency-key': `bench-${sent}` } : { 'x-unit': body.unit, 'idempotency-key': `bench-${sent}` };
    return ask(agent, `${address[which]}/api/v1/campaigns/${campaignId}/self-checks`, headers, bodyOf(body.id, sent));
  };
  const rowsOf = async () => (await client.query(`select (select count(*)::int from self_check) as reports, (select count(*)::int from obligation where state = 'done') as done, (select count(*)::int from obligation_entry where what = 'done') as entries,
    (select count(*)::int from outbox) as facts, (select count(*)::int from command_entry) as notes, (select count(*)::int from handled) as keys, (select count(*)::int / 3 from kept_text) as texts`)).rows[0];

  /** `also` is CPU beside the server's (ms), `behind` what is still to do for the reports when they have been answered. */
  const arm = (which, { logged = true, also = async () => 0, behind = async () => undefined } = {}) => async () => {
    const mine = slots[which].splice(0, perArm);
    mustEqual('places left', mine.length, perArm);
    const before = await rowsOf();
    const cpu = cpuOf(servers[which].child.pid);
    const beside = await also();
    const from = performance.now();
    await Promise.all(Array.from({ length: connections }, async () => {
      for (let slot = mine.pop(); slot; slot = mine.pop()) await submit(slot, which);
    }));
    const seconds = (performance.now() - from) / 1000;
    await behind();
    const used = (cpuOf(servers[which].child.pid) - cpu) / perArm;
    const all = used + ((await also()) - beside) / perArm;
    const after = await rowsOf();
    for (const name of Object.keys(after)) mustEqual(name, after[name] - before[name], name === 'notes' && !logged ? 0 : perArm);
    return { seconds, cpu: used, all };
  };
  const stop = async () => {
    for (const which of names) servers[which].child.disconnect();
    agent.destroy();
    await drop();
  };
  return { url, client, arm, servers, one: (which) => submit(slots[which].pop(), which), stop };
}

export async function run({ system, issuer, profile, random, say }) {
  const { pairs, warm, same } = countsOf(profile, often, selves);
  const perArm = 300;
  const { arm, servers, one, stop } = await submissions({ system, issuer, random, say, perArm, need: { ours: pairs + warm, bare: pairs + warm + 2 * same } });
  try {
    for (let at = 0; at < 5; at += 1) await one('ours');
    await servers.ours.statements();
    await one('ours');
    const asked = await servers.ours.statements();
    const committed = asked.findIndex((text) => /\bCOMMIT$/.test(text)) + 1;
    const done = await paired({ ours: arm('ours'), bare: arm('bare'), profile, often, selves, random, say });
    const { time } = done.figures;
    return { ...done, asked, results: [
      judged('P3', 'self-check submissions / bare http and one statement', { ...time, ours: perArm / time.ours, bare: perArm / time.bare }, { atLeast: 0.4 }, { unit: '/s' }),
      { id: 'P3 CPU', what: 'CPU per request of the server process', ratio: { median: done.cpu.ratio, low: NaN, high: NaN }, ours: done.cpu.ours, bare: done.cpu.bare, unit: ' ms', bar: '', verdict: 'info' },
      counted('P3 SQL', 'round trips until committed', committed, '≤ 6', committed > 0 && committed <= 6),
      counted('P3 SQL all', 'round trips of the whole request', asked.length, ''),
    ] };
  } finally {
    await stop();
  }
}
