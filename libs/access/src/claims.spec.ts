import { describe, expect, it } from '@jest/globals';
import { claimsMapping, identityOf } from './claims.js';

const real = { sub: 'u-7', preferred_username: 'zhangsan', auth_time: 1_795_000_000, realm: { groups: ['everybody', 'zj-shi'] }, places: [{ code: '990100' }] };
const mapping = claimsMapping.parse({ name: 'preferred_username', role: { claim: 'realm.groups', values: { 'zj-shi': 'city', 'zj-xian': 'county' } }, places: null });

describe('the claims of another issuer', () => {
  it('are read as its mapping says', () => {
    expect(identityOf(real, mapping)).toEqual({ id: 'u-7', name: 'zhangsan', role: 'city', places: [], authenticatedAt: '2026-11-18T11:06:40.000Z' });
  });

  it('may leave the role to the directory', () => {
    expect(identityOf({ sub: 'u-7', role: 'province' }, claimsMapping.parse({ role: null, places: null }))).toEqual({ id: 'u-7', name: 'u-7', places: [] });
  });

  it.each<[string, object]>([['no group we know', { ...real, realm: { groups: ['others'] } }], ['a group named like what every object has', { ...real, realm: { groups: ['constructor'] } }], ['no account', { ...real, sub: '' }], ['nothing of the kind', { sub: 'x' }]])('with %s name nobody', (_, claims) => {
    expect(() => identityOf(claims as never, mapping)).toThrow(expect.objectContaining({ name: 'TokenRefused' }));
  });

  it('are not read by a mapping with a field nobody knows', () => {
    expect(() => claimsMapping.parse({ rolle: 'x' })).toThrow();
  });
});
