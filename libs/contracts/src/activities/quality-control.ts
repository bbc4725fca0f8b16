/** Which run a step is for; a workflow's id says place and year. */
export interface ColouringStep { runId: string; jurisdiction: string }

/** The preview of a run: how many bodies have a colour now, how many lack something. An auditor recomputes `digest` from inputs and pack. */
export interface ProposedColours { digest: string; determined: number; undetermined: number; pack: string; calendar: string }
/** The legal end of the year, and the real instant a timer waits for. */
export interface YearEnd { dueAt: string; wakeAt: string; passed: boolean; clauses: string[] }
export interface CountedRedYears { counted: number; alarms: number; proposals: number }
/** What was owed in the year and has not been done: of the colouring itself (`open`), of bodies without a colour, of monitoring. */
export interface ColourClosing { open: string[]; undetermined: number; unpublished: number; monitoring: number; digest: string }

/** Orders to quality control, on the task queue `quality-control`. */
export interface QualityControlActivities {
  proposeColours(run: ColouringStep): Promise<ProposedColours>;
  colourYearEnd(run: ColouringStep): Promise<YearEnd>;
  /** Counts years in a row once a notice has ended; what has been said is not said again. */
  countRedYears(run: ColouringStep): Promise<CountedRedYears>;
  /** The year-end list. */
  closeColourYear(run: ColouringStep): Promise<ColourClosing>;
}
