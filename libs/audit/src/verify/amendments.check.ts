import { caseOf } from '../bundle/case.js';
import { bundlePaths } from '../bundle/format.js';
import { finder, rowsOf, sameInstant, type Check, type Contents, type Found, type StatedFact } from './contents.js';

const found = finder('journal');
const at = (id: string): string => `${bundlePaths.room('inspection')}#amendment/${id}`;
const of = (fact: StatedFact): string => `${bundlePaths.room('inspection')}#facts/${fact.id}`;

interface Amendment { id: string; kind: string; units: string[]; stage: string | null; duty: string | null; dueOn: string | null; clause: string | null; actor: string; amendedAt: string }
interface Amended { campaignId: string; amendmentId?: string; kind: string; units: string[]; stage: string | null; duty: string | null; on: string | null; policy: { clauses: string[] } }

const words: Readonly<Record<string, string>> = { extend: '延期', 'replace-date': '改期', suspend: '中止', resume: '恢复', calendar: '按新的工作日历改期', pack: '改用政策包的后一版本' };
const nameOf = ({ kind, amendedAt }: Pick<Amendment, 'kind' | 'amendedAt'>): string => `${amendedAt.slice(0, 10)} 的${words[kind] ?? kind}`;
/** `*`, the campaign as a whole, is no unit of a fact. */
const unitsOf = (units: readonly string[]): string => units.filter((unit) => unit !== '*').sort().join();
/** Clauses once were words that somebody wrote, which a fact only commits to: these say nothing here. */
const clauseOf = ({ clauses }: Amended['policy']): string | null | undefined => (clauses.some((id) => id.startsWith('commitment:')) ? undefined : clauses.join('、') || null);

/** What differs of a change from what was stated of it; the clauses of a new calendar or pack stand in the fact alone. */
function differing(row: Amendment, { time, actor }: StatedFact, data: Partial<Amended>): string[] {
  const clause = ['calendar', 'pack'].includes(row.kind) ? undefined : data.policy && clauseOf(data.policy);
  const parts: [string, boolean][] = [
    ['种类', data.kind === undefined || row.kind === data.kind], ['填报单位', unitsOf(row.units) === unitsOf(data.units ?? [])], ['阶段', row.stage === (data.stage ?? null)], ['任务', row.duty === (data.duty ?? null)], ['日期', row.dueOn === (data.on ?? null)],
    ['条款', clause === undefined || row.clause === clause], ['办理人', row.actor === actor], ['时间', sameInstant(row.amendedAt, time)],
  ];
  return parts.filter(([, same]) => !same).map(([part]) => part);
}

/** Every change of the running campaign stands as it was stated, none is missing and none is made up. */
export const amendments: Check = (contents) => {
  const rows = rowsOf<Amendment>(contents, 'inspection', 'amendment');
  const amended = stated(contents, 'inspection.campaign-amended').filter(({ data }) => data.amendmentId !== undefined && data.kind !== 'own-dates'); // a unit's own dates have no row
  const moved = stated(contents, 'inspection.campaign-pack-moved');
  const factOf = (row: Amendment) => (row.kind === 'pack' ? moved.find(({ fact }) => sameInstant(fact.time, row.amendedAt)) : amended.find(({ data }) => data.amendmentId === row.id));
  const said = new Set(rows.map((row) => factOf(row)?.fact.id));
  return [
    ...rows.flatMap((row): Found[] => {
      const own = factOf(row);
      if (!own) return [found(at(row.id), `${nameOf(row)}在日志中没有事实可查`)];
      const parts = differing(row, own.fact, own.data);
      return parts.length ? [found(at(row.id), `${nameOf(row)}的${parts.join('、')}与作出时所记的不同`)] : [];
    }),
    ...[...amended, ...moved].filter(({ fact }) => !said.has(fact.id)).map(({ fact, data }) => found(of(fact), `${nameOf({ kind: data.kind ?? 'pack', amendedAt: fact.time })}在变更记录中缺失`)),
  ];
};

/** Of this case's unit: the same entry may tell of changes that concern others only. */
function stated({ facts, manifest }: Contents, type: string): { fact: StatedFact; data: Partial<Amended> }[] {
  const { campaignId, unit } = caseOf(manifest.workflowId);
  return [...facts.values()].filter((fact) => fact.type === type).map((fact) => ({ fact, data: fact.data as Partial<Amended> }))
    .filter(({ data }) => data.campaignId === campaignId && Array.isArray(data.units) && (unit === '*' || data.units.includes(unit!)));
}
