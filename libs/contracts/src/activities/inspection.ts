/** One unit's part of a campaign. */
export interface UnitRun { campaignId: string; unit: string }

export type StepKind = 'freeze-roster' | 'open-stage' | 'remind' | 'sweep' | 'close-stage' | 'suspended' | 'done';

/**
 * What comes next in a unit and when. `dueAt` is the legal instant, `wakeAt` the real one a timer waits for
 * (null: only a signal wakes it, as while a unit is suspended).
 */
export interface Step {
  kind: StepKind;
  moment: string | null;
  stage: string | null;
  duty: string | null;
  dueAt: string | null;
  wakeAt: string | null;
  passed: boolean;
  clauses: string[];
}

/** What a step did, and what comes next. An auditor recomputes `digest` over the journal entries `from`–`to`. */
export interface StepResult {
  did: boolean;
  counts: Record<string, number>;
  journal: { from: string; to: string } | null;
  digest: string | null;
  pack: string;
  calendar: string;
  next: Step;
}

export interface MomentRun extends UnitRun { moment: string }

/** Orders to inspection, on the task queue `inspection`. Every one is idempotent by moment. */
export interface InspectionActivities {
  /** Lays down the moments of a unit from the campaign's pinned plan. */
  planUnit(run: UnitRun): Promise<StepResult>;
  /** Asks again: after an amendment, or when a timer fired before its day. */
  nextStep(run: UnitRun): Promise<Step>;
  /** Takes the frozen roster over; retried until the fact has arrived. */
  takeRoster(run: MomentRun & { rosterId: string; digest: string }): Promise<StepResult>;
  openStage(run: MomentRun): Promise<StepResult>;
  remind(run: MomentRun): Promise<StepResult>;
  sweep(run: MomentRun): Promise<StepResult>;
  closeStage(run: MomentRun): Promise<StepResult>;
  finishUnit(run: UnitRun): Promise<UnitOutcome>;
  planCampaign(run: { campaignId: string }): Promise<{ units: string[]; step: StepResult }>;
  finishCampaign(run: { campaignId: string; outcomes: UnitOutcome[]; failed: string[] }): Promise<{ digest: string; finished: number; unfinished: string[] }>;
}

export interface UnitOutcome { unit: string; outcome: 'finished'; counts: Record<string, number>; digest: string }
