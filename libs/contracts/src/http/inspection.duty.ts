import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { defineRoute, page, pageOf, text, zCited } from './route.js';

const room = 'inspection' as const;
const officers = ['province', 'city', 'county'] as const;

/** One line of an issue list: what falls short, why, what is done about it, by which post, by when. */
export const issue = z.strictObject({
  /** The body it is about, in a list that a unit keeps of its bodies. */ institutionId: z.string().nullable().default(null),
  item: z.string().max(60).nullable().default(null), standard: z.string().max(300).default(''), text: text(500), cause: z.string().max(500).default(''), measure: z.string().max(500).default(''),
  /** 责任岗位，不写姓名 */ responsible: z.string().max(60).default(''), due: zDate.nullable().default(null), correctedOn: zDate.nullable().default(null),
});
const body = z.strictObject({
  unit: z.string(), institutionId: z.string().nullable().default(null), doneOn: zDate, note: z.string().max(5000).default(''), issues: z.array(issue).max(300).default([]),
  /** What the pack's decision of this duty is asked with. */
  inputs: z.record(z.string(), z.union([z.string().max(200), z.number(), z.boolean()])).default({}),
  sealedBy: text(60).nullable().default(null), onBehalf: z.strictObject({ receivedOn: zDate, reason: text(300) }).nullable().default(null),
});
export const dutyRecord = z.object({
  recordId: z.string(), campaignId: z.string(), unit: z.string(), duty: z.string(), title: z.string(), kind: z.string(), institutionId: z.string().nullable(), institutionName: z.string().nullable(), doneOn: zDate, note: z.string(),
  issues: z.array(issue), sealedBy: z.string().nullable(), onBehalf: z.boolean(), state: z.enum(['current', 'superseded']), dueOn: zDate.nullable(), late: z.boolean().nullable(), receivedAt: zInstant,
  /** `reason`: the words of the rule, or why it cannot be told; rule and inputs since they are kept. */
  outcome: z.object({
    determined: z.boolean(), value: z.unknown(), reason: z.string().nullable(), missing: z.array(z.string()), clauses: z.array(z.string()),
    rule: z.string().nullable().optional(), inputs: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  }).nullable(), ...zCited,
});
export const recordDuty = defineRoute({
  room, method: 'POST', path: '/api/v1/campaigns/{campaignId}/duties/{duty}/records', summary: '登记一项工作的办理（再次登记即替代前一份）', roles: ['institution', 'institution-head', ...officers],
  params: z.strictObject({ campaignId: z.string(), duty: z.string() }), body, answer: dutyRecord,
});
export const importDutyRecord = defineRoute({
  room, method: 'POST', path: '/api/v1/campaigns/{campaignId}/duties/{duty}/record-imports', summary: '从表格登记清单或底档库（有一处错误即全部不登记，逐格指出）', roles: ['institution', 'institution-head', ...officers],
  params: z.strictObject({ campaignId: z.string(), duty: z.string() }), file: { maxBytes: 2_000_000 }, answer: dutyRecord,
  query: z.strictObject({ unit: z.string(), institutionId: z.string().optional(), doneOn: zDate, sealedBy: text(60).optional() }),
});
export const downloadDutyTemplate = defineRoute({
  room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/duties/{duty}/record-template', summary: '清单或底档库的空白表格', roles: ['institution', 'institution-head', ...officers], params: z.strictObject({ campaignId: z.string(), duty: z.string() }), query: z.strictObject({ unit: z.string() }),
  answersFile: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
});
export const listDutyRecords = defineRoute({
  room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/duty-records', summary: '各项工作的办理登记（问题清单、计划、底库等）', roles: ['institution', 'institution-head', ...officers, 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor'], params: z.strictObject({ campaignId: z.string() }),
  query: z.strictObject({ ...page, unit: z.string().optional(), duty: z.string().optional(), institutionId: z.string().optional(), superseded: z.enum(['true', 'false']).default('false') }), answer: pageOf(dutyRecord),
});
