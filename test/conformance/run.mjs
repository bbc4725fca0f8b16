// `npm run conformance`: the level-2 cases of the DMN compatibility kit against the evaluator of libs/policy. The kit is read
// where it lies (`DMN_TCK_DIR`), it is no part of this repository.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { node, root } from '../support/root.mjs';
import { alike, testCasesOf } from './test-cases.mjs';

const kit = resolve(root, process.env.DMN_TCK_DIR ?? '../shared/data/dmn-tck');
if (!existsSync(join(kit, 'level-2'))) {
  console.log(`没有 DMN 相容性测试集（${kit}），未做检验；可用 DMN_TCK_DIR 指明其位置`);
  process.exit(0);
}
const built = spawnSync(node(), [join(root, 'node_modules/typescript7/bin/tsc'), '-b', 'libs/policy'], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) process.exit(1);
const { evaluateModel, readModel } = await import('@zhijian/policy');

const total = { passed: 0, failed: 0 };
const suites = readdirSync(join(kit, 'level-2'), { withFileTypes: true }).filter((it) => it.isDirectory()).map(({ name }) => name).sort();
for (const suite of suites) {
  const folder = join(kit, 'level-2', suite);
  const model = await readModel(readFileSync(join(folder, `${suite}.dmn`), 'utf8'));
  const own = { passed: 0, failures: [] };
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.xml')).sort()) {
    for (const { id, inputs, results } of testCasesOf(readFileSync(join(folder, file), 'utf8'))) {
      for (const { decision, expected } of results) {
        const actual = attempted(() => evaluateModel(model, decision, inputs));
        if (alike(actual, expected)) own.passed += 1;
        else own.failures.push(`  ${id} ${decision}: expected ${JSON.stringify(expected)}, was ${actual instanceof Error ? actual.message : JSON.stringify(actual)}`);
      }
    }
  }
  total.passed += own.passed;
  total.failed += own.failures.length;
  console.log([`${own.failures.length ? '✗' : '✓'} ${suite.padEnd(44)} ${own.passed} passed, ${own.failures.length} failed`, ...own.failures].join('\n'));
}
console.log(`${total.passed} passed, ${total.failed} failed`);
const all = 126; // results that level 2 asks for; a kit with fewer is not the kit
if (total.passed + total.failed < all) console.error(`测试集不全：level-2 应有 ${all} 个结果`);
process.exit(total.failed > 0 || total.passed < all ? 1 : 0);

function attempted(evaluation) {
  try { return evaluation(); } catch (error) { return error; }
}
