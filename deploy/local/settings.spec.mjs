import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
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
