import { describe, expect, it } from '@jest/globals';
import type { QualificationLine } from '@zhijian/contracts/facts';
import { Packs } from '@zhijian/policy';
import { suspendedOn } from './suspended.rules.js';

const packs = new Packs();
const [jiangsu, hangzhou] = [await packs.get('jiangsu/norm-2014'), await packs.get('hangzhou/exam-campaign-2023')];
const basis = { how: 'on-request', basis: '示例〔2014〕8号' } as const;
const line: QualificationLine = { kind: 'occupational-health-service', number: '（测）001', issuer: '320000', from: '2012-01-01', to: null, suspendedBefore: [{ from: '2014-09-01', to: '2014-09-10', ...basis }, { from: '2014-09-20', to: '2014-09-20', ...basis }], suspended: { from: '2014-10-08', ...basis } };
const days = (...on: string[]) => on.map((day) => suspendedOn([line], day, jiangsu).map(({ from }) => from));

describe('the qualifications that rested on the day of a visit', () => {
  it('from the first day of a suspension until the day from which it serves again', () => expect(days('2014-08-31', '2014-09-01', '2014-09-09', '2014-09-10', '2014-10-07', '2014-10-08', '2014-12-01')).toEqual([[], ['2014-09-01'], ['2014-09-01'], [], [], ['2014-10-08'], ['2014-10-08']]));
  it('one that was entered in error never rested', () => expect(days('2014-09-20')).toEqual([[]]));
  it('one that ended while it rested rested until its end', () => expect(suspendedOn([{ ...line, suspended: undefined, suspendedBefore: [{ from: '2014-10-08', to: null, ...basis }] }], '2014-12-01', jiangsu)).toMatchObject([{ from: '2014-10-08', to: null }]));
  it('[JS-2014-32] services given meanwhile are a violation where the text says so, and nothing where it is silent', () => {
    expect(suspendedOn([line], '2014-10-08', jiangsu)).toEqual([{ kind: line.kind, from: '2014-10-08', to: null, ...basis, service: 'violation', clauses: ['JS-2014-32'] }]);
    expect(suspendedOn([line], '2014-10-08', hangzhou)).toMatchObject([{ service: null, clauses: [] }]);
  });
});
