import { caseOf } from '../bundle/case.js';
import { bundlePaths } from '../bundle/format.js';
import { finder, gatheredSince, rowsOf, sameInstant, type Check, type Contents, type Found, type StatedFact } from './contents.js';

const found = finder('colours');
const row = (table: string, id: string): string => `${bundlePaths.room('publication')}#${table}/${id}`;

interface Notice { id: string; runId: string; because: string; state: string; postedOn: string | null; lastDay: string | null; until: string | null; calendar: string | null; site: string | null; address: string | null }
interface Posted { noticeId: string; runId: string; because: string; postedOn: string; lastDay: string; until: string; calendar: string; jurisdiction: string; year: number }
interface Finished { noticeId: string; waiting: number }
interface Period { lastDay: string; calendar: string }

/** Facts of one type that are this case's own: of its notice, or of its place and year. */
export function ofCase<T extends object>({ facts, manifest }: Contents, type: string): { fact: StatedFact; data: T }[] {
  const { noticeId, jurisdiction, year } = caseOf(manifest.workflowId);
  return [...facts.values()].filter(({ type: its, data }) => its === type && (noticeId === null ? data['jurisdiction'] === jurisdiction && data['year'] === year : data['noticeId'] === noticeId)).map((fact) => ({ fact, data: fact.data as T }));
}

/** A notice ran as long as was stated, where it was posted, and what came of it. */
export const notices: Check = (contents) => {
  const rows = rowsOf<Notice>(contents, 'publication', 'notice');
  const posted = ofCase<Posted>(contents, 'publication.notice-posted');
  return [
    ...rows.flatMap((notice) => {
      const parts = differing(contents, notice, posted.find(({ data }) => data.noticeId === notice.id)?.data ?? null);
      return parts.length ? [found(row('notice', notice.id), `公示 ${notice.id} 的${parts.join('、')}与日志所记的不同`)] : [];
    }),
    ...posted.filter(({ data }) => !rows.some(({ id }) => id === data.noticeId)).map(({ fact, data }): Found => found(row('facts', fact.id), `已张贴的公示 ${data.noticeId} 在公示记录中缺失`)),
  ];
};

function differing(contents: Contents, notice: Notice, posted: Posted | null): string[] {
  const state = stateOf(contents, notice, posted !== null) ? [] : ['状态'];
  if (!posted) return [...state, ...(notice.postedOn === null && notice.lastDay === null && notice.until === null ? [] : ['张贴'])]; // a draft has no days yet
  const period = lengthened(contents, notice, posted);
  const site = noted(contents, 'notice posted', notice.id)[0]?.detail['site'];
  const address = contents.certificates.find(({ certificate: { kind, subject } }) => kind === 'notice' && subject === notice.id)?.certificate.inputs['address'];
  const parts: [string, boolean][] = [
    ['分色批次', notice.runId === posted.runId], ['缘由', notice.because === posted.because], ['张贴日期', notice.postedOn === posted.postedOn],
    ['最后一日', notice.lastDay === period.lastDay], ['期满时间', sameInstant(notice.until, endOf(period.lastDay, posted))], ['工作日历', notice.calendar === period.calendar],
    ['张贴处', site === undefined || notice.site === site], ['网址', typeof address !== 'string' || address.startsWith('commitment:') || notice.address === address],
  ];
  return [...parts.filter(([, same]) => !same).map(([part]) => part), ...state];
}

/** Posted, ended and taken back are each stated; a draft becomes nothing of the kind by itself. */
function stateOf(contents: Contents, { id, state }: Notice, posted: boolean): boolean {
  const withdrawn = ofCase<Finished>(contents, 'publication.notice-withdrawn').some(({ data }) => data.noticeId === id);
  const told = ofCase<Finished>(contents, 'publication.notice-finished').filter(({ data }) => data.noticeId === id).sort((a, b) => Date.parse(a.fact.time) - Date.parse(b.fact.time));
  if (withdrawn) return state === 'withdrawn';
  if (told.length) return state === 'ended' || (state === 'settled' && told.at(-1)!.data.waiting === 0);
  return posted ? state === 'posted' : ['collecting', 'draft'].includes(state);
}

/**
 * The period as it was posted, or as the last calendar that took a working day from it made it. A year's case of before has no
 * entry of that: there another calendar may have made it longer, never shorter.
 */
function lengthened(contents: Contents, { id, lastDay, calendar }: Notice, posted: Posted): Period {
  const last = noted(contents, 'notice lengthened', id).at(-1)?.detail as Period | undefined;
  const unseen = !last && !gatheredSince(contents, 2) && caseOf(contents.manifest.workflowId).noticeId === null && lastDay !== null && calendar !== null && calendar !== posted.calendar && lastDay >= posted.lastDay;
  return unseen ? { lastDay, calendar } : (last ?? posted);
}

/** When a last day is over, by how the notice's first one ended: midnight of the same zone. */
const endOf = (lastDay: string, posted: Posted): string => new Date(Date.parse(posted.until) + Date.parse(lastDay) - Date.parse(posted.lastDay)).toISOString();

interface Said { at: string; detail: Record<string, unknown> }
/** What was noted of a subject, the oldest first. */
export const noted = ({ entries }: Contents, action: string, subject: string): Said[] =>
  entries.filter(({ room }) => room === 'publication').flatMap(({ entry: { at, notes } }) => notes.filter((note) => note.action === action && note.subject === subject).map(({ detail }) => ({ at, detail }))).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
