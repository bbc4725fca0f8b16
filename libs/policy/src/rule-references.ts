import { clauses } from './clause-references.js';
import type { IndicatorSet } from './indicator.schema.js';
import type { Pack } from './pack.js';
import type { Problem } from './problem.js';
import { brokenSchemes } from './scheme-references.js';

const file = 'rules.yaml';

/** What the rules of rules.yaml mention and is not there. */
export function brokenRules(pack: Pack, known: Pack): Problem[] {
  return [...everyRule(pack, known), ...periods(pack, known), ...words(pack, known), ...brokenSchemes(pack, known)];
}

/** Clauses and readings, wherever they stand inside a rule. */
function everyRule(pack: Pack, known: Pack): Problem[] {
  return walk(pack.rules, '', (it, path) => [
    ...(Array.isArray(it['clauses']) ? clauses(known, file, `${path}/clauses`, it['clauses'] as string[]) : []),
    ...(typeof it['reading'] === 'string' && !known.readings[it['reading']] ? [{ file, path: `${path}/reading`, message: `没有理解 ${it['reading']}` }] : []),
    ...(typeof it['from'] === 'string' && typeof it['to'] === 'string' && /^\d{4}-/.test(it['from']) && it['to'] < it['from'] ? [{ file, path: `${path}/to`, message: '止日早于起日' }] : []),
  ]);
}

function walk(it: unknown, path: string, look: (it: Record<string, unknown>, path: string) => Problem[]): Problem[] {
  if (Array.isArray(it)) return it.flatMap((one, i) => walk(one, `${path}/${i}`, look));
  if (typeof it !== 'object' || it === null) return [];
  const record = it as Record<string, unknown>;
  return [...look(record, path), ...Object.entries(record).flatMap(([key, one]) => walk(one, `${path}/${key}`, look))];
}

function periods({ rules }: Pack, known: Pack): Problem[] {
  const agencies = known.campaign?.agencies ?? {};
  return [...Object.entries(rules.periods).flatMap(([id, it]) => [
    ...missing(agencies, it.setBy, `/periods/${id}/setBy`, '机关'), ...(it.variants ?? []).flatMap(({ setBy }, i) => missing(agencies, setBy, `/periods/${id}/variants/${i}/setBy`, '机关')),
  ]), ...Object.entries(rules.notices).flatMap(([id, { period, after, receiver }]) => [
    ...missing(known.rules.periods, period, `/notices/${id}/period`, '期间'),
    ...missing(known.rules.notices, after, `/notices/${id}/after`, '公示或公开'),
    ...missing(agencies, receiver === 'institution' ? undefined : receiver, `/notices/${id}/receiver`, '机关'),
  ])];
}

function words({ rules }: Pack, known: Pack): Problem[] {
  return [
    ...Object.entries(rules.bands).flatMap(([id, it]) => missing(known.decisions, it.decision, `/bands/${id}/decision`, '决策')),
    ...Object.entries(rules.inputs).flatMap(([id, it]) => [
      ...missing(known.decisions, it.decision, `/inputs/${id}/decision`, '决策'),
      ...(it.input && known.decisions[it.decision]?.inputs.every(({ expression }) => expression !== it.input) ? [{ file, path: `/inputs/${id}/input`, message: `决策“${it.decision}”没有输入“${it.input}”` }] : []),
    ]),
    ...Object.entries(rules.runs).flatMap(([id, it]) => missing(known.rules.scales, it.of, `/runs/${id}/of`, '次序')),
    ...Object.entries(rules.frequencies).flatMap(([id, it]) => missing(known.campaign?.agencies ?? {}, it.decidedBy, `/frequencies/${id}/decidedBy`, '机关')),
    ...Object.entries(rules.indicators).flatMap(([id, it]) => indicators(id, it)),
    ...Object.entries(rules.lists).flatMap(([id, it]) => it.items.flatMap((item, i) => (it.items.some((other, at) => at < i && other.id === item.id) ? [{ file, path: `/lists/${id}/items/${i}/id`, message: `编号“${item.id}”重复` }] : []))),
  ];
}

/** Groups and items a set names, and ids it gives twice. */
function indicators(id: string, { items, groups, caps }: IndicatorSet): Problem[] {
  const ids = Object.fromEntries(items.map((item) => [item.id, item]));
  const again = (list: readonly { readonly id: string }[], path: string): Problem[] =>
    list.flatMap((one, i) => (list.some((other, at) => at < i && other.id === one.id) ? [{ file, path: `${path}/${i}/id`, message: `编号“${one.id}”重复` }] : []));
  return [
    ...again(items, `/indicators/${id}/items`), ...again(items.flatMap(({ number }) => (number === undefined ? [] : [{ id: number }])), `/indicators/${id}/items`), ...again(caps, `/indicators/${id}/caps`),
    ...items.flatMap((item, i) => [...missing(groups, item.group, `/indicators/${id}/items/${i}/group`, '指标组'), ...again(item.deductions, `/indicators/${id}/items/${i}/deductions`)]),
    ...caps.flatMap((cap, i) => missing(ids, cap.item, `/indicators/${id}/caps/${i}/item`, '指标')),
  ];
}

const missing = (there: object, id: string | undefined, path: string, what: string): Problem[] =>
  (id === undefined || Object.hasOwn(there, id) ? [] : [{ file, path, message: `没有${what}“${id}”` }]);
