// Every boundary is seen to fail: each fixture is put for a moment where it does not belong and must be refused by lint.
import { ESLint } from 'eslint';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/root.mjs';
import { boundaries } from './constraints.mjs';

const folder = join(root, 'test/boundaries/fixtures');

/** The two halves of a boundary, by what lint says of each: another room of this house, a package from outside. */
const halves = { room: 'onlyTagsConstraintViolation', package: 'bannedExternalImportsViolation' };
const halvesOf = ({ bannedExternalImports }) => ['room', ...(bannedExternalImports ? ['package'] : [])];

/**
 * A fixture's first line says where it pretends to stand, which rule must refuse it, and of a boundary for which half:
 * `// stands in libs/calendar/src/index.ts; scope:calendar; refused by @nx/enforce-module-boundaries for its room`.
 */
function read(name) {
  const text = readFileSync(join(folder, name), 'utf8');
  const [, place, tag, rule, half] = /^\/\/ stands in (\S+); (\S+); refused by (\S+)(?: for its (room|package))?$/m.exec(text) ?? [];
  if (!place || !tag || !rule || (tag.startsWith('scope:') && !half)) throw new Error(`${name} does not say where it stands and what refuses it`);
  return { name, place, tag, rule, half, text };
}

export async function check() {
  const eslint = new ESLint({ cwd: root });
  const fixtures = readdirSync(folder).filter((name) => name.endsWith('.fixture.ts')).map(read);
  const lines = [];
  let passed = 0;
  for (const { name, place, rule, half, text } of fixtures) {
    const [result] = await eslint.lintText(text, { filePath: join(root, place) });
    if (result?.messages.some(({ ruleId, messageId }) => ruleId === rule && (!half || messageId === halves[half]))) passed += 1;
    else lines.push(`${name}: not refused by ${rule}${half ? ` for its ${half}` : ''}: ${JSON.stringify(result?.messages.map(({ ruleId, message }) => `${ruleId} ${message.slice(0, 200)}`))}`);
  }
  const unseen = boundaries.flatMap((boundary) => halvesOf(boundary).filter((half) => !fixtures.some((fixture) => fixture.tag === boundary.sourceTag && fixture.half === half)).map((half) => `${half} of ${boundary.sourceTag}`));
  for (const which of unseen) lines.push(`no fixture for the ${which}: a boundary nobody has seen fail does not exist`);
  return { code: lines.length ? 1 : 0, passed, failed: lines.length, output: lines.join('\n') };
}
