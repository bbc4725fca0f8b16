import { caseOf } from '../bundle/case.js';
import { bundlePaths } from '../bundle/format.js';
import { sha256 } from '../canonical.js';
import { finder, gatheredSince, rowsOf, sameInstant, type Check, type Contents, type Found, type StatedFact } from './contents.js';
import { noted, ofCase } from './notices.check.js';

const found = finder('colours');
const at = (table: string, id: string): string => `${bundlePaths.room('publication')}#${table}/${id}`;

interface Snapshot { noticeId: string; seq: number; kind: string; sha256: string; body: string; takenAt: string }
interface Withdrawn { noticeId: string; institutionId: string; year: number; before: string; reason: string }
interface Down extends Withdrawn { kind: string; withdrawnAt: string }

/** Which note holds the hash of which list; one that tells of a colour taken down has none. */
const actions: Readonly<Record<string, string>> = { notice: 'notice posted', publication: 'colours published' };
const words: Readonly<Record<string, string>> = { notice: '公示名单', publication: '公布名单', withdrawal: '撤下说明' };
const named = ({ noticeId, seq, kind }: Snapshot): string => `公示 ${noticeId} 第 ${seq} 份存档（${words[kind] ?? kind}）`;
const wrong = (one: Snapshot, what: string): Found => found(at('snapshot', `${one.noticeId}/${one.seq}`), `${named(one)}${what}`);

/** What stood in public as a whole stands word for word as the log hashed it, and none of it is gone. */
export const snapshots: Check = (contents) => {
  const all = rowsOf<Snapshot>(contents, 'publication', 'snapshot');
  const whole = all.filter(({ sha256: hash, body }) => sha256(body) === hash);
  const ids = new Set([...all, ...ofCase<Withdrawn>(contents, 'publication.notice-posted').map(({ data }) => data)].map(({ noticeId }) => noticeId));
  return [
    ...all.filter((one) => !whole.includes(one)).map((one) => wrong(one, '与其哈希不符')),
    ...[...ids].flatMap((noticeId) => Object.keys(actions).flatMap((kind) => asLogged(contents, noticeId, kind, all.filter((one) => one.noticeId === noticeId && one.kind === kind)))),
    ...takenDown(contents, all.filter(({ kind }) => kind === 'withdrawal')),
    ...all.filter(({ kind }) => !(kind in words)).map((one) => wrong(one, '不是系统所存的种类')),
  ];
};

/** The lists of one kind against the hashes of the log. */
function asLogged(contents: Contents, noticeId: string, kind: string, lists: readonly Snapshot[]): Found[] {
  const logged = noted(contents, actions[kind]!, noticeId);
  if (logged.some(({ detail }) => typeof detail['sha256'] !== 'string')) return []; // an entry that holds no hash says nothing
  const same = (list: Snapshot, note: { detail: Record<string, unknown> }): boolean => note.detail['sha256'] === sha256(list.body);
  const strange = lists.filter((list) => !logged.some((note) => same(list, note)));
  const gone = logged.filter((note) => !lists.some((list) => same(list, note))).length;
  const unseen = kind === 'publication' && !gatheredSince(contents, 2) && caseOf(contents.manifest.workflowId).noticeId === null && gone === 0; // a year's case of before has no entry of a list without any colour
  return [
    ...(unseen ? [] : strange).map((list) => wrong(list, '的内容与日志所记的 SHA-256 不符')),
    ...lists.filter((list) => !strange.includes(list) && !logged.some((note) => same(list, note) && sameInstant(note.at, list.takenAt))).map((list) => wrong(list, '的时间与日志所记的不同')),
    ...(gone > strange.length ? [found(at('snapshot', noticeId), `公示 ${noticeId} 的${words[kind]!}缺失 ${gone - strange.length} 份存档`)] : []),
  ];
}

/** A colour taken down says so as its fact does; the reason is compared where the fact has it in words. */
function takenDown(contents: Contents, lists: readonly Snapshot[]): Found[] {
  const facts = ofCase<Withdrawn>(contents, 'publication.colour-withdrawn');
  const read = lists.map((list) => ({ list, down: downOf(list.body) }));
  const tells = ({ list, down }: { list: Snapshot; down: Down | null }, { fact, data }: { fact: StatedFact; data: Withdrawn }): boolean => down !== null && list.noticeId === data.noticeId
    && (['noticeId', 'institutionId', 'year', 'before'] as const).every((name) => down[name] === data[name]) && (data.reason.startsWith('commitment:') || down.reason === data.reason) && [down.withdrawnAt, list.takenAt].every((time) => sameInstant(time, fact.time));
  const alone = facts.filter(({ fact }) => contents.entries.some(({ entry }) => entry.facts.some(({ id }) => id === fact.id) && entry.notes.some(({ action }) => action === 'colour withdrawn')));
  const strange = read.filter((one) => !facts.some((fact) => tells(one, fact)));
  const gone = alone.filter((fact) => !read.some((one) => tells(one, fact)));
  return [
    ...strange.map(({ list }) => wrong(list, '与撤下时所记的不同')),
    ...(gone.length > strange.length ? gone : []).map(({ data }) => found(at('snapshot', data.noticeId), `机构 ${data.institutionId} 的颜色撤下时的说明在存档中缺失`)),
  ];
}

function downOf(body: string): Down | null {
  try {
    const down = JSON.parse(body) as Down | null;
    return down?.kind === 'withdrawal' ? down : null;
  } catch {
    return null;
  }
}
