import { ownOf, type Pack } from './pack.js';

export interface Pending { readonly clause: string; readonly area: string }
export interface TraceRow { readonly clause: string; readonly pack: string; readonly normative: boolean; readonly values: readonly string[]; readonly rules: readonly string[]; readonly tests: readonly string[] }
export interface Trace { readonly total: number; readonly traced: number; readonly pending: readonly Pending[]; readonly missing: readonly string[]; readonly rows: readonly TraceRow[] }

/**
 * From every clause to its values, rules and tests. A test shows a clause when its title carries the id in brackets,
 * `[XX-2024-07] …`; a golden case shows the clauses it names. A normative clause without a value or a test is missing
 * unless it is listed as pending. A document that is invented for an example demands nothing of anybody and is left out.
 */
export function tracePacks(all: readonly Pack[], testTitles: readonly string[], pending: readonly Pending[] = []): Trace {
  const packs = all.filter(({ document }) => !document.invented).map(ownOf);
  const rows = packs.flatMap((pack) => Object.entries(pack.clauses).map(([id, { normative }]): TraceRow => ({
    clause: id, pack: `${pack.id}@${pack.version}`, normative, ...uses(pack, id),
    tests: [...pack.golden.filter((it) => it.clauses.includes(id)).map((it) => it.title), ...testTitles.filter((title) => title.includes(`[${id}]`))],
  })));
  const shown = (row: TraceRow) => row.values.length + row.rules.length > 0 && row.tests.length > 0;
  const lacking = rows.filter((row) => row.normative && !shown(row)).map((row) => row.clause);
  const known = pending.filter((it) => lacking.includes(it.clause) || !rows.some((row) => row.clause === it.clause));
  return {
    total: rows.length + known.filter((it) => !rows.some((row) => row.clause === it.clause)).length,
    traced: rows.filter(shown).length, pending: known, missing: lacking.filter((id) => !known.some((it) => it.clause === id)), rows,
  };
}

function uses(pack: Pack, id: string): { values: string[]; rules: string[] } {
  const cites = (it: { clauses: readonly string[] }) => it.clauses.includes(id);
  const { campaign } = pack;
  return {
    values: [
      ...(campaign && cites(campaign.scope) ? ['scope'] : []),
      ...(campaign?.stages ?? []).flatMap((stage) => [...(cites(stage) ? [`stage ${stage.id}`] : []), ...stage.duties.filter((duty) => cites(duty) || cites(duty.missed)).map((duty) => `duty ${duty.id}`)]),
      ...Object.entries(pack.parameters).filter(([, value]) => cites(value)).map(([name]) => `parameter ${name}`),
      ...(pack.document.clauses?.includes(id) ? ['document'] : []),
      ...pack.basis.filter(cites).map((it) => `basis ${it.id}`), ...pack.allows.filter(cites).map((it) => `allows ${it.what}`),
      ...Object.entries(pack.rules).flatMap(([section, all]) => Object.entries(all as Record<string, object>).filter(([, it]) => restsOn(it).includes(id)).map(([name]) => `${section}/${name}`)),
      ...Object.entries(pack.bounds ?? {}).flatMap(([section, all]) => Object.entries(all as Record<string, object>).filter(([, it]) => lawCites(it, id)).map(([name]) => `${section === 'acts' ? 'act' : `bound ${section}`}/${name}`)),
      ...Object.values(pack.forms).filter(cites).map((form) => `form ${form.id}`),
      ...Object.values(pack.checklists).flatMap((list) => list.items.filter(cites).map((item) => `checklist ${list.id}/${item.id}`)),
    ],
    rules: Object.values(pack.decisions).flatMap((table) => table.rules.filter(cites).map((rule) => `${table.id}/${rule.id}`)),
  };
}

/** An act or a bound of a law file that rests on a clause. */
const lawCites = (it: { readonly clauses?: readonly string[]; readonly ended?: readonly string[] | undefined }, id: string): boolean => [...(it.clauses ?? []), ...(it.ended ?? [])].includes(id);

/** The clauses of a rule and of what stands inside it. */
const restsOn = (rule: object): string[] => Object.entries(rule).flatMap(([key, it]: [string, unknown]) => {
  if (key === 'clauses') return it as string[];
  return typeof it === 'object' && it !== null ? restsOn(it) : [];
});
