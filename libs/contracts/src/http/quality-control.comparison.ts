import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { institutionKinds } from '../vocabulary.js';
import { defineRoute, page, pageOf, text, zArea, zCited, zCode } from './route.js';

const room = 'quality-control' as const;
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Who lays a round down and runs it; who sees identities; who is a laboratory. */
const organisers = ['quality-centre'] as const;
const officers = ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor'] as const;
const bodies = ['institution', 'institution-head'] as const;
const rounds = '/api/v1/comparison-rounds';
const inRound = z.strictObject({ roundId: z.string() });
const ofBody = z.strictObject({ roundId: z.string(), institutionId: z.string() });

/** A number as a laboratory writes it. */
const zDecimal = z.string().regex(/^-?\d{1,9}(\.\d{1,6})?$/, '应为十进制数，如 10.40');
const zPositive = z.string().regex(/^\d{1,9}(\.\d{1,6})?$/, '应为不小于 0 的十进制数，如 0.35');

/** `planned`: who is obliged is known, nothing is sealed; `open`: values sealed, codes given; `evaluated`: results stand. */
export const roundStates = ['planned', 'open', 'evaluated'] as const;
/** `expected`: nothing yet; `excused`: need not take part, with a reason. */
export const participantStates = ['expected', 'reported', 'late', 'withdrawn', 'excused', 'absent'] as const;

const measurand = z.object({
  id: z.string(), title: z.string(), unit: z.string(), places: z.number().int(), part: z.string().nullable(), optional: z.boolean(), score: z.enum(['z', 'z-prime', 'zeta', 'en']),
  assignedBy: z.enum(['fixed', 'algorithm-a', 'median-niqr']), needsUncertainty: z.boolean(),
  /** What must be fixed before the round opens, because the scheme does not print it. */
  toFix: z.array(z.enum(['value', 'sd', 'uncertainty'])),
  satisfactory: z.string(), unsatisfactory: z.string(),
});
const round = z.object({
  roundId: z.string(), title: z.string(), scheme: z.string(), schemeTitle: z.string(), line: z.enum(institutionKinds), year: z.number().int(), jurisdiction: z.string(), state: z.enum(roundStates),
  submitBy: zDate, parts: z.array(z.object({ id: z.string(), title: z.string(), submitBy: zDate })), closed: z.boolean(), measurands: z.array(measurand), grades: z.array(z.object({ id: z.string(), passes: z.boolean() })),
  counts: z.object({ obliged: z.number().int(), voluntary: z.number().int(), excused: z.number().int(), sent: z.number().int(), received: z.number().int(), reported: z.number().int(), late: z.number().int(), withdrawn: z.number().int() }),
  plannedAt: zInstant, openedAt: zInstant.nullable(), evaluatedAt: zInstant.nullable(), sealSha256: z.string().nullable(),
  /** Whether identities and codes may be seen side by side: after evaluation, or by a recorded act before it. */
  uncovered: z.boolean(), uncoveredAt: zInstant.nullable(), version: z.number().int(), ...zCited,
});
const participant = z.object({
  institutionId: z.string(), name: z.string(), home: z.string(), invented: z.boolean(), obliged: z.boolean(), state: z.enum(participantStates), because: z.string().nullable(),
  sentOn: zDate.nullable(), receivedOn: zDate.nullable(), intact: z.boolean().nullable(), /** 收到时样品的损坏情况，没有的为空 */ receiptRemark: z.string(), code: z.string().nullable(), result: z.string().nullable(), reason: z.string().nullable(), revision: z.number().int(),
});
const reported = z.object({ measurand: z.string(), value: z.string(), uncertainty: z.string().nullable() });
const scoreShown = z.object({ measurand: z.string(), value: z.string(), uncertainty: z.string().nullable(), score: z.string().nullable(), verdict: z.enum(['satisfactory', 'questionable', 'unsatisfactory']).nullable(), missing: z.string().nullable() });
const outcome = z.object({
  result: z.string().nullable(), reason: z.string().nullable(), unrated: z.enum(['absent', 'late', 'withdrawn', 'partial']).nullable(), revision: z.number().int(), because: z.enum(['draft', 'evaluation', 'correction']), decidedAt: zInstant.nullable(),
  inputs: z.array(z.object({ name: z.string(), label: z.string(), value: z.number().nullable() })), scores: z.array(scoreShown), certificateId: z.string().nullable(), clauses: z.array(z.string()),
});
const assigned = z.object({
  measurand: z.string(), title: z.string(), unit: z.string(), value: z.string().nullable(), sd: z.string().nullable(), uncertainty: z.string().nullable(), participants: z.number().int(), why: z.string().nullable(), setAside: z.string().nullable(), satisfactory: z.string(), unsatisfactory: z.string(),
});
const counts = z.object({
  registered: z.number().int(), submitting: z.number().int(), evaluated: z.number().int(), undetermined: z.number().int(), passed: z.number().int(), denominator: z.number().int(), passRate: z.string().nullable(),
  of: z.enum(['registered', 'submitting', 'evaluated']), includesBetter: z.boolean(), grades: z.array(z.object({ grade: z.string(), passes: z.boolean(), count: z.number().int(), published: z.number().int() })),
});
/** How many results of a measurand lie where: equal classes from the least to the greatest, the last one with its upper end. */
const classes = z.array(z.object({ from: z.number(), to: z.number(), count: z.number().int() }));
/** One laboratory in a round's evaluation; who it is only where that may be seen. */
const laboratory = z.object({ code: z.string(), institutionId: z.string().nullable(), name: z.string().nullable(), state: z.enum(participantStates), outcome });
const submission = z.object({ submissionId: z.string(), sequence: z.number().int(), submittedAt: zInstant, onBehalf: z.boolean(), late: z.boolean(), remark: z.string(), results: z.array(reported), standing: z.boolean() });

/** What a correction would put in the place of what was: other results, or another grade (null: none can be given). */
const change = z.union([
  z.strictObject({ results: z.array(z.strictObject({ measurand: zCode, value: zDecimal, uncertainty: zPositive.optional() })).min(1).max(100) }),
  z.strictObject({ grade: z.string().trim().min(1).max(20).nullable() }),
]);
export type ComparisonChange = z.infer<typeof change>;
const correction = z.object({
  correctionId: z.string(), roundId: z.string(), institutionId: z.string(), objectionId: z.string().nullable(), state: z.enum(['proposed', 'approved', 'rejected']), change, reason: z.string(),
  before: z.string().nullable(), after: z.string().nullable(), afterReason: z.string().nullable(), proposedAt: zInstant, proposedBy: z.string(), decidedAt: zInstant.nullable(), decidedBy: z.string().nullable(), revision: z.number().int().nullable(),
});
const objection = z.object({
  objectionId: z.string(), roundId: z.string(), institutionId: z.string(), name: z.string(), text: z.string(), raisedAt: zInstant, raisedBy: z.string(), onBehalf: z.boolean(), state: z.enum(['open', 'kept', 'to-be-changed']),
  answer: z.string().nullable(), answeredAt: zInstant.nullable(), answeredBy: z.string().nullable(), correctionId: z.string().nullable(),
});

export const listComparisonSchemes = defineRoute({
  room, method: 'GET', path: '/api/v1/comparison-schemes', summary: '已安装的政策包中的能力比对方案', roles: organisers,
  answer: z.object({ items: z.array(z.object({ pack: z.string(), packTitle: z.string(), jurisdiction: z.string(), scheme: z.string(), title: z.string(), line: z.enum(institutionKinds), measurands: z.number().int(), parts: z.array(z.object({ id: z.string(), title: z.string() })), clauses: z.array(z.string()) })) }),
});
export const planComparison = defineRoute({
  room, method: 'POST', path: rounds, summary: '按方案制定一轮能力比对，列出应参加的机构', says: ['/title'], roles: organisers,
  body: z.strictObject({
    pack: z.string().max(120).regex(/^[a-z0-9-]+\/[a-z0-9-]+(@\d+)?$/, '政策包写作 地区/方案 或 地区/方案@版本'), scheme: zCode, year: z.number().int().min(2000).max(2100), jurisdiction: zArea, title: text(120), submitBy: zDate,
    parts: z.array(z.strictObject({ part: zCode, submitBy: zDate })).max(5).default([]),
  }), answer: round,
});
export const listComparisons = defineRoute({
  room, method: 'GET', path: rounds, summary: '能力比对', roles: [...officers, 'expert', ...bodies],
  query: z.strictObject({ ...page, year: z.coerce.number().int().optional(), line: z.enum(institutionKinds).optional(), state: z.enum(roundStates).optional() }), answer: pageOf(round),
});
export const getComparison = defineRoute({ room, method: 'GET', path: `${rounds}/{roundId}`, summary: '一轮能力比对', roles: [...officers, 'expert', ...bodies], params: inRound, answer: round });
export const listComparisonParticipants = defineRoute({
  room, method: 'GET', path: `${rounds}/{roundId}/participants`, summary: '参加比对的机构（评定前不显示实验室编号）', roles: officers, params: inRound,
  query: z.strictObject({ ...page, state: z.enum(participantStates).optional(), result: z.string().max(20).optional() }), answer: pageOf(participant),
});
export const addComparisonParticipant = defineRoute({
  room, method: 'POST', path: `${rounds}/{roundId}/participants`, summary: '增加自愿参加的机构', roles: organisers, params: inRound, body: z.strictObject({ institutionId: z.string(), reason: text(200) }), answer: participant,
});
export const excuseComparisonParticipant = defineRoute({
  room, method: 'POST', path: `${rounds}/{roundId}/participants/{institutionId}/excuse`, summary: '免予参加（须写明理由）', roles: organisers, params: ofBody, body: z.strictObject({ reason: text(200) }), answer: participant,
});
export const openComparison = defineRoute({
  room, method: 'POST', stepUp: true, path: `${rounds}/{roundId}/opening`, summary: '启动比对：封存事先确定的数值，编发实验室编号', roles: organisers, params: inRound,
  body: z.strictObject({ fixed: z.array(z.strictObject({ measurand: zCode, value: zPositive.optional(), sd: zPositive.optional(), uncertainty: zPositive.optional() })).max(100).default([]) }), answer: round,
});
export const dispatchSamples = defineRoute({
  room, method: 'POST', path: `${rounds}/{roundId}/dispatches`, summary: '登记样品发出', roles: organisers, params: inRound,
  body: z.strictObject({ institutionIds: z.array(z.string()).min(1).max(2000), sentOn: zDate }), answer: z.object({ sent: z.number().int() }),
});
export const receiveSamples = defineRoute({
  room, method: 'POST', path: `${rounds}/{roundId}/participants/{institutionId}/receipt`, summary: '登记样品收到', roles: ['quality-centre', ...bodies], params: ofBody,
  body: z.strictObject({ receivedOn: zDate, intact: z.boolean(), remark: z.string().trim().max(300).default('') }), answer: participant,
});
const sent = z.array(z.strictObject({ measurand: zCode, value: zDecimal, uncertainty: zPositive.optional() })).min(1).max(100);
export const submitComparison = defineRoute({
  room, method: 'POST', path: `${rounds}/{roundId}/participants/{institutionId}/submissions`, summary: '报送比对结果（截止日前可重报，以最后一次为准）', says: ['/results/*/value', '/results/*/uncertainty'], roles: bodies, params: ofBody,
  body: z.strictObject({ results: sent, remark: z.string().trim().max(500).default('') }), answer: submission,
});
export const enterComparison = defineRoute({
  room, method: 'POST', path: `${rounds}/{roundId}/laboratories/{code}/submissions`, summary: '按实验室编号代为录入纸质结果', says: ['/results/*/value', '/results/*/uncertainty'], roles: organisers, params: z.strictObject({ roundId: z.string(), code: zCode }),
  body: z.strictObject({ results: sent, receivedOn: zDate, remark: z.string().trim().max(500).default('') }), answer: submission,
});
export const importComparison = defineRoute({
  room, method: 'POST', path: `${rounds}/{roundId}/submission-imports`, summary: '从表格录入结果（按实验室编号；有一处错误即全部不录入）', roles: organisers, params: inRound,
  query: z.strictObject({ receivedOn: zDate }), file: { maxBytes: 2_000_000 }, answer: z.object({ laboratories: z.number().int(), results: z.number().int() }),
});
export const comparisonTemplate = defineRoute({ room, method: 'GET', path: `${rounds}/{roundId}/submission-template`, summary: '录入结果用的空白表格', roles: organisers, params: inRound, answersFile: xlsx });
export const withdrawFromComparison = defineRoute({
  room, method: 'POST', path: `${rounds}/{roundId}/participants/{institutionId}/withdrawal`, summary: '退出比对（须写明理由）', roles: ['quality-centre', ...bodies], params: ofBody, body: z.strictObject({ reason: text(300) }), answer: participant,
});
export const uncoverComparison = defineRoute({
  room, method: 'POST', stepUp: true, path: `${rounds}/{roundId}/disclosures`, summary: '评定前揭开实验室身份（须写明理由，记录在案）', roles: organisers, params: inRound, body: z.strictObject({ reason: text(300) }), answer: round,
});
export const getComparisonEvaluation = defineRoute({
  room, method: 'GET', path: `${rounds}/{roundId}/evaluation`, summary: '评定：指定值、各实验室的评分和结果、各等级家数（截止后为草稿，评定后为定稿）', roles: [...officers, 'expert'], params: inRound,
  answer: z.object({ fixed: z.boolean(), asOf: zInstant, assigned: z.array(assigned), spread: z.array(z.object({ measurand: z.string(), classes })), laboratories: z.array(laboratory), counts, ...zCited }),
});
export const downloadComparisonReport = defineRoute({ room, method: 'GET', path: `${rounds}/{roundId}/report`, summary: '下载比对结果报告（xlsx）', roles: officers, params: inRound, answersFile: xlsx });
export const fixComparison = defineRoute({
  room, method: 'POST', stepUp: true, path: `${rounds}/{roundId}/evaluation`, summary: '确定评定结果', roles: organisers, params: inRound,
  body: z.strictObject({ setAside: z.array(z.strictObject({ measurand: zCode, reason: text(300) })).max(100).default([]) }), answer: round,
});
export const getComparisonParticipant = defineRoute({
  room, method: 'GET', path: `${rounds}/{roundId}/participants/{institutionId}`, summary: '一家机构在一轮比对中的情况和结果', roles: [...officers, ...bodies], params: ofBody,
  answer: z.object({
    round, participant, submissions: z.array(submission), outcome: outcome.nullable(), earlier: z.array(outcome), assigned: z.array(assigned),
    /** Scores of all laboratories by measurand, sorted, without saying whose they are; `own` is this one's. */
    figures: z.array(z.object({ measurand: z.string(), scores: z.array(z.string()), values: z.array(z.string()), classes, own: z.string().nullable() })), objections: z.array(objection), counts: counts.nullable(),
  }),
});
export const downloadParticipantReport = defineRoute({ room, method: 'GET', path: `${rounds}/{roundId}/participants/{institutionId}/report`, summary: '下载机构的比对结果通知（xlsx）', roles: [...officers, ...bodies], params: ofBody, answersFile: xlsx });
export const objectToComparison = defineRoute({
  room, method: 'POST', path: `${rounds}/{roundId}/participants/{institutionId}/objections`, summary: '对比对结果提出异议', roles: ['quality-centre', 'county', 'city', ...bodies], params: ofBody, body: z.strictObject({ text: text(2000) }), answer: objection,
});
export const listComparisonObjections = defineRoute({ room, method: 'GET', path: `${rounds}/{roundId}/objections`, summary: '对比对结果的异议', roles: [...officers, ...bodies], params: inRound, query: z.strictObject({ ...page }), answer: pageOf(objection) });
export const answerComparisonObjection = defineRoute({
  room, method: 'POST', path: '/api/v1/comparison-objections/{objectionId}/answer', summary: '答复异议：维持，或者提出更正', says: ['/change/grade', '/change/results/*/value', '/change/results/*/uncertainty'], roles: organisers, params: z.strictObject({ objectionId: z.string() }),
  body: z.strictObject({ outcome: z.enum(['kept', 'to-be-changed']), answer: text(2000), change: change.optional() }), answer: objection,
});
export const correctComparison = defineRoute({
  room, method: 'POST', path: `${rounds}/{roundId}/participants/{institutionId}/corrections`, summary: '提出更正比对结果（由另一人决定）', says: ['/change/grade', '/change/results/*/value', '/change/results/*/uncertainty'], roles: organisers, params: ofBody, body: z.strictObject({ change, reason: text(1000) }), answer: correction,
});
export const listComparisonCorrections = defineRoute({ room, method: 'GET', path: `${rounds}/{roundId}/corrections`, summary: '比对结果的更正', roles: officers, params: inRound, query: z.strictObject({ ...page }), answer: pageOf(correction) });
export const decideComparisonCorrection = defineRoute({
  room, method: 'POST', stepUp: true, path: '/api/v1/comparison-corrections/{correctionId}/decision', summary: '决定是否更正（提出人不得决定）', roles: ['quality-centre', 'city', 'province', 'approver'], params: z.strictObject({ correctionId: z.string() }),
  body: z.strictObject({ approve: z.boolean(), reason: text(1000) }), answer: correction,
});
