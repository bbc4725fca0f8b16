// What somebody with all rights in the database may do to the evidence; each at a place and with values drawn by chance.
import { createHash, randomUUID } from 'node:crypto';
import { canonicalJson, Frontier, keyId, leafHash, newLogKey, sha256, signHead } from '@zhijian/audit';

const digest = (text) => createHash('sha256').update(text).digest();
const robber = newLogKey('robber');

/** Draws with this seed's chance, and asks as superuser. */
export function hand({ admin, random, busy, key, keyName }) {
  const one = async (sql, values) => (await admin.query(sql, values)).rows[0];
  const run = (sql, values) => admin.query(sql, values);
  const below = (n) => Math.floor(random() * n);
  const pick = (list) => list[below(list.length)];
  const any = (table) => one(`select * from ${table} order by md5($1 || to_jsonb(${table.split('.')[1]})::text) limit 1`, [String(random())]);
  const entryOf = async (room = pick(busy)) => ({ room, row: await any(`${room}.command_entry`) });
  return { admin, one, run, below, pick, any, entryOf, random, busy, key, keyName, later: () => 1 + below(400) };
}

/** The tree over the leaves as they now stand, with heads as deep as asked: unsigned, signed by another key, or under the name of ours. */
async function rebuilt({ run, pick, key, keyName }, as = pick(['stale', 'robber', 'forged'])) {
  const { rows } = await run('select idx, room, entry_id, leaf from workflows.log_leaf order by idx');
  await run('delete from workflows.log_leaf');
  await run('delete from workflows.log_node');
  const tree = Frontier.empty();
  const { rows: heads } = await run('select * from workflows.tree_head order by size');
  const sizes = new Set([...heads.map(({ size }) => Number(size)).filter((size) => size <= rows.length), rows.length]);
  const roots = new Map();
  for (const { room, entry_id, leaf } of rows) {
    await run('insert into workflows.log_leaf values ($1, $2, $3, $4)', [tree.size, room, entry_id, leaf]);
    for (const { level, index, hash } of tree.append(leaf)) await run('insert into workflows.log_node values ($1, $2, $3)', [level, index, hash]);
    if (sizes.has(tree.size)) roots.set(tree.size, tree.root.toString('hex'));
  }
  await run('delete from workflows.tree_head');
  if (as === 'robber') await run('update workflows.log_key set key = $1, public_key = $2', [keyId(robber.publicKey), robber.publicKey]);
  for (const [size, root] of roots) {
    const before = heads.find((head) => Number(head.size) === size) ?? heads.at(-1);
    const signed = signHead({ v: 1, installation: key.installation, size, root, at: before.at }, robber);
    await run('insert into workflows.tree_head values ($1, $2, $3, $4, $5, $6)', [size, root, before.at, key.installation, as === 'robber' ? signed.key : keyName, as === 'stale' ? before.signature : signed.signature]);
  }
}

/** An entry says something else; how far up that is made to fit is drawn too. */
async function rewrite(of, change) {
  const { room, row } = await of.entryOf();
  const entry = JSON.parse(row.body);
  change(entry);
  const body = canonicalJson(entry);
  const depth = of.below(4);
  await of.run(`update ${room}.command_entry set body = $2, at = $3 where id = $1`, [row.id, body, entry.at]);
  if (depth > 0) await of.run(`update ${room}.command_entry set leaf = $2 where id = $1`, [row.id, leafHash(body)]);
  if (depth > 1) await of.run('update workflows.log_leaf set leaf = $2 where entry_id = $1', [row.id, leafHash(body)]);
  if (depth > 2) await rebuilt(of);
}

/** A certificate says something else; how far up that is made to fit is drawn too. */
async function recertify(of, change) {
  const room = of.pick(of.busy);
  const row = await of.any(`${room}.certificate`);
  const said = JSON.parse(row.body);
  change(said);
  const body = canonicalJson(said);
  const depth = of.below(3);
  await of.run(`update ${room}.certificate set body = $2, subject = $3, at = $4, sha256 = case when $5 then $6 else sha256 end where id = $1`, [row.id, body, said.subject, said.at, depth > 0, sha256(body)]);
  if (depth < 2) return;
  const { rows: [entry] } = await of.run(`select id, body from ${room}.command_entry where position($1 in body) > 0`, [row.sha256]);
  const claimed = entry.body.replace(row.sha256, sha256(body));
  await of.run(`update ${room}.command_entry set body = $2, leaf = $3 where id = $1`, [entry.id, claimed, leafHash(claimed)]);
  await of.run('update workflows.log_leaf set leaf = $2 where entry_id = $1', [entry.id, leafHash(claimed)]);
  if (of.below(2)) await rebuilt(of);
}

const earlier = (instant, days) => new Date(Date.parse(instant) - days * 86_400_000 + 8 * 3600_000).toISOString().replace('Z', '+08:00');

/** Name → what is done. */
export const alterations = {
  'swap the actor of an entry': (of) => rewrite(of, (entry) => { entry.actor = entry.actor === 'county:99' ? 'county:98' : 'county:99'; }),
  'backdate an entry': (of) => rewrite(of, (entry) => { entry.at = earlier(entry.at, of.later()); }),
  'update what an entry notes': (of) => rewrite(of, (entry) => { entry.notes[0].detail.n = 1_000_000 + of.below(1000); }),
  'move an entry to another place': (of) => rewrite(of, (entry) => { entry.jurisdiction = '990202'; }),
  'backdate the row of an entry only': async (of) => { const { room, row } = await of.entryOf(); await of.run(`update ${room}.command_entry set at = at - $2 * interval '1 day' where id = $1`, [row.id, of.later()]); },
  'exchange the leaf of an entry': async (of) => { const { room, row } = await of.entryOf(); await of.run(`update ${room}.command_entry set leaf = $2 where id = $1`, [row.id, digest(randomUUID())]); },
  'delete an entry': async (of) => {
    const { room, row } = await of.entryOf();
    await of.run(`delete from ${room}.command_entry where id = $1`, [row.id]);
    if (of.below(2)) await of.run('delete from workflows.log_leaf where entry_id = $1', [row.id]);
    if (of.below(2)) await rebuilt(of);
  },
  'insert an entry': async (of) => {
    const { room, row } = await of.entryOf();
    const id = randomUUID();
    const body = canonicalJson({ ...JSON.parse(row.body), id, facts: [], certificates: [], actor: 'county:99' });
    await of.run(`insert into ${room}.command_entry (id, at, body, leaf, xid) values ($1, $2, $3, $4, $5)`, [id, row.at, body, leafHash(body), row.xid]);
    if (of.below(2)) return;
    const { n } = await of.one('select count(*)::int as n from workflows.log_leaf');
    await of.run('insert into workflows.log_leaf values ($1, $2, $3, $4)', [n, room, id, leafHash(body)]);
    if (of.below(2)) await rebuilt(of);
  },
  'exchange what two entries say': async (of) => {
    const { room, row: a } = await of.entryOf();
    const b = await of.one(`select * from ${room}.command_entry where id <> $1 order by md5($2 || id::text) limit 1`, [a.id, String(of.random())]);
    for (const [id, other] of [[a.id, b], [b.id, a]]) await of.run(`update ${room}.command_entry set body = $2, leaf = $3, at = $4 where id = $1`, [id, other.body, other.leaf, other.at]);
  },
  'reorder two leaves': async (of) => {
    const { n } = await of.one('select count(*)::int as n from workflows.log_leaf');
    const a = of.below(n);
    const b = (a + 1 + of.below(n - 1)) % n;
    const rows = (await of.run('delete from workflows.log_leaf where idx = any($1::bigint[]) returning *', [[a, b]])).rows;
    for (const row of rows) await of.run('insert into workflows.log_leaf values ($1, $2, $3, $4)', [Number(row.idx) === a ? b : a, row.room, row.entry_id, row.leaf]);
    if (of.below(2)) await rebuilt(of);
  },
  'update a leaf': async (of) => {
    const row = await of.any('workflows.log_leaf');
    await of.run('update workflows.log_leaf set leaf = $2 where idx = $1', [row.idx, digest(randomUUID())]);
    if (of.below(2)) await rebuilt(of);
  },
  'give a leaf to another room': async (of) => { const row = await of.any('workflows.log_leaf'); await of.run('update workflows.log_leaf set room = $2 where idx = $1', [row.idx, of.pick(['inspection', 'publication', 'gateway', 'qualification'].filter((room) => room !== row.room))]); },
  'give a leaf to another entry': async (of) => { const row = await of.any('workflows.log_leaf'); await of.run('update workflows.log_leaf set entry_id = gen_random_uuid() where idx = $1', [row.idx]); },
  'insert a leaf': async (of) => {
    const { n } = await of.one('select count(*)::int as n from workflows.log_leaf');
    const at = of.below(n + 1);
    for (let idx = n - 1; idx >= at; idx -= 1) await of.run('update workflows.log_leaf set idx = idx + 1 where idx = $1', [idx]);
    await of.run(`insert into workflows.log_leaf values ($1, 'inspection', gen_random_uuid(), $2)`, [at, digest(randomUUID())]);
    if (of.below(2)) await rebuilt(of);
  },
  'cut the tail': async (of) => {
    const { n } = await of.one('select count(*)::int as n from workflows.log_leaf');
    const rest = n - 1 - of.below(Math.floor(n / 2));
    const { rows } = await of.run('delete from workflows.log_leaf where idx >= $1 returning room, entry_id', [rest]);
    const depth = of.below(4);
    if (depth > 0) for (const { room, entry_id } of rows) await of.run(`delete from ${room}.command_entry where id = $1`, [entry_id]);
    if (depth > 1) await of.run('delete from workflows.tree_head where size > $1', [rest]);
    if (depth > 2) await rebuilt(of);
  },
  'delete a leaf from the middle': async (of) => {
    const row = await of.any('workflows.log_leaf');
    await of.run('delete from workflows.log_leaf where idx = $1', [row.idx]);
    if (of.below(2)) await rebuilt(of);
  },
  'rebuild the whole tree': async (of) => {
    const { n } = await of.one('select count(*)::int as n from workflows.log_leaf');
    await of.run('update workflows.log_leaf set idx = $1 - idx - 1 + 1000000', [n]);
    await of.run('update workflows.log_leaf set idx = idx - 1000000');
    await rebuilt(of);
  },
  'sign everything with another key': (of) => rebuilt(of, 'robber'),
  'update a subtree': async (of) => { const row = await of.any('workflows.log_node'); await of.run('update workflows.log_node set hash = $3 where level = $1 and idx = $2', [row.level, row.idx, digest(randomUUID())]); },
  'delete a subtree': async (of) => { const row = await of.any('workflows.log_node'); await of.run('delete from workflows.log_node where level = $1 and idx = $2', [row.level, row.idx]); },
  'backdate a head': async (of) => { const row = await of.any('workflows.tree_head'); await of.run('update workflows.tree_head set at = $2 where size = $1', [row.size, earlier(row.at, of.later())]); },
  'update the root of a head': async (of) => { const row = await of.any('workflows.tree_head'); await of.run('update workflows.tree_head set root = $2 where size = $1', [row.size, digest(randomUUID()).toString('hex')]); },
  'delete a head that somebody holds': async (of) => { await of.run('delete from workflows.tree_head where size = $1', [of.pick(of.held).head.size]); },
  'insert a head': async (of) => {
    const row = await of.one('select * from workflows.tree_head order by size desc limit 1');
    const free = Array.from({ length: Number(row.size) - 1 }, (_, at) => at + 1);
    const { rows } = await of.run('select size::int from workflows.tree_head');
    const size = of.pick(free.filter((n) => !rows.some((taken) => taken.size === n)));
    await of.run('insert into workflows.tree_head values ($1, $2, $3, $4, $5, $6)', [size, row.root, row.at, row.installation, row.key, row.signature]);
  },
  'exchange the key': (of) => of.run('update workflows.log_key set public_key = $1', [newLogKey('another').publicKey]),
  'forge a countersignature': (of) => of.run('update workflows.countersignature set signature = $1', [signHead({ v: 1, installation: 'x', size: 1, root: '', at: '' }, robber).signature]),
  'swap the actor of a certificate': (of) => recertify(of, (said) => { said.actor = 'county:99'; }),
  'update the outcome of a certificate': (of) => recertify(of, (said) => { said.outcome = 1_000 + of.below(1000); }),
  'backdate a certificate': (of) => recertify(of, (said) => { said.at = earlier(said.at, of.later()); }),
  'give a certificate to another subject': (of) => recertify(of, (said) => { said.subject = `${said.subject} other`; }),
  'delete a certificate': async (of) => { const room = of.pick(of.busy); const row = await of.any(`${room}.certificate`); await of.run(`delete from ${room}.certificate where id = $1`, [row.id]); },
  'insert a certificate': async (of) => {
    const room = of.pick(of.busy);
    const row = await of.any(`${room}.certificate`);
    const id = randomUUID();
    const body = canonicalJson({ ...JSON.parse(row.body), id });
    await of.run(`insert into ${room}.certificate (id, kind, subject, about, jurisdiction, at, sha256, body, entry) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, [id, row.kind, row.subject, row.about, row.jurisdiction, row.at, sha256(body), body, row.entry]);
  },
  'update the text of a rule': async (of) => { const room = of.pick(of.busy); const row = await of.any(`${room}.rule_text`); await of.run(`update ${room}.rule_text set body = $2 where sha256 = $1`, [row.sha256, `{"cells":${1000 + of.below(1000)}}`]); },
  'update a fact': async (of) => { const room = of.pick(of.busy); const row = await of.any(`${room}.outbox`); const fact = JSON.parse(row.body); fact.data.n = 1_000_000 + of.below(1000); await of.run(`update ${room}.outbox set body = $2 where id = $1`, [row.id, JSON.stringify(fact)]); },
  'swap the actor of a fact': async (of) => { const room = of.pick(of.busy); const row = await of.any(`${room}.outbox`); await of.run(`update ${room}.outbox set body = $2 where id = $1`, [row.id, JSON.stringify({ ...JSON.parse(row.body), actor: 'county:99' })]); },
  'send a fact under another key': async (of) => { const room = of.pick(of.busy); const row = await of.any(`${room}.outbox`); await of.run(`update ${room}.outbox set key = key || ' other' where id = $1`, [row.id]); },
  'delete a fact': async (of) => { const room = of.pick(of.busy); const row = await of.any(`${room}.outbox`); await of.run(`delete from ${room}.outbox where id = $1`, [row.id]); },
  'insert a fact': async (of) => { const room = of.pick(of.busy); const row = await of.any(`${room}.outbox`); const id = randomUUID(); await of.run(`insert into ${room}.outbox (id, type, key, body) values ($1, $2, $3, $4)`, [id, row.type, row.key, JSON.stringify({ ...JSON.parse(row.body), id })]); },
};
