import { startEventNames } from './explain-due.js';
import type { Found } from './finding.js';
import { countedPeriods, openedBy } from './known-names.js';
import type { Pack } from './pack.js';
import { spansOf } from './due.schema.js';

/**
 * Days that hang on an event which nothing opens: a duty after it is never due by itself, a period from it is counted by
 * nobody. What has no length needs no event.
 */
export function unopenedFindings(pack: Pack): Found[] {
  const duties = (pack.campaign?.stages ?? []).flatMap((stage) => stage.duties);
  const kinds = duties.map(({ kind }) => kind);
  const posted = Object.values(pack.rules.notices).flatMap(({ period }) => period ?? []);
  return [
    ...duties.flatMap(({ id, title, kind, clauses, due }): Found[] => {
      if (due.kind !== 'after') return [];
      const opens = openedBy[due.after.event];
      const opened = opens && (opens.kinds === 'all' || opens.kinds.includes(kind)) && (!opens.needs || opens.needs.some((need) => kinds.includes(need)));
      return opened ? [] : [{ id: `unopened:${id}`, kind: 'unopened', severity: 'warning', clauses, follows: due.reading, ...(due.wording && { quote: due.wording }), message: `“${title}”的期限自“${startEventNames[due.after.event]}”起算，系统中没有任何登记会使它起算，由办理的机关自行掌握` }];
    }),
    ...Object.entries(pack.rules.periods).filter(([id, it]) => it.counted !== false && !countedPeriods.includes(id) && !posted.includes(id) && (it.variants ?? [it]).some((one) => spansOf(one).length > 0)).map(([id, it]): Found => ({
      id: `unopened:periods/${id}`, kind: 'unopened', severity: 'info', clauses: it.clauses, ...(it.wording && { quote: it.wording }), message: `“${it.title}”（自“${startEventNames[it.event]}”起算）系统中没有一处据以计算，只供查阅`,
    })),
  ];
}
