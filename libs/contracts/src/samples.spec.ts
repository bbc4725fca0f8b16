import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { envelope, factKindOf, factKinds, services } from './index.js';
import './facts/index.js';

const folder = fileURLToPath(new URL('../samples/', import.meta.url));
const samples = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json')).sort();

describe('a kept sample of a fact', () => {
  it.each(samples)('%s is of the version its name says, and still parses', (path) => {
    const fact = envelope.parse(JSON.parse(readFileSync(`${folder}${path}`, 'utf8')));
    expect(path).toBe(`${fact.type.replace('.', '/')}.v${fact.factversion}.json`);
    expect(services).toContain(fact.type.split('.')[0]);
    expect(fact.source).toBe(`/${fact.type.split('.')[0]}`);
    const kind = factKindOf(fact.type, fact.factversion);
    expect(kind?.data.parse(fact.data)).toEqual(fact.data);
  });

  it.each(factKinds().map(({ type, version }) => `${type.replace('.', '/')}.v${version}.json`))('%s is kept: every declared kind has one', (path) => {
    expect(samples).toContain(path);
  });

  it('no sample holds what belongs to a person: a name, a number', () => {
    for (const path of samples) expect(readFileSync(`${folder}${path}`, 'utf8')).not.toMatch(/"(?:phone|mobile|idCard|personName)"/);
  });
});

