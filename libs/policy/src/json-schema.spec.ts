import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { builtInPacks, Packs, packJsonSchemas } from './index.js';

const folder = new URL('../schemas/', import.meta.url);
const schemas = packJsonSchemas();

/** Every field of a schema that has no words, by its path. */
const wordless = (it: unknown, path: string): string[] => {
  if (typeof it !== 'object' || it === null) return [];
  return Object.entries(it).flatMap(([key, one]: [string, unknown]) => {
    if (key !== 'properties') return wordless(one, path);
    return Object.entries(one as Record<string, { description?: string }>).flatMap(([name, field]) => [...(field.description ? [] : [`${path}/${name}`]), ...wordless(field, `${path}/${name}`)]);
  });
};

describe('the JSON Schemas of a pack', () => {
  it('are one for each kind of file, and are those of the code (write them anew: node libs/policy/write-schemas.mjs)', () => {
    expect(readdirSync(folder).sort()).toEqual(['campaign', 'checklist', 'form', 'golden', 'law', 'pack', 'rules'].map((name) => `${name}.schema.json`));
    for (const [name, schema] of Object.entries(schemas)) expect(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
  });
  it('refuse unknown fields and explain each one in Chinese', () => {
    for (const [name, schema] of Object.entries(schemas)) {
      expect(schema).toMatchObject({ type: 'object', additionalProperties: false, title: expect.stringMatching(/\p{Script=Han}/u) });
      expect(wordless(schema, name)).toEqual([]);
    }
  });
  it.each([...new Packs().list(), ...new Packs().laws()].map(({ id, version, folder }) => [`${id}@${version}`, folder]))('accept every file of %s', (_, folder) => {
    expect(folder.startsWith(builtInPacks)).toBe(true);
    for (const [path, schema] of filesOf(folder)) {
      const accepts = validators[schema];
      const text = readFileSync(join(folder, path), 'utf8');
      const given = (path.endsWith('.json') ? JSON.parse(text) : parse(text)) as unknown;
      expect([path, accepts?.(given), accepts?.errors ?? null]).toEqual([path, true, null]);
    }
  });
});

const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
const validators: Record<string, ValidateFunction> = Object.fromEntries(Object.entries(schemas).map(([name, schema]): [string, ValidateFunction] => [name.replace('.schema.json', ''), ajv.compile(JSON.parse(JSON.stringify(schema)) as object)]));

/** The files of a pack's folder that have a schema, each with the name of it. */
function filesOf(folder: string): [string, string][] {
  const inside = (name: string, schema: string): [string, string][] => (existsSync(join(folder, name)) ? readdirSync(join(folder, name)).map((file) => [`${name}/${file}`, schema]) : []);
  const top = ['pack', 'campaign', 'rules', 'law'].filter((name) => existsSync(join(folder, `${name}.yaml`))).map((name): [string, string] => [`${name}.yaml`, name]);
  return [...top, ...inside('checklists', 'checklist'), ...inside('forms', 'form'), ...inside('tests', 'golden')];
}
