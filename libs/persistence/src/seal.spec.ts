import { describe, expect, it } from '@jest/globals';
import { createHmac, randomBytes } from 'node:crypto';
import { hmac } from './seal.js';

describe('the seal of an entry', () => {
  it('is HMAC-SHA-256', () => {
    for (let length = 1; length <= 64; length += 1) {
      const key = randomBytes(length);
      for (let times = 0; times < 3; times += 1) {
        const leaf = randomBytes(32);
        expect(hmac(key, leaf)).toEqual(createHmac('sha256', key).update(leaf).digest());
      }
    }
  });
  it('is of a leaf only', () => expect(() => hmac(randomBytes(32), randomBytes(31))).toThrow(/32 bytes/));
});
