// P4: lines of a score sheet, read already, held against register, indicators and one another, kept with key and entry; against COPY of the same rows.
import { dataSourceFor, everywhere, UnitOfWork, within } from '@zhijian/persistence';
import { Packs } from '@zhijian/policy';
import pg from 'pg';
import { built, freshDatabase, idOf, mustEqual } from './ground.mjs';
import { counted, judged, paired } from './harness.mjs';
import { bodiesOf, items, layScores, lineOf, place, planId, valueOf } from './score-ground.mjs';

const { Collector, ScoreImportService } = await built('services/quality-control/dist/score-import/score-import.service.js');
const { EvaluationPlanService } = await built('services/quality-control/dist/evaluation/evaluation-plan.service.js');

const now = '2026-02-02T09:00:00.000+08:00';
const batch = 1_000; // as streamTable hands them over
const importRow = `insert into quality_control.score_import (id, plan_id, jurisdiction, file_name, sha256, rows, good, bodies, faults, errors, uploaded_by, uploaded_at) values ($1, $2, $3, 'x', 'x', $4, $4, $5, 0, '[]', 'bench', $6)`;
const columns = 'import_id, jurisdiction, row_no, institution_id, item, score, not_applicable, failed, note';

/** COPY as the driver's connection speaks it: the rows go out as they are made. */
class Copy {
  constructor(text, chunks) {
    Object.assign(this, { text, chunks });
    this.done = new Promise((resolve, reject) => { this.resolve = resolve; this.reject = reject; });
  }
  submit(connection) { connection.query(this.text); }
  handleCopyInResponse(connection) {
    for (const chunk of this.chunks()) connection.sendCopyFromChunk(chunk);
    connection.endCopyFrom();
  }
  handleCommandComplete() {}
  handleReadyForQuery() { this.resolve(); }
  handleError(error) { this.reject(error); }
}

/** Lines as they come from the file, and as they stand in the table. */
function linesOf(count) {
  const bodies = bodiesOf(count / items.length);
  const shown = Array.from({ length: count }, (_, at) => ({ row: at + 2, value: valueOf(lineOf(bodies[Math.floor(at / items.length)], items[at % items.length], at)) }));
  const kept = shown.map(({ row, value }, at) => [row, bodies[Math.floor(at / items.length)].id, items[at % items.length].id, value.score, value.notApplicable === true, items[at % items.length].key ? false : null, value.note]);
  return { shown, kept };
}

export async function run({ system, profile, random, say }) {
  const perArm = profile === 'full' ? 40_000 : 10_000;
  const { url, client, drop } = await freshDatabase(system.databaseUrl, 'bench_scores');
  await layScores(client, 5_000);
  await client.query('alter table quality_control.score_row set (autovacuum_enabled = false)');
  const dataSource = await dataSourceFor({ url, schema: 'quality_control' }).initialize();
  const packs = new Packs([new URL('./pack', import.meta.url).pathname]);
  const clock = { now: () => now };
  const plans = new EvaluationPlanService(undefined, packs, undefined, dataSource);
  const service = new ScoreImportService(new UnitOfWork(dataSource, clock), dataSource, plans, clock);
  const bare = new pg.Client({ connectionString: url });
  await bare.connect();
  let round = 0;

  const count = async () => (await client.query('select count(*)::int as rows from quality_control.score_row')).rows[0].rows;
  const timed = (work) => async (lines) => {
    round += 1;
    const before = await count();
    const cpu = process.cpuUsage();
    const from = performance.now();
    await work(lines, idOf(`arm ${round}`));
    const seconds = (performance.now() - from) / 1000;
    const { user, system: kernel } = process.cpuUsage(cpu);
    mustEqual('lines kept', (await count()) - before, lines.shown.length);
    await client.query('truncate quality_control.score_row');
    return { seconds, cpu: (user + kernel) / lines.shown.length };
  };
  const by = (key) => ({ actor: 'quality-centre:zhikong@990200', jurisdiction: place, cause: `http/${key}`, scope: everywhere, once: { key, body: key } });
  const ours = timed(({ shown }, key) => within(everywhere, async () => {
    const plan = await plans.pinned({ query: (sql, parameters) => dataSource.query(sql, parameters) }, planId);
    const collector = new Collector(await service.sifterFor(plan));
    for (let at = 0; at < shown.length; at += batch) collector.take(shown.slice(at, at + batch), (row, name) => `${name}${row}`);
    const answer = await service.kept(plan, collector.done(), { fileName: 'x', sha256: key, account: 'zhikong' }, by(key));
    mustEqual('faults', answer.faults, 0);
  }));
  const text = (value) => (value === null ? '\\N' : String(value));
  const copied = timed(async ({ kept }, id) => {
    await bare.query('begin');
    await bare.query(importRow, [id, planId, place, kept.length, kept.length / items.length, now]);
    const copy = new Copy(`copy quality_control.score_row (${columns}) from stdin`, function* () {
      for (let at = 0; at < kept.length; at += batch) yield Buffer.from(kept.slice(at, at + batch).map((row) => `${id}\t${place}\t${row.map(text).join('\t')}\n`).join(''));
    });
    bare.query(copy);
    await copy.done;
    await bare.query('commit');
  });

  try {
    const lines = linesOf(perArm);
    const done = await paired({ ours: () => ours(lines), bare: () => copied(lines), profile, random, say });
    const { time } = done.figures;
    const sizes = profile === 'full' ? [1_000, 10_000, 100_000] : [1_000, 10_000];
    const slopes = [];
    for (const size of sizes) {
      const some = linesOf(size);
      await ours(some);
      slopes.push(Math.min((await ours(some)).seconds, (await ours(some)).seconds));
    }
    const slope = Math.log(slopes.at(-1) / slopes.at(-2)) / Math.log(sizes.at(-1) / sizes.at(-2));
    return { ...done, slopes, results: [
      judged('P4', `${perArm} lines of scores validated, idempotent, audited / COPY of the same rows`, { ...time, ours: perArm / time.ours, bare: perArm / time.bare }, { atLeast: 0.4 }, { unit: '/s' }),
      { id: 'P4 CPU', what: 'client CPU per line', ratio: { median: done.cpu.ratio, low: NaN, high: NaN }, ours: done.cpu.ours, bare: done.cpu.bare, unit: ' µs', bar: '', verdict: 'info' },
      counted('P4 growth', `log-log slope from ${sizes.at(-2)} to ${sizes.at(-1)} lines (one run)`, slope.toFixed(2), ''),
    ] };
  } finally {
    await bare.end();
    await dataSource.destroy();
    await drop();
  }
}
