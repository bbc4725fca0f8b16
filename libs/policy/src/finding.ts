import type { Pack } from './pack.js';
import type { ContradictionKind } from './vocabulary.js';

export type Severity = 'error' | 'warning' | 'info';

/** Something in a text that an officer must know before a campaign is launched. One for each duty or date. */
export interface Finding {
  readonly id: string;
  readonly kind: ContradictionKind;
  /** error stops approval until a reading answers it; warning asks; info tells. */
  readonly severity: Severity;
  readonly clauses: readonly string[];
  readonly message: string;
  readonly quote?: string;
  /** The reading that answers it; the finding is then info. */
  readonly reading?: string;
}

/** A finding and, where the value it is about follows a reading by name, that reading. */
export interface Found extends Finding { readonly follows?: string | undefined }

const plain = ({ follows: _follows, ...finding }: Found): Finding => finding;

/** As printed: before any reading. */
export const asFound = (found: readonly Found[]): Finding[] => found.map(plain);

/**
 * The reading that answers a finding makes it info and is named in it: the one the value follows by name, or else one
 * for a clause of the finding. A reading answers only the kinds of finding it says it answers.
 */
export function answered(found: Found, { readings }: Pick<Pack, 'readings'>): Finding {
  const answers = ([id, it]: [string, Pack['readings'][string]]) =>
    it.answers.includes(found.kind) && (found.follows ? id === found.follows : it.clauses.some((clause) => found.clauses.includes(clause)));
  const [reading] = Object.entries(readings).find(answers) ?? [];
  return reading ? { ...plain(found), severity: 'info', reading } : plain(found);
}

/** A finding with the words it is about: its own, or those of the clauses it names. */
export function inItsWords(finding: Finding, wordsOf: (clause: string) => string | undefined): Finding {
  const words = finding.clauses.flatMap((id) => wordsOf(id) ?? []);
  return finding.quote !== undefined || words.length === 0 ? finding : { ...finding, quote: words.join(' … ') };
}

export const clausesOf = (items: readonly { readonly clauses: readonly string[] }[]): string[] => [...new Set(items.flatMap(({ clauses }) => clauses))];
