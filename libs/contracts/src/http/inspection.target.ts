import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { defineRoute, page, pageOf, text, zCited } from './route.js';

const room = 'inspection' as const;
const readers = ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor', 'expert'] as const;
const inCampaign = z.strictObject({ campaignId: z.string() });

/** `met`/`not-met` compare exactly; `not-applicable`: nothing to count; `undetermined`: a count is missing. */
export const targetStates = ['met', 'not-met', 'not-applicable', 'undetermined'] as const;
const reached = z.object({
  kind: z.string().nullable(), numerator: z.number().int().nullable(), denominator: z.number().int().nullable(), percent: z.string().nullable(), state: z.enum(targetStates), missing: z.array(z.string()),
  sources: z.array(z.object({ measure: z.string(), count: z.number().int(), asOf: zDate, source: z.string(), enteredAt: zInstant, actor: z.string() })),
});
export const target = z.object({
  target: z.string(), title: z.string(), wording: z.string().nullable(), op: z.enum(['=', '>=']), percent: z.string(), numerator: z.string(), denominator: z.string(), data: z.enum(['computed', 'entered']),
  from: zDate.nullable(), to: zDate.nullable(), periodStated: z.boolean(), reading: z.string().nullable(), total: reached.nullable(), kinds: z.array(reached), ...zCited,
});
export const listTargets = defineRoute({ room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/targets', summary: '目标与实际：分子、分母、是否达到', roles: readers, params: inCampaign, query: z.strictObject({ unit: z.string().optional() }), answer: z.object({ items: z.array(target), asOf: zDate }) });
export const listTargetBodies = defineRoute({
  room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/targets/{target}/bodies', summary: '一项目标涉及的机构：哪些已计入，凭什么', roles: readers, params: z.strictObject({ campaignId: z.string(), target: z.string() }),
  query: z.strictObject({ ...page, unit: z.string().optional(), kind: z.string().optional(), counted: z.enum(['true', 'false']).optional() }),
  answer: pageOf(z.object({ institutionId: z.string(), name: z.string(), kind: z.string(), unit: z.string(), counted: z.boolean(), on: zDate.nullable(), visitId: z.string().nullable(), caseId: z.string().nullable() })),
});
const measure = z.strictObject({ unit: z.string(), measure: z.string(), kind: z.string(), count: z.number().int().min(0).max(1_000_000_000), asOf: zDate, source: text(300) });
const entered = measure.extend({ measureId: z.string(), enteredAt: zInstant, actor: z.string() });
export const enterMeasure = defineRoute({ room, method: 'POST', path: '/api/v1/campaigns/{campaignId}/measures', summary: '填报统计数（须注明来源；后填的为准）', roles: ['city', 'county', 'quality-centre'], params: inCampaign, body: measure, answer: entered });
export const importMeasures = defineRoute({
  room, method: 'POST', path: '/api/v1/campaigns/{campaignId}/measure-imports', summary: '从表格导入统计数（有一处错误即全部不导入）', roles: ['city', 'county', 'quality-centre'], params: inCampaign,
  query: z.strictObject({ unit: z.string() }), file: { maxBytes: 2_000_000 }, answer: z.object({ imported: z.number().int(), items: z.array(entered) }),
});
export const listMeasures = defineRoute({ room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/measures', summary: '已填报的统计数及其来源', roles: readers, params: inCampaign, query: z.strictObject({ ...page, unit: z.string().optional(), measure: z.string().optional() }), answer: pageOf(entered) });
