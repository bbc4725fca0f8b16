import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { defineRoute, page, pageOf, text, zCited } from './route.js';

const room = 'quality-control' as const;
const readers = ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'expert', 'auditor'] as const;
const centre = ['quality-centre'] as const;
const inYear = z.strictObject({ jurisdiction: z.string(), year: z.coerce.number().int() });
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const frequency = z.object({ frequencyId: z.string(), colour: z.string(), colourTitle: z.string(), times: z.number().int(), years: z.number().int(), reportedOn: zDate, reference: z.string(), decidedAt: zInstant, ...zCited });
/** Owed: what the pack demands or the QC centre fixed, less the visits there were; what is only permitted is never owed. */
export const monitoringStates = ['owed', 'met', 'permitted', 'not-ruled'] as const;
const quota = z.object({
  institutionId: z.string(), institutionName: z.string(), home: z.string(), colour: z.string().nullable(), colourTitle: z.string().nullable(), colourFrom: z.enum(['this-year', 'last-year']),
  min: z.number().int().nullable(), target: z.number().int().nullable(), /** Over so many years, the last of them this one. */ years: z.number().int(), permitted: z.boolean(), fixed: z.boolean(),
  done: z.number().int(), owed: z.number().int(), state: z.enum(monitoringStates), visits: z.array(z.object({ monitoringId: z.string(), visitedOn: zDate })), ...zCited,
});
const visit = z.object({
  monitoringId: z.string(), institutionId: z.string(), institutionName: z.string(), jurisdiction: z.string(), home: z.string(), year: z.number().int(), visitedOn: zDate, members: z.array(z.string()), problems: z.array(z.string()), result: z.string(),
  colour: z.string().nullable(), colourTitle: z.string().nullable(), recordedAt: zInstant, ...zCited,
});

export const listMonitoringQuotas = defineRoute({
  room, method: 'GET', path: '/api/v1/colour-years/{jurisdiction}/{year}/monitoring-quotas', summary: '各机构质量监测的次数', roles: readers, params: inYear,
  query: z.strictObject({ ...page, colour: z.string().optional(), state: z.enum(monitoringStates).optional(), institutionId: z.string().optional() }), answer: pageOf(quota),
});
export const listMonitoringFrequencies = defineRoute({
  room, method: 'GET', path: '/api/v1/colour-years/{jurisdiction}/{year}/monitoring-frequencies', summary: '质控中心报告后确定的质量监测频次', roles: readers, params: inYear, query: z.strictObject({ ...page }), answer: pageOf(frequency),
});
export const fixMonitoringFrequency = defineRoute({
  room, method: 'POST', path: '/api/v1/colour-years/{jurisdiction}/{year}/monitoring-frequencies', summary: '登记质控中心报告后确定的质量监测频次', says: ['/reference'], roles: centre, params: inYear,
  body: z.strictObject({ colour: z.string(), times: z.number().int().min(0).max(50), years: z.number().int().min(1).max(5).default(1), reportedOn: zDate, /** 报告的文号或者标题 */ reference: text(200) }), answer: frequency,
});
export const listMonitorings = defineRoute({
  room, method: 'GET', path: '/api/v1/monitorings', summary: '质量监测记录', roles: [...readers, 'institution', 'institution-head'],
  query: z.strictObject({ ...page, jurisdiction: z.string().optional(), year: z.coerce.number().int().optional(), institutionId: z.string().optional() }), answer: pageOf(visit),
});
export const recordMonitoring = defineRoute({
  room, method: 'POST', path: '/api/v1/monitorings', summary: '登记一次质量监测', roles: centre,
  body: z.strictObject({ institutionId: z.string(), jurisdiction: z.string(), visitedOn: zDate, members: z.array(text(40)).min(1, '请填写质控人员').max(20), problems: z.array(text(500)).max(100).default([]), result: text(1000) }), answer: visit,
});

const summaryContent = z.object({ title: z.string(), head: z.record(z.string(), z.string()), columns: z.array(z.unknown()), rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))), notes: z.array(z.string()) });
const summaryVersion = z.object({ summaryId: z.string(), version: z.number().int(), sentAt: zInstant, sentBy: z.string(), receiver: z.string(), sha256: z.string(), summary: z.string(), note: z.string() });
export const getMonitoringSummary = defineRoute({
  room, method: 'GET', path: '/api/v1/colour-years/{jurisdiction}/{year}/monitoring-summary', summary: '分类质量监测年度总结（按当前数据填写）及已报送的版本', roles: readers, params: inYear, query: z.strictObject({ version: z.coerce.number().int().optional() }),
  answer: z.object({ draft: summaryContent, /** 报送以后的变动，报送的版本不改 */ remarks: z.array(z.string()), versions: z.array(summaryVersion), dueOn: zDate.nullable(), sender: z.string(), receiver: z.string(), ...zCited }),
});
export const downloadMonitoringSummary = defineRoute({
  room, method: 'GET', path: '/api/v1/colour-years/{jurisdiction}/{year}/monitoring-summary/xlsx', summary: '下载分类质量监测年度总结', roles: readers, params: inYear, query: z.strictObject({ version: z.coerce.number().int().optional() }), answersFile: xlsx,
});
export const sendMonitoringSummary = defineRoute({
  room, method: 'POST', stepUp: true, path: '/api/v1/colour-years/{jurisdiction}/{year}/monitoring-summary/versions', summary: '报送分类质量监测年度总结（冻结一版；再次报送为补充）', roles: centre, params: inYear,
  body: z.strictObject({ summary: text(50000), note: z.string().trim().max(500).default('') }), answer: summaryVersion.extend({ content: summaryContent, ...zCited }),
});
