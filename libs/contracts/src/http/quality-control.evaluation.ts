import { z } from 'zod';
import { zInstant } from '../envelope.js';
import { institutionKinds } from '../vocabulary.js';
import { defineRoute, page, pageOf, text, zArea, zCited, zCode } from './route.js';

const room = 'quality-control' as const;
const readers = ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'expert', 'auditor'] as const;
/** Who enters scores, and who looks at them a second time. */
const scorers = ['quality-centre', 'expert', 'province', 'city'] as const;
const line = z.enum(institutionKinds);
const year = z.number().int().min(2000).max(2100);
const inPlan = z.strictObject({ planId: z.string() });
const ofSheet = z.strictObject({ evaluationId: z.string() });

/** A sheet that nobody has begun has no state. `signed` ones count; a signed one sent back still counts until the next is signed. */
export const evaluationStates = ['draft', 'submitted', 'looked', 'signed', 'returned'] as const;
export type EvaluationState = (typeof evaluationStates)[number];

const decimalText = z.string();
/** The indicators by which a year's scores are given, as the pack has them. */
export const indicatorSet = z.object({
  set: z.string(), title: z.string(), total: decimalText, grid: decimalText, groups: z.record(z.string(), z.object({ title: z.string(), points: decimalText.nullable() })),
  items: z.array(z.object({
    id: z.string(), number: z.string().nullable(), text: z.string(), group: z.string().nullable(), points: decimalText, weight: decimalText.nullable(), key: z.boolean(), failsBelow: decimalText.nullable(), mayNotApply: z.boolean(),
    deductions: z.array(z.object({ id: z.string(), text: z.string(), points: decimalText, most: decimalText.nullable(), failsKey: z.boolean() })),
  })),
  notApplicable: z.enum(['rescale', 'full', 'refuse']), caps: z.array(z.object({ id: z.string(), text: z.string(), most: decimalText })), ...zCited,
});

const planRef = z.object({ planId: z.string(), jurisdiction: z.string(), year: z.number().int(), line, set: z.string(), title: z.string(), pack: z.string(), openedAt: zInstant, openedBy: z.string(), version: z.number().int() });
/** How far a year's evaluation has come: bodies by the state of their sheets, `untouched` ones without any; `notServed` of the signed did no service. */
export const evaluationProgress = z.object({ obliged: z.number().int(), untouched: z.number().int(), draft: z.number().int(), submitted: z.number().int(), looked: z.number().int(), returned: z.number().int(), signed: z.number().int(), notServed: z.number().int() });
export const evaluationPlan = planRef.extend({ progress: evaluationProgress });

export const openEvaluation = defineRoute({
  room, method: 'POST', path: '/api/v1/evaluation-plans', summary: '开展一个年度、一类机构的绩效评估', roles: ['quality-centre', 'province', 'city'],
  body: z.strictObject({ jurisdiction: zArea, year, line, pack: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+@\d{1,4}$/, '政策包写作 place/plan@1'), set: zCode }), answer: evaluationPlan,
});
export const listEvaluationPlans = defineRoute({
  room, method: 'GET', path: '/api/v1/evaluation-plans', summary: '历年各类机构的绩效评估及其进度', roles: readers,
  query: z.strictObject({ ...page, year: z.coerce.number().int().optional(), line: line.optional() }), answer: pageOf(evaluationPlan),
});
export const getEvaluationPlan = defineRoute({
  room, method: 'GET', path: '/api/v1/evaluation-plans/{planId}', summary: '一项绩效评估：质量指标与进度', roles: readers, params: inPlan, answer: evaluationPlan.extend({ indicators: indicatorSet, /** 已生效的评分，由低到高，不列是谁的 */ scores: z.array(decimalText) }),
});

const body = z.object({ institutionId: z.string(), creditCode: z.string(), name: z.string(), invented: z.boolean(), home: z.string() });
export const evaluatedBody = body.extend({
  evaluationId: z.string().nullable(), state: z.enum(evaluationStates).nullable(), served: z.boolean().nullable(), score: decimalText.nullable(), missing: z.number().int().nullable(), revision: z.number().int(), version: z.number().int().nullable(), scoredBy: z.string().nullable(),
});
export const listEvaluatedBodies = defineRoute({
  room, method: 'GET', path: '/api/v1/evaluation-plans/{planId}/bodies', summary: '应评估的机构及其评分情况', roles: readers, params: inPlan,
  query: z.strictObject({ ...page, state: z.enum([...evaluationStates, 'untouched']).optional(), q: z.string().max(100).optional() }), answer: pageOf(evaluatedBody),
});

/** What is entered for an item: a score, or how often each ground for deducting was found, or that it does not apply. `note`: what was seen. */
const entry = z.strictObject({
  item: zCode, score: z.string().trim().max(20).optional(), counts: z.record(zCode, z.number().int().min(0).max(100_000)).optional(), notApplicable: z.boolean().optional(), failed: z.boolean().optional(), note: text(500).optional(),
});
export type EvaluationEntry = z.infer<typeof entry>;
const entries = z.array(entry).max(500);
export const evaluationOutcome = z.object({
  score: decimalText.nullable(), before: decimalText.nullable(), earned: decimalText, items: z.array(z.object({ item: z.string(), score: decimalText.nullable(), applies: z.boolean(), failed: z.boolean().nullable() })),
  missing: z.array(z.string()), faults: z.array(z.object({ item: z.string(), part: z.string(), message: z.string() })), failed: z.array(z.string()), caps: z.array(z.string()), undetermined: z.enum(['nothing-applies', 'not-exact']).nullable(),
});
export const evaluationSheet = body.extend({
  evaluationId: z.string().nullable(), planId: z.string(), year: z.number().int(), line, state: z.enum(evaluationStates).nullable(), served: z.boolean(), entries, outcome: evaluationOutcome, version: z.number().int().nullable(),
  scoredBy: z.string().nullable(), scoredAt: zInstant.nullable(), lookedBy: z.string().nullable(), lookedAt: zInstant.nullable(), signedBy: z.string().nullable(), signedAt: zInstant.nullable(),
  returns: z.array(z.object({ at: zInstant, by: z.string(), reasons: z.array(z.string()) })),
  revisions: z.array(z.object({ revision: z.number().int(), score: decimalText.nullable(), served: z.boolean(), because: z.enum(['signed', 'correction']), at: zInstant, by: z.string(), certificateId: z.string() })),
});
export const getEvaluationSheet = defineRoute({
  room, method: 'GET', path: '/api/v1/evaluation-plans/{planId}/bodies/{institutionId}', summary: '一家机构的评分表', roles: readers, params: z.strictObject({ planId: z.string(), institutionId: z.string() }), answer: evaluationSheet,
});
const scoring = { served: z.boolean(), entries };
export const beginEvaluation = defineRoute({
  room, method: 'POST', path: '/api/v1/evaluation-plans/{planId}/evaluations', summary: '填写一家机构的评分表', roles: scorers, params: inPlan, body: z.strictObject({ institutionId: zCode, ...scoring }), answer: evaluationSheet,
});
export const editEvaluation = defineRoute({
  room, method: 'PUT', path: '/api/v1/evaluations/{evaluationId}', summary: '修改评分表', roles: scorers, ifMatch: true, params: ofSheet, body: z.strictObject(scoring), answer: evaluationSheet,
});
/** Nothing is kept: what the entries made so far would come to. */
export const tryEvaluation = defineRoute({
  room, method: 'POST', path: '/api/v1/evaluation-plans/{planId}/trials', summary: '试算评分（不保存）', roles: scorers, params: inPlan, body: z.strictObject({ entries }), answer: evaluationOutcome,
});

/** Sheets as they were read: one changed meanwhile stops all of them. */
const sheets = z.strictObject({ sheets: z.array(z.strictObject({ evaluationId: zCode, version: z.number().int() })).min(1).max(500) });
const moved = z.object({ items: z.array(z.object({ evaluationId: z.string(), state: z.enum(evaluationStates), version: z.number().int() })) });
export const submitEvaluations = defineRoute({ room, method: 'POST', path: '/api/v1/evaluation-plans/{planId}/submissions', summary: '提交评分表复核', roles: scorers, params: inPlan, body: sheets, answer: moved });
export const lookAtEvaluations = defineRoute({ room, method: 'POST', path: '/api/v1/evaluation-plans/{planId}/second-looks', summary: '复核评分表（须由评分人以外的人复核）', roles: scorers, params: inPlan, body: sheets, answer: moved });
export const signEvaluations = defineRoute({
  room, method: 'POST', path: '/api/v1/evaluation-plans/{planId}/sign-offs', summary: '审签评分（须由评分人以外的人审签）', stepUp: true, roles: ['quality-centre', 'province', 'city', 'approver'], params: inPlan, body: sheets, answer: moved,
});
export const returnEvaluation = defineRoute({
  room, method: 'POST', path: '/api/v1/evaluations/{evaluationId}/returns', summary: '退回评分表，说明理由', roles: ['quality-centre', 'expert', 'province', 'city', 'approver'], params: ofSheet, ifMatch: true, body: z.strictObject({ reasons: z.array(text(500)).min(1).max(20) }), answer: moved,
});

const signed = body.pick({ institutionId: true, name: true, invented: true }).extend({ evaluationId: z.string(), planId: z.string(), year: z.number().int(), line, score: decimalText.nullable(), served: z.boolean(), revision: z.number().int(), signedAt: zInstant, certificateId: z.string(), pack: z.string() });
export const listSignedScores = defineRoute({
  room, method: 'GET', path: '/api/v1/evaluations', summary: '已审签的评分，可按机构、年度、类别查询', roles: [...readers, 'institution', 'institution-head'],
  query: z.strictObject({ ...page, institutionId: z.string().optional(), year: z.coerce.number().int().optional(), line: line.optional() }), answer: pageOf(signed),
});

const cellError = z.object({ path: z.string(), message: z.string() });
/** A sheet of scores as it was read: `rows` lines, `good` of them may be taken over; `errors` lists the first faults, `faults` counts them all. */
export const scoreImport = z.object({
  importId: z.string(), planId: z.string(), fileName: z.string(), sha256: z.string(), state: z.enum(['preview', 'confirmed']), version: z.number().int(), rows: z.number().int(), good: z.number().int(), bodies: z.number().int(),
  faults: z.number().int(), errors: z.array(cellError), uploadedAt: zInstant, entered: z.number().int().nullable(), unchanged: z.number().int().nullable(), passedOver: z.number().int().nullable(),
});
export const importScores = defineRoute({
  room, method: 'POST', path: '/api/v1/evaluation-plans/{planId}/score-imports', summary: '导入评分表（xlsx），先预览后确认', roles: scorers, params: inPlan, query: z.strictObject({ fileName: z.string().max(200).default('评分表.xlsx') }),
  file: { maxBytes: 5_000_000 }, answer: scoreImport,
});
const ofImport = z.strictObject({ importId: z.string() });
export const getScoreImport = defineRoute({ room, method: 'GET', path: '/api/v1/score-imports/{importId}', summary: '一次评分导入的预览和错误', roles: scorers, params: ofImport, answer: scoreImport });
export const listScoreRows = defineRoute({
  room, method: 'GET', path: '/api/v1/score-imports/{importId}/rows', summary: '一次评分导入中可以录入的行', roles: scorers, params: ofImport, query: z.strictObject({ ...page }),
  answer: pageOf(z.object({ row: z.number().int(), institutionId: z.string(), name: z.string(), served: z.boolean(), item: z.string().nullable(), score: decimalText.nullable(), notApplicable: z.boolean(), failed: z.boolean().nullable(), note: z.string().nullable() })),
});
export const confirmScoreImport = defineRoute({
  room, method: 'POST', path: '/api/v1/score-imports/{importId}/confirmation', summary: '确认录入合格的行', roles: scorers, params: ofImport, answer: scoreImport,
});
export const getScoreTable = defineRoute({
  room, method: 'GET', path: '/api/v1/evaluation-plans/{planId}/score-table', summary: '下载评分表（供填写后导入）', roles: scorers, params: inPlan, answersFile: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
});
