import type { ContradictionKind } from './pack.schema.js';
import type { Pack } from './pack.js';

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

/** The reading that answers a finding makes it info and is named in it. */
export function answered(finding: Finding, pack: Pack): Finding {
  const [reading] = Object.entries(pack.readings).find(([, it]) => it.answers.includes(finding.kind) && it.clauses.some((id) => finding.clauses.includes(id))) ?? [];
  return reading ? { ...finding, severity: 'info', reading } : finding;
}
