import type { Answer } from '@zhijian/web';

export type Visit = Answer<'getVisit'>;
export type Draw = NonNullable<Visit['draw']>;
export type Verification = Visit['verifications'][number];

/** The record of a draw as anyone can recompute it: `draw verify` reads exactly this. */
export const drawRecordOf = ({ algorithm, seed, pool, poolSha256, size, result }: Draw) => ({ algorithm, seed, pool, poolSha256, size, result });

/** The numbers of a pasted list, one to a line or separated by commas, tabs or semicolons. */
export const archivesOf = (pasted: string): string[] => pasted.split(/[\n\r\t,，;；、]+/).map((it) => it.trim()).filter(Boolean);

/** Numbers that stand in a list twice; such a list cannot be drawn from. */
export const repeatedIn = (archives: readonly string[]): string[] => {
  const seen = new Set<string>();
  return [...new Set(archives.filter((it) => seen.has(it) || !seen.add(it)))];
};

/** By which day a problem was to be put right, or on which the body says that it was. */
export const remedyWords = ({ acceptedBy, correctedOn }: Pick<Verification, 'acceptedBy' | 'correctedOn'>): string => (correctedOn ? `机构报告已于 ${correctedOn} 整改` : `整改期限 ${acceptedBy ?? '—'}`);

/** Whether a problem's accepted day has not passed at the visit (it ends at 24:00): then it is not uncorrected. */
export const notYetDue = ({ acceptedBy }: Pick<Verification, 'acceptedBy'>, visitOn: string): boolean => acceptedBy !== null && acceptedBy >= visitOn;

/** What the filing of a case is decided with, as the record of the visit has it; null where an item it hangs on was not verified. */
export function filingInputs({ verifications, findings }: Pick<Visit, 'verifications' | 'findings'>): Record<string, boolean | null> {
  const any = (of: readonly Pick<Verification, 'outcome'>[], settled: boolean): boolean | null => (of.some(({ outcome }) => outcome === 'uncorrected') ? true : of.some(({ outcome }) => outcome === 'undetermined' || outcome === null) && !settled ? null : false);
  const seriousViolation = findings.some(({ serious }) => serious);
  const violationFound = findings.some((finding) => finding.class === 'violation');
  return { uncorrectedItem: any(verifications, seriousViolation), seriousViolation, uncorrectedViolation: any(verifications.filter((one) => one.class === 'violation'), violationFound), violationFound };
}
