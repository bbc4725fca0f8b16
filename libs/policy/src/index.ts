/** Policy as data: packs, what they decide, what they plan, and what is wrong with them. */
export * from './vocabulary.js';
export { cite, cited, type Cited, type Undetermined } from './cited.js';
export { PackError, type Problem } from './problem.js';
export { clause, ownOf, packName, packRef, parameter, parsePack, type LawsBehind, type Pack, type PackRef, type ParseOptions, type UnreadLaw } from './pack.js';
export type { Allowance, Basis, Parameters, Reading } from './pack.schema.js';
export type { After, Agency, Campaign, DueRule, DutyRule, StageRule } from './campaign.schema.js';
export type { Span } from './due.schema.js';
export type { Rule, Rules } from './rules.schema.js';
export type { PeriodRule } from './period.schema.js';
export type { FrequencyRule } from './frequency.schema.js';
export type { Deduction, Indicator, IndicatorSet, ScoreCap } from './indicator.schema.js';
export { scoreFault, scoreIndicators, totalFault, type IndicatorEntry, type IndicatorFault, type IndicatorRule, type IndicatorScore, type ScoredIndicator } from './indicator-score.js';
export type { TargetRule } from './target.schema.js';
export type { Bands, RunRule, Scale, Share, ValueRule } from './scale.schema.js';
export type { SampleRule } from './sample.schema.js';
export type { CountedInput, Measurand, Scheme } from './scheme.schema.js';
export type { NoticeRule } from './notice.schema.js';
export type { ListItem, ListRule } from './list.schema.js';
export type { InputRule } from './input.schema.js';
export { actingOn, type Acting, type AgencySpan } from './acting-agency.js';
export {
  agencyOn, bandsOf, dueAfter, endOfPeriod, frequenciesFor, frequencyOf, holdsWhen, indicatorsOf, listAt, noticeOf, periodOf, ruleOf, runOf, sampleOf, scaleOf, schemeOf, targetOf, valueOf,
  type DatedList, type Facts, type Period,
} from './rule-lookup.js';
export { colourInputs, colourInUse, quotaFor, quotaTables, type KnownColours, type Quota, type QuotaActivity } from './quota.js';
export { combined, sampleSize, targetOutcome, type TargetOutcome } from './measure.js';
export type { Act, Bound, Law } from './law.schema.js';
export { groundless, groundsIn, type About, type Grounds } from './grounds.js';
export { actWords, boundsOf, lawOf, type LawBehind, type Standing } from './law.js';
export { knownNames, neededWith, openedBy } from './known-names.js';
export type { Checklist, ChecklistItem } from './checklist.schema.js';
export type { Form, FormColumn, Group, Leaf } from './form.schema.js';
export { formColumns, isGroup, listingTableOf } from './form.js';
export { packHitPolicies, parseDecisions, type DecisionTable, type TableRule } from './decision-table.js';
export { evaluateModel, readModel, type DecisionModel } from './decision-model.js';
export { hitPolicies, type HitPolicy } from './hit-policy.js';
export { interpretTable, type Outcome } from './evaluate-table.js';
export { lookupOf, type Lookup } from './lookup.js';
export { citedDecision, decide, evaluateTable, type Decided, type Decision, type Inputs, type Undecided, type UndecidedCode } from './decide.js';
export { explain, type Explanation } from './explain.js';
export { planCampaign, withOwnDates, type CampaignPlan, type CityPlan, type PlanInput, type PlannedDuty, type PlannedMilestone, type PlannedStage, type Unit } from './plan.js';
export { explainDue, startEventNames, type DueExplanation, type DueRuleShown } from './explain-due.js';
export { explainMoment, type MomentReason } from './explain-moment.js';
export { campaignStages, momentsOf, type Moment, type MomentKind } from './moments.js';
export { drawStrata, layerUnknown, type SampleCandidate, type StratumDraw } from './sample.js';
export { rehearse, type KeySupervision, type Overload, type Rehearsal } from './rehearsal.js';
export { usualAssumptions, type Assumptions, type RehearsalInput, type RehearsedBody } from './rehearsal-input.js';
export type { Deadline } from './rehearsal-deadlines.js';
export type { RehearsedDay } from './rehearsal-days.js';
export type { Following, RehearsedCase, Unvisited } from './rehearsal-outcome.js';
export type { Reopened, Stratum } from './rehearsal-sample.js';
export type { LateReport } from './rehearsal-reports.js';
export type { Load } from './rehearsal-visits.js';
export { amended, type Amendment } from './amendment.js';
export { windowOf, type Window } from './windows.js';
export { checkOwnDates, dateRefusalSentences, type DateRefusal, type DateRefusalCode, type OwnDate } from './own-dates.js';
export { findingsOf, type Finding, type Severity } from './contradictions.js';
export { checkPack, mayBeApproved, type CheckOptions, type PackCheck } from './check.js';
export type { GoldenFailure, GoldenResult } from './golden.js';
export { clonePack, type Clone, type Shifted } from './clone.js';
export { dateFaults, dateTitle, placeOf, timeFaults, unreadableAt, type DateFault } from './clone-dates.js';
export { diffPacks, type Difference } from './diff.js';
export { tracePacks, type Pending, type Trace, type TraceRow } from './trace.js';
export { drawRefusalSentences, drawSample, poolHash, verifyDraw, type DrawInput, type DrawRecord, type DrawRefusal, type DrawRefusalCode, type DrawVerdict } from './draw.js';
export { absolute, compared, decimal, decimalText, minus, numberOf, plus, rounded, roundedTo, squared, times, type Decimal } from './decimal.js';
export { algorithmA, median, normalisedIqr, scaledMad, uncertaintyOfConsensus, type Robust } from './robust.js';
export { scoreKinds, scored, usualLimits, type ScoreInput, type ScoreKind, type ScoreLimits, type Scored, type Unscored, type Verdict } from './proficiency-score.js';
export { assignedValue, numberIn, type AssignedRule, type AssignedValue, type FixedValue, type NotAssigned } from './assigned-value.js';
export { laboratoryScores, limitsOf, type Against, type LaboratoryScores, type MeasurandScore, type Reported, type ScoringRule } from './comparison-scores.js';
export {
  assignedValues, counting, entrantStates, evaluateEntrant, evaluateRound, resultsOf, roundCounts, scoringRule,
  type Entrant, type EntrantState, type Evaluated as EvaluatedEntrant, type Outcome as ComparisonOutcome, type RoundCounts, type RoundEvaluation, type Unrated,
} from './comparison-round.js';
export { decimalOf, deduct, isScore, score, scoreText, sumOf, weighted, weightedDecimalOf, weightedText, type Score, type WeightedScore } from './score.js';
export { isIdNumber, maskedName, personalIn, personalWords, withoutPersonal, type PersonalKind } from './personal-data.js';
export { publishedPenalty, type PenaltyDecision, type PublishedPenalty, type Punished } from './published-penalty.js';
export {
  colourAsked, colourBody, colourLine, colouringTables, coloursOf, escalationAsked, escalationOf, gradeAsked, isManaged, lackedForColouring, levelAsked, managedInputs, rectificationAsked, redRunAsked, redRuns, redYearsOf,
  type Asked, type BodyColour, type ColouredYear, type EscalationStep, type LineColour, type LineYear, type Rectification, type RunYear,
} from './colouring.js';
export { colouredActivities, consequencesOf, knownColours, lastDayOf, owesReport, postingPeriodOf, type ColourConsequences, type ColouredActivity, type Often } from './colour-consequences.js';
export { whatIf, type ChangedColour, type ChangedRun, type ColourDifference, type MovedDeadline, type MovedFrequency, type MovedVisits, type RecordedBody, type RecordedYear, type YearCounts } from './colour-what-if.js';
export { creditCode, creditCodeOf, creditCodeSentences, type CreditCode, type CreditCodeRefusal, type CreditCodeResult } from './credit-code.js';
export { builtInPacks, builtInSources, checkLock, loadPack, loadPending, Packs, readFiles, readSource, testTitles, writeLock } from './load.js';
export { packJsonSchemas } from './json-schema.js';
