import { describe, expect, it } from '@jest/globals';
import { canonicalJson, sha256 } from '../canonical.js';
import { colours } from './colours.check.js';
import type { Contents, StatedFact } from './contents.js';

const entries = ['b1', 'b2'].map((institutionId) => ({ institutionId, colour: 'red', redYears: 1, lines: [], clauses: [], revision: 1 }));
const digest = sha256(canonicalJson(entries.map(({ institutionId, colour, redYears, lines }) => ({ institutionId, colour, redYears, lines }))));
const ofNotice = { noticeId: 'n1', runId: 'r1', jurisdiction: '500000', year: 2026 };
const until = '2026-03-21T00:00:00.000+08:00';
const publication = { ...ofNotice, institutionId: 'b1', revision: 1, colour: 'red', publishedAt: '2026-03-21T00:00:05.000+08:00', proofSha256: 'p' };

/** A year in order: signed, put up, published; each test spoils one thing. */
function contentsOf(spoil: { facts?: (facts: Record<string, StatedFact>) => void; rows?: (rows: Record<string, Record<string, unknown>[]>) => void } = {}): Contents {
  const fact = (id: string, type: string, time: string, data: object): StatedFact => ({ id, type, subject: '', time, actor: '', data: data as Record<string, unknown> });
  const facts: Record<string, StatedFact> = {
    signed: fact('signed', 'quality-control.colour-run-signed', '2026-03-05T10:00:00+08:00', { runId: 'r1', part: 1, parts: 1, digest, entries: structuredClone(entries) }),
    posted: fact('posted', 'publication.notice-posted', '2026-03-06T10:00:00+08:00', { ...ofNotice, until }),
    raised: fact('raised', 'publication.objection-raised', '2026-03-10T10:00:00+08:00', { ...ofNotice, objectionId: 'o1', institutionId: 'b1' }),
    answered: fact('answered', 'publication.objection-answered', '2026-03-12T10:00:00+08:00', { ...ofNotice, objectionId: 'o1', institutionId: 'b1', outcome: 'kept' }),
    published: fact('published', 'publication.colour-published', publication.publishedAt, { ...publication }),
  };
  const rows: Record<string, Record<string, unknown>[]> = { colours: [{ ...publication, id: 'c1', withdrawn: false }], snapshot: [{ noticeId: 'n1', seq: 1, sha256: sha256('list'), body: 'list' }] };
  spoil.facts?.(facts);
  spoil.rows?.(rows);
  return { facts: new Map(Object.values(facts).map((one) => [one.id, one])), rooms: new Map([['publication', { room: 'publication', entries: [], certificates: [], ruleTexts: [], facts: [], rows }]]) } as unknown as Contents;
}
const found = async (spoil: Parameters<typeof contentsOf>[0]) => (await colours(contentsOf(spoil))).map(({ where, message }) => `${where} ${message}`);
type Data = Record<string, unknown>;

describe('colours that became public', () => {
  it('as they were signed, after their notice, raise nothing', async () => expect(await found({})).toEqual([]));

  it.each<[string, Parameters<typeof contentsOf>[0], RegExp]>([
    ['signed as something else than was seen', { facts: ({ signed }) => { (signed!.data['entries'] as Data[])[1]!['colour'] = 'green'; } }, /^rooms\/quality-control\.json#facts\/signed 签发的颜色与签发人所见的摘要不符/],
    ['signed in parts of which one is missing', { facts: ({ signed }) => { signed!.data['parts'] = 2; } }, /包内只有 1 部分/],
    ['published in another colour than was signed', { facts: ({ published }) => { published!.data['colour'] = 'yellow'; } }, /^rooms\/publication\.json#facts\/published .*签发的是 red/],
    ['published without a signature', { facts: (facts) => { delete facts['signed']; } }, /没有签发的依据/],
    ['published without a notice', { facts: (facts) => { delete facts['posted']; } }, /没有经过公示/],
    ['published a second before the notice was over', { facts: ({ published }) => { published!.data['publishedAt'] = '2026-03-20T23:59:59.000+08:00'; } }, /在公示期满（2026-03-21 00:00）之前公布/],
    ['published while an objection was open', { facts: (facts) => { delete facts['answered']; } }, /未答复的异议/],
    ['standing in another colour than was stated', { rows: (rows) => { rows['colours']![0]!['colour'] = 'green'; } }, /#colours\/c1 .*与公布时所记的不同/],
    ['standing there without having been stated', { rows: (rows) => { rows['colours']!.push({ ...publication, id: 'c2', institutionId: 'b2', withdrawn: false }); } }, /日志所记的都不相同/],
    ['stated and gone', { rows: (rows) => { rows['colours'] = []; } }, /在公布记录中缺失/],
    ['on a list that was changed', { rows: (rows) => { rows['snapshot']![0]!['body'] = 'another'; } }, /#snapshot\/n1\/1 .*与其哈希不符/],
  ])('%s are found, and where', async (_what, spoil, message) => expect((await found(spoil)).join('\n')).toMatch(message));
});
