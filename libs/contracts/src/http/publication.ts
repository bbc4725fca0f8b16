import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { entryContent, objectionOutcomes } from './publication.notice.js';
import { defineRoute, page, pageOf } from './route.js';

const room = 'publication' as const;
export const publicInstitution = z.object({
  creditCode: z.string(), name: z.string(), kind: z.string(), jurisdiction: z.string(), address: z.string(), categories: z.array(z.string()), items: z.array(z.string()),
  outreach: z.boolean(), filedOn: zDate.nullable(), filingClosedOn: zDate.nullable(), invented: z.boolean(), publishedAt: zInstant,
  /** 现行的最近一年的颜色；没有公开过颜色、或者已经撤下的为空 */ colour: z.object({ year: z.number().int(), id: z.string(), title: z.string() }).nullable(),
});
/** One publication of a colour, or the withdrawal of one, with everything it rests on. */
const publicColour = z.object({
  year: z.number().int(), jurisdiction: z.string(), withdrawn: z.boolean(), erratum: z.boolean(), /** 更正、撤下的理由 */ reason: z.string().nullable(), content: entryContent, publishedOn: zDate, publishedAt: zInstant,
  site: z.enum(['portal', 'elsewhere']), address: z.string(), proofSha256: z.string(), noticeId: z.string(), /** 这一年度现行的一份；否则是此前的 */ current: z.boolean(),
});
const publicNotice = z.object({
  noticeId: z.string(), title: z.string(), jurisdiction: z.string(), year: z.number().int(), because: z.enum(['run', 'objection', 'correction']), state: z.enum(['posted', 'ended', 'settled', 'withdrawn']), postedOn: zDate, lastDay: zDate, until: zInstant,
  daysLeft: z.number().int().nullable(), workingDaysLeft: z.number().int().nullable(), entries: z.number().int(), site: z.enum(['portal', 'elsewhere']), place: z.string().nullable(), address: z.string(), explanation: z.string().nullable(),
  withdrawnAt: zInstant.nullable(), withdrawnReason: z.string().nullable(), document: z.object({ title: z.string(), issuer: z.string().nullable(), number: z.string().nullable(), /** 依申请公开：全文不在此公布 */ onRequest: z.boolean() }),
  clauses: z.array(z.object({ id: z.string(), quote: z.string() })), pack: z.string(), calendar: z.string().nullable(), /** 公示内容（规范 JSON）的 SHA-256 */ sha256: z.string(),
});
/** 公示中的一家：异议只说有没有、结果如何，不说内容 */
const publicEntry = z.object({
  creditCode: z.string(), name: z.string(), kind: z.string(), invented: z.boolean(), state: z.enum(['listed', 'published', 'superseded', 'withdrawn']), objection: z.enum(['open', 'answered']).nullable(), outcome: z.enum(objectionOutcomes).nullable(), content: entryContent,
});
export const publicInstitutionInFull = publicInstitution.extend({
  colours: z.array(publicColour), notices: z.array(publicNotice.pick({ noticeId: true, title: true, year: true, state: true, postedOn: true, lastDay: true, until: true }).extend({ state: z.enum(['posted', 'ended', 'settled']), entry: publicEntry.pick({ state: true, objection: true, outcome: true }).extend({ /** 公示中、尚未公开的结果；已公开的见 colours */ content: entryContent.nullable() }) })),
});
/** Served by the portal, without sign-in, from what publication has published. */
export const searchPublic = defineRoute({
  room, method: 'GET', path: '/public/v1/institutions', summary: '按名称或统一社会信用代码查询机构', roles: [],
  query: z.strictObject({ ...page, q: z.string().max(100).optional() }), answer: pageOf(publicInstitution),
});
export const getPublic = defineRoute({
  room, method: 'GET', path: '/public/v1/institutions/{code}', summary: '一家机构的公开信息', roles: [],
  params: z.strictObject({ code: z.string() }), query: z.strictObject({ /** 截至这一天 24 时公布的内容 */ asOf: zDate.optional() }), answer: publicInstitutionInFull,
});
export const listPublicNotices = defineRoute({
  room, method: 'GET', path: '/public/v1/notices', summary: '公示专栏：公示中的在前，连同剩余天数', roles: [], query: z.strictObject({ ...page, year: z.coerce.number().int().optional() }), answer: pageOf(publicNotice),
});
export const getPublicNotice = defineRoute({
  room, method: 'GET', path: '/public/v1/notices/{noticeId}', summary: '一次公示及其各家机构；已撤回的不再列出机构', roles: [], params: z.strictObject({ noticeId: z.string() }),
  answer: publicNotice.extend({ items: z.array(publicEntry), snapshots: z.array(z.object({ seq: z.number().int(), kind: z.enum(['notice', 'publication', 'withdrawal']), takenAt: zInstant, entries: z.number().int(), sha256: z.string() })) }),
});
/** The bytes whose hash is told: anybody compares them. */
export const getPublicSnapshot = defineRoute({
  room, method: 'GET', path: '/public/v1/notices/{noticeId}/snapshots/{seq}', summary: '公示或者公开当时的原文（规范 JSON），其 SHA-256 即所公布的', roles: [], params: z.strictObject({ noticeId: z.string(), seq: z.coerce.number().int().min(1) }), answersFile: 'application/json',
});
export const exportPublic = defineRoute({
  room, method: 'GET', path: '/public/v1/export.csv', summary: '全部机构现行颜色（CSV）', roles: [], query: z.strictObject({ year: z.coerce.number().int().optional() }), answersFile: 'text/csv',
});

export * from './publication.notice.js';
