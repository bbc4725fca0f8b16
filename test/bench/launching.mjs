// What the launch figures share: bodies in the register, campaigns by the API, a client and a worker of the bare arm.
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { keepBodies, units } from './ground.mjs';

/** Bodies of the units whose whole campaign is counted, and the unit of each size. */
export const sizes = [10, 100, 300];
export const unitOf = (size) => `9903${String(size / 10).padStart(2, '0')}`;

/** Filed and operating bodies in qualification's register, and inspection's copy of them. */
export async function register(client, bodies) {
  const rows = JSON.stringify(bodies);
  await client.query(
    `with b as (select * from jsonb_to_recordset($1::jsonb) as b(id text, name text, credit text, unit text)),
      i as (insert into qualification.institution (id, credit_code, name, kind, jurisdiction, address, contact_post, invented, registered_at)
        select id, unit || credit, name, 'health-examination', unit, '测试路1号', '体检中心主任', true, now() from b),
      f as (insert into qualification.filing (id, institution_id, filed_on, filed_in, categories, items, outreach, recorded_at) select 'f' || id, id, '2020-05-18', unit, '[]', '[]', true, now() from b)
     insert into qualification.operation (id, institution_id, unit, operating, observed_on, evidence, recorded_by, recorded_at) select 'o' || id, id, unit, true, '2022-12-01', '现场核实', 'bench', now() from b`, [rows]);
  await keepBodies(client, bodies);
  await client.query('analyze');
}

export async function connect({ system, issuer }) {
  const sql = new pg.Pool({ connectionString: system.databaseUrl, max: 8 });
  const connection = await Connection.connect({ address: system.temporalAddress });
  const client = new Client({ connection, namespace: system.environment.TEMPORAL_NAMESPACE });
  // Both act in the packs' own places and in every unit that the figures launch.
  const places = ['990200', '330100', ...units.map(({ code }) => code), ...sizes.map(unitOf)].map((code) => ({ code }));
  const token = await issuer.token({ id: 'shi', role: 'city', places });
  const worker = fork(fileURLToPath(new URL('./bare-worker.mjs', import.meta.url)), [system.temporalAddress, system.environment.TEMPORAL_NAMESPACE], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: ['--disable-warning=ExperimentalWarning'] });
  await new Promise((resolve, reject) => { worker.once('message', resolve); worker.once('exit', (code) => reject(new Error(`the bare worker ended with ${code}`))); });

  let second;
  const post = async (path, body, bearer = token) => {
    const answer = await fetch(`${system.urls.inspection}${path}`, { method: 'POST', headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() }, body: JSON.stringify(body) });
    const json = await answer.json();
    if (!answer.ok) throw new Error(`${answer.status} ${JSON.stringify(json)}`);
    return json;
  };
  return {
    sql, client,
    draft: async (pack, units) => {
      second = await issuer.token({ id: 'sheng', role: 'province', places }); // who approves has signed in lately, however long the figure takes
      return (await post('/api/v1/campaigns', { name: '测试', pack, units })).campaignId;
    },
    approve: (id) => post(`/api/v1/campaigns/${id}/approval`, {}, second),
    /** What Temporal itself says a run has cost. */
    costOf: async (workflowId) => {
      const told = await client.workflow.getHandle(workflowId).describe();
      return { transitions: Number(told.raw.workflowExecutionInfo.stateTransitionCount), events: told.historyLength, bytes: Number(told.raw.workflowExecutionInfo.historySizeBytes), startedAt: told.startTime.getTime(), runId: told.runId };
    },
    eventsOf: async (workflowId) => {
      const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
      const count = (name) => events.filter((event) => event[name]).length;
      return { activities: count('activityTaskScheduledEventAttributes'), timers: count('timerStartedEventAttributes'), fired: count('timerFiredEventAttributes'), failed: count('activityTaskFailedEventAttributes') };
    },
    /** Instants (ms) at which a campaign's history says that its units' starts were ordered. */
    orderedAt: async (workflowId, whole) => {
      const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
      return events.filter((event) => event.startChildWorkflowExecutionInitiatedEventAttributes && event.startChildWorkflowExecutionInitiatedEventAttributes.workflowId !== whole)
        .map(({ eventTime }) => Number(eventTime.seconds) * 1000 + eventTime.nanos / 1e6);
    },
    stop: async () => {
      worker.disconnect();
      await connection.close();
      await sql.end();
    },
  };
}

/** Runs `work` over the list, so many at a time. */
export async function atOnce(list, width, work) {
  const left = [...list];
  await Promise.all(Array.from({ length: width }, async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  }));
}
