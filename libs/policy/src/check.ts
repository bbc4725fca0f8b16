import type { Calendar } from '@zhijian/calendar';
import { conflicts } from './conflicts.js';
import { findingsOf, type Finding } from './contradictions.js';
import { answered, asFound, inItsWords } from './finding.js';
import { runGolden, type GoldenResult } from './golden.js';
import { ownOf, packName, type Pack } from './pack.js';
import { quoteFindings } from './quotes.js';

export interface CheckOptions {
  /** Before the pack's readings. */
  readonly asPrinted?: boolean;
  /** Another pack that may apply to the same bodies at the same time. */
  readonly with?: Pack;
  /** The text of the document the pack stands on. */
  readonly sourceText: string;
  readonly calendar: Calendar;
}
export interface PackCheck { readonly pack: string; readonly findings: readonly Finding[]; readonly cases: GoldenResult }

/** Checks a pack: contradictions, quotes letter for letter, and its golden cases; in the shape of `pack check`. */
export function checkPack(pack: Pack, { asPrinted = false, with: other, sourceText, calendar }: CheckOptions): PackCheck {
  const between = other ? conflicts(pack, other) : [];
  const readings = { ...other?.readings, ...pack.readings };
  const found = [...findingsOf(pack, calendar, { asPrinted }), ...(asPrinted ? asFound(between) : between.map((it) => answered(it, { readings }))), ...quoteFindings(ownOf(pack), sourceText)];
  const clauses = [pack, ...(other ? [other] : []), ...(pack.laws ?? [])].map((it) => it.clauses);
  return {
    pack: packName(pack),
    findings: found.map((it) => inItsWords(it, (id) => clauses.find((all) => Object.hasOwn(all, id))?.[id]?.quote)),
    cases: runGolden(pack, calendar),
  };
}

/** Does the check let a campaign be approved: no finding of severity error, no golden case that fails? */
export const mayBeApproved = ({ findings, cases }: PackCheck): boolean => cases.failed === 0 && findings.every((finding) => finding.severity !== 'error');
