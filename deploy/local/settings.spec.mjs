import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { remove } from './files.mjs';
import { documentedPorts, repository } from './settings.mjs';

/** Of the machine or of npm, and not ours to document. */
const ofTheMachine = ['PATH', 'JAVA_HOME', 'XDG_CACHE_HOME', 'INIT_CWD'];
const left = new Set(['node_modules', 'dist', '.nx', 'compose-spec', 'histories', 'packs', 'sources']);

/** Texts of the programs below a folder, tests and what serves only them left out. */
function texts(folder) {
  return readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return left.has(entry.name) ? [] : texts(path);
    return /\.(ts|tsx|mjs)$/.test(entry.name) && !/(spec|fixture)\.(ts|tsx|mjs)$/.test(entry.name) ? [readFileSync(join(repository, path), 'utf8')] : [];
  });
}

const example = readFileSync(join(repository, '.env.example'), 'utf8');

it('every setting that a program reads stands in .env.example', () => {
  const read = ['services', 'workflows', 'deploy', 'libs'].flatMap(texts).flatMap((text) => [...text.matchAll(/\benv(?:\.|\[')([A-Z][A-Z0-9_]+)\b/g)].map(([, name]) => name));
  const names = new Set([...read, ...Object.values(documentedPorts).map(([, variable]) => variable)]);
  assert.ok(names.size > 30, 'the programs were not found');
  const missing = [...names].filter((name) => !ofTheMachine.includes(name) && !new RegExp(`\\b${name}\\b`).test(example));
  assert.deepEqual(missing.sort(), []);
});

it('every setting in .env.example is read by something', () => {
  const all = ['services', 'workflows', 'deploy', 'libs', 'test'].flatMap(texts).join('\n');
  const unread = [...example.matchAll(/^#([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name).filter((name) => !new RegExp(`\\b${name}\\b`).test(all));
  assert.deepEqual(unread, []);
});

it('a variable of the shell wins over .env, which wins over the default', (test) => {
  const house = mkdtempSync(join(tmpdir(), 'settings-'));
  test.after(() => remove(house));
  cpSync(join(repository, 'deploy/local/settings.mjs'), join(house, 'deploy/local/settings.mjs'));
  writeFileSync(join(house, '.env'), 'ZHIJIAN_CACHE=/from/env-file\nDEMONSTRATION_START=2020-01-01T00:00:00+08:00\n');
  const program = `const { cacheFolder, demonstrationStart, fromRepository, loadDotEnv } = await import(${JSON.stringify(join(house, 'deploy/local/settings.mjs'))});
    loadDotEnv(); console.log(JSON.stringify([cacheFolder(), demonstrationStart(), fromRepository(process.env.ZHIJIAN_DATA ?? '.local')]));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8', env: { ZHIJIAN_CACHE: '/from/shell' } });
  assert.deepEqual([stderr, JSON.parse(stdout)], ['', ['/from/shell', '2020-01-01T00:00:00+08:00', join(house, '.local')]]);
});
