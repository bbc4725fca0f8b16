import type { DecisionTable } from '@zhijian/policy';
import { sha256 } from '../canonical.js';
import type { TableText } from './texts.js';

/** A text is hashed as it is; it is read when somebody wants what it says. */
export class RuleText {
  readonly sha256: string;
  private read: { value: unknown } | undefined;
  constructor(private readonly body: string) { this.sha256 = sha256(body); }

  /** @throws SyntaxError when it is no JSON */
  get value(): unknown { return (this.read ??= { value: JSON.parse(this.body) as unknown }).value; }
}

/** So many texts are held, the latest asked for. A year of a city rests on some forty; a lookup made of a large table takes a megabyte. */
const most = { texts: 128, signs: 200_000 };
const held = new Map<string, RuleText>();

/**
 * A rule's text, read. Thousands of certificates rest on one text: equal texts are one object, so that what is made of it (a
 * table's lookup, of which FEEL tests each cell; a hash) is made once and not once for each certificate.
 */
export function ruleText(body: string): RuleText {
  let known = held.get(body);
  if (known) held.delete(body);
  else known = new RuleText(body);
  if (body.length <= most.signs) held.set(body, known);
  if (held.size > most.texts) held.delete(held.keys().next().value!);
  return known;
}

const tables = new WeakMap<object, DecisionTable>();
/** The table of a text, the same object for the same text. */
export function tableOf(text: TableText): DecisionTable {
  let table = tables.get(text);
  if (!table) tables.set(text, table = { ...text, file: '', aggregation: undefined });
  return table;
}
