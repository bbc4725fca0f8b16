/** What comes next of a year's colours in a jurisdiction. */
export type ConsequenceKind = 'remind' | 'sweep' | 'year-end' | 'done';

/** `dueAt` is the legal instant, `wakeAt` the real one a timer waits for. Nothing else is said of a year that is done. */
export interface ConsequenceStep { kind: ConsequenceKind; dueAt?: string; wakeAt?: string; passed: boolean; clauses?: string[] }

/** What a step did: by kind, with its counts, and the digest of the rows it concerned. */
export interface ConsequenceDone { kind: ConsequenceKind; counts: Record<string, number>; digest?: string }
export interface ConsequenceResult { pack: string; calendar: string; did?: ConsequenceDone[]; next: ConsequenceStep }

/** Orders to inspection. Which year of which jurisdiction is told by the workflow's id. */
export interface ConsequencesActivities {
  /** Takes over the colours of a notice that has finished; retried until as many have arrived as it published. */
  takeColours(notice: { noticeId: string; published: number }): Promise<ConsequenceResult>;
  /** Asks again: a duty's day was moved, or a timer fired early. */
  nextConsequence(): Promise<ConsequenceResult>;
  /** Reminds whoever owes a report soon. */
  remindReports(): Promise<ConsequenceResult>;
  /** States who has handed in no report by the end of the due day. */
  sweepReports(): Promise<ConsequenceResult>;
  /** Freezes what was owed and not done of checks in the year that has ended. */
  closeCheckYear(): Promise<ConsequenceResult>;
}
