import { refuse, type Refused } from '@zhijian/contracts';

export type CheckRefusal = 'check-in-future' | 'check-year-unknown' | 'check-institution-unknown' | 'check-not-managed' | 'check-elsewhere' | 'check-complaint-missing' | 'check-complaint-given' | 'summary-elsewhere' | 'summary-none';

export const checkSentences = {
  'check-in-future': '检查日期 {on} 尚未到来',
  'check-year-unknown': '{jurisdiction} 在 {year} 年度及以前没有开展分色管理，没有登记的依据',
  'check-institution-unknown': '名录中没有这家机构',
  'check-not-managed': '该机构 {year} 年度不在分色管理的范围内；投诉举报的检查请选择“投诉举报”',
  'check-elsewhere': '该机构和分色管理的辖区都不在您的任职范围内',
  'check-complaint-missing': '投诉举报的检查须填写受理编号',
  'check-complaint-given': '计划检查不填投诉举报的受理编号',
  'summary-elsewhere': '年度总结由{agency}报送，您不在其辖区任职',
  'summary-none': '政策文件没有要求报送这项年度总结',
} satisfies Record<CheckRefusal, string>;

export interface Visited { readonly origin: 'planned' | 'complaint'; readonly visitedOn: string; readonly complaint: string | null }
export interface Ruled { readonly today: string; readonly managed: boolean; readonly year: number; readonly clauses: readonly string[] }

/** May this check be recorded? A complaint is followed up whatever the colour and whoever the body is (CQ-2024-14). */
export function acceptCheck({ origin, visitedOn, complaint }: Visited, { today, managed, year, clauses }: Ruled): { ok: true } | Refused<CheckRefusal> {
  const cites = [...clauses];
  if (visitedOn > today) return refuse('check-in-future', cites, { on: visitedOn }, { errors: [{ path: '/visitedOn', message: '检查日期不能晚于今天' }] });
  if (origin === 'complaint' && !complaint) return refuse('check-complaint-missing', cites, {}, { errors: [{ path: '/complaint', message: '请填写受理编号' }] });
  if (origin === 'planned' && complaint) return refuse('check-complaint-given', cites, {}, { errors: [{ path: '/complaint', message: '计划检查不填' }] });
  if (origin === 'planned' && !managed) return refuse('check-not-managed', cites, { year }, { errors: [{ path: '/institutionId', message: '不在该年度分色管理的范围内' }] });
  return { ok: true };
}

/** What a quota was, or is. */
export interface Stood { readonly colour: string | null; readonly min: number | null }
interface Until extends Stood { readonly at: string; readonly because: string }
export interface QuotaChange { readonly at: string; readonly because: string; readonly before: Stood; readonly after: Stood }

/** What of a quota became another after an instant. Its history says until when something stood; where the same stands on, nothing changed. */
export const changesAfter = ({ history, colour, min }: Stood & { readonly history: readonly Until[] }, instant: string): QuotaChange[] => history.flatMap((was, place) => {
  const next = history[place + 1] ?? { colour, min };
  const same = was.colour === next.colour && was.min === next.min;
  return same || Date.parse(was.at) <= Date.parse(instant) ? [] : [{ at: was.at, because: was.because, before: { colour: was.colour, min: was.min }, after: { colour: next.colour, min: next.min } }];
});

export interface Counted { readonly min: number | null; readonly permitted: boolean; readonly done: number }

/** What is still owed of a body's checks: the least number less the planned ones there were. Complaints never count, permissions are never owed. */
export const owedOf = ({ min, done }: Counted): number => Math.max(0, (min ?? 0) - done);
export const stateOf = (quota: Counted): 'owed' | 'met' | 'permitted' | 'not-ruled' => (quota.min === null ? 'not-ruled' : owedOf(quota) > 0 ? 'owed' : quota.min === 0 ? 'permitted' : 'met');
