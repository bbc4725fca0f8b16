import type { DecisionTable } from './decision-table.js';
import { canonicalJson } from './digest.js';
import type { Pack } from './pack.js';

/** One value that two packs do not share: where it stands, what it was and is (undefined where it is not there), the clauses it rests on. */
export interface Difference { readonly path: string; readonly old: unknown; readonly new: unknown; readonly clauses: readonly string[] }

/**
 * What differs between two packs, value by value, in the order of their paths. Lists whose entries have an id are
 * compared entry by entry, so that a duty moved or a rule inserted is not a difference of all that follow. What is
 * ours and no policy (version, hash, golden cases) is left out.
 */
export function diffPacks(before: Pack, after: Pack): Difference[] {
  const found: Difference[] = [];
  compare('', policyOf(before), policyOf(after), [], found);
  return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function policyOf(pack: Pack): Record<string, unknown> {
  const { id: _id, version: _version, hash: _hash, golden: _golden, own: _own, parent: _parent, laws: _laws, unreadLaws: _unread, decisions, ...rest } = pack;
  const tables = Object.fromEntries(Object.entries(decisions).map(([id, table]) => [id, spelled(table)]));
  return { ...rest, decisions: tables };
}

/** A table with its cells under the names of their columns. */
function spelled({ file: _file, rules, ...table }: DecisionTable) {
  const cells = (names: readonly string[], texts: readonly string[]) => Object.fromEntries(names.map((column, at) => [column, texts[at]]));
  const [ins, outs] = [table.inputs.map(({ expression }) => expression), table.outputs.map(({ name }) => name)];
  return { ...table, rules: rules.map(({ when, then, ...rule }) => ({ ...rule, when: cells(ins, when), then: cells(outs, then) })) };
}

function compare(path: string, old: unknown, now: unknown, clauses: readonly string[], found: Difference[]): void {
  if (same(old, now)) return;
  const [a, b] = [entriesOf(old), entriesOf(now)];
  const cites = [...new Set([...(clausesOf(old) ?? []), ...(clausesOf(now) ?? [])])];
  const here = cites.length > 0 ? cites : clauses;
  if (!a || !b) {
    found.push({ path, old, new: now, clauses: here });
    return;
  }
  for (const key of new Set([...a.keys(), ...b.keys()])) compare(`${path}/${key}`, a.get(key), b.get(key), citing(path, key, here), found);
}

/** A clause's own words rest on that clause. */
const citing = (path: string, key: string, clauses: readonly string[]): readonly string[] => (path === '/clauses' ? [key] : clauses);

/** Named parts of a value: the fields of an object, the entries of a list by their ids; undefined where it has none. */
function entriesOf(value: unknown): Map<string, unknown> | undefined {
  if (Array.isArray(value)) {
    const ids = value.map(idOf);
    return value.length > 0 && ids.every((id) => id !== undefined) && new Set(ids).size === ids.length ? new Map(value.map((it: unknown, i) => [ids[i] ?? '', it])) : undefined;
  }
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
}

/** What an entry goes by: its id, or the code of a place. */
function idOf(it: unknown): string | undefined {
  const { id, code } = (typeof it === 'object' && it !== null ? it : {}) as { id?: unknown; code?: unknown };
  return [id, code].find((name) => typeof name === 'string');
}

function clausesOf(value: unknown): readonly string[] | undefined {
  const clauses = typeof value === 'object' && value !== null && 'clauses' in value ? value.clauses : undefined;
  return Array.isArray(clauses) ? clauses.map(String) : undefined;
}

const same = (a: unknown, b: unknown): boolean => a === b || canonicalJson(a) === canonicalJson(b);
