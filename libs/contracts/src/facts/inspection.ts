import { z } from 'zod';
import { defineFact, policyRef, zDate, zInstant } from '../envelope.js';
import { findingKinds, penaltyEnds, sanctionKinds } from '../vocabulary.js';

const inCampaign = { campaignId: z.string(), unit: z.string() };

export const campaignApproved = defineFact('inspection.campaign-approved', 1, z.strictObject({
  campaignId: z.string(), name: z.string(), jurisdiction: z.string(), units: z.array(z.string()), policy: policyRef, calendar: z.string(),
  /** Units whose first stage that binds institutions was open already: their rosters are frozen at once. */
  freezing: z.array(z.string()).optional(),
}));

export const amendmentKinds = ['extend', 'replace-date', 'suspend', 'resume', 'own-dates', 'calendar'] as const;
export const campaignAmended = defineFact('inspection.campaign-amended', 1, z.strictObject({
  campaignId: z.string(), amendmentId: z.string(), kind: z.enum(amendmentKinds), units: z.array(z.string()),
  stage: z.string().nullable(), duty: z.string().nullable(), on: zDate.nullable(), reason: z.string(), policy: policyRef,
}));

/** A running campaign was moved to a later version of its pack, by decision of an officer. `policy` names the version it stands on now. */
export const campaignPackMoved = defineFact('inspection.campaign-pack-moved', 1, z.strictObject({
  campaignId: z.string(), units: z.array(z.string()), before: z.strictObject({ pack: z.string(), version: z.number().int() }), reason: z.string(), policy: policyRef,
}));

/** The clocks of a campaign that a proposed holiday notice would move (`old` equals `new` where it only becomes firm); long lists come in parts. */
export const clocksPreviewed = defineFact('inspection.clocks-previewed', 1, z.strictObject({
  noticeId: z.string(), campaignId: z.string(), calendar: z.string(), part: z.number().int(), parts: z.number().int(),
  moved: z.array(z.strictObject({ clock: z.string(), old: zDate, new: zDate, firm: z.boolean() })), policy: policyRef,
}));

/** The same for rectification reports that are owed in a place of colours; a clock is `rectification/<rectificationId>`. */
export const reportClocksPreviewed = defineFact('inspection.report-clocks-previewed', 1, z.strictObject({
  noticeId: z.string(), jurisdiction: z.string(), calendar: z.string(), part: z.number().int(), parts: z.number().int(),
  moved: z.array(z.strictObject({ clock: z.string(), old: zDate, new: zDate, firm: z.boolean() })), policy: policyRef,
}));

export const unitPlanFiled = defineFact('inspection.unit-plan-filed', 1, z.strictObject({ ...inCampaign, planVersion: z.number().int(), policy: policyRef }));
/** Superseded: it does not tell a meeting on line from one on the spot. */
export const institutionNotifiedFirst = defineFact('inspection.institution-notified', 1, z.strictObject({
  ...inCampaign, institutionId: z.string(), means: z.enum(['online', 'meeting', 'delivery']), notifiedOn: zDate, policy: policyRef,
}));
/** How bodies may be told, in the words of the packs. */
export const notificationModes = ['meeting-online', 'meeting-on-site', 'message'] as const;
export const institutionNotified = defineFact('inspection.institution-notified', 2, z.strictObject({
  ...inCampaign, institutionId: z.string(), means: z.enum(notificationModes), notifiedOn: zDate, policy: policyRef,
}));
export const noticeAcknowledged = defineFact('inspection.notice-acknowledged', 1, z.strictObject({ ...inCampaign, institutionId: z.string(), acknowledgedOn: zDate }));

const agencyRef = z.strictObject({ agency: z.string(), name: z.string(), place: z.string() });
const selfCheckRef = { ...inCampaign, selfCheckId: z.string(), institutionId: z.string() };
export const selfCheckSubmitted = defineFact('inspection.self-check-submitted', 1, z.strictObject({
  ...selfCheckRef, version: z.number().int(), receivedAt: zInstant, late: z.boolean().nullable(), early: z.boolean(), onBehalf: z.boolean(), problems: z.number().int(), policy: policyRef,
  /** Whom it was handed in to, who got a copy, and what goes with it. */
  receiver: agencyRef.optional(), copies: z.array(agencyRef).optional(), attachments: z.array(z.string()).optional(), violations: z.number().int().optional(),
}));
export const selfCheckReturned = defineFact('inspection.self-check-returned', 1, z.strictObject({ ...selfCheckRef, version: z.number().int(), reasons: z.array(z.string()) }));
export const selfCheckAccepted = defineFact('inspection.self-check-accepted', 1, z.strictObject({ ...selfCheckRef, version: z.number().int() }));

export const obligationOverdue = defineFact('inspection.obligation-overdue', 1, z.strictObject({
  ...inCampaign, obligationId: z.string(), duty: z.string(), institutionId: z.string().nullable(), dueAt: zInstant, policy: policyRef,
}));
export const reminderIssued = defineFact('inspection.reminder-issued', 1, z.strictObject({
  ...inCampaign, duty: z.string(), dueOn: zDate, obligations: z.number().int(), automatic: z.boolean(),
}));
export const stageOpened = defineFact('inspection.stage-opened', 1, z.strictObject({ ...inCampaign, stage: z.string(), obligations: z.number().int(), policy: policyRef }));
export const stageClosed = defineFact('inspection.stage-closed', 1, z.strictObject({ ...inCampaign, stage: z.string(), overdue: z.number().int(), policy: policyRef }));

export const formSent = defineFact('inspection.form-sent', 1, z.strictObject({
  campaignId: z.string(), unit: z.string(), form: z.string(), formVersionId: z.string(), version: z.number().int(), receiver: z.string(), sha256: z.string(), rows: z.number().int(), policy: policyRef,
}));

export const visitModes = ['announced', 'unannounced'] as const;
export const visitKinds = ['site-check', 'extension-check'] as const;
export const visitOpened = defineFact('inspection.visit-opened', 1, z.strictObject({
  ...inCampaign, visitId: z.string(), kind: z.enum(visitKinds), institutionId: z.string().nullable(), visitOn: zDate,
}));
export const drawMade = defineFact('inspection.draw-made', 1, z.strictObject({
  ...inCampaign, visitId: z.string(), drawId: z.string(), algorithm: z.literal('sha256-rank-1'), poolSha256: z.string(), size: z.number().int(), policy: policyRef,
}));
/** A sample of institutions was drawn from the frozen rosters, or somebody had to be added. Who is in it is not said here: a body hears nothing of a check before it is there. */
export const sampleDrawn = defineFact('inspection.sample-drawn', 1, z.strictObject({
  campaignId: z.string(), sample: z.string(), algorithm: z.literal('sha256-rank-1'), draws: z.array(z.strictObject({ stratum: z.string(), poolSha256: z.string(), size: z.number().int() })), policy: policyRef,
}));
export const sampleReopened = defineFact('inspection.sample-reopened', 1, z.strictObject({ campaignId: z.string(), sample: z.string(), added: z.number().int(), removed: z.number().int(), policy: policyRef }));
export const visitRecorded = defineFact('inspection.visit-recorded', 1, z.strictObject({
  ...inCampaign, visitId: z.string(), institutionId: z.string().nullable(), visitOn: zDate, findings: z.number().int(), uncorrected: z.number().int(), policy: policyRef,
}));
export const findingRecorded = defineFact('inspection.finding-recorded', 1, z.strictObject({
  ...inCampaign, findingId: z.string(), visitId: z.string(), institutionId: z.string().nullable(), kind: z.enum(findingKinds), serious: z.boolean(), policy: policyRef,
}));
export const caseFiled = defineFact('inspection.case-filed', 1, z.strictObject({
  ...inCampaign, caseId: z.string(), number: z.string(), visitId: z.string(), institutionId: z.string().nullable(), filedOn: zDate, policy: policyRef,
}));
const sanction = z.strictObject({ kind: z.enum(sanctionKinds), fen: z.number().int().nonnegative().nullable() });
export const caseDecided = defineFact('inspection.case-decided', 1, z.strictObject({
  ...inCampaign, caseId: z.string(), institutionId: z.string().nullable(), decidedOn: zDate, sanctions: z.array(sanction),
}));
const penaltyRef = { ...inCampaign, caseId: z.string(), /** Of the penalty of this case: what is stated later stands. */ revision: z.number().int(), institutionId: z.string().nullable() };
/** A penalty was found to be of social impact: what of it may be published, and nothing else (行政处罚法 art. 48). The name of a person stands masked. */
export const penaltyDisclosed = defineFact('inspection.penalty-disclosed', 1, z.strictObject({
  ...penaltyRef, penalty: z.strictObject({
    number: z.string(), party: z.string(), creditCode: z.string().nullable(), basis: z.string(), sanctions: z.array(sanction).min(1), authority: z.string(), decidedOn: zDate, clauses: z.array(z.string()),
  }), policy: policyRef,
}));
/** A published penalty was changed, annulled, or found unlawful or invalid: what was published is taken back, for this reason. `withdrawBy`: the last day for it. */
export const penaltyWithdrawn = defineFact('inspection.penalty-withdrawn', 1, z.strictObject({
  ...penaltyRef, creditCode: z.string().nullable(), number: z.string(), authority: z.string(), decidedOn: zDate, ground: z.enum(penaltyEnds), changedOn: zDate, document: z.string(), reason: z.string(), withdrawBy: zDate, policy: policyRef,
}));
export const unitFinished = defineFact('inspection.unit-finished', 1, z.strictObject({ ...inCampaign, outcome: z.string(), digest: z.string(), policy: policyRef }));
export const campaignFinished = defineFact('inspection.campaign-finished', 1, z.strictObject({
  campaignId: z.string(), finished: z.number().int(), unfinished: z.array(z.string()), digest: z.string(), policy: policyRef,
}));

/** A duty without a page of its own was done: an issue list, a plan, a register. `issues` is how many it lists. */
export const dutyRecorded = defineFact('inspection.duty-recorded', 1, z.strictObject({
  campaignId: z.string(), unit: z.string(), recordId: z.string(), duty: z.string(), kind: z.string(), institutionId: z.string().nullable(), doneOn: zDate, issues: z.number().int(), late: z.boolean().nullable(), receiver: z.string().nullable(), copyTo: z.array(z.string()), policy: policyRef,
}));

/** A count this system does not have itself was entered, with its source. */
export const measureEntered = defineFact('inspection.measure-entered', 1, z.strictObject({
  campaignId: z.string(), unit: z.string(), measureId: z.string(), measure: z.string(), kind: z.string(), count: z.number().int(), asOf: zDate, source: z.string(),
}));

const ofYear = { institutionId: z.string(), jurisdiction: z.string(), year: z.number().int() };
/** A published colour obliges its body to hand in a rectification report (CQ-2024-17). */
export const rectificationOrdered = defineFact('inspection.rectification-ordered', 1, z.strictObject({
  ...ofYear, rectificationId: z.string(), runId: z.string(), colour: z.string(), publishedOn: zDate, dueOn: zDate, dueAt: zInstant, firm: z.boolean(), policy: policyRef, calendar: z.string(),
  /** Why it is said again: the colour was corrected, or a holiday notice moved the day. */ because: z.enum(['published', 'corrected', 'calendar']).optional(),
}));
export const rectificationSubmitted = defineFact('inspection.rectification-submitted', 1, z.strictObject({ ...ofYear, rectificationId: z.string(), version: z.number().int(), receivedAt: zInstant, late: z.boolean(), policy: policyRef }));
export const rectificationReturned = defineFact('inspection.rectification-returned', 1, z.strictObject({ ...ofYear, rectificationId: z.string(), version: z.number().int(), reasons: z.array(z.string()), policy: policyRef }));
export const rectificationAccepted = defineFact('inspection.rectification-accepted', 1, z.strictObject({ ...ofYear, rectificationId: z.string(), version: z.number().int(), policy: policyRef }));
/** The due day has ended without a report: qualification looks at it (never an automatic revocation). */
export const rectificationOverdue = defineFact('inspection.rectification-overdue', 1, z.strictObject({ ...ofYear, rectificationId: z.string(), dueOn: zDate, policy: policyRef }));
/**
 * An agency wrote by which day a body must have rectified, where the text leaves it to a case (限期整改, CQ-2024-20). `before`: the
 * day it had written first. `basis`: the pack says that a limit is written case by case, or gives none and the agency orders it itself.
 */
export const rectificationLimitBases = ['by-case', 'own-order'] as const;
export const rectificationLimited = defineFact('inspection.rectification-limited', 1, z.strictObject({
  ...ofYear, rectificationId: z.string(), limitOn: zDate, dueAt: zInstant, before: zDate.nullable(), basis: z.enum(rectificationLimitBases), reading: z.string().nullable(), policy: policyRef,
}));
/** Somebody saw that a body has rectified, at a check or by an accepted report. `inTime` null: no limit was written for it. */
export const rectificationVerified = defineFact('inspection.rectification-verified', 1, z.strictObject({
  ...ofYear, rectificationId: z.string(), rectifiedOn: zDate, from: z.enum(['check', 'report']), limitOn: zDate.nullable(), inTime: z.boolean().nullable(), policy: policyRef,
}));
/** The day an agency wrote has ended and nobody has seen that the body rectified (限期未整改): qualification looks at it (never an automatic revocation). */
export const rectificationMissed = defineFact('inspection.rectification-missed', 1, z.strictObject({ ...ofYear, rectificationId: z.string(), limitOn: zDate, policy: policyRef }));
/** The duty fell away: the colour it rested on was corrected. What was done stays, with the reason. */
export const rectificationReleased = defineFact('inspection.rectification-released', 1, z.strictObject({ ...ofYear, rectificationId: z.string(), reason: z.string(), policy: policyRef }));

/** A check outside a campaign: one that a colour demands, or one that a complaint demands whatever the colour (CQ-2024-10 to -14). */
export const checkOrigins = ['planned', 'complaint'] as const;
export const checkRecorded = defineFact('inspection.check-recorded', 1, z.strictObject({
  ...ofYear, checkId: z.string(), origin: z.enum(checkOrigins), visitedOn: zDate, problems: z.number().int(), policy: policyRef,
}));
/**
 * A year of checks has begun though nobody has opened its colouring: until its own colours are public those of the year before
 * apply (AMB-CQ-11), and what they owe is owed.
 */
export const checkYearBegun = defineFact('inspection.check-year-begun', 1, z.strictObject({ jurisdiction: z.string(), year: z.number().int(), policy: policyRef }));
/** A year of checks has ended: the list of what was owed and not done is frozen. `sha256` is of the whole list. */
export const checkYearClosed = defineFact('inspection.check-year-closed', 1, z.strictObject({ jurisdiction: z.string(), year: z.number().int(), owed: z.number().int(), sha256: z.string(), policy: policyRef }));
/** The year-end summary of enforcement by colour was handed in, as a frozen version. */
export const inspectionSummarySent = defineFact('inspection.summary-sent', 1, z.strictObject({
  summaryId: z.string(), jurisdiction: z.string(), year: z.number().int(), version: z.number().int(), sha256: z.string(), receiver: z.string(), policy: policyRef,
}));
