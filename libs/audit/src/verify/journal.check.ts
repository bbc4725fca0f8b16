import { bundlePaths } from '../bundle/format.js';
import { objectsIn, payloadsOf } from '../bundle/history.js';
import { brokenSlices, stepDigest, type JournalRow, type JournalSeal } from '../bundle/journal.js';
import { sha256 } from '../canonical.js';
import { finder, rowsOf, sameInstant, type Check, type Contents, type Found } from './contents.js';
import { named } from './history.check.js';

const found = finder('journal');
const where = (table: string, id: string): string => `${bundlePaths.room('inspection')}#${table}/${id}`;
const words: Readonly<Record<string, string>> = { opened: '列入', done: '完成', late: '逾期完成', overdue: '逾期', moved: '改期', cancelled: '撤销' };
const nameOf = ({ seq, what }: JournalRow): string => `台账第 ${seq} 行（${words[what] ?? what}）`;

interface Moment { id: string; kind: string; state: string; doneAt: string | null; digest: string | null }
interface Obligation { id: string; title: string; state: string; dueAt: string | null; doneAt: string | null }
interface Claim { journal: [string, string]; digest: string; event: string }

/** The journal is what the steps of the history claimed, what the log sealed, and what the obligations stand at. */
export const journal: Check = (contents) => {
  const rows = rowsOf<JournalRow>(contents, 'inspection', 'journal');
  return [...rowByRow(contents, rows), ...sealed(contents, rows), ...claimed(contents, rows), ...moments(contents, rows)];
};

/** What steps of this history say they did to the journal; of other units' steps a history of the campaign tells too. */
function claims({ history, archive }: Contents, own: (claim: Claim) => boolean): Claim[] {
  return (history?.events ?? []).flatMap((event) => payloadsOf(event).flatMap((value) => [...objectsIn(value)].flatMap((one) => {
    const { journal: range, digest } = one;
    return Array.isArray(range) && range.length === 2 && typeof digest === 'string' ? [{ journal: range as [string, string], digest, event: named(event) }] : [];
  }))).filter((claim) => archive !== null && own(claim));
}

function claimed(contents: Contents, rows: readonly JournalRow[]): Found[] {
  const known = new Map(rows.map((row) => [row.seq, row]));
  const whole = contents.archive?.workflowType === 'campaign'; // tells of all units; each unit's own file has its rows
  return claims(contents, ({ journal: [from, to] }) => !whole || known.has(from) || known.has(to)).flatMap(({ journal: [from, to], digest, event }) => {
    const first = known.get(from) ?? known.get(to);
    if (!first) return [found(where('journal', from), `${event}所称的台账第 ${from}–${to} 行缺失`)];
    const own = rows.filter(({ seq, momentId }) => momentId === first.momentId && BigInt(seq) >= BigInt(from) && BigInt(seq) <= BigInt(to));
    return stepDigest(own) === digest ? [] : [found(where('journal', `${from}-${to}`), `台账第 ${from}–${to} 行的摘要与${event}所称的不符`, false)];
  });
}

function moments(contents: Contents, rows: readonly JournalRow[]): Found[] {
  const done = rowsOf<Moment>(contents, 'inspection', 'moment').filter(({ state }) => state === 'done');
  const digests = done.map(({ id }) => {
    const own = rows.filter(({ momentId }) => momentId === id);
    return own.length ? stepDigest(own) : null;
  });
  const wrong = done.flatMap(({ id, digest }, at) => (digest === digests[at] ? [] : [found(where('moment', id), `节点 ${id} 所记的摘要与台账不符`, false)]));
  const outcome = rowsOf<{ unit: string; outcome: { digest?: string } | null }>(contents, 'inspection', 'unit')[0]?.outcome;
  const result = payloadsOf(contents.history?.events.at(-1) ?? { eventId: '', eventTime: '', eventType: '' })[0] as { unit?: string; digest?: string } | undefined;
  if (contents.archive?.workflowType !== 'unitCampaign' || contents.archive.status !== 'COMPLETED' || !outcome?.digest) return wrong;
  const whole = sha256(digests.map((digest) => digest ?? '-').join('\n'));
  return [...wrong, ...(whole === outcome.digest && result?.digest === outcome.digest ? [] : [found(where('unit', contents.archive.unit ?? ''), '县（市、区）办结时的总摘要与台账、历史不一致', false)])];
}

/** The whole journal, rows and actors and instants, as the log sealed it when the unit finished. */
function sealed({ entries, archive }: Contents, rows: readonly JournalRow[]): Found[] {
  const note = entries.filter(({ room }) => room === 'inspection').flatMap(({ entry }) => entry.notes).find(({ action, subject }) => action === 'unit finished' && subject === `${archive?.campaignId}/${archive?.unit}`);
  const seal = note?.detail['journal'] as JournalSeal | undefined;
  if (!seal) return [];
  return brokenSlices(rows, seal).map((slice) => {
    const [first, last] = [slice[0], slice.at(-1)];
    const range = first && last ? (first === last ? `第 ${first.seq} 行` : `第 ${first.seq}–${last.seq} 行之间`) : '';
    return found(where('journal', first ? `${first.seq}-${last!.seq}` : ''), `台账${range}与办结时记入日志的不符（当时共 ${seal.rows} 行）`, first !== undefined && first === last);
  });
}

/** Row by row against what the obligations stand at and against the commands that made them. */
function rowByRow(contents: Contents, rows: readonly JournalRow[]): Found[] {
  const commands = Map.groupBy(contents.entries.filter(({ room }) => room === 'inspection'), ({ entry }) => Date.parse(entry.at));
  const strangers = rows.flatMap((row) => {
    const same = commands.get(Date.parse(row.at));
    if (same) return same.some(({ entry }) => entry.actor === row.actor) ? [] : [found(where('journal', row.seq), `${nameOf(row)}写明的办理人 ${row.actor} 不是日志所记的 ${same[0]!.entry.actor}`)];
    return row.momentId === null ? [] : [found(where('journal', row.seq), `${nameOf(row)}的时间 ${row.at} 在日志中没有对应的条目`)];
  });
  const of = Map.groupBy(rows, ({ obligationId }) => obligationId);
  const standing = rowsOf<Obligation>(contents, 'inspection', 'obligation').flatMap(({ id, title, state, dueAt, doneAt }) => {
    const own = of.get(id) ?? [];
    const last = own.at(-1);
    if (!last || own[0]!.what !== 'opened') return [found(where('obligation', id), `任务“${title}”（${id}）在台账中没有列入的记录`)];
    const due = own.findLast(({ what }) => what === 'opened' || what === 'moved')!;
    if (!sameInstant(due.dueAt, dueAt)) return [found(where('journal', due.seq), `${nameOf(due)}的期限与任务“${title}”现有的期限不同`)];
    const fits = last.what === 'opened' ? state === 'open' : last.what === 'moved' ? ['open', 'overdue'].includes(state) : state === last.what;
    if (!fits) return [found(where('journal', last.seq), `${nameOf(last)}与任务“${title}”现有的状态 ${state} 不同`)];
    // What was done before its obligation was opened keeps its own day; the journal says when it was counted.
    return ['done', 'late'].includes(last.what) && !(doneAt && Date.parse(doneAt) <= Date.parse(last.at)) ? [found(where('journal', last.seq), `${nameOf(last)}的时间早于任务“${title}”所记的完成时间`)] : [];
  });
  const gone = [...of.keys()].filter((id) => !rowsOf<Obligation>(contents, 'inspection', 'obligation').some((one) => one.id === id));
  return [...strangers, ...standing, ...gone.map((id) => found(where('obligation', id), `台账所记的任务 ${id} 缺失`))];
}
