import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { colouredLine } from '../facts/quality-control.js';
import { institutionKinds } from '../vocabulary.js';
import { defineRoute, page, pageOf, text, zCited, zCode } from './route.js';

const room = 'quality-control' as const;
const readers = ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor'] as const;
const inRun = z.strictObject({ runId: z.string() });
const packWanted = z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+(@\d+)?$/, '政策包写作 地区/方案 或 地区/方案@版本');
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, '应为预览的 SHA-256');
const year = z.number().int();

export const colourRunStates = ['opened', 'proposed', 'signed', 'published'] as const;
export const colourRun = z.object({
  runId: z.string(), jurisdiction: z.string(), year, basisYear: year, state: z.enum(colourRunStates), version: z.number().int(), openedAt: zInstant, openedBy: z.string(),
  /** 最近一次预览：按当时的评分和比对结果算出，签发时须与之一致 */ proposedAt: zInstant.nullable(), digest: z.string().nullable(), signedAt: zInstant.nullable(), ...zCited,
});
const named = z.object({ id: z.string(), title: z.string() });
/** `lines`: how many qualifications stand in the cell. */
const cell = z.object({ grade: z.string(), level: z.string(), colour: z.string().nullable(), lines: z.number().int() });
const notice = z.object({ noticeId: z.string(), because: z.string(), postedOn: zDate, lastDay: zDate, entries: z.number().int(), finishedAt: zInstant.nullable(), published: z.number().int().nullable(), waiting: z.number().int().nullable(), withdrawn: z.string().nullable() });
const owed = z.object({ institutionId: z.string(), name: z.string(), what: z.string(), owed: z.number().int(), done: z.number().int() });
export const colourRunDetail = colourRun.extend({
  grades: z.array(named), levels: z.array(named), colours: z.array(named), cells: z.array(cell),
  counts: z.object({
    managed: z.number().int(), signed: z.number().int(), toSign: z.number().int(), undetermined: z.number().int(), /** 签发以后评分或比对结果有变动，须按更正办理 */ changed: z.number().int(), published: z.number().int(),
    colours: z.record(z.string(), z.number().int()),
  }),
  /** 现在的签发人须是另一人：这一位不能签发 */ author: z.string(),
  notices: z.array(notice), /** 异议处理意见为“应当改变”、等待重新赋色的 */ toRevise: z.array(z.object({ objectionId: z.string(), institutionId: z.string(), name: z.string() })),
  yearEnd: z.object({ closedAt: zInstant, monitoring: z.array(owed), open: z.array(z.string()),
    /** 统计以后采纳的更正；清单不再改变 */ corrections: z.array(z.object({ correctionId: z.string(), institutionId: z.string(), name: z.string(), decidedAt: zInstant, year })) }).nullable(),
});
export const openColourRun = defineRoute({
  room, method: 'POST', path: '/api/v1/colour-runs', summary: '启动一个年度的赋色', roles: ['province', 'city', 'county', 'quality-centre'],
  body: z.strictObject({ year: year.min(2000).max(2999), pack: packWanted }), answer: colourRun,
});
export const listColourRuns = defineRoute({
  room, method: 'GET', path: '/api/v1/colour-runs', summary: '各年度的赋色', roles: readers, query: z.strictObject({ ...page, year: z.coerce.number().int().optional(), jurisdiction: z.string().optional() }), answer: pageOf(colourRun),
});
export const getColourRun = defineRoute({ room, method: 'GET', path: '/api/v1/colour-runs/{runId}', summary: '一个年度的赋色：矩阵、待核实、公示', roles: readers, params: inRun, answer: colourRunDetail });

export const standings = ['signed', 'to-sign', 'undetermined'] as const;
export const colouredBody = z.object({
  institutionId: z.string(), name: z.string(), creditCode: z.string(), jurisdiction: z.string(), invented: z.boolean(), state: z.enum(standings), colour: z.string().nullable(), redYears: z.number().int(), revision: z.number().int().nullable(),
  changed: z.boolean(), published: z.object({ colour: z.string().nullable(), publishedOn: zDate.nullable() }).nullable(), lines: z.array(colouredLine), ...zCited,
});
export const listColoured = defineRoute({
  room, method: 'GET', path: '/api/v1/colour-runs/{runId}/bodies', summary: '一个年度的机构及其颜色：按矩阵的格、颜色、待核实查找', roles: readers, params: inRun,
  query: z.strictObject({ ...page, grade: z.string().max(20).optional(), level: z.string().max(20).optional(), colour: z.string().max(20).optional(), state: z.enum(standings).optional(), changed: z.literal('true').optional(), institutionId: z.string().optional() }),
  answer: pageOf(colouredBody),
});
export const proposeColours = defineRoute({ room, method: 'POST', path: '/api/v1/colour-runs/{runId}/proposals', summary: '按现有的评分和比对结果重新预览（不作决定）', roles: ['province', 'city', 'county', 'quality-centre'], params: inRun, answer: colourRunDetail });
export const signColours = defineRoute({
  room, method: 'POST', stepUp: true, path: '/api/v1/colour-runs/{runId}/signatures', summary: '签发已确定的颜色（由另一人签发；待核实的留待补签）', roles: ['province', 'city', 'county', 'approver'], params: inRun,
  body: z.strictObject({ /** 所看到的预览 */ digest: sha256 }), answer: colourRunDetail,
});
/** From last year's public colour to this year's. `none`: without a colour. */
export const getColourFlow = defineRoute({
  room, method: 'GET', path: '/api/v1/colour-runs/{runId}/flow', summary: '与上一年度相比的变化', roles: readers, params: inRun,
  answer: z.object({ year, previousYear: year, flows: z.array(z.object({ from: z.string(), to: z.string(), bodies: z.number().int() })), ...zCited }),
});
export const redYearsItem = z.object({ institutionId: z.string(), name: z.string(), invented: z.boolean(), jurisdiction: z.string(), year, redYears: z.number().int(), step: z.enum(['alarm', 'propose']), countedAt: zInstant, ...zCited });
export const listRedYears = defineRoute({
  room, method: 'GET', path: '/api/v1/red-years', summary: '连续红色的机构：第二年提示，第三年提请', roles: readers, query: z.strictObject({ ...page, year: z.coerce.number().int().optional(), step: z.enum(['alarm', 'propose']).optional() }), answer: pageOf(redYearsItem),
});
/** Year by year, what was public and on what it rested; a body reads its own. */
export const getColourHistory = defineRoute({
  room, method: 'GET', path: '/api/v1/colour-histories/{institutionId}', summary: '一家机构历年的颜色及其依据', roles: [...readers, 'institution', 'institution-head'], params: z.strictObject({ institutionId: z.string() }),
  answer: z.object({
    institutionId: z.string(), years: z.array(z.object({
      year, jurisdiction: z.string(), runId: z.string(), colour: z.string().nullable(), publishedOn: zDate.nullable(), redYears: z.number().int(),
      /** 历次公开、更正和撤下，旧的在前 */ told: z.array(z.object({ revision: z.number().int(), colour: z.string().nullable(), before: z.string().nullable(), erratum: z.boolean(), publishedOn: zDate.nullable(), reason: z.string().nullable() })),
      lines: z.array(colouredLine), ...zCited,
    })),
  }),
});

const change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('comparison'), /** 更正后的综合评定结果，用比对方案的用语 */ result: text(40) }),
  z.strictObject({ kind: z.literal('evaluation'), served: z.boolean(), score: z.string().regex(/^\d{1,3}(\.\d{1,6})?$/, '评分应为不超过三位整数的数，如 79.5').nullable() }),
]);
export type ColourChange = z.infer<typeof change>;
const effect = z.object({
  /** grade、level、colour、red-years、inspection、quality-monitoring、rectification-report、published、round-counts、year-end、monitoring-summary、check-year-end、inspection-summary、other-run */ what: z.string(), year, runId: z.string().nullable(), line: z.string().nullable(),
  before: z.string().nullable(), after: z.string().nullable(), clauses: z.array(z.string()),
});
export type ColourEffect = z.infer<typeof effect>;
export const correctionStates = ['draft', 'accepted', 'rejected'] as const;
export const colourCorrection = z.object({
  correctionId: z.string(), runId: z.string(), year, institutionId: z.string(), name: z.string(), line: z.enum(institutionKinds), because: z.enum(['objection', 'correction']), objectionId: z.string().nullable(), change, reason: z.string(),
  /** 随之改变的一切；由另一人对照决定 */ effects: z.array(effect), digest: z.string(), state: z.enum(correctionStates), draftedAt: zInstant, draftedBy: z.string(), decidedAt: zInstant.nullable(), decidedBy: z.string().nullable(), decidedBecause: z.string().nullable(),
  revision: z.number().int().nullable(), version: z.number().int(), ...zCited,
});
export const draftColourCorrection = defineRoute({
  room, method: 'POST', path: '/api/v1/colour-corrections', summary: '拟更正一项比对结果或评分，列出随之改变的一切', roles: ['province', 'city', 'county', 'quality-centre'], says: ['/change/result'],
  body: z.strictObject({ runId: zCode, institutionId: zCode, line: z.enum(institutionKinds), because: z.enum(['objection', 'correction']), objectionId: zCode.nullable().default(null), change, reason: text(500) }), answer: colourCorrection,
});
export const listColourCorrections = defineRoute({
  room, method: 'GET', path: '/api/v1/colour-corrections', summary: '颜色的更正', roles: readers, query: z.strictObject({ ...page, runId: z.string().optional(), state: z.enum(correctionStates).optional() }), answer: pageOf(colourCorrection),
});
export const getColourCorrection = defineRoute({ room, method: 'GET', path: '/api/v1/colour-corrections/{correctionId}', summary: '一项更正及其影响', roles: readers, params: z.strictObject({ correctionId: z.string() }), answer: colourCorrection });
export const decideColourCorrection = defineRoute({
  room, method: 'POST', stepUp: true, path: '/api/v1/colour-corrections/{correctionId}/decision', summary: '决定更正（由拟定人以外的人决定）', roles: ['province', 'city', 'county', 'approver'], params: z.strictObject({ correctionId: z.string() }),
  body: z.strictObject({ outcome: z.enum(['accepted', 'rejected']), /** 所看到的影响 */ digest: sha256, reason: text(500).nullable().default(null) }), answer: colourCorrection,
});

const deadline = z.object({ year, what: z.enum(['notice', 'rectification-report']), before: zDate.nullable(), after: zDate.nullable(), institutions: z.array(z.string()) });
const tally = z.record(z.string(), z.number().int());
const often = z.object({ rule: z.string(), min: z.number().int(), target: z.number().int().nullable(), years: z.number().int() });
export const whatIfColours = defineRoute({
  room, method: 'GET', path: '/api/v1/colour-what-ifs', summary: '假如改用另一政策包：哪些机构变色、检查多出几次、哪些期限变动（只算，不变动）', roles: ['province', 'city', 'county', 'legal-reviewer', 'approver', 'quality-centre', 'auditor'],
  query: z.strictObject({ pack: packWanted, /** 逗号分隔，如 2024,2025 */ years: z.string().regex(/^\d{4}(,\d{4}){0,9}$/, '年度写作 2024 或 2024,2025，至多十个') }),
  answer: z.object({
    empty: z.boolean(), pack: z.string(), jurisdiction: z.string(), years: z.array(z.object({ year, pack: z.string(), bodies: z.number().int(), changed: z.number().int(), before: tally, after: tally })),
    changed: z.array(z.object({ institutionId: z.string(), name: z.string(), year, before: z.string().nullable(), after: z.string().nullable() })),
    runs: z.array(z.object({ institutionId: z.string(), name: z.string(), year, before: z.number().int(), after: z.number().int(), stepBefore: z.string(), stepAfter: z.string() })),
    visits: z.array(z.object({ year, activity: z.string(), before: z.number().int(), after: z.number().int() })),
    /** 频次规定不同的颜色（null 为没有颜色） */ frequencies: z.array(z.object({ year, activity: z.string(), colour: z.string().nullable(), before: often.nullable(), after: often.nullable() })), deadlines: z.array(deadline), clauses: z.array(z.string()), calendar: z.string().nullable(),
  }),
});
