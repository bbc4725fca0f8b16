// Every boundary is seen to fail: each fixture is put for a moment where it does not belong and must be refused by lint.
import { ESLint } from 'eslint';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/root.mjs';
import { boundaries } from './constraints.mjs';

const folder = join(root, 'test/boundaries/fixtures');

/**
 * A fixture's first line says where it pretends to stand and which rule must refuse it:
 * `// stands in libs/calendar/src/index.ts; scope:calendar; refused by @nx/enforce-module-boundaries`.
 */
function read(name) {
  const text = readFileSync(join(folder, name), 'utf8');
  const [, place, tag, rule] = /^\/\/ stands in (\S+); (\S+); refused by (\S+)/.exec(text) ?? [];
  if (!place || !tag || !rule) throw new Error(`${name} does not say where it stands`);
  return { name, place, tag, rule, text };
}

export async function check() {
  const eslint = new ESLint({ cwd: root });
  const fixtures = readdirSync(folder).filter((name) => name.endsWith('.fixture.ts')).map(read);
  const lines = [];
  let passed = 0;
  for (const { name, place, rule, text } of fixtures) {
    const [result] = await eslint.lintText(text, { filePath: join(root, place) });
    if (result?.messages.some(({ ruleId }) => ruleId === rule)) passed += 1;
    else lines.push(`${name}: not refused by ${rule}: ${JSON.stringify(result?.messages.map(({ ruleId, message }) => `${ruleId} ${message}`))}`);
  }
  const unseen = boundaries.map(({ sourceTag }) => sourceTag).filter((tag) => !fixtures.some((fixture) => fixture.tag === tag));
  for (const tag of unseen) lines.push(`no fixture for ${tag}: a boundary nobody has seen fail does not exist`);
  return { code: lines.length ? 1 : 0, passed, failed: lines.length, output: lines.join('\n') };
}
