import { describe, expect, it } from '@jest/globals';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { bodyHashes, hmac } from './seal.js';

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

describe('how a body that comes again is known', () => {
  const body = { reason: '离职' };
  const plain = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  it('is nothing that words can be tried on without the key of the installation', () => {
    const [key, other] = [randomBytes(32), randomBytes(32)];
    const [kept, before] = bodyHashes(body, key);
    expect([kept === plain, before, bodyHashes(body, key)[0] === kept, bodyHashes(body, other)[0] === kept, bodyHashes({ reason: '返聘' }, key)[0] === kept]).toEqual([false, plain, true, false, false]);
  });
  it('is the plain hash where there is no key', () => expect(bodyHashes(body, null)).toEqual([plain, plain]));
});
