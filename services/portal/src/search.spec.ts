import { describe, expect, it } from '@jest/globals';
import { afterOf, cursorOf, lengthOf, plain } from './search.js';

describe('the public search', () => {
  it('blanks, case and full-width letters do not matter', () => expect(plain(' ９１33 0106 ma ')).toBe('91330106MA'));
  it('a search of one sign is too short, whatever blanks are around it', () => {
    expect(lengthOf('  西 ')).toBe(1);
    expect(lengthOf('𠮷吉')).toBe(2);
  });
  it('a page goes on after the last row of the one before', () => expect(afterOf(cursorOf({ name: '示例体检中心 01', creditCode: '91X' }))).toEqual({ name: '示例体检中心 01', code: '91X' }));
  it('a cursor from elsewhere is refused', () => {
    expect(afterOf('!!')).toBeNull();
    expect(afterOf(Buffer.from('{"a":1}').toString('base64url'))).toBeNull();
  });
});
