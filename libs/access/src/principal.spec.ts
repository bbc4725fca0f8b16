import { describe, expect, it } from '@jest/globals';
import { actorOf, inPlace, mayActFor, type Principal } from './principal.js';

const county: Principal = { id: 'xian', name: '县级监督员', role: 'county', places: [{ code: '990101' }, { code: '990102' }] };
const institution: Principal = { id: 'jigou', name: '机构', role: 'institution', places: [{ code: '990101', institutionId: 'i-1' }] };

describe('a principal', () => {
  it('is written in the audit trail by role, account and place', () => {
    expect(actorOf(county)).toBe('county:xian@990101');
    expect(actorOf(county, '990102')).toBe('county:xian@990102');
    expect(actorOf({ ...county, places: [] })).toBe('county:xian');
  });

  it('is in the places its token lists and in no other, whatever the code begins with', () => {
    expect(inPlace(county, '990102')).toBe(true);
    expect(inPlace(county, '990103')).toBe(false);
    expect(inPlace({ ...county, role: 'city', places: [{ code: '990100' }] }, '990101')).toBe(false);
  });

  it('acts for an institution only as a person of that institution', () => {
    expect(mayActFor(institution, 'i-1')).toBe(true);
    expect(mayActFor(institution, 'i-2')).toBe(false);
    expect(mayActFor({ ...institution, role: 'county' }, 'i-1')).toBe(false);
  });
});
