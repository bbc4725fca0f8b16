import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical.js';
import { entryBody, leafHash, type CommandEntry } from './command-entry.js';

const word = fc.string({ unit: 'grapheme' });
const plain = fc.record({ v: fc.constant(1 as const), id: fc.uuid(), room: word, at: word, actor: word, jurisdiction: word, cause: word,
  workflow: fc.option(fc.record({ id: word, run: word, activity: word })),
  notes: fc.array(fc.record({ action: word, subject: word, jurisdiction: word, policy: fc.jsonValue(), detail: fc.dictionary(word, fc.jsonValue()) }), { maxLength: 3 }),
  facts: fc.array(fc.record({ id: fc.uuid(), type: word, sha256: word }), { maxLength: 3 }), certificates: fc.array(fc.record({ id: fc.uuid(), sha256: word }), { maxLength: 3 }) });

describe("a command's entry", () => {
  it('written member by member is its canonical form', () => fc.assert(fc.property(plain, (given) => {
    const entry: CommandEntry = JSON.parse(JSON.stringify(given)) as CommandEntry; // as it goes through JSON: no −0, no prototype tricks
    expect(entryBody(entry)).toBe(canonicalJson(entry));
    expect(JSON.parse(entryBody(entry))).toEqual(entry);
  }), { numRuns: 500 }));

  it('has the leaf of RFC 9162: a zero byte and its text', () => expect(leafHash('').toString('hex')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'));
});
