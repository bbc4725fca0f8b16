import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { defineRoute, page, pageOf, text, zCited } from './route.js';

const room = 'inspection' as const;
/** Which of them receives the reports, the pack says. */
const officers = ['province', 'city', 'county'] as const;

export const problemClasses = ['violation', 'gap'] as const;
/** A problem found by the body itself or named in last year's circular; corrected at once, or dated. */
export const selfCheckItem = z.strictObject({
  source: z.enum(['self', 'assessment-last-year']), problemId: z.string().nullable().default(null), checklistItem: z.string().nullable().default(null), text: text(500),
  correctedOn: zDate.nullable(), correctBy: zDate.nullable(),
  /** Only of a problem that the checklist does not name (其他): an offence, or a gap. */ class: z.enum(problemClasses).nullable().default(null),
  /** 整改措施 */ measure: z.string().trim().max(500).nullable().default(null), /** 责任岗位 */ responsible: z.string().trim().max(60).nullable().default(null),
});
const body = z.strictObject({
  institutionId: z.string(), items: z.array(selfCheckItem).max(200), noProblems: z.boolean().default(false),
  /** Only where the pack asks for them. */ volumes: z.strictObject({ employers: z.number().int().min(0).max(10_000_000), workers: z.number().int().min(0).max(100_000_000) }).nullable().default(null),
  /** 单位盖章人员的岗位 */ sealedBy: text(60).nullable(),
  /** An officer enters a sealed paper report on behalf of the body. */
  onBehalf: z.strictObject({ receivedOn: zDate, reason: text(300) }).nullable().default(null),
});
const agency = z.object({ agency: z.string(), name: z.string() });
export const reportQualities = ['perfunctory', 'falsified'] as const;
const judged = z.object({ quality: z.enum(reportQualities), reason: z.string() });
export const selfCheckStates = ['submitted', 'returned', 'accepted', 'superseded'] as const;
export const selfCheck = z.object({
  selfCheckId: z.string(), campaignId: z.string(), institutionId: z.string(), institutionName: z.string(), unit: z.string(), version: z.number().int(), report: z.number().int(), state: z.enum(selfCheckStates),
  items: z.array(selfCheckItem.extend({ itemId: z.string(), acceptedBy: zDate.nullable() })), noProblems: z.boolean(), volumes: z.object({ employers: z.number().int(), workers: z.number().int() }).nullable(),
  sealedBy: z.string().nullable(), onBehalf: z.boolean(), receivedAt: zInstant, dueOn: zDate.nullable(), late: z.boolean().nullable(), early: z.boolean(),
  /** 报送给谁，抄送给谁 */ receiver: agency.nullable(), copies: z.array(agency), attachments: z.array(z.string()), judged: judged.nullable(),
  returns: z.array(z.object({ at: zInstant, reasons: z.array(z.string()) })), history: z.array(z.object({ selfCheckId: z.string(), report: z.number().int(), state: z.string(), receivedAt: zInstant })), ...zCited,
});
const inCheck = z.strictObject({ selfCheckId: z.string() });
export const submitSelfCheck = defineRoute({ room, method: 'POST', path: '/api/v1/campaigns/{campaignId}/self-checks', summary: '报送自查报告（重报即替代前一份）', roles: ['institution', 'institution-head', ...officers], params: z.strictObject({ campaignId: z.string() }), body, answer: selfCheck });
export const getSelfCheck = defineRoute({ room, method: 'GET', path: '/api/v1/self-checks/{selfCheckId}', summary: '自查报告', roles: ['institution', 'institution-head', ...officers, 'inspector', 'legal-reviewer', 'approver', 'publisher', 'auditor', 'quality-centre'], params: inCheck, answer: selfCheck });
export const returnSelfCheck = defineRoute({ room, method: 'POST', path: '/api/v1/self-checks/{selfCheckId}/return', summary: '退回自查报告并说明理由', roles: officers, params: inCheck, ifMatch: true, body: z.strictObject({ reasons: z.array(text(300)).min(1).max(20) }), answer: selfCheck });
export const acceptSelfCheck = defineRoute({
  room, method: 'POST', path: '/api/v1/self-checks/{selfCheckId}/acceptance', summary: '接收自查报告，可调整整改期限', roles: officers, params: inCheck, ifMatch: true,
  body: z.strictObject({
    dates: z.array(z.strictObject({ itemId: z.string(), correctBy: zDate })).default([]),
    /** 敷衍了事、弄虚作假的，说明理由 */ judged: z.strictObject({ quality: z.enum(reportQualities), reason: text(500) }).nullable().default(null),
  }), answer: selfCheck,
});
/** What has come in, as the receiver and whoever gets a copy see it; a copy is read only. */
export const listSelfChecks = defineRoute({
  room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/self-checks', summary: '收到和抄送的自查报告', roles: [...officers, 'inspector', 'legal-reviewer', 'approver', 'publisher', 'auditor'], params: z.strictObject({ campaignId: z.string() }),
  query: z.strictObject({ ...page, unit: z.string().optional() }),
  answer: pageOf(z.object({
    selfCheckId: z.string(), institutionId: z.string(), institutionName: z.string(), unit: z.string(), unitName: z.string(), report: z.number().int(), version: z.number().int(), state: z.enum(selfCheckStates),
    receivedAt: zInstant, late: z.boolean().nullable(), problems: z.number().int(), violations: z.number().int(), receiver: agency.nullable(), copies: z.array(agency), as: z.enum(['receiver', 'copy', 'reader']), ...zCited,
  })),
});
