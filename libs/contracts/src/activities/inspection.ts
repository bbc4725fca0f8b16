/** One unit's part of a campaign. */
export interface UnitRun { campaignId: string; unit: string }

export type StepKind = 'freeze-roster' | 'open-stage' | 'remind' | 'sweep' | 'close-stage' | 'suspended' | 'done';

/**
 * What comes next in a unit and when. `dueAt` is the legal instant, `wakeAt` the real one a timer waits for
 * (null: only a signal wakes it, as while a unit is suspended). Nothing else is said of a unit that is done.
 */
export interface Step {
  kind: StepKind;
  /** The duty it concerns, or else the stage. */
  duty?: string;
  stage?: string;
  dueAt?: string;
  wakeAt?: string | null;
  passed: boolean;
  clauses?: string[];
}

/** A moment's work, done. An auditor recomputes `digest` over the journal entries from–to. */
export interface Done {
  kind: StepKind;
  duty?: string;
  stage?: string;
  counts: Record<string, number>;
  journal?: [from: string, to: string];
  digest?: string;
}

/** What a unit goes by: said once, and again when it is another. */
export interface Basis { pack?: string; calendar?: string }

/** What a step did, and what comes next. */
export interface StepResult extends Basis {
  /** In the order it was done: what the step is named after, and whatever else had come due in this room. */
  did?: Done[];
  next: Step;
}

/** Which step of which campaign workflow asks is told by the workflow's id; nothing repeats it. */
export interface InspectionActivities {
  /** Lays down the moments of a unit from the campaign's pinned plan. */
  planUnit(): Promise<StepResult>;
  /** Asks again: after an amendment, or (`come`) when a timer has fired: then it answers when the moment has come. */
  nextStep(asked?: { come: true }): Promise<Step & Basis>;
  /** Takes the frozen roster over; retried until the fact has arrived. */
  takeRoster(roster: { rosterId: string; digest: string }): Promise<StepResult>;
  openStage(): Promise<StepResult>;
  remind(): Promise<StepResult>;
  sweep(): Promise<StepResult>;
  closeStage(): Promise<StepResult>;
  finishUnit(): Promise<UnitOutcome>;
  /** The units of a campaign whose approval did not name them. */
  planCampaign(): Promise<{ units: string[] }>;
  /**
   * Plans all units and does what is due in them at once, in few statements: what each unit would else do by itself.
   * @param freezing units whose rosters are being frozen meanwhile: they are waited for, a while
   * @returns what each unit has done, by unit; one that is missing does it by itself
   */
  openUnits(run: { freezing: string[] }): Promise<Record<string, StepResult>>;
  finishCampaign(run: { campaignId: string; outcomes: UnitOutcome[]; failed: string[] }): Promise<{ digest: string; finished: number; unfinished: string[] }>;
}

export interface UnitOutcome { unit: string; outcome: 'finished'; counts: Record<string, number>; digest: string }
