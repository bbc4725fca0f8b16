import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { builtInCalendar } from '@zhijian/calendar';
import { sha256 } from './digest.js';
import { checkPack, contradictions, knownNames, mayBeApproved, packJsonSchemas, parsePack, ruleSections, tracePacks } from './index.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
/** The blocks of the README that are files of its example, by name. */
const blocks = Object.fromEntries([...readme.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)].map(([, name = '', text = '']) => [name, text]));
const { source = '', ...files } = blocks;

describe('the pack of the README', () => {
  it('is read, is approved as it stands, and every clause has a value and a test', async () => {
    const pack = await parsePack({ ...files, 'pack.yaml': (files['pack.yaml'] ?? '').replace('SHA256', sha256(source)) });
    const check = checkPack(pack, { sourceText: source, calendar: builtInCalendar });
    expect(check.findings).toMatchObject([{ kind: 'zero-denominator', severity: 'info', reading: 'AMB-QS-1' }]);
    expect(check.cases).toEqual({ passed: 5, failed: 0, failures: [] });
    expect(mayBeApproved(check)).toBe(true);
    expect(tracePacks([pack], [])).toMatchObject({ total: 5, traced: 5, missing: [] });
  });
});

/** The names of all fields of a schema. */
const fields = (it: unknown): string[] => (typeof it !== 'object' || it === null ? [] : Object.entries(it).flatMap(([key, one]: [string, unknown]) => (key === 'properties' ? [...Object.keys(one as object), ...Object.values(one as object).flatMap(fields)] : fields(one))));

describe('the README', () => {
  it('names every field that a file of a pack may have', () => {
    const named = new Set(readme.match(/[A-Za-z0-9]+/g));
    expect([...new Set(fields(packJsonSchemas()))].filter((name) => !named.has(name))).toEqual([]);
  });
  it('names every table, period, scale and run that the rooms ask for', () => {
    expect(Object.values(knownNames).flat().filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
  it('explains every kind of finding and every section of rules.yaml', () => {
    expect(contradictions.filter((kind) => !readme.includes(`\`${kind}\``))).toEqual([]);
    expect(ruleSections.filter((section) => !readme.includes(`| \`${section}\` |`))).toEqual([]);
  });
});
