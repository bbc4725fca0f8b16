import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { canonicalJson, sha256 } from '@zhijian/audit';
import { decidedByRule } from '@zhijian/audit/rules';
import type { IndicatorEntry, IndicatorRule } from '@zhijian/policy';
import fc from 'fast-check';

const evaluator = fileURLToPath(new URL('evaluate.py', import.meta.url));

const half = (n: number): string => String(n / 2);
/** Sets with weights or without, gaps, key items and caps; sheets with what they allow and with what they do not. */
const sheets = fc.record({
  notApplicable: fc.constantFrom<IndicatorRule['notApplicable']>('rescale', 'full', 'refuse'), weighted: fc.boolean(), rounded: fc.constantFrom(undefined, { places: 2, rounding: 'cut' as const, stated: true }, { places: 1, rounding: 'half-up' as const, stated: true }),
  caps: fc.array(fc.record({ keyFailed: fc.option(fc.integer({ min: 1, max: 2 })), below: fc.nat(20), most: fc.nat(120) }), { maxLength: 3 }),
  rows: fc.array(fc.record({
    points: fc.integer({ min: 1, max: 40 }), weight: fc.integer({ min: 1, max: 50 }), key: fc.boolean(), failsBelow: fc.option(fc.nat(40)), mayNotApply: fc.boolean(), deductions: fc.array(fc.record({ points: fc.integer({ min: 1, max: 4 }), most: fc.option(fc.integer({ min: 1, max: 8 })), failsKey: fc.boolean() }), { maxLength: 2 }),
    way: fc.constantFrom('score', 'score', 'counts', 'gap', 'none', 'fine'), score: fc.nat(44), counts: fc.array(fc.nat(9), { maxLength: 2 }), failed: fc.option(fc.boolean()),
  }), { minLength: 1, maxLength: 6 }),
}).map(({ notApplicable, weighted, rounded, caps, rows }): { rule: IndicatorRule; entries: IndicatorEntry[] } => ({
  rule: {
    total: '100', grid: '0.5', notApplicable, rounded, caps: caps.map(({ keyFailed, below, most }, at) => ({ id: `c${at}`, text: '限', most: half(most), ...(keyFailed === null ? { item: 'i0', below: half(below) } : { keyFailed }) })),
    items: rows.map(({ points, weight, key, failsBelow, mayNotApply, deductions }, at) => ({
      id: `i${at}`, text: '项', points: half(points), key, mayNotApply, printed: false, ...(weighted ? { weight: String(weight) } : {}), ...(key && failsBelow !== null ? { failsBelow: half(failsBelow) } : {}),
      deductions: deductions.map((one, n) => ({ id: `d${n}`, text: '扣', points: half(one.points), ...(one.most === null ? {} : { most: half(one.most) }), failsKey: key && one.failsKey })),
    })),
  },
  entries: rows.flatMap(({ way, score, counts, failed }, at): IndicatorEntry[] => {
    const judged = failed === null ? {} : { failed };
    if (way === 'none') return [];
    if (way === 'gap') return [{ item: `i${at}`, notApplicable: true }];
    if (way === 'counts') return [{ item: `i${at}`, counts: Object.fromEntries(counts.map((count, n) => [`d${n}`, count])), ...judged }];
    return [{ item: `i${at}`, score: way === 'fine' ? `${half(score)}${score % 2 ? '' : '.0'}1`.replace(/^(\d+)\.(\d)1$/, '$1.$21') : half(score), ...judged }];
  }),
}));

it('an evaluator that shares no code with ours comes to the same score of every sheet, and to none where ours comes to none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'indicators-'));
  try {
    const lines = fc.sample(sheets, 800).map(({ rule, entries }, at) => {
      const text = JSON.parse(JSON.stringify(rule)) as IndicatorRule;
      const draft = decidedByRule(null, { kind: 'score', subject: String(at), form: 'indicators', name: 'set', text, inputs: { served: at % 20 !== 0, entries }, clauses: [] });
      const certificate = { ...draft, id: String(at), jurisdiction: '990100', rule: { form: 'indicators', name: 'set', sha256: sha256(canonicalJson(text)) }, inputsSha256: sha256(canonicalJson(draft.inputs)), actor: 't', cause: 't', workflow: null, at: '2026-01-02T09:00:00.000+08:00' };
      return { determined: draft.determined, line: JSON.stringify({ certificate: canonicalJson(certificate), rule: canonicalJson(text) }) };
    });
    const file = join(folder, 'all.jsonl');
    writeFileSync(file, lines.map(({ line }) => line).join('\n'));
    const { stdout, stderr } = spawnSync('python3', [evaluator, file], { encoding: 'utf8', maxBuffer: 1e8 });
    const said = JSON.parse(stdout || `{"error":${JSON.stringify(stderr)}}`) as { same: number; differing: unknown[] };
    expect(said.differing).toEqual([]);
    expect(said.same).toBe(lines.length);
    expect(lines.filter(({ determined }) => determined).length).toBeGreaterThan(40);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
