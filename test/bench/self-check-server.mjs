// One arm of P3 as a process of its own: `ours` is the inspection room's HTTP side, `bare` is node:http with one statement,
// `unlogged` is ours without the command's entry.
// Both have the same pool; the room's relay and consumer run in neither. What goes to the server at once is counted at the driver.
import { createServer } from 'node:http';
import pg from 'pg';
import { urlFor } from '@zhijian/persistence';
import { built } from './ground.mjs';

const [, , which, url, issuer] = process.argv;
const statements = [];
const query = pg.Client.prototype.query;
pg.Client.prototype.query = function counted(...given) {
  statements.push(typeof given[0] === 'string' ? given[0] : (given[0].text ?? given[0].statements.map(({ text }) => text).join(';\n')));
  return query.apply(this, given);
};
process.on('disconnect', () => process.exit());
process.on('message', (message) => {
  if (message === 'count') process.send({ statements: statements.splice(0) });
});
setInterval(() => { if (statements.length > 10_000) statements.length = 0; }, 100).unref();

async function ours() {
  if (which === 'unlogged') (await built('libs/persistence/dist/transaction.js')).Transaction.prototype.logged = () => null;
  const { inspectionRoom } = await built('services/inspection/dist/room.js');
  const { roomApp } = await import('@zhijian/service-kit');
  const { dataSourceFor } = await import('@zhijian/persistence');
  const { tokenVerifier } = await import('@zhijian/access');
  const { fixedClock } = await import('@zhijian/testing');
  const dataSource = await dataSourceFor({ url, schema: 'inspection', entities: inspectionRoom.entities }).initialize();
  const app = await roomApp(inspectionRoom, { dataSource, verify: tokenVerifier({ issuer, audience: 'zhijian-api' }), clock: fixedClock('2023-04-01T09:00:00+08:00'), sender: { announce: () => undefined, next: () => null } }); // a relay of the same process would be woken; it does not run here
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}

/** The rows that a submission writes, in one statement. */
const write = `with report as (
    insert into self_check (id, campaign_id, unit, institution_id, report, state, items, no_problems, employers, workers, sealed_by, on_behalf, received_at, due_on, late, early, clauses)
    values ($1, $2, $3, $4, 1, 'submitted', $5, false, $6, $7, $8, null, $9, '2023-04-15', false, false, '["HZ-2023-07"]')),
  settled as (
    update obligation set state = 'done', done_at = $9 where campaign_id = $2 and unit = $3 and duty = 'self-check-report' and institution_id = $4 and state in ('open', 'overdue') returning id, due_at, state),
  entered as (insert into obligation_entry (campaign_id, unit, obligation_id, what, at, due_at, actor) select $2, $3, id, state, $9, due_at, $10 from settled),
  facts as (insert into outbox (id, type, key, body) values ($11, 'inspection.self-check-submitted', $4::text, $12)),
  noted as (insert into command_entry (id, at, body, leaf) values ($13, $9, $14, $15)),
  kept as (insert into kept_text (commitment, salt, body, subject, jurisdiction, actor, kept_at, hold_until, hold_basis)
    select gen_random_uuid()::text || at, substr($15::bytea, 1, 32), text, $1::text, $3, $10, $9, '2028-04-01', '《中华人民共和国行政处罚法》第三十六条' from unnest($24::text[]) with ordinality as k(text, at)),
  certified as (insert into certificate (id, kind, subject, about, jurisdiction, at, sha256, body, entry) values ($19, 'lateness', $20, $21, $3, $9, $22, $23, $13))
  insert into handled (key, body_hash, response, at) values ($16, $17, $18, $9)`;

async function bare() {
  const { newId } = await import('@zhijian/contracts');
  const { createHash } = await import('node:crypto');
  const pool = new pg.Pool({ connectionString: urlFor('inspection_app', url), max: 12, options: '-c search_path=inspection -c app.reach=all -c app.command=on' }); // as whoever may see and write everything
  const at = '2023-04-01T09:00:00.000+08:00';
  const policy = { pack: 'hangzhou/exam-campaign-2023', version: 1, clauses: ['HZ-2023-07'] };
  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', async () => {
      const text = Buffer.concat(parts).toString();
      const body = JSON.parse(text);
      const campaignId = request.url.split('/')[4];
      const { institutionId: institution, unit } = { ...body, unit: request.headers['x-unit'] };
      const id = newId();
      const cause = `http/${newId()}`;
      const data = { campaignId, unit, selfCheckId: id, institutionId: institution, version: 1, receivedAt: at, late: false, early: false, onBehalf: false, problems: body.items.length, policy, violations: 0, copies: [], attachments: [] };
      const fact = { specversion: '1.0', id: newId(), source: '/inspection', type: 'inspection.self-check-submitted', factversion: 1, subject: institution, time: at, datacontenttype: 'application/json', actor: 'institution:bench', cause, jurisdiction: unit, data };
      const items = body.items.map((item) => ({ ...item, itemId: newId(), acceptedBy: null }));
      const about = [id, institution].sort();
      const subject = `${campaignId}/${unit}/self-check-report`;
      const certificate = JSON.stringify({ id: newId(), kind: 'lateness', basis: 'rule', subject, about, jurisdiction: unit, inputs: { dueOn: '2023-04-15', firm: true, done: { [id]: at }, asOf: at, context: { campaign: campaignId, unit, duty: 'self-check-report' } }, inputsSha256: '',
        outcome: { [id]: 'in-time' }, determined: true, reason: null, clauses: [{ id: 'HZ-2023-07', quote: '' }], pack: policy, calendar: null, rule: { form: 'lateness', name: 'lateness', sha256: '' }, actor: 'institution:bench', cause, workflow: null, at });
      const certified = createHash('sha256').update(certificate).digest('hex');
      const entry = JSON.stringify({ v: 1, id, room: 'inspection', at, actor: 'institution:bench', jurisdiction: unit, cause, workflow: null, notes: [{ action: 'self-check submitted', subject: id, jurisdiction: unit, policy, detail: { institution, report: 1, late: false, onBehalf: false } }], facts: [{ id: fact.id, type: fact.type, sha256: '' }], certificates: [{ id, sha256: certified }] });
      const answer = JSON.stringify({ selfCheckId: id, campaignId, institutionId: institution, unit, items, state: 'submitted' });
      await pool.query({ name: 'write', text: write, values: [id, campaignId, unit, institution, JSON.stringify(items), body.volumes.employers, body.volumes.workers, body.sealedBy, at, 'institution:bench', fact.id, JSON.stringify(fact), newId(),
        entry, createHash('sha256').update(entry).digest(), `http/${request.headers['idempotency-key']}`, createHash('sha256').update(text).digest('hex'), answer, newId(), subject, about, certified, certificate, [body.sealedBy, ...body.items.map((item) => item.text)]] });
      response.statusCode = 201;
      response.setHeader('content-type', 'application/json');
      response.end(answer);
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${server.address().port}`;
}

process.send({ url: await (which === 'bare' ? bare() : ours()) });
