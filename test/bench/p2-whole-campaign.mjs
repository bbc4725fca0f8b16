// P2: what a unit's whole campaign (the Hangzhou pack of 2023) costs Temporal; against a bare workflow with as many
// activities and timers; and the same for 10, 100 and 300 bodies.
import { randomUUID } from 'node:crypto';
import { wholeCampaign, workflowIds } from '@zhijian/contracts/workflows';
import { bodiesOf, mustEqual, until } from './ground.mjs';
import { counted } from './harness.mjs';
import { connect, register, sizes, unitOf } from './launching.mjs';

const day = 86_400;

export async function run({ system, issuer, profile, say }) {
  const ground = await connect({ system, issuer });
  const { sql, client } = ground;
  const list = sizes.map((size) => ({ code: unitOf(size), name: `测区${size}`, size }));
  await register(sql, list.flatMap(({ code, size }) => bodiesOf(code, size)));
  try {
    // So many days a second: timers are set for this speed, and fire when their instant has come, as in real time.
    const speed = (profile === 'full' ? 4 : 6) * day;
    const id = await ground.draft('hangzhou/exam-campaign-2023', list.map(({ code, name }) => ({ code, name })));
    const changed = system.clock.change({ jumpTo: '2023-01-28T00:00:00+08:00', scale: speed, cruise: speed });
    if (!changed.ok) throw new Error(changed.error);
    await ground.approve(id);
    await until('the campaign has run', async () => {
      const { rows } = await sql.query(`select state, count(*)::int as n from inspection.campaign_unit where campaign_id = $1 group by state`, [id]);
      return rows.length === 1 && rows[0].state === 'finished';
    }, { within: 240_000, every: 500 });
    system.clock.change({ scale: 1, cruise: 1 });

    const units = [];
    for (const { code, size } of list) {
      const workflowId = workflowIds.unit(id, code);
      await client.workflow.getHandle(workflowId).result();
      const { rows: [{ n }] } = await sql.query('select count(*)::int as n from inspection.obligation where campaign_id = $1 and unit = $2', [id, code]);
      mustEqual('obligations', n, 3 * size + 5);
      units.push({ size, ...(await ground.costOf(workflowId)), ...(await ground.eventsOf(workflowId)) });
      say(JSON.stringify(units.at(-1)));
    }
    const largest = units.at(-1);
    const workflowId = `bench/${randomUUID()}`;
    await client.workflow.execute('alike', { taskQueue: 'bench', workflowId, args: [{ activities: largest.activities, timers: largest.timers }] });
    const bare = { ...(await ground.costOf(workflowId)), ...(await ground.eventsOf(workflowId)) };
    say(JSON.stringify({ bare }));
    const whole = await ground.costOf(workflowIds.unit(id, wholeCampaign));
    const parent = await ground.costOf(workflowIds.campaign(id));

    const ratio = (name) => largest[name] / bare[name];
    const over = (name, what) => counted(`P2 ${name}`, `${what}, 300 bodies / bare with ${largest.activities} activities, ${largest.timers} timers`, `${ratio(name).toFixed(3)}× (${largest[name]} / ${bare[name]})`, '≤ 1.3×', ratio(name) <= 1.3);
    const all = (name) => units.map((unit) => unit[name]);
    const spread = (name) => Math.max(...all(name)) / Math.min(...all(name));
    // A few steps more or less depend on how busy the machine was: what is due already needs no timer, and comes with the step before.
    const constant = spread('activities') <= 1.1 && spread('transitions') <= 1.1 && spread('bytes') <= 1.1;
    return { units, bare, whole, parent, results: [
      over('transitions', 'state transitions'), over('events', 'events'), over('bytes', 'history bytes'),
      counted('P2 growth', 'transitions with 10, 100, 300 bodies', all('transitions').join(' '), 'constant', constant),
      counted('P2 bytes', 'history bytes with 10, 100, 300 bodies', all('bytes').join(' '), ''),
      counted('P2 parent', 'transitions of the campaign itself and of its own duties', `${parent.transitions} ${whole.transitions}`, ''),
    ] };
  } finally {
    await ground.stop();
  }
}
