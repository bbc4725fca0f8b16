// P10: a search for two neighbouring signs among a million names; against a GIN index over the same pairs.
import { urlFor } from '@zhijian/persistence';
import pg from 'pg';
import { built, freshDatabase, mustEqual } from './ground.mjs';
import { counted, judged, paired } from './harness.mjs';

const { NameIndex } = await built('services/portal/dist/names.js');
const perArm = 300;
const page = 20;

const signs = Array.from({ length: 600 }, (_, at) => String.fromCharCode(0x4e00 + at * 7));
const kinds = ['职业卫生技术服务有限公司', '体检中心', '疾病预防控制中心', '检测技术研究院', '人民医院', '中医医院'];
/** Names as they are: a place, a word of its own, what it is. */
const nameOf = (at) => `${signs[at % 600]}${signs[(at * 31) % 600]}市${signs[(at * 17 + 3) % 600]}${signs[(at * 113 + 5) % 600]}${kinds[at % kinds.length]}`;
const codeOf = (at) => `9199${String(at).padStart(13, '0')}X`;
/** Rare pairs, frequent ones, and longer ones. */
const questionOf = (at, size) => { const name = nameOf((at * 7919) % size); return [name.slice(0, 2), name.slice(3, 5), '中心', '技术服务', name.slice(2, 6)][at % 5]; };
const pairsOf = (text) => Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2));

export async function run({ system, profile, random, say }) {
  const size = profile === 'full' ? 1_000_000 : 100_000;
  const { url, client, drop } = await freshDatabase(system.databaseUrl, 'bench_names');
  await client.query('create table publication.bare_name (code text primary key, name text not null, pairs text[] not null)');
  for (let from = 0; from < size; from += 20_000) {
    const rows = Array.from({ length: Math.min(20_000, size - from) }, (_, at) => ({ code: codeOf(from + at), name: nameOf(from + at), pairs: pairsOf(nameOf(from + at)) }));
    await client.query(`insert into publication.bare_name select code, name, pairs from jsonb_to_recordset($1::jsonb) as r(code text, name text, pairs text[])`, [JSON.stringify(rows)]);
  }
  await client.query('create index on publication.bare_name using gin (pairs)');
  await client.query('vacuum analyze publication.bare_name');
  await client.query('grant select on publication.bare_name to portal_reader');
  const began = performance.now();
  const index = new NameIndex(Array.from({ length: size }, (_, at) => ({ name: nameOf(at), creditCode: codeOf(at) })));
  const indexed = (performance.now() - began) / 1000;
  say(`${size} names, indexed in ${indexed.toFixed(1)} s`);
  const reader = new pg.Client({ connectionString: urlFor('portal_reader', url) });
  await reader.connect();
  const ask = { ours: async (q) => JSON.stringify(index.find(q, page, null).map(({ name, creditCode }) => ({ code: creditCode, name }))), bare: async (q) => JSON.stringify((await reader.query({ name: 'pairs', text: `select code, name from publication.bare_name where pairs @> $1 and strpos(name, $2) > 0 order by name collate "C", code limit ${page}`, values: [pairsOf(q), q] })).rows) };
  const counts = { ours: 0, bare: 0 };
  const arm = (which) => async () => {
    const took = [];
    for (let at = 0; at < perArm; at += 1) {
      counts[which] += 1;
      const q = questionOf(counts[which], size);
      const from = performance.now();
      const answer = await ask[which](q);
      took.push(performance.now() - from);
      if (!answer.includes(q)) throw new Error(`${which} finds nothing for ${q}`);
    }
    took.sort((a, b) => a - b);
    return { figures: { p50: took[perArm >> 1], p99: took[Math.floor(perArm * 0.99)] }, seconds: took.reduce((a, b) => a + b, 0) / 1000 };
  };
  try {
    for (let at = 1; at <= 50; at += 1) mustEqual(`answers for ${questionOf(at, size)}`, await ask.ours(questionOf(at, size)), await ask.bare(questionOf(at, size)));
    const done = await paired({ ours: arm('ours'), bare: arm('bare'), profile, random, say });
    const { p50, p99 } = done.figures;
    return { ...done, indexed, results: [
      judged('P10 p99', `search among ${size} names / GIN over pairs, the slowest in a hundred`, p99, { atMost: 1.3 }, { unit: ' ms' }),
      judged('P10 p50', 'the same, every second', p50, { atMost: 1.3 }, { unit: ' ms' }),
      counted('P10 top', 'first 20, median', `${p50.ours.toFixed(3)} ms`, '≤ 1 ms', p50.ours <= 1),
    ] };
  } finally {
    await reader.end();
    await drop();
  }
}
