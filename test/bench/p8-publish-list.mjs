// P8: a list is published: canonical JSON, its hash, a snapshot row; against stringify, hash and one INSERT.
import { createHash } from 'node:crypto';
import { canonicalJson, sha256 } from '@zhijian/audit';
import { dataSourceFor, everywhere, UnitOfWork } from '@zhijian/persistence';
import pg from 'pg';
import { built, freshDatabase, mustEqual } from './ground.mjs';
import { counted, judged, paired, profiles } from './harness.mjs';

const { listedText, listText } = await built('services/publication/dist/notice/content.rules.js');
const { keepSnapshot } = await built('services/publication/dist/notice/notice.store.js');

/** As many bodies as the country has. */
const bodies = 8668;
const now = '2024-09-24T00:00:05.000+08:00';
const contentOf = (at) => ({ basisYear: 2023, before: null, colour: { id: 'yellow', title: '黄色' }, redYears: at % 3, year: 2024 });
const entries = Array.from({ length: bodies }, (_, at) => ({ creditCode: `9199${String(at).padStart(14, '0')}`, name: `示例职业健康技术服务机构 ${at}`, kind: 'occupational-health-service', invented: true }));
/** Publication keeps what was put up in canonical JSON already; the bare arm has the same as objects. */
const kept = entries.map((_, at) => canonicalJson(contentOf(at)));
const head = (noticeId) => ({ kind: 'publication', noticeId, title: '2024 年度赋色结果公示', year: 2024, publishedAt: now });
const plain = entries.map(({ creditCode, name, kind, invented }, at) => ({ content: contentOf(at), creditCode, invented, kind, name }));

export async function run({ system, profile, random, say }) {
  const { url, client, drop } = await freshDatabase(system.databaseUrl, 'bench_publish');
  await client.query(`select set_config('app.reach', 'all', false)`);
  const { pairs, warm, same } = profiles[profile];
  const needed = 2 * (pairs + warm) + 2 * same + 5;
  await client.query(`insert into publication.notice (id, run_id, jurisdiction, year, basis_year, because, state, pack, pack_version, title, document, parts, undetermined, made_at, clauses)
    select 'n' || n, 'n' || n, '990000', 2024, 2023, 'run', 'draft', 'p', 1, 't', '{}', 1, 0, now(), '[]' from generate_series(1, $1::int) n`, [needed]);
  const dataSource = await dataSourceFor({ url, schema: 'publication' }).initialize();
  const uow = new UnitOfWork(dataSource, { now: () => now });
  const bareClient = new pg.Client({ connectionString: url });
  await bareClient.connect();
  await bareClient.query(`select set_config('app.reach', 'all', false)`);
  let next = 0;
  const fresh = () => `n${(next += 1)}`;
  const written = async (noticeId, expected) => {
    const { rows } = await client.query('select body, sha256 from publication.snapshot where notice_id = $1', [noticeId]);
    mustEqual('snapshots', rows.length, 1);
    mustEqual('bytes', rows[0].body.length, expected);
    mustEqual('hash', createHash('sha256').update(rows[0].body).digest('hex'), rows[0].sha256);
  };
  const arm = (publish) => async () => {
    const noticeId = fresh();
    const from = performance.now();
    const length = await publish(noticeId);
    const seconds = (performance.now() - from) / 1000;
    await written(noticeId, length);
    return { seconds };
  };
  const ours = arm((noticeId) => uow.run({ actor: 'bench', jurisdiction: '990000', cause: 'bench', scope: everywhere }, async (tx) => {
    const body = listText(head(noticeId), entries.map((entry, at) => listedText(entry, kept[at])));
    await keepSnapshot(tx, noticeId, { kind: 'publication', entries: bodies, sha256: sha256(body), body });
    return body.length;
  }));
  const bare = arm(async (noticeId) => {
    const body = JSON.stringify({ entries: plain, ...head(noticeId) });
    await bareClient.query({ name: 'snapshot', text: 'insert into publication.snapshot (notice_id, seq, kind, taken_at, entries, sha256, body) values ($1, 1, $2, $3, $4, $5, $6)', values: [noticeId, 'publication', now, bodies, createHash('sha256').update(body).digest('hex'), body] });
    return body.length;
  });
  try {
    const whole = listText(head('x'), entries.map((entry, at) => listedText(entry, kept[at])));
    const canonical = whole === canonicalJson({ ...head('x'), entries: plain });
    say(`a list of ${bodies} bodies, ${(Buffer.byteLength(whole) / 1e6).toFixed(2)} MB`);
    const done = await paired({ ours, bare, profile, random, say });
    const { time } = done.figures;
    return { ...done, results: [
      judged('P8', `list of ${bodies} published / stringify, sha256 and one INSERT`, { ...time, ours: time.ours * 1000, bare: time.bare * 1000 }, { atMost: 1.5 }, { unit: ' ms' }),
      counted('P8 canonical', 'equal to the canonical JSON of the whole, byte for byte', canonical ? 'yes' : 'no', 'yes', canonical),
    ] };
  } finally {
    await bareClient.end();
    await dataSource.destroy();
    await drop();
  }
}
