import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { rectificationLimitBases } from '../facts/inspection.js';
import { defineRoute, page, pageOf, text, zCited } from './route.js';

const room = 'inspection' as const;
/** Which of them receives the reports, the pack says. */
const officers = ['province', 'city', 'county'] as const;
const readers = [...officers, 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor'] as const;

export const rectificationStates = ['open', 'submitted', 'returned', 'accepted', 'released'] as const;
/** Where it stands on the board: 待报告、待审核、退回重报、已通过、逾期未报、不再要求. */
export const rectificationBoards = ['awaited', 'to-review', 'returned', 'accepted', 'overdue', 'released'] as const;

const rectifiedItem = z.strictObject({ problem: text(500), measure: text(500), /** 已整改的日期 */ correctedOn: zDate.nullable(), /** 整改期限 */ correctBy: zDate.nullable() });
const report = z.object({
  reportId: z.string(), report: z.number().int(), summary: z.string(), items: z.array(rectifiedItem), sealedBy: z.string(), onBehalf: z.object({ receivedOn: zDate, reason: z.string() }).nullable(),
  receivedAt: zInstant, late: z.boolean().nullable(), state: z.enum(['submitted', 'returned', 'accepted', 'superseded']), reasons: z.array(z.string()), decidedAt: zInstant.nullable(),
});
/** What stands beside a duty: why it changed, when it was reminded of. */
const note = z.object({ at: zInstant, text: z.string() });
const listed = z.object({
  rectificationId: z.string(), institutionId: z.string(), institutionName: z.string(), jurisdiction: z.string(), place: z.string(), year: z.number().int(), colour: z.string(), colourTitle: z.string(), publishedOn: zDate,
  /** Null: the pack gives no limit. `firm: false`: a day of a year whose holidays are not known yet. */ dueOn: zDate.nullable(), dueAt: zInstant.nullable(), firm: z.boolean(), because: z.string(), /** The days that were counted; none where they no longer give the day that stands. */ counted: z.array(zDate),
  /** Working days that are left, the due day included; null once it has passed or a report is in. */ daysLeft: z.number().int().nullable(),
  state: z.enum(rectificationStates), board: z.enum(rectificationBoards), late: z.boolean().nullable(), overdueAt: zInstant.nullable(), remindedAt: zInstant.nullable(), reports: z.number().int(), version: z.number().int(), ...zCited,
  /** The last day an agency wrote for rectifying itself; null: nobody wrote one. */ limitOn: zDate.nullable(), /** By what an agency may write one. */ limitClauses: z.array(z.string()), /** When that day had ended without it. */ missedAt: zInstant.nullable(), rectifiedOn: zDate.nullable(),
});
/** Each limit as it was written, the latest last. `reading`: how the pack reads a text that gives none. */
const limit = z.object({ limitOn: zDate, reason: z.string(), document: z.string(), agency: z.string(), basis: z.enum(rectificationLimitBases), reading: z.string().nullable(), at: zInstant });
const seen = z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('check'), checkId: z.string() }), z.strictObject({ kind: z.literal('report') })]);
const verification = z.object({ rectifiedOn: zDate, verifiedBy: z.array(z.string()), from: seen, remark: z.string(), inTime: z.boolean().nullable(), at: zInstant });
export const rectification = listed.extend({ history: z.array(report), notes: z.array(note), limits: z.array(limit), verification: verification.nullable(), /** May this caller write a limit for rectifying now? */ mayLimit: z.boolean(), /** May this caller record now that it was rectified? */ mayVerify: z.boolean(), /** May this caller decide about a report, or enter one from paper? */ mayDecide: z.boolean() });
const inDuty = z.strictObject({ rectificationId: z.string() });

export const listRectifications = defineRoute({
  room, method: 'GET', path: '/api/v1/rectifications', summary: '整改报告的看板', roles: ['institution', 'institution-head', ...readers],
  query: z.strictObject({ ...page, jurisdiction: z.string().optional(), year: z.coerce.number().int().optional(), board: z.enum(rectificationBoards).optional(), institutionId: z.string().optional() }), answer: pageOf(listed),
});
const verifiers = { at: ['/verification/verifiedBy/*'], shownTo: ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'auditor'] } as const;
export const getRectification = defineRoute({ room, method: 'GET', path: '/api/v1/rectifications/{rectificationId}', summary: '一家机构一个年度的整改报告', roles: ['institution', 'institution-head', ...readers], params: inDuty, answer: rectification, names: verifiers });
export const submitRectification = defineRoute({
  room, method: 'POST', path: '/api/v1/rectifications/{rectificationId}/reports', summary: '提交整改报告（再次提交即替代前一份）', roles: ['institution', 'institution-head', ...officers], params: inDuty,
  body: z.strictObject({
    summary: text(5000), items: z.array(rectifiedItem).min(1, '请至少写明一个问题及其整改').max(100), /** 单位盖章人员的岗位 */ sealedBy: text(60),
    /** An officer enters a sealed paper report on behalf of the body. */ onBehalf: z.strictObject({ receivedOn: zDate, reason: text(300) }).nullable().default(null),
  }), answer: rectification, names: verifiers,
});
export const returnRectification = defineRoute({
  room, method: 'POST', ifMatch: true, path: '/api/v1/rectifications/{rectificationId}/return', summary: '退回整改报告并说明理由', roles: officers, params: inDuty, body: z.strictObject({ reasons: z.array(text(300)).min(1, '请写明退回的理由').max(20) }), answer: rectification, names: verifiers,
});
export const acceptRectification = defineRoute({
  room, method: 'POST', ifMatch: true, path: '/api/v1/rectifications/{rectificationId}/acceptance', summary: '通过整改报告', roles: officers, params: inDuty, body: z.strictObject({ note: z.string().trim().max(500).default('') }), answer: rectification, names: verifiers,
});
export const limitRectification = defineRoute({
  room, method: 'POST', ifMatch: true, path: '/api/v1/rectifications/{rectificationId}/limit', summary: '写明整改期限（政策文件没有规定整改期限的，逐案写明）', roles: officers, params: inDuty,
  body: z.strictObject({ /** 整改期限，当日 24:00 期满 */ limitOn: zDate, reason: text(500), /** 责令限期整改文书的文号 */ document: text(100) }), answer: rectification, names: verifiers,
});
export const verifyRectification = defineRoute({
  room, method: 'POST', ifMatch: true, path: '/api/v1/rectifications/{rectificationId}/verification', summary: '登记已核实整改', roles: officers, params: inDuty,
  body: z.strictObject({ /** 整改完成的日期 */ rectifiedOn: zDate, /** 核实人员 */ verifiedBy: z.array(text(40)).min(1, '请填写核实人员').max(10), /** 据以核实的检查或者整改报告 */ from: seen, remark: z.string().trim().max(500).default('') }), answer: rectification, names: verifiers,
});
