import type { Pack, TargetRule } from '@zhijian/policy';
import { confirmationDay, decisionDay, findingOf, joinedOn, sendingDays, visitDay, type Body, type Data, type Scenario, type Sending } from './scenario.js';

/** Numerator, denominator and state, as the data alone predicts them. */
export type Predicted = [number | null, number | null, 'met' | 'not-met' | 'not-applicable' | 'undetermined'];
export interface Target { total: Predicted | null; kinds: [string, ...Predicted][] }

/** Every target of the text on a day: counted here from the data, never asked of the system. */
export function targetsOn(scenario: Scenario, pack: Pack, on: string): Map<string, Target> {
  return new Map(Object.entries(pack.rules.targets).map(([id, rule]) => {
    const kinds = rule.kinds.map((kind) => [kind, count(rule.numerator, kind, rule, scenario, on), count(rule.denominator, kind, rule, scenario, on)] as const);
    const sum = (which: 1 | 2): number | null => kinds.reduce<number | null>((all, row) => (all === null || row[which] === null ? null : all + row[which]), 0);
    const each = kinds.map(([kind, n, d]): [string, ...Predicted] => [kind, ...predicted(n, d, rule)]);
    return [id, { total: rule.each === 'kind' ? null : predicted(sum(1), sum(2), rule), kinds: rule.each === 'total' ? [] : each }];
  }));
}

function predicted(numerator: number | null, denominator: number | null, { op, percent }: TargetRule): Predicted {
  if (denominator === 0 && (numerator ?? 0) === 0) return [numerator, denominator, 'not-applicable'];
  if (numerator === null || denominator === null) return [numerator, denominator, 'undetermined'];
  const [has, wants] = [numerator * 100, Number(percent) * denominator];
  return [numerator, denominator, (op === '=' ? has === wants : has >= wants) ? 'met' : 'not-met'];
}

function count(measure: string, kind: string, { about }: TargetRule, { bodies, data }: Scenario, on: string): number | null {
  const own = bodies.filter((body) => body.kind === kind && joinedOn(body, data) <= on);
  const offences = own.filter((body) => findingOf(body, data)?.class === 'violation' && visitDay(body, data) <= on && (about.length === 0 || about.some((word) => word === findingOf(body, data)?.kind)));
  switch (measure) {
    case 'institutions': return own.length;
    case 'institutions-inspected': return own.filter((body) => visitDay(body, data) <= on).length;
    case 'cases-verified': return offences.length;
    case 'cases-concluded': return offences.filter((body) => (decisionDay(body, data) ?? '9999') <= on).length;
    default: return entered(measure, kind, data, on) ?? (own.length > 0 ? null : 0);
  }
}

/** What was entered last by that day. */
const entered = (measure: string, kind: string, { figures }: Data, on: string): number | undefined =>
  figures.filter((it) => it.on <= on).flatMap(({ counts }) => counts).findLast(([name, of]) => name === measure && of === kind)?.[2] as number | undefined;

export interface Expected {
  /** Who sent too late, who never, by duty. */
  late: Record<string, string[]>; missing: Record<string, string[]>;
  /** Which plans took an earlier one's place. */
  revised: string[];
  /** Not done at the end, and never late: duty and body (`-`: the county itself). */
  notDone: string[];
  cases: string[];
}

export function expectedOf({ bodies, data }: Scenario): Expected {
  const { list, plan, confirmation } = data.duties;
  const names = (is: (body: Body) => boolean): string[] => bodies.filter(is).map(({ name }) => name).sort();
  const owed = bodies.filter(({ conduct }) => !conduct.joins);
  const sent = (which: 'list' | 'plan', when: Sending): string[] => owed.filter(({ conduct }) => conduct[which] === when).map(({ name }) => name).sort();
  return {
    late: { [list]: sent('list', 'late'), [plan]: sent('plan', 'late') }, missing: { [list]: sent('list', 'none'), [plan]: sent('plan', 'none') },
    revised: names(({ conduct }) => sendingDays(conduct.plan, data).length > 1),
    notDone: [...data.neverDone.map((duty) => `${duty} -`), ...names((body) => confirmationDay(body, data) === null).map((name) => `${confirmation} ${name}`)].sort(),
    cases: names((body) => decisionDay(body, data) !== null),
  };
}
