// P9: a citizen asks for one body by its code; against bare http with a prepared statement.
import { fork } from 'node:child_process';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { freshDatabase, mustEqual } from './ground.mjs';
import { counted, judged, paired } from './harness.mjs';
import { cpuOf } from './machine.mjs';

const program = fileURLToPath(new URL('./public-server.mjs', import.meta.url));
const bodies = 8668;
const connections = 8;
const codeOf = (at) => `9199${String(at % bodies).padStart(13, '0')}X`;

function server(which, url) {
  const child = fork(program, [which, url], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: ['--disable-warning=ExperimentalWarning'] });
  const ready = new Promise((resolve, reject) => {
    child.once('message', ({ url: at }) => resolve(at));
    child.once('exit', (code) => reject(new Error(`${which} ended with ${code}`)));
  });
  return { child, ready };
}

function get(agent, address, headers = {}) {
  return new Promise((resolve, reject) => {
    const call = request(address, { agent, headers }, (answer) => {
      let body = '';
      answer.on('data', (part) => { body += part; });
      answer.on('end', () => resolve({ status: answer.statusCode, etag: answer.headers.etag, body }));
    });
    call.on('error', reject);
    call.end();
  });
}

export async function run({ system, profile, random, say }) {
  const perArm = profile === 'full' ? 4000 : 1000;
  const { url, client, drop } = await freshDatabase(system.databaseUrl, 'bench_public');
  await client.query(`select set_config('app.reach', 'all', false)`);
  await client.query(`insert into publication.record (institution_id, revision, credit_code, name, kind, jurisdiction, address, categories, items, outreach, filed_on, invented, published_at)
    select 'i' || n, 1, '9199' || lpad(n::text, 13, '0') || 'X', '示例体检中心 ' || n, 'health-examination', '990101', '示例路 1 号', '["接触粉尘类","接触化学因素类"]', '["矽尘","煤尘","苯"]', true, '2020-05-06', true, '2024-09-24T00:00:01Z' from generate_series(0, $1::int - 1) n`, [bodies]);
  await client.query('vacuum analyze publication.record');
  const servers = { ours: server('ours', url), bare: server('bare', url) };
  const address = { ours: await servers.ours.ready, bare: await servers.bare.ready };
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const path = (at) => `/public/v1/institutions/${codeOf(at)}`;
  let at = 0;
  const arm = (which) => async () => {
    const { pid } = servers[which].child;
    const took = [];
    let right = 0;
    const cpu = cpuOf(pid);
    const from = performance.now();
    let left = perArm;
    await Promise.all(Array.from({ length: connections }, async () => {
      while (left > 0) {
        left -= 1;
        at += 7;
        const mine = at;
        const began = performance.now();
        const { status, body } = await get(agent, address[which] + path(mine));
        took.push(performance.now() - began);
        if (status === 200 && body.includes(codeOf(mine))) right += 1;
      }
    }));
    const seconds = (performance.now() - from) / 1000;
    mustEqual('right answers', right, perArm);
    took.sort((a, b) => a - b);
    const used = Math.max(1, cpuOf(pid) - cpu) / perArm;
    return { seconds, cpu: used, figures: { time: seconds, cpu: used, p99: took[Math.floor(took.length * 0.99)] } };
  };
  try {
    const { etag } = await get(agent, address.ours + path(1));
    const again = await get(agent, address.ours + path(1), { 'if-none-match': etag });
    const done = await paired({ ours: arm('ours'), bare: arm('bare'), profile, random, say });
    const { time, cpu, p99 } = done.figures;
    return { ...done, results: [
      judged('P9', 'answers by code / bare http and a prepared statement', { ...time, ours: perArm / time.ours, bare: perArm / time.bare }, { atLeast: 1.5 }, { unit: '/s' }),
      judged('P9 CPU', 'CPU of the server process per answer', cpu, { atMost: 1.2 }, { unit: ' ms' }),
      judged('P9 p99', 'slowest in a hundred', p99, { atMost: 1.3 }, { unit: ' ms' }),
      counted('P9 304', 'status and bytes for whoever has it', `${again.status} ${again.body.length}`, '304 0', again.status === 304 && again.body === ''),
    ] };
  } finally {
    for (const { child } of Object.values(servers)) child.disconnect();
    agent.destroy();
    await drop();
  }
}
