// How Node loads tests: TypeScript as it stands, the sources instead of dist, Jest's globals where they are asked for.
// What swc makes of a file is kept in .local/transformed, with the hash of what made it at its end.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { enableCompileCache, registerHooks } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import swc from '@swc/core';
import { root } from '../support/root.mjs';

const options = {
  module: { type: 'es6' }, sourceMaps: true, swcrc: false,
  jsc: {
    target: 'es2022', keepClassNames: true, parser: { syntax: 'typescript', decorators: true },
    experimental: { keepImportAttributes: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
};
const folder = join(root, '.local', 'transformed');
mkdirSync(folder, { recursive: true });
enableCompileCache(join(folder, 'compiled'));

const current = (globalThis[Symbol.for('zhijian.jest')] ??= { file: 0, globals: undefined, jest: undefined });
const globals = new URL('./globals.mjs', import.meta.url).href;
const salt = JSON.stringify([options, swc.version]);
/** Of each file that was loaded, where its source map is: a failure names lines of what stands in the repository. */
const sourceMaps = (globalThis[Symbol.for('zhijian.source-maps')] ??= new Map());

const ours = (url) => /^file:[^?]*\.ts(\?\d+)?$/.test(url ?? '');

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === '@jest/globals') return { url: globals, shortCircuit: true };
    if (specifier.startsWith('.') && specifier.endsWith('.js') && ours(context.parentURL)) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
      if (source.pathname.endsWith('.fixture.ts')) source.search = String(current.file); // what it numbers begins anew with each test file
      if (existsSync(fileURLToPath(source))) return { url: source.href, format: 'module', shortCircuit: true };
    }
    return next(specifier, { ...context, conditions: [...context.conditions, '@zhijian/source'] });
  },
  load(url, context, next) {
    if (!ours(url)) return next(url, context);
    return { format: 'module', source: transformed(url), shortCircuit: true };
  },
});

function transformed(url) {
  const filename = fileURLToPath(url);
  const text = readFileSync(filename, 'utf8');
  const kept = join(folder, relative(root, filename).replaceAll(sep, '+'));
  const made = `\n// ${createHash('sha256').update(salt).update(text).digest('hex')}`;
  sourceMaps.set(url, `${kept}.map`).set(filename, `${kept}.map`);
  const known = existsSync(`${kept}.js`) ? readFileSync(`${kept}.js`, 'utf8') : '';
  if (known.endsWith(made)) return known;
  const { code, map } = swc.transformSync(text, { ...options, filename });
  written(`${kept}.map`, map);
  written(`${kept}.js`, code + made);
  return code + made;
}

/** Two workers may write the same file: each its own, the last takes the name. */
function written(name, text) {
  writeFileSync(`${name}.${process.pid}`, text);
  renameSync(`${name}.${process.pid}`, name);
}
