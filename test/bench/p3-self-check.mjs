// P3: a body submits its self-check: HTTP in, until row, obligation, journal, fact, entry and key are committed.
import { fork } from 'node:child_process';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { bodiesOf, built, freshDatabase, hangzhou, idOf, keepBodies, mustEqual, runningCampaign, units } from './ground.mjs';
import { counted, judged, paired, profiles } from './harness.mjs';
import { cpuOf } from './machine.mjs';

const { openObligations } = await built('services/inspection/dist/campaign/obligation.store.js');
const program = fileURLToPath(new URL('./self-check-server.mjs', import.meta.url));
const connections = 8;

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

function post(agent, address, headers, text) {
  return new Promise((resolve, reject) => {
    const call = request(address, { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers } }, (answer) => {
      let body = '';
      answer.on('data', (part) => { body += part; });
      answer.on('end', () => (answer.statusCode === 201 || answer.statusCode === 200 ? resolve(body) : reject(new Error(`${answer.statusCode} ${body.slice(0, 300)}`))));
    });
    call.on('error', reject);
    call.end(text);
  });
}

export async function run({ system, issuer, profile, random, say }) {
  const perArm = 300;
  const { pack, plan, stages } = await hangzhou();
  const bodies = units.flatMap(({ code }) => bodiesOf(code));
  const { pairs, warm, same } = profiles[profile];
  const { url, client, drop } = await freshDatabase(system.databaseUrl, 'bench_self_check');
  await client.query('set search_path to inspection');
  await keepBodies(client, bodies);
  const duties = stages.find(({ id }) => id === 'self-check').duties;
  const slots = { ours: [], bare: [] };
  for (const [which, need] of [['ours', (pairs + warm) * perArm + 20], ['bare', (pairs + warm + 2 * same) * perArm + 20]]) {
    for (let at = 0; slots[which].length < need; at += 1) {
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
  say(`${slots.ours.length} + ${slots.bare.length} places laid down`);

  const servers = { ours: server('ours', url, issuer.url), bare: server('bare', url, issuer.url) };
  const address = { ours: await servers.ours.ready, bare: await servers.bare.ready };
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let sent = 0;
  const submit = ({ campaignId, body }, which) => {
    sent += 1;
    const headers = which === 'ours' ? { authorization: `Bearer ${tokens.get(body.id)}`, 'idempotency-key': `bench-${sent}` } : { 'x-unit': body.unit, 'idempotency-key': `bench-${sent}` };
    return post(agent, `${address[which]}/api/v1/campaigns/${campaignId}/self-checks`, headers, bodyOf(body.id, sent));
  };
  const rowsOf = async () => (await client.query(`select (select count(*)::int from self_check) as reports, (select count(*)::int from obligation where state = 'done') as done, (select count(*)::int from obligation_entry where what = 'done') as entries,
    (select count(*)::int from outbox) as facts, (select count(*)::int from command_entry) as notes, (select count(*)::int from handled) as keys`)).rows[0];

  const arm = (which) => async () => {
    const mine = slots[which].splice(0, perArm);
    mustEqual('places left', mine.length, perArm);
    const before = await rowsOf();
    const cpu = cpuOf(servers[which].child.pid);
    const from = performance.now();
    await Promise.all(Array.from({ length: connections }, async () => {
      for (let slot = mine.pop(); slot; slot = mine.pop()) await submit(slot, which);
    }));
    const seconds = (performance.now() - from) / 1000;
    const used = (cpuOf(servers[which].child.pid) - cpu) / perArm;
    const after = await rowsOf();
    for (const name of Object.keys(after)) mustEqual(name, after[name] - before[name], perArm);
    return { seconds, cpu: used };
  };

  try {
    for (let at = 0; at < 5; at += 1) await submit(slots.ours.pop(), 'ours');
    await servers.ours.statements();
    await submit(slots.ours.pop(), 'ours');
    const asked = await servers.ours.statements();
    const committed = asked.findIndex((text) => /\bCOMMIT$/.test(text)) + 1;
    const done = await paired({ ours: arm('ours'), bare: arm('bare'), profile, random, say });
    const { time } = done.figures;
    return { ...done, asked, results: [
      judged('P3', 'self-check submissions / bare http and one statement', { ...time, ours: perArm / time.ours, bare: perArm / time.bare }, { atLeast: 0.4 }, { unit: '/s' }),
      { id: 'P3 CPU', what: 'CPU per request of the server process', ratio: { median: done.cpu.ratio, low: NaN, high: NaN }, ours: done.cpu.ours, bare: done.cpu.bare, unit: ' ms', bar: '', verdict: 'info' },
      counted('P3 SQL', 'round trips until committed', committed, '≤ 6', committed > 0 && committed <= 6),
      counted('P3 SQL all', 'round trips of the whole request', asked.length, ''),
    ] };
  } finally {
    servers.ours.child.disconnect();
    servers.bare.child.disconnect();
    agent.destroy();
    await drop();
  }
}
