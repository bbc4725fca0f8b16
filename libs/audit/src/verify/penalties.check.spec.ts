import { expect, it } from '@jest/globals';
import type { Contents } from './contents.js';
import { penalties } from './penalties.check.js';

type Data = Record<string, unknown>;
const paper = { number: '示例卫罚〔2023〕1号', authority: '示例区卫生健康局', decidedOn: '2023-05-06', creditCode: null, party: '欧*', basis: '第八十条', sanctions: [{ kind: 'warning', fen: null }], clauses: ['行政处罚法 第四十八条'] };
const nothing = { ground: null, changedOn: null, document: null, reason: null, withdrawBy: null };
const time = '2023-05-08T10:00:00.000+08:00';
interface File { madeAt: string; gathering: number | undefined; rows: Data[]; noted: boolean; decided: Data }

/** One penalty of a person in no register, as it became public; each test spoils one thing. */
async function found(spoil: Partial<File> = {}): Promise<string[]> {
  const { madeAt, gathering, rows, noted, decided }: File = {
    madeAt: '2023-06-01T10:00:00.000+08:00', gathering: 2, noted: true, decided: { decidedOn: '2023-05-06', sanctions: [{ kind: 'warning', fen: null }] },
    rows: [{ caseId: 'k1', revision: 1, institutionId: null, jurisdiction: '990101', withdrawn: false, ...paper, ...nothing, factId: 'f1', publishedAt: '2023-05-08T02:00:00.000Z' }], ...spoil,
  };
  const fact = (id: string, type: string, data: Data) => [id, { id, type, subject: '', time, actor: '', data: { caseId: 'k1', unit: '990101', institutionId: null, ...data } }] as const;
  const entry = { id: 'e', at: time, notes: [{ action: 'penalty published', subject: 'k1', jurisdiction: '', policy: null, detail: { revision: 1 } }] };
  const contents = {
    manifest: { workflowId: 'campaign/c/990101', madeAt, gathering }, entries: noted ? [{ room: 'publication', at: '', entry, body: '', leaf: '' }] : [], rooms: new Map([['publication', { rows: { penalty: rows } }]]),
    facts: new Map([fact('f0', 'inspection.case-decided', decided), fact('f1', 'inspection.penalty-disclosed', { revision: 1, penalty: paper, policy: { clauses: [] } })]),
  } as unknown as Contents;
  return (await penalties(contents)).map(({ where, message }) => `${where} ${message}`);
}

it('a penalty that stands as it was let out raises nothing', async () => expect(await found()).toEqual([]));

it.each<[string, Partial<File>, RegExp]>([
  ['another penalty than was decided in the case', { decided: { decidedOn: '2023-05-06', sanctions: [{ kind: 'fine', fen: 100 }] } }, /^rooms\/inspection\.json#facts\/f1 公开的处罚决定 示例卫罚〔2023〕1号 与案件的处理决定不同$/],
  ['one of which the log of the public’s room has nothing', { noted: false }, /^rooms\/publication\.json#penalty\/k1\/1 .*的公开没有日志可查$/],
  ['one that the room has heard and does not have', { rows: [], madeAt: '2023-05-08T11:00:00.000+08:00' }, /^rooms\/inspection\.json#facts\/f1 .*缺失$/],
  ['one that nobody has heard in three days', { rows: [], noted: false, madeAt: '2023-05-11T10:00:00.000+08:00' }, /#facts\/f1 .*缺失$/],
])('%s is found, and where', async (_what, spoil, message) => expect((await found(spoil)).join('\n')).toMatch(message));

it('what may still be on its way is not missing, nor is what a file of before does not hold', async () => {
  expect(await found({ rows: [], noted: false, madeAt: '2023-05-11T09:59:59.000+08:00' })).toEqual([]);
  expect(await found({ rows: [], gathering: undefined })).toEqual([]);
});
