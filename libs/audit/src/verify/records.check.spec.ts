import { describe, expect, it } from '@jest/globals';
import type { Contents } from './contents.js';
import { published } from './records.check.js';

const line = { kind: 'radiation-health-service', number: '（测）001', issuer: '990000', from: '2022-03-01', to: '2024-02-29' };
const filing = { number: null, filedOn: '2020-05-06', filedIn: '990101', categories: ['甲'], items: [], outreach: true, closedOn: null };
const ref = { institutionId: 'b1', creditCode: 'C1', name: '机构', kind: 'occupational-health-service', jurisdiction: '990101', address: '路', contactPost: '岗', invented: true, filing: null as typeof filing | null, revision: 1, lines: [{ ...line, kind: 'occupational-health-service', number: null, issuer: null, from: null, to: null }, { ...line, ended: 'revoked' }] as object[] };
const shown = { creditCode: 'C1', name: '机构', kind: 'occupational-health-service', jurisdiction: '990101', address: '路', invented: true, categories: [], items: [], outreach: false, filedOn: null, filingClosedOn: null };
const publicLine = { ...line, ended: 'revoked', categories: [], items: [] };

const said = async (heard: object, content: object) => (await published({
  facts: new Map([['f', { id: 'f', type: 'qualification.institution-registered', data: heard }], ['p', { id: 'p', type: 'publication.record-published', data: { institutionId: 'b1', revision: 1 } }]]),
  rooms: new Map([['publication', { rows: { published: [{ institutionId: 'b1', revision: 1, content, factId: 'f' }] } }]]),
} as unknown as Contents)).map(({ message }) => message);

describe('what the public was shown of a body', () => {
  it('is what was granted to it; the qualification its kind alone stands for is none', async () => expect(await said(ref, { ...shown, lines: [publicLine] })).toEqual([]));
  it('is its filing and, beside it, what was granted; the filing is not said twice', async () => {
    const own = { kind: ref.kind, number: null, issuer: null, from: '2020-05-06', to: null };
    expect(await said({ ...ref, filing, lines: [own, line] }, { ...shown, categories: ['甲'], outreach: true, filedOn: '2020-05-06', lines: [{ ...publicLine, ended: null }] })).toEqual([]);
  });
  it('of a time when only filings were public has no lines', async () => expect(await said({ ...ref, filing }, { ...shown, categories: ['甲'], outreach: true, filedOn: '2020-05-06' })).toEqual([]));
  it('says of a qualification that it is suspended, and no more of suspensions that are over', async () => {
    const suspended = { from: '2024-01-10', how: 'ordered', basis: '示例〔2024〕3号' };
    const heard = { ...ref, lines: [{ ...line, suspended, suspendedBefore: [{ ...suspended, from: '2023-01-10', to: '2023-02-10' }] }] };
    expect(await said(heard, { ...shown, lines: [{ ...publicLine, ended: null, suspended }] })).toEqual([]);
    for (const wrong of [{}, { suspended: null }, { suspended: { ...suspended, from: '2024-01-11' } }, { suspended, suspendedBefore: heard.lines[0]!.suspendedBefore }]) expect(await said(heard, { ...shown, lines: [{ ...publicLine, ended: null, ...wrong }] })).toEqual([expect.stringContaining('与其依据的事实不同')]);
  });
  it.each([['another state', [{ ...publicLine, ended: null }]], ['another term', [{ ...publicLine, to: '2027-02-28' }]], ['one more', [publicLine, { ...publicLine, kind: 'hospital' }]], ['none of it', []]])('with %s than was stated is found', async (_what, lines) => expect(await said(ref, { ...shown, lines })).toEqual([expect.stringContaining('与其依据的事实不同')]));
});
