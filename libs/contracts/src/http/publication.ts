import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { suspension } from '../facts/qualification.js';
import { lineEnds, penaltyEnds, sanctionKinds } from '../vocabulary.js';
import { entryContent, objectionOutcomes } from './publication.notice.js';
import { defineRoute, page, pageOf } from './route.js';

const room = 'publication' as const;
/** 逐项登记的一项资质认可或备案。state 为查询当日（或所查之日）的状态：有效、有效期已届满、已暂停、已注销、已撤销、已吊销、已终止 */
const publicQualification = z.object({
  kind: z.string(), number: z.string().nullable(), state: z.enum(['in-force', 'expired', 'suspended', ...lineEnds]), /** 暂停中的：自何日起、如何暂停、依据 */ suspended: suspension.nullable(), /** 发证（备案）机关所在地 */ issuer: z.object({ code: z.string(), name: z.string().nullable() }).nullable(),
  from: zDate.nullable(), to: zDate.nullable(), categories: z.array(z.string()), items: z.array(z.string()),
});
export const publicInstitution = z.object({
  creditCode: z.string(), name: z.string(), kind: z.string(), jurisdiction: z.string(), address: z.string(), categories: z.array(z.string()), items: z.array(z.string()),
  outreach: z.boolean(), filedOn: zDate.nullable(), filingClosedOn: zDate.nullable(), invented: z.boolean(), publishedAt: zInstant, qualifications: z.array(publicQualification),
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
/**
 * 具有一定社会影响的行政处罚决定（行政处罚法第四十八条）；自然人的姓名只显示姓。已撤回的只有文号、机关、日期和撤回的理由，
 * 其他内容不再提供，查询过去某一天的也不提供
 */
const publicPenalty = z.object({
  number: z.string(), authority: z.string(), decidedOn: zDate, creditCode: z.string().nullable(), party: z.string().nullable(), basis: z.string().nullable(),
  sanctions: z.array(z.object({ kind: z.enum(sanctionKinds), /** 金额，分 */ fen: z.number().int().nullable() })), jurisdiction: z.string(), publishedOn: zDate, invented: z.boolean(), clauses: z.array(z.string()),
  withdrawn: z.object({ ground: z.enum(penaltyEnds), changedOn: zDate, document: z.string(), reason: z.string() }).nullable(),
});
export const publicInstitutionInFull = publicInstitution.extend({
  penalties: z.array(publicPenalty), colours: z.array(publicColour), notices: z.array(publicNotice.pick({ noticeId: true, title: true, year: true, state: true, postedOn: true, lastDay: true, until: true }).extend({ state: z.enum(['posted', 'ended', 'settled']), entry: publicEntry.pick({ state: true, objection: true, outcome: true }).extend({ /** 公示中、尚未公开的结果；已公开的见 colours */ content: entryContent.nullable() }) })),
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
export const exportQualifications = defineRoute({
  room, method: 'GET', path: '/public/v1/qualifications.csv', summary: '全部机构的备案和资质：状态、范围、有效期（CSV）', roles: [], answersFile: 'text/csv',
});
export const listPublicPenalties = defineRoute({
  room, method: 'GET', path: '/public/v1/penalties', summary: '公开的行政处罚决定，连同撤回的和撤回的理由；决定日期晚的在前', roles: [], query: z.strictObject(page), answer: pageOf(publicPenalty),
});
export const exportPenalties = defineRoute({
  room, method: 'GET', path: '/public/v1/penalties.csv', summary: '公开的行政处罚决定（CSV）', roles: [], answersFile: 'text/csv',
});

export * from './publication.notice.js';
