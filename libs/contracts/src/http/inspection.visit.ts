import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { visitKinds, visitModes } from '../facts/inspection.js';
import { suspension } from '../facts/qualification.js';
import { findingKinds, institutionKinds, penaltyEnds, sanctionKinds } from '../vocabulary.js';
import { problemClasses } from './inspection.self-check.js';
import { defineRoute, page, pageOf, text, zCited } from './route.js';

const room = 'inspection' as const;
const readers = ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'auditor', 'quality-centre'] as const;
/** Which of them may act, the pack says: the agency of the duty and its place. */
const agencies = ['province', 'city', 'county', 'inspector'] as const;
const inVisit = z.strictObject({ visitId: z.string() });
/** Who made a visit, and whom it found without a filing: for those who handle the matter, not for those who only read it. */
const handling = ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'auditor'] as const;
const people = (at: string) => ({ at: [`${at}/inspectors/*`, `${at}/unregistered/name`, `${at}/subjectName?institutionId`], shownTo: handling });

/** Somebody checked who is not in the register (an unfiled practice). */
export const unregistered = z.strictObject({ name: text(120), creditCode: z.string().max(40).nullable().default(null), address: text(200) });
export const drawRecord = z.object({
  drawId: z.string(), visitId: z.string(), algorithm: z.literal('sha256-rank-1'), seed: z.string(), pool: z.array(z.string()), poolSha256: z.string(), size: z.number().int(), result: z.array(z.string()), drawnAt: zInstant, ...zCited,
});
const verification = z.object({ itemId: z.string(), text: z.string(), acceptedBy: zDate.nullable(), /** 机构报告已经整改的日期 */ correctedOn: zDate.nullish(), corrected: z.boolean().nullable(), outcome: z.enum(['corrected', 'not-yet-due', 'uncorrected', 'undetermined']).nullable(), note: z.string(), class: z.enum(problemClasses).nullish(), clauses: z.array(z.string()) });
const finding = z.object({
  findingId: z.string(), kind: z.enum(findingKinds), title: z.string(), text: z.string(), serious: z.boolean(), clauses: z.array(z.string()),
  checklistItem: z.string().nullable(), class: z.enum(problemClasses).nullable(), /** 自查报告已经写明的 */ selfReported: z.boolean().nullable(),
});
/** What inspectors state of a body's self-check, with their reason. */
export const judgements = ['perfunctory', 'false-report', 'norm-not-carried-out'] as const;
const judged = z.strictObject({ kind: z.enum(judgements), reason: text(500) });
export const visit = z.object({
  visitId: z.string(), campaignId: z.string(), unit: z.string(), kind: z.enum(visitKinds), institutionId: z.string().nullable(), subjectName: z.string(), unregistered: unregistered.nullable(), filedElsewhere: z.boolean(),
  visitOn: zDate, inspectors: z.array(z.string()), state: z.enum(['open', 'recorded']), version: z.number().int(), mode: z.enum(visitModes), judged: z.array(judged), archives: z.array(z.string()).nullable(), draw: drawRecord.nullable(),
  verifications: z.array(verification), findings: z.array(finding), remarks: z.string(), caseId: z.string().nullable(), minimumSample: z.number().int(), ...zCited,
});
/** A single visit also says what this caller may do with it and what its record asks for. */
const oneVisit = visit.extend({
  mayAct: z.boolean(),
  /** 检查之日处于暂停的资质。`service`：政策包对暂停期间开展服务的认定，没有规定的为空；是否开展过服务由执法人员查明 */
  suspended: z.array(suspension.extend({ kind: z.enum(institutionKinds), to: zDate.nullable(), service: z.string().nullable(), clauses: z.array(z.string()) })),
  asks: z.object({
    /** 抽取档案 */ archives: z.boolean(), /** 清单以外的问题须注明类别 */ class: z.boolean(), /** 对自查报告的评价 */ judgements: z.boolean(),
    /** 不合格情况的种类，用政策包表格所印的名称；重点查处的注明 */ kinds: z.array(z.object({ kind: z.enum(findingKinds), title: z.string(), priority: z.boolean() })),
    checklist: z.array(z.object({ id: z.string(), title: z.string(), group: z.string().nullable(), class: z.enum(problemClasses).nullable(), clauses: z.array(z.string()) })),
  }),
});
export const listVisits = defineRoute({ room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/visits', summary: '检查任务与记录', roles: readers, params: z.strictObject({ campaignId: z.string() }), query: z.strictObject({ ...page, unit: z.string().optional(), institutionId: z.string().optional() }), answer: pageOf(visit), names: people('/items/*') });
/** Whom an extension check may name: any body of the register, wherever it is filed; names and filings are public. */
export const visitSubject = z.object({ institutionId: z.string(), name: z.string(), creditCode: z.string(), kind: z.string(), jurisdiction: z.string(), /** 备案（登记）地；没有备案或者已经注销的为空 */ filedIn: z.string().nullable(), invented: z.boolean() });
export const listVisitSubjects = defineRoute({
  room, method: 'GET', path: '/api/v1/visit-subjects', summary: '可以延伸检查的机构（不限登记地）', roles: agencies, query: z.strictObject({ ...page, q: z.string().trim().min(2, '请至少输入两个字').max(100) }), answer: pageOf(visitSubject),
});
export const openVisit = defineRoute({
  room, method: 'POST', path: '/api/v1/campaigns/{campaignId}/visits', summary: '开始现场检查或延伸检查', roles: agencies, params: z.strictObject({ campaignId: z.string() }),
  body: z.strictObject({ unit: z.string(), kind: z.enum(visitKinds), institutionId: z.string().nullable().default(null), unregistered: unregistered.nullable().default(null), visitOn: zDate, /** 默认按方案规定的方式；“四不两直”的检查到场后才登记 */ mode: z.enum(visitModes).optional(), inspectors: z.array(text(40)).min(2, '现场检查不得少于两名执法人员').max(10) }), answer: oneVisit,
});
export const getVisit = defineRoute({ room, method: 'GET', path: '/api/v1/visits/{visitId}', summary: '一次检查', roles: readers, params: inVisit, answer: oneVisit, names: people('') });
export const listArchives = defineRoute({ room, method: 'POST', path: '/api/v1/visits/{visitId}/archive-list', summary: '机构提供的档案清单（只记编号）', roles: agencies, params: inVisit, ifMatch: true, body: z.strictObject({ archives: z.array(z.string().trim().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,59}$/, '档案编号只用字母、数字和 . _ / -')).min(1).max(20000) }), answer: oneVisit });
export const drawArchives = defineRoute({ room, method: 'POST', stepUp: true, path: '/api/v1/visits/{visitId}/draw', summary: '随机抽取档案', roles: agencies, params: inVisit, ifMatch: true, body: z.strictObject({ size: z.number().int().min(1).max(1000) }), answer: oneVisit });
export const recordVisit = defineRoute({
  room, method: 'POST', path: '/api/v1/visits/{visitId}/record', summary: '检查结论：核实自查项目、不合格情况', roles: agencies, params: inVisit, ifMatch: true,
  body: z.strictObject({
    verifications: z.array(z.strictObject({ itemId: z.string(), corrected: z.boolean().nullable(), note: z.string().max(500).default('') })).max(300),
    findings: z.array(z.strictObject({ kind: z.enum(findingKinds), text: text(500), serious: z.boolean(), checklistItem: z.string().nullable().default(null), /** 清单以外的问题须注明 */ class: z.enum(problemClasses).nullable().default(null), selfCheckItem: z.string().nullable().default(null) })).max(100),
    judged: z.array(judged).max(3).default([]), remarks: z.string().max(4000).default(''),
  }), answer: oneVisit,
});
export const getDraw = defineRoute({ room, method: 'GET', path: '/api/v1/draws/{drawId}', summary: '抽取记录（可独立复算）', roles: readers, params: z.strictObject({ drawId: z.string() }), answer: drawRecord });

export const sanction = z.strictObject({ kind: z.enum(sanctionKinds), fen: z.number().int().min(0).nullable().default(null) });
/** 处罚决定：决定书、依据和是否公开（行政处罚法第四十八条） */
const penalty = z.object({
  number: z.string(), authority: z.string(), basis: z.string(), party: z.enum(['institution', 'person']), /** 认定具有一定社会影响；否则不公开 */ influential: z.boolean(), reason: z.string(), recordedOn: zDate, /** 公开的当事人名称；没有公开的为空 */ shownAs: z.string().nullable(),
});
const penaltyWithdrawal = z.object({ ground: z.enum(penaltyEnds), changedOn: zDate, document: z.string(), reason: z.string(), withdrawnOn: zDate, /** 撤回的最后一日 */ withdrawBy: zDate, firm: z.boolean(), /** 放假安排未定的为空 */ late: z.boolean().nullable(), ...zCited });
export const caseFile = z.object({
  caseId: z.string(), number: z.string(), campaignId: z.string(), unit: z.string(), institutionId: z.string().nullable(), subjectName: z.string(), visitId: z.string(), reason: z.string(), filedOn: zDate,
  state: z.enum(['open', 'decided']), decidedOn: zDate.nullable(), sanctions: z.array(sanction), version: z.number().int(),
  /** 从轻或者从严的情形；方案没有规定的为空 */ circumstance: z.object({ value: z.string().nullable(), reason: z.string().nullable(), clauses: z.array(z.string()) }).nullable(),
  /** 没有人登记过的为空：是否具有一定社会影响尚未认定，不公开 */ penalty: penalty.nullable(), penaltyWithdrawal: penaltyWithdrawal.nullable(),
  /** 已经撤回、依法变更的原决定，先作出的在前 */ earlierDecisions: z.array(z.object({ number: z.string(), decidedOn: zDate, sanctions: z.array(sanction), document: z.string(), changedOn: zDate, withdrawnOn: zDate })), ...zCited,
});
export const listCases = defineRoute({ room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/cases', summary: '立案与处理', roles: readers, params: z.strictObject({ campaignId: z.string() }), query: z.strictObject({ ...page, unit: z.string().optional() }), answer: pageOf(caseFile), names: people('/items/*') });
export const decideCase = defineRoute({
  room, method: 'POST', stepUp: true, path: '/api/v1/cases/{caseId}/decision', summary: '登记案件处理结果（金额以分计）', roles: ['province', 'city', 'county', 'approver'], params: z.strictObject({ caseId: z.string() }), ifMatch: true,
  body: z.strictObject({ decidedOn: zDate, sanctions: z.array(sanction).min(1).max(10) }), answer: caseFile,
});
const deciding = ['province', 'city', 'county', 'approver'] as const;
const penaltyPaper = z.strictObject({ number: text(100), authority: text(100), basis: text(500), /** 不在名录的当事人是单位还是自然人 */ party: z.enum(['institution', 'person']).default('institution'), influential: z.boolean(), reason: text(500) });
export const recordPenalty = defineRoute({
  room, method: 'POST', stepUp: true, path: '/api/v1/cases/{caseId}/penalty', summary: '登记行政处罚决定书，认定是否具有一定社会影响：认定的依法公开，其他的不公开', roles: deciding, params: z.strictObject({ caseId: z.string() }), ifMatch: true, says: ['/number', '/authority', '/basis'],
  body: penaltyPaper, answer: caseFile,
});
export const changePenalty = defineRoute({
  room, method: 'POST', stepUp: true, path: '/api/v1/cases/{caseId}/changed-penalty', summary: '登记依法变更后的行政处罚决定，认定是否具有一定社会影响：认定的依法公开；原决定已经撤回，不再公开', roles: deciding, params: z.strictObject({ caseId: z.string() }), ifMatch: true, says: ['/number', '/authority', '/basis'],
  body: penaltyPaper.extend({ decidedOn: zDate, sanctions: z.array(sanction).min(1).max(10) }), answer: caseFile,
});
export const withdrawPenalty = defineRoute({
  room, method: 'POST', stepUp: true, path: '/api/v1/cases/{caseId}/penalty-withdrawal', summary: '公开的处罚决定被变更、撤销、确认违法或者确认无效：撤回信息并公开说明理由', roles: deciding, params: z.strictObject({ caseId: z.string() }), ifMatch: true, says: ['/document', '/reason'],
  body: z.strictObject({ ground: z.enum(penaltyEnds), changedOn: zDate, document: text(100), reason: text(500) }), answer: caseFile,
});
