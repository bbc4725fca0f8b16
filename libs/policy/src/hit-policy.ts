/** What a table makes of the rules that hit: the hit policies of DMN, all of them. Which of them a pack may use is said elsewhere. */
export const hitPolicies = ['UNIQUE', 'FIRST', 'ANY', 'PRIORITY', 'COLLECT', 'RULE ORDER', 'OUTPUT ORDER'] as const;
export const aggregations = ['SUM', 'MIN', 'MAX', 'COUNT'] as const;
export type HitPolicy = (typeof hitPolicies)[number];
export type Aggregation = (typeof aggregations)[number];

/** A rule that hit: its outputs, column by column, and together as the table's value. */
export interface Hit<R> { readonly rule: R; readonly cells: readonly unknown[]; readonly value: unknown }
export type Chosen<R> = { readonly hits: readonly R[]; readonly value: unknown } | 'several-hits' | 'not-evaluable';

export interface Choice {
  readonly policy: HitPolicy;
  readonly aggregation?: Aggregation | undefined;
  /** For each output its values, the most important first; undefined where the column lists none. */
  readonly priorities: readonly (readonly unknown[] | undefined)[];
}

/** Takes at least one hit, in the order of the rules. `several-hits`: the policy forbids what happened. */
export function choose<R>({ policy, aggregation, priorities }: Choice, hits: readonly Hit<R>[]): Chosen<R> {
  const only = (some: readonly Hit<R>[], value: unknown) => ({ hits: some.map(({ rule }) => rule), value });
  const first = (some: readonly Hit<R>[]) => only(some.slice(0, 1), some[0]?.value);
  const all = (some: readonly Hit<R>[]) => only(some, Object.freeze(some.map(({ value }) => value)));
  switch (policy) {
    case 'UNIQUE': return hits.length > 1 ? 'several-hits' : first(hits);
    case 'ANY': return hits.every(({ value }) => same(value, hits[0]?.value)) ? only(hits, hits[0]?.value) : 'several-hits';
    case 'FIRST': return first(hits);
    case 'PRIORITY': return first(byPriority(hits, priorities));
    case 'OUTPUT ORDER': return all(byPriority(hits, priorities));
    case 'RULE ORDER': return all(hits);
    case 'COLLECT': {
      if (!aggregation) return all(hits);
      const value = aggregate(aggregation, hits.map((hit) => hit.value));
      return value === undefined ? 'not-evaluable' : only(hits, value);
    }
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The columns decide from left to right; hits that do not differ in them stay in the order of the rules. */
function byPriority<R>(hits: readonly Hit<R>[], priorities: Choice['priorities']): Hit<R>[] {
  const rank = (hit: Hit<R>, column: number) => {
    const at = priorities[column]?.findIndex((value) => same(value, hit.cells[column])) ?? 0;
    return at < 0 ? Number.MAX_SAFE_INTEGER : at;
  };
  return [...hits].sort((a, b) => {
    for (let column = 0; column < priorities.length; column += 1) {
      const order = rank(a, column) - rank(b, column);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** A number of the hits' numbers; undefined where one is none. */
function aggregate(aggregation: Aggregation, values: readonly unknown[]): number | undefined {
  if (aggregation === 'COUNT') return values.length;
  if (!values.every((value) => typeof value === 'number')) return undefined;
  if (aggregation === 'SUM') return values.reduce((sum, value) => sum + value, 0);
  return aggregation === 'MIN' ? Math.min(...values) : Math.max(...values);
}
