import type { DutyRule } from './campaign.schema.js';
import type { Finding } from './finding.js';
import { packName, type Pack } from './pack.js';

/**
 * Where two packs that are in force together ask the same body or unit for the same duty by another day, or give one
 * parameter two values. Asked of an officer, who knows whether both apply to one subject.
 */
export function conflicts(pack: Pack, other: Pack): Finding[] {
  if (!together(pack, other)) return [];
  const duties = (it: Pack) => it.campaign?.stages.flatMap((stage) => stage.duties) ?? [];
  const same = (a: DutyRule, b: DutyRule) => a.kind === b.kind && a.subject === b.subject && a.due.kind === 'on' && b.due.kind === 'on' && a.due.on !== b.due.on;
  const dates = duties(pack).flatMap((mine) => duties(other).filter((theirs) => same(mine, theirs)).map((theirs): Finding => ({
    id: `conflict:${mine.id}+${theirs.id}`, kind: 'conflict', severity: 'warning', clauses: [...mine.clauses, ...theirs.clauses],
    message: `“${mine.title}”与 ${packName(other)} 的“${theirs.title}”是同类工作，期限不同`,
  })));
  const theirs = new Map<string, { clauses: readonly string[] }>(Object.entries(other.parameters));
  const values = Object.entries(pack.parameters).flatMap(([name, mine]): Finding[] => {
    const its = theirs.get(name);
    if (!its || valueOf(mine) === valueOf(its)) return [];
    return [{ id: `conflict:${name}`, kind: 'conflict', severity: 'warning', clauses: [...mine.clauses, ...its.clauses], message: `参数 ${name} 与 ${packName(other)} 的不同` }];
  });
  return [...dates, ...values];
}

const together = (a: Pack, b: Pack): boolean => (a.inForce.to ?? '9999') >= b.inForce.from && (b.inForce.to ?? '9999') >= a.inForce.from;
const valueOf = ({ clauses: _clauses, ...value }: { clauses: readonly string[] }): string => JSON.stringify({ ...value, reading: undefined });
