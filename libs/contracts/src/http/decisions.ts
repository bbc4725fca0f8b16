import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { decisionKinds } from '../vocabulary.js';
import { defineRoute, page, pageOf } from './route.js';

const readers = ['province', 'city', 'county', 'quality-centre', 'auditor', 'legal-reviewer', 'approver', 'publisher'] as const;
/** The rooms that decide: each keeps the certificates of its own decisions, and is asked by its name. */
export const decidingRooms = ['inspection', 'qualification', 'quality-control', 'publication', 'gateway'] as const;
const inRoom = { room: z.enum(decidingRooms) };
const subject = z.string().min(1).max(200);

/** A decision with all it rests on; what it is about is named by ids. */
export const certificate = z.object({
  id: z.string(), kind: z.enum(decisionKinds), basis: z.enum(['rule', 'person']), subject: z.string(), about: z.array(z.string()), jurisdiction: z.string(), inputs: z.record(z.string(), z.unknown()), inputsSha256: z.string(),
  outcome: z.unknown(), determined: z.boolean(), reason: z.string().nullable(), pack: z.object({ id: z.string(), version: z.number().int(), sha256: z.string() }).nullable(),
  rule: z.object({ form: z.string(), name: z.string(), sha256: z.string() }).nullable(), clauses: z.array(z.object({ id: z.string(), quote: z.string() })), calendar: z.string().nullable(),
  actor: z.string(), cause: z.string(), workflow: z.object({ id: z.string(), run: z.string(), activity: z.string() }).nullable(), at: zInstant, sha256: z.string(),
});
export type ShownCertificate = z.infer<typeof certificate>;

export const listDecisions = defineRoute({
  room: 'gateway', method: 'GET', path: '/api/v1/decisions', summary: '决定的凭证：按对象、种类、日期查找，新的在前', roles: readers,
  query: z.strictObject({ ...page, ...inRoom, subject: subject.optional(), kind: z.enum(decisionKinds).optional(), /** 截至这一天 24 时 */ asOf: zDate.optional() }), answer: pageOf(certificate),
});
/** `recomputed`: what our own evaluator makes of inputs and rule now; null where a person weighed it. */
export const getDecision = defineRoute({
  room: 'gateway', method: 'GET', path: '/api/v1/decisions/{id}', summary: '一份决定凭证：输入、规则全文、条款原文、版本、经办人，以及重新计算的结果', roles: readers,
  params: z.strictObject({ id: z.uuid() }), query: z.strictObject(inRoom),
  answer: z.object({
    certificate, /** 凭证的原文（规范 JSON）；其 SHA-256 即 certificate.sha256 */ body: z.string(), ruleText: z.unknown().nullable(), recomputed: z.object({ determined: z.boolean(), outcome: z.unknown(), same: z.boolean() }).nullable(),
    /** 决策表中适用的规则 */ hits: z.array(z.string()),
    /** 凭证所在的日志条目，可凭此索取包含证明 */ entry: z.string().nullable(),
  }),
});
/** What was known then: the latest certificate of each kind, and the versions of pack and calendar that held. A day that has ended answers the same for ever. */
export const asOfDay = defineRoute({
  room: 'gateway', method: 'GET', path: '/api/v1/decisions/as-of', summary: '某一天所知道的：每种决定当时最新的一份，以及当时适用的政策包和节假日安排版本', roles: readers,
  query: z.strictObject({ ...inRoom, subject, on: zDate }),
  answer: z.object({
    room: z.string(), subject: z.string(), on: zDate, /** 这一天已经过完，以后再问答案不变 */ settled: z.boolean(), items: z.array(certificate),
    versions: z.array(z.object({ campaign: z.string(), pack: z.string().nullable(), calendar: z.string().nullable(), since: zInstant })),
  }),
});
