// What must hold after every fault, read from tables, topic and workflows.
import { eventually, pause } from '../wait.mjs';
import { idsIn } from './topic.mjs';

/** Every room's entries: the archiver writes some beside the trials, whose leaves may follow a little later. */
const entries = ['inspection', 'qualification', 'workflows'].map((room) => `select '${room}' as room, id, leaf from ${room}.command_entry`).join(' union all ');
const counts = (rows) => new Map(rows.map(({ id, n }) => [id, Number(n)]));

/**
 * Waits until everything sent has gone through, then counts. As long as something still arrives nothing is lost: a busy
 * machine needs minutes for what a quiet one does in seconds.
 * @param acked ids of the answered commands
 * @param within ms without anything new after which the rest is taken for lost
 * @returns `{ lost, doubled, lines }`: how many (command, place) pairs are missing or there twice
 */
export async function checkInvariants(town, acked, { within = 120_000 } = {}) {
  const through = async () => {
    const [row] = await town.query(`select
      (select count(*) from inspection.trial) as trials, (select count(*) from inspection.outbox where published_at is null) as waiting,
      (select count(distinct trial) from qualification.heard) as heard, (select count(distinct trial) from inspection.effect) as effects,
      (select count(*) from (${entries}) e where not exists (select 1 from workflows.log_leaf l where l.entry_id = e.id)) as unlogged`);
    return { row: JSON.stringify(row), done: Number(row.waiting) === 0 && row.heard === row.trials && row.effects === row.trials && Number(row.unlogged) === 0 };
  };
  let late = '';
  for (let [seen, since] = ['', Date.now()]; ;) {
    const { row, done } = await through().catch((error) => ({ row: error.message, done: false }));
    if (done) break;
    if (row !== seen) [seen, since] = [row, Date.now()];
    if (Date.now() - since > within) { late = `nothing new for ${within / 1000} s: ${row}`; break; }
    await pause(200);
  }

  const places = {
    'rows of the command': counts(await town.query('select id, count(*) as n from inspection.trial group by id')),
    'audit entries': counts(await town.query(`select subject as id, count(*) as n from inspection.audit_entry where action = 'tried' group by subject`)),
    'leaves in the log': counts(await town.query(`select a.subject as id, count(l.idx) as n from inspection.audit_entry a left join workflows.log_leaf l on l.entry_id = a.id where a.action = 'tried' group by a.subject`)),
    'facts in the outbox': counts(await town.query('select key as id, count(*) as n from inspection.outbox group by key')),
    'facts marked as sent': counts(await town.query('select key as id, count(*) as n from inspection.outbox where published_at is not null group by key')),
    'effects of the consumer': counts(await town.query('select trial as id, count(*) as n from qualification.heard group by trial')),
    'workflows started by the bridge': counts(await town.query(`select substr(workflow_id, 10) as id, count(*) as n from workflows.bridged group by workflow_id`)),
    'effects of the activity': counts(await town.query('select trial as id, count(*) as n from inspection.effect group by trial')),
  };
  const ids = new Set([...acked, ...places['rows of the command'].keys()]);
  const wrong = [];
  for (const [place, of] of Object.entries(places)) for (const id of ids) if (of.get(id) !== 1) wrong.push({ place, id, n: of.get(id) ?? 0 });

  const sent = await idsIn(town.engines.kafkaBrokers, 'inspection');
  for (const { id } of await town.query('select id from inspection.outbox')) if (!sent.has(id)) wrong.push({ place: 'records in Kafka', id, n: 0 });
  const whole = await log(town);
  if (whole.apart || whole.leaves !== whole.next || whole.leaves !== whole.signed) wrong.push({ place: `the log (${JSON.stringify(whole)})`, id: '*', n: 0 });

  const parked = Number((await town.query(`select (select count(*) from qualification.parked) + (select count(*) from workflows.parked) as n`))[0].n);
  if (parked) wrong.push({ place: 'parked facts', id: '*', n: 1 + parked });

  const lost = wrong.filter(({ n }) => n === 0).length;
  const doubled = wrong.filter(({ n }) => n > 1).length;
  const again = [...sent.values()].filter((n) => n > 1).length;
  return { lost, doubled, lines: [
    `${ids.size} commands, ${acked.length} answered; ${sent.size} facts in Kafka, ${again} of them sent more than once; lost ${lost}, doubled ${doubled}`,
    ...(late ? [late] : []), ...wrong.slice(0, 8).map(({ place, id, n }) => `${place}: ${n} for ${id}`),
  ] };
}

/** The log against the entries, when nothing is on its way any more: the archiver writes entries of its own as workflows end, and their leaves follow. */
async function log(town) {
  let seen;
  const settled = async () => {
    [seen] = await town.query(`select (select count(*)::int from (${entries}) e full join workflows.log_leaf l on l.entry_id = e.id where e.id is null or l.idx is null or e.leaf <> l.leaf or e.room <> l.room) as apart,
      (select count(*)::int from workflows.log_leaf) as leaves, (select coalesce(max(idx) + 1, 0)::int from workflows.log_leaf) as next, (select coalesce(max(size), 0)::int from workflows.tree_head) as signed`);
    return seen.apart === 0 && seen.leaves === seen.signed;
  };
  await eventually('the log has every entry', settled, 60_000).catch(() => undefined); // what it was at last is the answer
  return seen;
}
