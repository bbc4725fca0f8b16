import type { LocalDate } from '@zhijian/calendar';
import { refuse, type Refused } from '@zhijian/contracts';
import { decide, type Checklist, type Pack } from '@zhijian/policy';
import type { ReportedItem, SelfCheckRefusal } from './self-check.rules.js';

export type ProblemClass = 'violation' | 'gap';
/** What an open list (“…等”) offers beside its items. */
export const otherItem = 'other';

export interface ClassedItem extends ReportedItem { checklistItem: string | null; class: ProblemClass | null; measure: string | null; responsible: string | null }

/** An offence or a gap: the checklist says so; of a problem it does not name, whoever reports it. */
export const classOf = (item: Pick<ClassedItem, 'checklistItem' | 'class'>, checklist: Checklist | undefined): ProblemClass | null =>
  item.checklistItem === otherItem ? item.class : (checklist?.items.find(({ id }) => id === item.checklistItem)?.class ?? null);

/** The items a report may name: those of the list and, where it is open, another. */
export function offered(checklist: Checklist | undefined): { id: string; title: string; group: string | null; class: ProblemClass | null; clauses: string[] }[] {
  if (!checklist) return [];
  const items = checklist.items.map(({ id, text, group, class: kind, clauses }) => ({ id, title: text, group: group ?? null, class: kind ?? null, clauses: [...clauses] }));
  return checklist.open ? [...items, { id: otherItem, title: '其他', group: null, class: null, clauses: [] }] : items;
}

interface Fault { path: string; message: string; clauses: readonly string[] }

/**
 * What the pack's tables `item-due` and `item-complete` ask of every problem: an offence is corrected at once and takes no
 * later date, a gap needs measure, responsible post and date. A pack without these tables asks nothing more.
 */
export function itemFaults(items: readonly ClassedItem[], { pack, checklist, receivedOn }: { pack: Pack; checklist: Checklist | undefined; receivedOn: LocalDate }): Refused<SelfCheckRefusal> | null {
  if (!Object.hasOwn(pack.decisions, 'item-due')) return null;
  const faults = items.flatMap((item, at): Fault[] => {
    const itemClass = classOf(item, checklist);
    const limit = decide<string>(pack, 'item-due', { itemClass });
    const clauses = limit.clauses.map(({ id }) => id);
    if (!limit.determined) return [{ path: `/items/${at}/${item.checklistItem === otherItem ? 'class' : 'checklistItem'}`, message: '请选择检查项目；清单以外的问题须注明属于违法违规还是问题和差距', clauses }];
    if (limit.value === 'immediately' && item.correctBy !== null && item.correctBy > receivedOn) return [{ path: `/items/${at}/correctBy`, message: '违法违规问题须立即纠正，不能另定期限', clauses }];
    return incomplete(pack, item, itemClass, at);
  });
  return faults.length ? refuse('self-check-item-incomplete', [...new Set(faults.flatMap(({ clauses }) => clauses))], {}, { errors: faults.map(({ path, message }) => ({ path, message })) }) : null;
}

function incomplete(pack: Pack, item: ClassedItem, itemClass: ProblemClass | null, at: number): Fault[] {
  if (!Object.hasOwn(pack.decisions, 'item-complete')) return [];
  const has = { measure: !!item.measure, responsible: !!item.responsible, limit: item.correctedOn !== null || item.correctBy !== null };
  const record = decide<string>(pack, 'item-complete', { itemClass, ...has });
  if (record.determined && record.value === 'complete') return [];
  const clauses = record.clauses.map(({ id }) => id);
  const missing = [[has.measure, 'measure', '整改措施'], [has.responsible, 'responsible', '责任岗位'], [has.limit, 'correctBy', '整改期限']] as const;
  return missing.filter(([there]) => !there).map(([, field, word]) => ({ path: `/items/${at}/${field}`, message: `问题和差距须写明${word}`, clauses }));
}
