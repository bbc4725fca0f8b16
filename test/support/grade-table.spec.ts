import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { decide, Packs } from '@zhijian/policy';
import { gradeTable } from './grade-table.js';

const folder = mkdtempSync(join(tmpdir(), 'graded-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('the table that tests write is one that packs are read with, row by row', async () => {
  const source = '两项均满意的为优秀，一项满意的为合格，其余为不合格。\n';
  const to = join(folder, 'testland/graded/1');
  mkdirSync(join(to, 'decisions'), { recursive: true });
  mkdirSync(join(folder, 'sources'), { recursive: true });
  writeFileSync(join(folder, 'sources/testland-graded.txt'), source);
  writeFileSync(join(to, 'pack.yaml'), `id: testland/graded
version: 1
title: 示例
jurisdiction: '990000'
document: { title: 示例, source: testland-graded.txt, sourceSha256: ${createHash('sha256').update(source).digest('hex')} }
inForce: { from: 2020-01-01 }
clauses: { TG-2020-01: { normative: true, quote: 两项均满意的为优秀，一项满意的为合格，其余为不合格 } }
readings: {}
`);
  const rows = [{ id: 'both', when: '>= 2', grade: '优秀', why: '两项满意' }, { id: 'one', when: '[1..2)', grade: '合格', why: '一项满意' }, { id: 'none', when: '< 1', grade: '不合格', why: '没有满意的 & 其他' }];
  writeFileSync(join(to, 'decisions/comparison-grade.dmn'), gradeTable({ input: 'satisfactory', label: '满意的项目数', range: '[0..2]', grades: ['优秀', '合格', '不合格'], rows, clause: 'TG-2020-01' }));
  const pack = await new Packs([folder]).get('testland/graded');
  const made = [2, 1, 0].map((satisfactory) => decide<string>(pack, 'comparison-grade', { satisfactory }));
  expect(made.map(({ value, rule, clauses }) => [value, rule, clauses.map(({ id }) => id)])).toEqual(rows.map(({ grade, id }) => [grade, id, ['TG-2020-01']]));
  expect(decide(pack, 'comparison-grade', { satisfactory: 3 }).determined).toBe(false);
});
