import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { checkOrigins } from '../facts/inspection.js';
import { defineRoute, page, pageOf, text, zCited } from './route.js';

const room = 'inspection' as const;
const readers = ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor'] as const;
const inYear = z.strictObject({ jurisdiction: z.string(), year: z.coerce.number().int() });
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const check = z.object({
  checkId: z.string(), institutionId: z.string(), institutionName: z.string(), jurisdiction: z.string(), place: z.string(), year: z.number().int(), origin: z.enum(checkOrigins), visitedOn: zDate, inspectors: z.array(z.string()),
  problems: z.array(z.string()), result: z.string(), complaint: z.string().nullable(), colour: z.string().nullable(), colourTitle: z.string().nullable(), /** What the pack says of a check of this origin at this colour. */ ruling: z.string().nullable(), recordedAt: zInstant, ...zCited,
});
/** Owed: `min` less the planned checks there were; permitted ones are never owed. */
export const quotaStates = ['owed', 'met', 'permitted', 'not-ruled'] as const;
const quota = z.object({
  institutionId: z.string(), institutionName: z.string(), jurisdiction: z.string(), place: z.string(), year: z.number().int(), colour: z.string().nullable(), colourTitle: z.string().nullable(), colourFrom: z.enum(['this-year', 'last-year']),
  min: z.number().int().nullable(), target: z.number().int().nullable(), permitted: z.boolean(), done: z.number().int(), complaints: z.number().int(), owed: z.number().int(), state: z.enum(quotaStates), reason: z.string().nullable(),
  checks: z.array(z.object({ checkId: z.string(), visitedOn: zDate, origin: z.enum(checkOrigins) })), history: z.array(z.object({ at: zInstant, colour: z.string().nullable(), min: z.number().int().nullable(), because: z.string() })), ...zCited,
});
/** `runId` null: nobody has opened the year's colouring; it goes by the colours of the year before. */
const yearListed = z.object({ jurisdiction: z.string(), year: z.number().int(), runId: z.string().nullable(), closedAt: zInstant.nullable(), pack: z.string() });
/** A body whose quota became another: what stood before and after, and why. */
const stood = z.object({ colour: z.string().nullable(), colourTitle: z.string().nullable(), min: z.number().int().nullable() });
const changed = z.object({ institutionId: z.string(), institutionName: z.string(), at: zInstant, because: z.string(), before: stood, after: stood });
const owedLine = z.object({ institutionId: z.string(), institutionName: z.string(), place: z.string(), colour: z.string(), colourTitle: z.string(), min: z.number().int(), done: z.number().int(), owed: z.number().int(), clauses: z.array(z.string()) });

export const listColourYears = defineRoute({ room, method: 'GET', path: '/api/v1/colour-years', summary: '开展分色管理的年度', roles: readers, query: z.strictObject({ ...page }), answer: pageOf(yearListed) });
export const getColourYear = defineRoute({
  room, method: 'GET', path: '/api/v1/colour-years/{jurisdiction}/{year}', summary: '一个年度的检查频次与整改情况', roles: readers, params: inYear,
  answer: yearListed.extend({
    colours: z.array(z.object({ colour: z.string().nullable(), title: z.string(), bodies: z.number().int(), required: z.number().int(), done: z.number().int(), owed: z.number().int(), complaints: z.number().int() })),
    months: z.array(z.object({ month: z.number().int(), planned: z.number().int(), complaint: z.number().int() })),
    rectification: z.record(z.string(), z.number().int()),
    /** Who must open the year's colouring, as the pack names them; null: it is opened, or the pack names nobody. */ opener: z.string().nullable(),
    /** What had been owed and was not done when the year ended, and whose quota became another since; null before. */ yearEnd: z.object({ items: z.array(owedLine), sha256: z.string(), changed: z.array(changed) }).nullable(), ...zCited,
  }),
});
export const listQuotas = defineRoute({
  room, method: 'GET', path: '/api/v1/colour-years/{jurisdiction}/{year}/check-quotas', summary: '各机构应检查与已检查的次数', roles: readers, params: inYear,
  query: z.strictObject({ ...page, colour: z.string().optional(), state: z.enum(quotaStates).optional(), institutionId: z.string().optional() }), answer: pageOf(quota),
});
export const listChecks = defineRoute({
  room, method: 'GET', path: '/api/v1/checks', summary: '分色管理的现场检查', roles: [...readers, 'institution', 'institution-head'],
  query: z.strictObject({ ...page, jurisdiction: z.string().optional(), year: z.coerce.number().int().optional(), institutionId: z.string().optional(), origin: z.enum(checkOrigins).optional() }), answer: pageOf(check),
  names: { at: ['/items/*/inspectors/*'], shownTo: ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'auditor'] },
});
export const recordCheck = defineRoute({
  room, method: 'POST', path: '/api/v1/checks', summary: '登记现场检查（计划检查或者投诉举报检查）', roles: ['province', 'city', 'county', 'inspector'],
  body: z.strictObject({
    institutionId: z.string(), jurisdiction: z.string(), origin: z.enum(checkOrigins), visitedOn: zDate, inspectors: z.array(text(40)).min(2, '现场检查不得少于两名执法人员').max(10), problems: z.array(text(500)).max(100).default([]), result: text(1000),
    /** 投诉举报的受理编号 */ complaint: text(60).nullable().default(null),
  }), answer: check,
});

const summaryContent = z.object({ title: z.string(), head: z.record(z.string(), z.string()), columns: z.array(z.unknown()), rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))), notes: z.array(z.string()) });
const summaryVersion = z.object({ summaryId: z.string(), version: z.number().int(), sentAt: zInstant, sentBy: z.string(), receiver: z.string(), sha256: z.string(), summary: z.string(), note: z.string() });
export const getInspectionSummary = defineRoute({
  room, method: 'GET', path: '/api/v1/colour-years/{jurisdiction}/{year}/inspection-summary', summary: '分类监督执法年度总结（按当前数据填写）及已报送的版本', roles: readers, params: inYear, query: z.strictObject({ version: z.coerce.number().int().optional() }),
  answer: z.object({ draft: summaryContent, /** What became another after the version was sent; it keeps what it was sent with. */ remarks: z.array(z.string()), versions: z.array(summaryVersion), dueOn: zDate.nullable(), sender: z.string(), receiver: z.string(), ...zCited }),
});
export const downloadInspectionSummary = defineRoute({
  room, method: 'GET', path: '/api/v1/colour-years/{jurisdiction}/{year}/inspection-summary/xlsx', summary: '下载分类监督执法年度总结', roles: readers, params: inYear, query: z.strictObject({ version: z.coerce.number().int().optional() }), answersFile: xlsx,
});
export const sendInspectionSummary = defineRoute({
  room, method: 'POST', stepUp: true, path: '/api/v1/colour-years/{jurisdiction}/{year}/inspection-summary/versions', summary: '报送分类监督执法年度总结（冻结一版；再次报送为补充）', roles: ['province', 'city', 'county'], params: inYear,
  body: z.strictObject({ summary: text(50000), note: z.string().trim().max(500).default('') }), answer: summaryVersion.extend({ content: summaryContent, ...zCited }),
});
