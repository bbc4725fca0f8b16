import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson } from './canonical.js';

const letters = fc.string({ unit: 'binary' });
const value = fc.letrec((tie) => ({
  any: fc.oneof({ depthSize: 'small' }, fc.constant(null), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }), letters, fc.date({ noInvalidDate: true }), fc.array(tie('any')), fc.dictionary(letters, fc.oneof(tie('any'), fc.constant(undefined)))),
})).any;

describe('JSON in one form (RFC 8785)', () => {
  it('is what another implementation of the form writes', () => fc.assert(fc.property(value, (it) => expect(canonicalJson(it)).toBe(canonicalize(it))), { numRuns: 1000 }));

  it('keeps the order of names where there are many, and where they look like numbers', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`${(at * 7919) % 1000}`, at]));
    expect(canonicalJson(many)).toBe(canonicalize(many));
    expect(canonicalJson({ 10: 0, 9: 0, '\u00f6': 0, '\u20ac': 0, '\ufb33': 0, '\ud83d\ude00': 0 })).toBe('{"10":0,"9":0,"\u00f6":0,"\u20ac":0,"\ud83d\ude00":0,"\ufb33":0}');
  });

  it('writes words that look like an escaped half', () => expect(canonicalJson('\\ud800 \\\\udfff')).toBe(String.raw`"\\ud800 \\\\udfff"`));

  it.each<[string, unknown]>([['nothing', undefined], ['no number', NaN], ['no end', [Infinity]], ['a half of a character', { a: 'x\ud83d' }], ['the other half', '\\\udE00'], ['a half in a name', { 'a\udc00': 1 }], ['a big integer', [1n]], ['a function', { a: () => 1 }]])('refuses %s', (_, it) => {
    expect(() => canonicalJson(it)).toThrow();
  });

  it('refuses a circle', () => {
    const round: Record<string, unknown> = {};
    round['round'] = [round];
    expect(() => canonicalJson(round)).toThrow();
  });
});
