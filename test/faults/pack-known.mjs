// `pack install` while the system runs: each service is asked for the new version, or told of it, and knows it without a restart.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@zhijian/contracts';
import { kafkaFor } from '@zhijian/messaging';
import pg from 'pg';
import { node, root } from '../support/root.mjs';
import { postgresUrl } from './room/deploy.mjs';
import { eventually } from './wait.mjs';

const campaign = 'hangzhou/exam-campaign-2023';
const colours = 'chongqing/colour-2024';

/** The pack as it comes with the house, as its next version, in a folder of its own. */
function nextVersion(base, id) {
  const folder = join(base, id.replace('/', '-'));
  cpSync(join(root, 'libs/policy/packs', id, '1'), folder, { recursive: true });
  const file = join(folder, 'pack.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('version: 1', 'version: 2'));
  return folder;
}

function install(folder, shelf) {
  const { status, stdout, stderr } = spawnSync(node(), [join(root, 'deploy/cli/bin.mjs'), 'pack', 'install', folder, '--json'], { cwd: root, env: { ...process.env, POLICY_DIR: shelf }, encoding: 'utf8' });
  if (status !== 0) throw new Error(`pack install ended with ${status}: ${stdout}${stderr}`);
}

/** Calls of people, each with a token of their own. */
function caller(ports) {
  const tokens = new Map();
  const tokenOf = async (account, place) => {
    const body = new URLSearchParams({ grant_type: 'urn:zhijian:demonstration', client_id: 'zhijian-demonstration', account, place });
    return (await (await fetch(`http://127.0.0.1:${ports.IDENTITY_PORT}/token`, { method: 'POST', body })).json()).access_token;
  };
  return async (account, place, method, path, body) => {
    const who = `${account}@${place}`;
    if (!tokens.has(who)) tokens.set(who, await tokenOf(account, place));
    const headers = { authorization: `Bearer ${tokens.get(who)}`, ...(body ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}) };
    const answer = await fetch(`http://127.0.0.1:${ports.GATEWAY_PORT}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    return { status: answer.status, body: await answer.json() };
  };
}

/** A run of colours that quality control has signed by the new version, as its topic would carry it. */
async function stated(ports) {
  const fact = JSON.parse(readFileSync(join(root, 'libs/contracts/samples/quality-control/colour-run-signed.v1.json'), 'utf8'));
  const runId = newId();
  Object.assign(fact, { id: newId(), data: { ...fact.data, runId, policy: { ...fact.data.policy, version: 2 } } });
  const producer = kafkaFor(`127.0.0.1:${ports.KAFKA_PORT}`, 'trial').producer();
  await producer.connect();
  await producer.send({ topic: 'quality-control', acks: -1, messages: [{ key: fact.subject, value: JSON.stringify(fact), headers: { id: fact.id, type: fact.type } }] });
  await producer.disconnect();
  return runId;
}

/**
 * @param limit milliseconds within which each must know it, from the installation or from what it is asked by; left out in tests, which do not time
 * @returns how long each took
 * @throws what a service said instead
 */
export async function packKnown({ folder, ports, limit }) {
  const base = mkdtempSync(join(tmpdir(), 'zhijian-packs-'));
  const call = caller(ports);
  const database = new pg.Client({ connectionString: postgresUrl(ports.POSTGRES_PORT) });
  await database.connect();
  const draft = () => call('shi', '330100', 'POST', '/api/v1/campaigns', { name: '示例行动', pack: `${campaign}@2`, units: [{ code: '330106', name: '西湖区' }] });
  const open = () => call('sheng', '500000', 'POST', '/api/v1/colour-runs', { year: 2023, pack: `${colours}@2` });
  const shown = () => call('shi', '330100', 'GET', `/api/v1/packs/${campaign}/2`);
  try {
    const before = [(await shown()).status, (await draft()).body.code, (await open()).body.code];
    if (JSON.stringify(before) !== JSON.stringify([404, 'pack-unknown', 'pack-unknown'])) throw new Error(`known before it was installed: ${JSON.stringify(before)}`);
    for (const id of [campaign, colours]) install(nextVersion(base, id), join(folder, 'packs'));
    const installed = Date.now();
    const took = [];
    const known = async (service, ask, since = installed) => {
      const answer = await eventually(`${service} knows it`, ask, 60_000);
      took.push([service, Date.now() - since]);
      return answer;
    };
    const runId = await stated(ports);
    await Promise.all([
      known('gateway', async () => (await shown()).status === 200),
      known('quality-control', async () => (await open()).body.code?.startsWith('colour-')), // it has read the pack, and refuses this year by it
      known('publication', async () => (await call('sheng', '500000', 'GET', '/api/v1/notices?limit=500')).body.items?.some((notice) => notice.runId === runId && notice.pack === `${colours}@2`)),
      known('inspection', async () => {
        const { status, body } = await draft();
        return status === 201 && body.campaignId;
      }).then(async (campaignId) => {
        const { status, body } = await call('pizhun', '330100', 'POST', `/api/v1/campaigns/${campaignId}/approval`, {});
        if (status !== 201) throw new Error(`not approved: ${status} ${JSON.stringify(body)}`);
        await known('qualification', async () => { // which the campaign's workflow orders to freeze a roster by it
          const { rows } = await database.query(`select body::jsonb -> 'data' -> 'policy' as policy from qualification.outbox where type = 'qualification.roster-frozen' and body::jsonb -> 'data' ->> 'campaignId' = $1`, [campaignId]);
          return rows.some(({ policy }) => policy.pack === campaign && policy.version === 2);
        }, Date.now());
      }),
    ]);
    const late = took.filter(([, milliseconds]) => limit !== undefined && milliseconds > limit);
    const said = took.map(([service, milliseconds]) => `${service} ${(milliseconds / 1000).toFixed(1)} s`).join(', ');
    if (late.length) throw new Error(`later than ${limit / 1000} s: ${said}`);
    return said;
  } finally {
    await database.end();
    rmSync(base, { recursive: true, force: true });
  }
}
