import { describe, expect, it } from '@jest/globals';
import { canonicalJson, sha256 } from '../canonical.js';
import type { CommandEntry, Note } from '../command-entry.js';
import { colours } from './colours.check.js';
import type { Contents, StatedFact } from './contents.js';
import { notices } from './notices.check.js';
import { snapshots } from './snapshots.check.js';

const entries = ['b1', 'b2'].map((institutionId) => ({ institutionId, colour: 'red', redYears: 1, lines: [], clauses: [], revision: 1 }));
const digest = sha256(canonicalJson(entries.map(({ institutionId, colour, redYears, lines }) => ({ institutionId, colour, redYears, lines }))));
const ofNotice = { noticeId: 'n1', runId: 'r1', jurisdiction: '500000', year: 2026 };
const until = '2026-03-21T00:00:00.000+08:00';
const days = { postedOn: '2026-03-06', lastDay: '2026-03-20', until, calendar: 'C#1' };
const at = { posted: '2026-03-06T10:00:00.000+08:00', published: '2026-03-21T00:00:05.000+08:00', down: '2026-04-01T09:00:00.000+08:00' };
const publication = { ...ofNotice, institutionId: 'b1', revision: 1, colour: 'red', before: null, publishedOn: '2026-03-21', publishedAt: at.published, proofSha256: 'p' };
const down = { kind: 'withdrawal', noticeId: 'n1', institutionId: 'b1', year: 2026, before: 'red', reason: '核实有误', withdrawnAt: at.down };
type Data = Record<string, unknown>;
interface Year { facts: Record<string, StatedFact>; rows: Record<string, Data[]>; entries: CommandEntry[] }

/** A year in order: signed, put up, published, one taken down; each test spoils one thing. */
function contentsOf(spoil: (year: Year) => void = () => undefined, workflowId = 'notice/n1', gathering: number | undefined = 2): Contents {
  const fact = (id: string, type: string, time: string, data: object): StatedFact => ({ id, type, subject: '', time, actor: '', data: data as Data });
  const entry = (id: string, time: string, facts: string[], action: string, detail: Data): CommandEntry =>
    ({ id, at: time, facts: facts.map((one) => ({ id: one, type: '', sha256: '' })), notes: [{ action, subject: 'n1', jurisdiction: '', policy: null, detail } satisfies Note] }) as unknown as CommandEntry;
  const list = (seq: number, kind: string, takenAt: string, body: string): Data => ({ noticeId: 'n1', seq, kind, sha256: sha256(body), body, takenAt });
  const year: Year = {
    facts: {
      signed: fact('signed', 'quality-control.colour-run-signed', '2026-03-05T10:00:00+08:00', { runId: 'r1', part: 1, parts: 1, digest, entries: structuredClone(entries) }),
      posted: fact('posted', 'publication.notice-posted', at.posted, { ...ofNotice, ...days, because: 'run' }),
      raised: fact('raised', 'publication.objection-raised', '2026-03-10T10:00:00+08:00', { ...ofNotice, objectionId: 'o1', institutionId: 'b1' }),
      answered: fact('answered', 'publication.objection-answered', '2026-03-12T10:00:00+08:00', { ...ofNotice, objectionId: 'o1', institutionId: 'b1', outcome: 'kept' }),
      published: fact('published', 'publication.colour-published', at.published, { ...publication }),
      finished: fact('finished', 'publication.notice-finished', at.published, { ...ofNotice, published: 1, waiting: 0 }),
      withdrawn: fact('withdrawn', 'publication.colour-withdrawn', at.down, { ...ofNotice, institutionId: 'b1', revision: 1, before: 'red', reason: `commitment:${'0'.repeat(64)}` }),
    },
    rows: {
      notice: [{ id: 'n1', runId: 'r1', because: 'run', state: 'settled', ...days, until: new Date(until).toISOString(), workingDays: 10, site: 'portal', address: '/notices/n1' }],
      colours: [{ ...publication, id: 'c1', withdrawn: false }, { ...publication, id: 'c2', withdrawn: true, colour: null, before: 'red', publishedOn: '2026-04-01', publishedAt: at.down }],
      snapshot: [list(1, 'notice', at.posted, 'put up'), list(2, 'publication', at.published, 'made public'), list(3, 'withdrawal', at.down, canonicalJson(down))],
    },
    entries: [
      entry('e1', at.posted, ['posted'], 'notice posted', { sha256: sha256('put up'), site: 'portal' }),
      entry('e2', at.published, ['published', 'finished'], 'colours published', { sha256: sha256('made public') }),
      entry('e3', at.down, ['withdrawn'], 'colour withdrawn', { institution: 'b1' }),
    ],
  };
  spoil(year);
  return {
    manifest: { workflowId, gathering }, facts: new Map(Object.values(year.facts).map((one) => [one.id, one])), entries: year.entries.map((one) => ({ room: 'publication', at: '', entry: one, body: '', leaf: '' })),
    certificates: [{ room: 'publication', at: '', certificate: { kind: 'notice', subject: 'n1', inputs: { address: '/notices/n1' } } }], rooms: new Map([['publication', { room: 'publication', entries: [], certificates: [], ruleTexts: [], facts: [], rows: year.rows }]]),
  } as unknown as Contents;
}
const found = async (spoil?: (year: Year) => void, workflowId?: string, gathering?: number) => {
  const contents = contentsOf(spoil, workflowId, gathering);
  return (await Promise.all([notices, snapshots, colours].map(async (check) => check(contents)))).flat().map(({ where, message }) => `${where} ${message}`);
};
const theYear = 'colour/500000/2026';
/** How parts were chosen before a year's file had the entries of its notices. */
const before = 1;
/** By somebody who may write to the tables: the list and its hash are both made anew. */
const reworded = (seq: number, body: string) => ({ rows }: Year) => { Object.assign(rows['snapshot']![seq - 1]!, { body, sha256: sha256(body) }); };
const onNotice = (change: Data) => ({ rows }: Year) => { Object.assign(rows['notice']![0]!, change); };
const lengthenedBy = (year: Year): void => {
  year.entries.push({ ...year.entries[0]!, id: 'e4', at: '2026-03-15T10:00:00.000+08:00', facts: [], notes: [{ action: 'notice lengthened', subject: 'n1', jurisdiction: '', policy: null, detail: { lastDay: '2026-03-23', calendar: 'C#2' } }] });
  onNotice({ lastDay: '2026-03-23', until: '2026-03-23T16:00:00.000Z', calendar: 'C#2' })(year);
};

describe('colours that became public', () => {
  it.each(['notice/n1', theYear])('as they were signed, after their notice, raise nothing (%s)', async (workflowId) => expect(await found(undefined, workflowId)).toEqual([]));

  it('a signature of before, whose digest was taken for words, raises nothing', async () => expect(await found(({ facts: { signed } }) => { signed!.data['digest'] = `commitment:${'a'.repeat(64)}`; })).toEqual([]));

  it.each<[string, (year: Year) => void, RegExp]>([
    ['signed as something else than was seen', ({ facts: { signed } }) => { (signed!.data['entries'] as Data[])[1]!['colour'] = 'green'; }, /^rooms\/quality-control\.json#facts\/signed 签发的颜色与签发人所见的摘要不符/],
    ['signed in parts of which one is missing', ({ facts: { signed } }) => { signed!.data['parts'] = 2; }, /包内只有 1 部分/],
    ['published in another colour than was signed', ({ facts: { published } }) => { published!.data['colour'] = 'yellow'; }, /^rooms\/publication\.json#facts\/published .*签发的是 red/],
    ['published without a signature', ({ facts }) => { delete facts['signed']; }, /没有签发的依据/],
    ['published without a notice', ({ facts }) => { delete facts['posted']; }, /没有经过公示/],
    ['published a second before the notice was over', ({ facts: { published } }) => { published!.data['publishedAt'] = '2026-03-20T23:59:59.000+08:00'; }, /在公示期满（2026-03-21 00:00）之前公布/],
    ['published while an objection was open', ({ facts }) => { delete facts['answered']; }, /未答复的异议/],
    ['standing in another colour than was stated', ({ rows }) => { rows['colours']![0]!['colour'] = 'green'; }, /#colours\/c1 .*与公布时所记的不同/],
    ['standing there without having been stated', ({ rows }) => { rows['colours']!.push({ ...publication, id: 'c3', institutionId: 'b2', withdrawn: false }); }, /日志所记的都不相同/],
    ['stated and gone', ({ rows }) => { rows['colours']!.shift(); }, /已公布的颜色在公布记录中缺失/],
    ['on a list that was changed', ({ rows }) => { rows['snapshot']![0]!['body'] = 'another'; }, /#snapshot\/n1\/1 .*与其哈希不符/],
  ])('%s are found, and where', async (_what, spoil, message) => expect((await found(spoil)).join('\n')).toMatch(message));
});

describe('rows of what was public, edited where they stand', () => {
  it.each<[string, (year: Year) => void, RegExp]>([
    ['a last day', onNotice({ lastDay: '2026-03-18' }), /^rooms\/publication\.json#notice\/n1 公示 n1 的最后一日与日志所记的不同/],
    ['the end of a notice', onNotice({ until: '2026-03-18T16:00:00.000Z' }), /#notice\/n1 .*期满时间/],
    ['the day of posting', onNotice({ postedOn: '2026-03-02' }), /#notice\/n1 .*张贴日期/],
    ['last day and calendar together', onNotice({ lastDay: '2026-03-23', until: '2026-03-23T16:00:00.000Z', calendar: 'C#2' }), /#notice\/n1 .*最后一日、期满时间、工作日历/],
    ['where it was posted', onNotice({ site: 'elsewhere', address: 'http://other.example' }), /#notice\/n1 .*张贴处、网址/],
    ['what became of it', onNotice({ state: 'withdrawn' }), /#notice\/n1 .*状态/],
    ['a notice that is gone', ({ rows }) => { rows['notice'] = []; }, /已张贴的公示 n1 在公示记录中缺失/],
    ['a notice that never was posted', ({ rows }) => { rows['notice']!.push({ ...rows['notice']![0], id: 'n2' }); }, /#notice\/n2 .*状态、张贴/],
    ['a list put up, with its hash', reworded(1, 'another'), /^rooms\/publication\.json#snapshot\/n1\/1 公示 n1 第 1 份存档（公示名单）的内容与日志所记的 SHA-256 不符/],
    ['a list made public, with its hash', reworded(2, 'another'), /#snapshot\/n1\/2 .*（公布名单）的内容与日志所记的 SHA-256 不符/],
    ['when a list was kept', ({ rows }) => { rows['snapshot']![0]!['takenAt'] = '2026-03-01T10:00:00.000+08:00'; }, /#snapshot\/n1\/1 .*时间/],
    ['a list that is gone', ({ rows }) => { rows['snapshot']!.shift(); }, /#snapshot\/n1 公示 n1 的公示名单缺失 1 份存档/],
    ['all lists gone', ({ rows }) => { rows['snapshot'] = []; }, /公布名单缺失 1 份存档/],
    ['what was said of one taken down, with its hash', reworded(3, canonicalJson({ ...down, before: 'green' })), /#snapshot\/n1\/3 .*（撤下说明）与撤下时所记的不同/],
    ['what was said of one taken down, gone', ({ rows }) => { rows['snapshot']!.pop(); }, /撤下时的说明在存档中缺失/],
    ['a colour taken down that was not', ({ facts, rows, entries }) => { delete facts['withdrawn']; entries.pop(); rows['snapshot']!.pop(); }, /#colours\/c2 机构 b1 撤下的颜色与日志所记的都不相同/],
    ['a colour that stands again', ({ rows }) => { rows['colours']!.pop(); }, /#facts\/withdrawn 机构 b1 已撤下的颜色在公布记录中缺失/],
    ['another colour before', ({ rows }) => { rows['colours']![1]!['before'] = 'yellow'; }, /#colours\/c2 .*与撤下时所记的不同/],
    ['another day of publication', ({ rows }) => { rows['colours']![0]!['publishedOn'] = '2026-03-25'; }, /#colours\/c1 .*与公布时所记的不同/],
  ])('%s: found, and where', async (_what, spoil, message) => {
    expect((await found(spoil)).join('\n')).toMatch(message);
  });

  it('a notice that a new calendar lengthened raises nothing; in a year’s case of before, which has no entry of it, it may only be longer', async () => {
    expect([await found(lengthenedBy), await found(lengthenedBy, theYear)]).toEqual([[], []]);
    const unseen = (year: Year): void => { lengthenedBy(year); year.entries.pop(); };
    expect((await found(unseen)).join()).toContain('最后一日');
    expect((await found(unseen, theYear)).join()).toMatch(/#notice\/n1 .*最后一日、期满时间、工作日历与日志所记的不同/);
    expect(await found(unseen, theYear, before)).toEqual([]);
    expect((await found((year) => { unseen(year); onNotice({ lastDay: '2026-03-18', until: '2026-03-18T16:00:00.000Z' })(year); }, theYear, before)).join()).toContain('最后一日');
  });

  it('a draft, and one that stands and is not over yet, raise nothing', async () => {
    const draft = { id: 'n2', runId: 'r1', because: 'run', state: 'draft', postedOn: null, lastDay: null, until: null, calendar: null, site: null, address: null };
    expect(await found(({ rows }) => { rows['notice']!.push(draft); }, theYear)).toEqual([]);
    expect(await found((year) => {
      for (const name of ['published', 'finished', 'withdrawn']) delete year.facts[name];
      year.entries.splice(1);
      Object.assign(year.rows, { colours: [], snapshot: year.rows['snapshot']!.slice(0, 1) });
      onNotice({ state: 'posted' })(year);
    })).toEqual([]);
  });

  it('where an entry holds no hash, and in a year’s case of before where a list without any colour has no entry, nothing is said of the list', async () => {
    expect(await found(({ entries: [posted] }) => { delete posted!.notes[0]!.detail['sha256']; })).toEqual([]);
    const more = ({ rows }: Year): void => { rows['snapshot']!.push({ noticeId: 'n1', seq: 4, kind: 'publication', sha256: sha256('no colour'), body: 'no colour', takenAt: at.down }); };
    expect([(await found(more)).length, await found(more, theYear, before)]).toEqual([1, []]);
    expect((await found(more, theYear)).join()).toMatch(/#snapshot\/n1\/4 .*（公布名单）的内容与日志所记的 SHA-256 不符/);
  });
});
