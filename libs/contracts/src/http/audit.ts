import { z } from 'zod';
import { zInstant } from '../envelope.js';
import { defineRoute, page, pageOf } from './route.js';

const room = 'workflows' as const;
const roles = ['auditor'] as const;
const ofCase = z.strictObject({ workflowId: z.string().max(150) });
/** Which run of a workflow that was begun anew under its id; without it the latest. */
const whichRun = z.strictObject({ runId: z.uuid('运行编号格式不对').optional() });

/** What a workflow is about. */
export const caseKinds = ['campaign', 'colour', 'notice', 'consequences', 'other'] as const;
/** A run of a workflow, archived (closed, or as it stood when somebody asked) or still running. Campaign and unit: of a campaign's workflow only. */
export const auditCase = z.object({
  workflowId: z.string(), runId: z.string(), kind: z.enum(caseKinds), campaignId: z.string().nullable(), unit: z.string().nullable(), status: z.string(), startedAt: zInstant, closedAt: zInstant.nullable(),
  events: z.number().int(), historySha256: z.string(), bundleSha256: z.string(), sdk: z.string(), packs: z.array(z.string()), calendars: z.array(z.string()), archivedAt: zInstant,
});
export const listArchivedCases = defineRoute({
  room, method: 'GET', path: '/api/v1/audit/archives', summary: '已归档的流程，每件列最近一次运行；指定 workflowId 时列出该件的各次运行，新的在前', roles,
  query: z.strictObject({ ...page, campaignId: z.uuid().optional(), kind: z.enum(caseKinds).optional(), workflowId: z.string().max(150).optional() }), answer: pageOf(auditCase),
});
export const exportCase = defineRoute({
  room, method: 'GET', path: '/api/v1/audit/export/{workflowId}', summary: '导出一件流程的核验包（流程历史、程序、政策包、日历、日志证明、决定凭证、任务台账、公布内容）', roles, params: ofCase, query: whichRun, answersFile: 'application/zip',
});
const problem = z.object({ check: z.string(), where: z.string(), message: z.string() });
export const verifyCase = defineRoute({
  room, method: 'GET', path: '/api/v1/audit/verification/{workflowId}', summary: '重放校验一件流程：哈希、日志证明、重放、摘要与决定重算、与公布内容比对', roles, params: ofCase, query: whichRun,
  answer: z.object({
    ok: z.boolean(), checks: z.array(z.object({ name: z.string(), ok: z.boolean() })), firstDivergence: problem.nullable(),
    problems: z.array(problem), events: z.number().int(), milliseconds: z.number().int(), bundleSha256: z.string(), madeAt: zInstant,
  }),
});
export const storyLine = z.object({
  at: zInstant, event: z.string(), group: z.string(), step: z.string(), result: z.string(), clauses: z.array(z.object({ id: z.string(), quote: z.string() })), rule: z.string().nullable(), actor: z.string(), pack: z.string().nullable(), calendar: z.string().nullable(),
});
export const getStory = defineRoute({
  room, method: 'GET', path: '/api/v1/audit/timeline/{workflowId}', summary: '一件流程的经过：时间、步骤、结果、条款、办理人', roles, params: ofCase, query: whichRun,
  answer: z.object({ workflowId: z.string(), runId: z.string(), status: z.string(), lines: z.array(storyLine) }),
});
export const sampleCases = defineRoute({
  room, method: 'GET', path: '/api/v1/audit/sample', summary: '抽查：按种子从已归档流程中抽取，可凭记录重算（sha256-rank-1）', roles,
  query: z.strictObject({ seed: z.string().trim().min(1).max(100), size: z.coerce.number().int().min(1).max(200), campaignId: z.uuid().optional(), kind: z.enum(caseKinds).optional() }),
  answer: z.object({ algorithm: z.literal('sha256-rank-1'), seed: z.string(), pool: z.array(z.string()), poolSha256: z.string(), size: z.number().int(), result: z.array(z.string()) }),
});

/** What one room knows of a case, for the file that the auditor takes away; every room answers it for itself. */
export const getAuditPart = defineRoute({
  room: 'gateway', method: 'GET', path: '/api/v1/audit/parts/{room}', summary: '一个服务所记的一件流程：日志条目、决定凭证、事实与台账', roles,
  params: z.strictObject({ room: z.string() }), query: z.strictObject({ workflowId: z.string().max(150), runs: z.string().max(4000).optional(), basisYear: z.coerce.number().int().optional(), institutions: z.string().max(8000).optional(), matters: z.string().max(8000).optional() }),
  answer: z.object({
    room: z.string(), entries: z.array(z.object({ id: z.string(), body: z.string(), leaf: z.string() })), certificates: z.array(z.object({ id: z.string(), sha256: z.string(), body: z.string() })),
    ruleTexts: z.array(z.object({ sha256: z.string(), body: z.string() })), facts: z.array(z.object({ id: z.string(), body: z.string() })), rows: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
  }),
});
