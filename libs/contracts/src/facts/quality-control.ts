import { z } from 'zod';
import { defineFact, policyRef, zDate } from '../envelope.js';
import { institutionKinds } from '../vocabulary.js';

/** The problems of one institution in the circular of a yearly quality assessment (质量考核通报). */
export const assessmentCirculated = defineFact('quality-control.assessment-circulated', 1, z.strictObject({
  circularId: z.string(), institutionId: z.string(), year: z.number().int(),
  problems: z.array(z.strictObject({ problemId: z.string(), text: z.string() })),
}));

const line = z.enum(institutionKinds);
const year = z.number().int();
const ofRound = { roundId: z.string(), institutionId: z.string(), line, year };

/** A comparison round was laid down: its measurands and how their values are assigned are fixed by its scheme from here on. */
export const comparisonOpened = defineFact('quality-control.comparison-opened', 1, z.strictObject({
  roundId: z.string(), line, year, scheme: z.string(), measurands: z.number().int(), obliged: z.number().int(), submitBy: zDate, policy: policyRef,
}));
/** The comprehensive result of one participant (综合评定结果), in the words of the round's scheme. `result` null: undetermined, with its reason. A correction is a later revision. */
export const comparisonDecided = defineFact('quality-control.comparison-decided', 1, z.strictObject({
  ...ofRound, result: z.string().nullable(), reason: z.string().nullable(), revision: z.number().int(), policy: policyRef,
}));
/** Somebody obliged to take part has no evaluated result: a finding, not a gap (HS-2024-20, CQ-2024-04). */
export const comparisonMissed = defineFact('quality-control.comparison-missed', 1, z.strictObject({
  ...ofRound, because: z.enum(['absent', 'late', 'withdrawn', 'partial']), policy: policyRef,
}));

/** A yearly score was signed off by a second person. `score` is the exact decimal as text; null where the body did no service that year. */
export const evaluationSigned = defineFact('quality-control.evaluation-signed', 1, z.strictObject({
  evaluationId: z.string(), institutionId: z.string(), line, year, score: z.string().nullable(), served: z.boolean(), revision: z.number().int(), policy: policyRef,
}));

/** What a colour rests on, line by line. `colour` null: undetermined, with what is missing. */
export const colouredLine = z.strictObject({
  line, grade: z.string().nullable(), level: z.string().nullable(), colour: z.string().nullable(), rule: z.string().nullable(), clauses: z.array(z.string()),
  score: z.string().nullable(), served: z.boolean().nullable(), result: z.string().nullable(), reason: z.string().nullable(), missing: z.array(z.string()),
});
export type ColouredLine = z.infer<typeof colouredLine>;
/** One body's colour of a year: the worst of its lines, as the pack says. */
export const colourEntry = z.strictObject({
  institutionId: z.string(), colour: z.string(), redYears: z.number().int(), lines: z.array(colouredLine), clauses: z.array(z.string()), revision: z.number().int(),
});
export type ColourEntry = z.infer<typeof colourEntry>;

const ofRun = { runId: z.string(), jurisdiction: z.string(), year, basisYear: year };
/** A year's colouring was begun for a jurisdiction; there is one for each year. */
export const colourRunOpened = defineFact('quality-control.colour-run-opened', 1, z.strictObject({ ...ofRun, policy: policyRef, calendar: z.string() }));
/** Two persons have decided the colours; they may be put up for objection. Travels in parts of at most 100 entries, the last part makes it complete. Undetermined bodies are not in it. */
export const colourRunSigned = defineFact('quality-control.colour-run-signed', 1, z.strictObject({
  ...ofRun, part: z.number().int(), parts: z.number().int(), count: z.number().int(), undetermined: z.number().int(), digest: z.string(), entries: z.array(colourEntry), policy: policyRef,
}));
/**
 * One entry is another than it was: after an objection, or by a correction after publication. It gets a notice of its own.
 * `before` is the colour that stood; `entry` null: the body has none any more.
 */
export const colourRevised = defineFact('quality-control.colour-revised', 1, z.strictObject({
  ...ofRun, institutionId: z.string(), revision: z.number().int(), before: z.string().nullable(), entry: colourEntry.nullable(), because: z.enum(['objection', 'correction']),
  objectionId: z.string().nullable(), correctionId: z.string(), policy: policyRef,
}));
const redYears = { runId: z.string(), institutionId: z.string(), line: line.nullable(), year, redYears: z.number().int(), policy: policyRef };
/** So many red years in a row, counted when the colour was published (CQ-2024-20). `step`: `alarm` before the last, `propose` at it. Superseded: it cannot say that a count fell. */
export const redYearsCountedFirst = defineFact('quality-control.red-years-counted', 1, z.strictObject({ ...redYears, step: z.enum(['alarm', 'propose']) }));
/**
 * The same, and what the year was counted as before, where a correction or a withdrawal made it another. `none`: the count fell
 * below the alarm; a year first counted so is not stated.
 */
export const redYearsCounted = defineFact('quality-control.red-years-counted', 2, z.strictObject({
  ...redYears, step: z.enum(['none', 'alarm', 'propose']), before: z.strictObject({ redYears: z.number().int(), step: z.enum(['none', 'alarm', 'propose']) }).nullable(),
}));

/** A quality-monitoring visit of the QC centre. */
export const monitoringRecorded = defineFact('quality-control.monitoring-recorded', 1, z.strictObject({
  monitoringId: z.string(), institutionId: z.string(), jurisdiction: z.string(), year, visitedOn: zDate, problems: z.number().int(), policy: policyRef,
}));
/** The year-end summary of monitoring by colour was handed in, as a frozen version. */
export const monitoringSummarySent = defineFact('quality-control.monitoring-summary-sent', 1, z.strictObject({
  summaryId: z.string(), jurisdiction: z.string(), year, version: z.number().int(), sha256: z.string(), receiver: z.string(), policy: policyRef,
}));
