import { z } from 'zod';
import { policyRef, zDate, zInstant } from '../envelope.js';
import { amendmentKinds, notificationModes } from '../facts/inspection.js';
import { problemClasses } from './inspection.self-check.js';
import { defineRoute, page, pageOf, text, zArea, zCited, zCode } from './route.js';

const room = 'inspection' as const;
const readers = ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor', 'operator', 'expert'] as const;
/** Which of them may act, the pack says: the agency of the duty and its place. */
const agencies = ['province', 'city', 'county'] as const;
const inCampaign = z.strictObject({ campaignId: z.string() });
const inUnit = z.strictObject({ campaignId: z.string(), unit: z.string() });
const inInstitution = z.strictObject({ campaignId: z.string(), institutionId: z.string() });

export const campaignStates = ['draft', 'approved', 'finished'] as const;
export const campaign = z.object({
  campaignId: z.string(), name: z.string(), pack: z.string(), packVersion: z.number().int(), packHash: z.string(), calendar: z.string(), jurisdiction: z.string(),
  units: z.array(z.object({ code: z.string(), name: z.string() })), state: z.enum(campaignStates), version: z.number().int(), draftedBy: z.string().nullable(), approvedBy: z.string().nullable(),
  findings: z.array(z.object({ id: z.string(), kind: z.string(), severity: z.enum(['error', 'warning', 'info']), clauses: z.array(z.string()), message: z.string(), quote: z.string().optional(), reading: z.string().optional() })),
});
export const listCampaigns = defineRoute({ room, method: 'GET', path: '/api/v1/campaigns', summary: '专项行动列表', roles: [...readers, 'institution', 'institution-head'], query: z.strictObject(page), answer: pageOf(campaign) });
export const draftCampaign = defineRoute({
  room, method: 'POST', path: '/api/v1/campaigns', summary: '按政策包拟定专项行动', roles: ['province', 'city', 'county'], says: ['/name', '/units/*/name'],
  body: z.strictObject({
    name: text(120), pack: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+(@\d+)?$/, '政策包写作 地区/方案 或 地区/方案@版本'),
    units: z.array(z.strictObject({ code: zArea, name: text(40) })).min(1).max(400),
    /** A unit's own days, inside what the pack allows. */
    dates: z.array(z.strictObject({ unit: z.string(), duty: z.string(), on: zDate })).max(4000).default([]),
  }), answer: campaign,
});
export const approveCampaign = defineRoute({ room, method: 'POST', stepUp: true, path: '/api/v1/campaigns/{campaignId}/approval', summary: '批准并启动专项行动', roles: ['province', 'city', 'approver'], params: inCampaign, answer: campaign });
export const getCampaign = defineRoute({ room, method: 'GET', path: '/api/v1/campaigns/{campaignId}', summary: '专项行动', roles: [...readers, 'institution', 'institution-head'], params: inCampaign, answer: campaign });

const window = z.object({ opensOn: zDate, closesOn: zDate, openedAt: zInstant.nullable(), closedAt: zInstant.nullable() });
const statusCounts = z.object({ open: z.number().int(), done: z.number().int(), late: z.number().int(), overdue: z.number().int() });
/** The whole campaign on one screen: Gantt, funnel, districts, what will be late next. */
export const getOverview = defineRoute({
  room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/overview', summary: '行动全景', roles: readers, params: inCampaign,
  answer: z.object({
    campaign, today: zDate, demonstration: z.boolean(),
    units: z.array(z.object({
      code: z.string(), name: z.string(), state: z.enum(['planned', 'running', 'suspended', 'finished']),
      stages: z.array(window.extend({ id: z.string(), title: z.string(), kind: z.string() })),
      funnel: z.object({ filed: z.number().int(), roster: z.number().int(), idle: z.number().int(), undetermined: z.number().int(), notified: z.number().int(), acknowledged: z.number().int(), selfChecked: z.number().int(), late: z.number().int(), problems: z.number().int(), corrected: z.number().int(), visited: z.number().int(), findings: z.number().int(), cases: z.number().int() }),
      obligations: statusCounts,
    })),
    funnel: z.array(z.object({ step: z.string(), title: z.string(), count: z.number().int() })),
    next: z.array(z.object({ unit: z.string(), unitName: z.string(), duty: z.string(), title: z.string(), dueOn: zDate, firm: z.boolean(), open: z.number().int(), clauses: z.array(z.string()), /** 其中一项，期限的算法由 `getObligationDue` 说明 */ obligationId: z.string() })),
    ...zCited,
  }),
});
export const obligationStates = ['open', 'done', 'late', 'overdue', 'cancelled'] as const;
export const obligation = z.object({
  obligationId: z.string(), unit: z.string(), stage: z.string(), duty: z.string(), title: z.string(), actor: z.string(), receiver: z.string(),
  institutionId: z.string().nullable(), institutionName: z.string().nullable(),
  dueOn: zDate.nullable(), limitOn: zDate.nullable(), firm: z.boolean(), /** 文件没有写明期限：不会逾期 */ noLimit: z.boolean(), state: z.enum(obligationStates), doneAt: zInstant.nullable(), lateAt: zInstant.nullable(), /** 报告已退回、更正报告未到：被退回报告的收到时间 */ correctionOf: zInstant.nullable(),
  /** 怎么算的; null where the day hangs on an event. */ because: z.string().nullable(), ...zCited,
});
/** A duty as a unit's page shows it: its day, how it was reached, and what it asks for. */
const unitDuty = z.object({
  id: z.string(), kind: z.string(), title: z.string(), dueOn: zDate.nullable(), firm: z.boolean(), because: z.string(), subject: z.string(), actor: z.string().nullable(), form: z.string().nullable(), checklist: z.string().nullable(),
  decision: z.string().nullable(), sealed: z.boolean(), sample: z.string().nullable(), clauses: z.array(z.string()),
});
export const getUnit = defineRoute({
  room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/units/{unit}', summary: '一个填报单位：机构与任务', roles: readers, params: inUnit,
  answer: z.object({
    campaign, code: z.string(), name: z.string(), state: z.string(), stages: z.array(window.extend({ id: z.string(), title: z.string(), kind: z.string(), clauses: z.array(z.string()), duties: z.array(unitDuty) })),
    /** Stages without any time in the text. */ milestones: z.array(z.object({ id: z.string(), title: z.string(), kind: z.string(), duties: z.array(unitDuty) })),
    plan: z.object({ version: z.number().int(), filedAt: zInstant.nullable(), text: z.string(), dates: z.array(z.object({ duty: z.string(), on: zDate })) }),
    institutions: z.array(z.object({
      institutionId: z.string(), name: z.string(), creditCode: z.string(), kind: z.string(), address: z.string(), contactPost: z.string().nullable(), filedOn: zDate.nullable(), categories: z.array(z.string()), items: z.array(z.string()), outreach: z.boolean(), invented: z.boolean(), state: z.enum(['in', 'idle', 'undetermined']), reason: z.string().nullable(),
      notifiedOn: zDate.nullable(), acknowledgedOn: zDate.nullable(), obligations: z.array(obligation), selfCheckId: z.string().nullable(), selfCheckState: z.string().nullable(), visits: z.number().int(), findings: z.number().int(), cases: z.number().int(),
    })),
    /** 政策包所列的通知方式 */ notificationModes: z.array(z.enum(notificationModes)),
    /** 本人所在机关在这里办理的工作（种类） */ mayDo: z.array(z.enum(['notification', 'local-plan', 'site-check', 'extension-check'])),
    unitObligations: z.array(obligation), reminders: z.array(z.object({ duty: z.string(), dueOn: zDate, issuedAt: zInstant, obligations: z.number().int(), automatic: z.boolean() })),
    ...zCited,
  }),
});
export const listObligations = defineRoute({
  room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/obligations', summary: '任务清单（可筛逾期）', roles: [...readers, 'institution', 'institution-head'], params: inCampaign,
  query: z.strictObject({ ...page, unit: z.string().optional(), duty: z.string().optional(), state: z.enum(obligationStates).optional(), institutionId: z.string().optional() }), answer: pageOf(obligation),
});
const amendment = z.object({ amendmentId: z.string(), kind: z.enum([...amendmentKinds, 'pack']), units: z.array(z.string()), stage: z.string().nullable(), duty: z.string().nullable(), on: zDate.nullable(), reason: z.string(), /** 所依据的条款编号 */ clause: z.string().nullable(), /** 来文文号 */ document: z.string().nullable(), actor: z.string(), amendedAt: zInstant });
export const amendCampaign = defineRoute({
  room, method: 'POST', path: '/api/v1/campaigns/{campaignId}/amendments', summary: '延期、改期、中止或恢复（记明理由与依据）', roles: ['province', 'city'], params: inCampaign,
  body: z.strictObject({ kind: z.enum(['extend', 'replace-date', 'suspend', 'resume']), units: z.array(zCode).optional(), stage: zCode.optional(), duty: zCode.optional(), on: zDate.optional(), reason: text(500), /** 所依据的条款编号；不填即为所变更阶段或任务的条款 */ clause: text(60).optional(), /** 来文文号 */ document: text(60).optional() }),
  answer: amendment,
});
export const listAmendments = defineRoute({ room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/amendments', summary: '变更记录', roles: readers, params: inCampaign, query: z.strictObject(page), answer: pageOf(amendment) });
const movedClock = { unit: z.string(), unitName: z.string(), duty: z.string(), title: z.string(), old: zDate, new: zDate, firm: z.boolean(), clauses: z.array(z.string()) };
const packWanted = z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+@\d+$/, '政策包写作 地区/方案@版本');
const packMove = z.object({
  campaignId: z.string(), from: z.string(), to: z.string(), differences: z.array(z.object({ path: z.string(), old: z.unknown(), new: z.unknown(), clauses: z.array(z.string()) })),
  moved: z.array(z.object(movedClock)), kept: z.array(z.object({ ...movedClock, why: z.enum(['passed', 'shortened']) })),
});
export const previewPackVersion = defineRoute({ room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/pack-preview', summary: '改用政策包新版本会变动什么（只看，不变动）', roles: readers, params: inCampaign, query: z.strictObject({ to: packWanted }), answer: packMove });
export const movePackVersion = defineRoute({
  room, method: 'POST', stepUp: true, path: '/api/v1/campaigns/{campaignId}/pack', summary: '决定改用政策包新版本（记明理由；由批准人以外的人决定）', roles: ['province', 'city', 'approver'], params: inCampaign,
  body: z.strictObject({ pack: packWanted, reason: text(500) }), answer: packMove,
});
export const filePlan = defineRoute({
  room, method: 'PUT', path: '/api/v1/campaigns/{campaignId}/units/{unit}/plan', summary: '辖区实施方案及其自定日期', roles: agencies, params: inUnit, ifMatch: true,
  body: z.strictObject({ text: text(20000), dates: z.array(z.strictObject({ duty: z.string(), on: zDate })).max(40).default([]), file: z.boolean().default(false) }),
  answer: z.object({ version: z.number().int(), filedAt: zInstant.nullable(), text: z.string(), dates: z.array(z.object({ duty: z.string(), on: zDate })), policy: policyRef }),
});
export const notifyInstitutions = defineRoute({
  room, method: 'POST', path: '/api/v1/campaigns/{campaignId}/units/{unit}/notifications', summary: '将要求通知到每一家机构', roles: agencies, params: inUnit,
  body: z.strictObject({ /** 政策包所列的方式之一 */ means: z.enum(notificationModes), on: zDate, institutions: z.union([z.literal('all'), z.array(z.string()).min(1)]), /** 会议到会的机构 */ attended: z.array(z.string()).default([]), note: z.string().max(500).default('') }),
  answer: z.object({ notified: z.number().int(), acknowledged: z.number().int(), remaining: z.number().int() }),
});
export const acknowledgeNotice = defineRoute({ room, method: 'POST', path: '/api/v1/campaigns/{campaignId}/institutions/{institutionId}/acknowledgement', summary: '机构签收通知', roles: ['institution', 'institution-head', ...agencies], params: inInstitution, answer: z.object({ acknowledgedOn: zDate }) });
export const remindNow = defineRoute({
  room, method: 'POST', path: '/api/v1/campaigns/{campaignId}/units/{unit}/reminders', summary: '催办未完成的任务', roles: agencies, params: inUnit,
  body: z.strictObject({ duty: z.string() }), answer: z.object({ reminded: z.number().int() }),
});
/** 重点监督、从轻、从严 */
const flag = z.object({
  flagId: z.string(), kind: z.enum(['key-supervision', 'leniency', 'strict']), reason: z.string(), clauses: z.array(z.string()), untilOn: zDate.nullable(), raisedAt: zInstant, caseId: z.string().nullable(),
  liftedAt: zInstant.nullable(), liftedReason: z.string().nullable(),
});
export const getInstitutionInCampaign = defineRoute({
  room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/institutions/{institutionId}', summary: '一家机构在本次行动中的任务、自查与检查', roles: [...readers, 'institution', 'institution-head'], params: inInstitution,
  answer: z.object({
    campaign, institutionId: z.string(), name: z.string(), creditCode: z.string(), unit: z.string(), unitName: z.string(), invented: z.boolean(), state: z.string(), notifiedOn: zDate.nullable(), acknowledgedOn: zDate.nullable(),
    obligations: z.array(obligation), lastYearProblems: z.array(z.object({ problemId: z.string(), text: z.string(), year: z.number().int() })),
    checklist: z.array(z.object({ id: z.string(), title: z.string(), group: z.string().nullable(), class: z.enum(problemClasses).nullable(), clauses: z.array(z.string()) })), volumePeriod: z.object({ from: zDate, to: zDate }).nullable(),
    selfCheckId: z.string().nullable(), /** 自查报告所完成的任务 */ selfCheckDuty: z.string().nullable(),
    /** For officers; a body never sees them. */
    flags: z.array(flag), ...zCited,
  }),
});
