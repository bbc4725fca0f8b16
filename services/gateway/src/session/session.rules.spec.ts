import { describe, expect, it } from '@jest/globals';
import { fromOwnPages } from './origin.rules.js';
import { returnPath } from './return.rules.js';

const own = 'http://127.0.0.1:4200';
const from = (method: string, fetchSite?: string, origin?: string) => fromOwnPages({ method, fetchSite, origin }, own);

describe('a request that carries our cookie', () => {
  it('may read from anywhere', () => {
    expect(from('GET', 'cross-site')).toBe(true);
  });
  it('may change something from our own pages', () => {
    expect(from('POST', 'same-origin', own)).toBe(true);
    expect(from('POST', 'none')).toBe(true);
    expect(from('PUT', undefined, own)).toBe(true);
  });
  it('may change nothing from another site, from another port of this machine, or from nowhere', () => {
    expect(from('POST', 'cross-site', 'https://evil.example')).toBe(false);
    expect(from('POST', 'same-site', 'http://127.0.0.1:4300')).toBe(false);
    expect(from('PATCH', undefined, 'http://127.0.0.1:4300')).toBe(false);
    expect(from('POST', 'cross-site', own)).toBe(false);
    expect(from('POST')).toBe(false);
    expect(from('POST', undefined, 'null')).toBe(false);
  });
});

describe('the way back from the sign-in', () => {
  it('is a page of this address', () => {
    expect(returnPath('/campaigns/1?unit=990101#late')).toBe('/campaigns/1?unit=990101#late');
  });
  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/\t/evil.example', '/.//evil.example', '/x/..//evil.example', 'javascript:alert(1)', '/auth/login', '', undefined, ['/a'], `/${'a'.repeat(3000)}`])(
    'is the first page when %s is asked for', (wanted) => {
      expect(returnPath(wanted)).toBe('/');
    });
});
