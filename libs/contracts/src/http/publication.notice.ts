import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { defineRoute, page, pageOf, text, zCited } from './route.js';

const room = 'publication' as const;
const officers = ['province', 'city', 'county'] as const;
const bodies = ['institution', 'institution-head'] as const;
const readers = [...officers, 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor', ...bodies] as const;
const posters = ['province', 'city', 'publisher'] as const;

const zSha256 = z.string().regex(/^[0-9a-f]{64}$/, '应为 SHA-256（64 位小写十六进制）');
/** Where something stands on the web. */
const zAddress = z.string().trim().max(500).regex(/^https?:\/\/[^\s/]+(\/\S*)?$/, '应为网址（以 http:// 或 https:// 开头）');

export const noticeReasons = ['run', 'objection', 'correction'] as const;
export const noticeStates = ['collecting', 'draft', 'posted', 'ended', 'settled', 'withdrawn'] as const;
export const entryStates = ['listed', 'published', 'superseded', 'withdrawn'] as const;
export const objectionOutcomes = ['kept', 'to-be-changed', 'withdrawn'] as const;

/** A clause with its words. */
const quoted = z.object({ id: z.string(), quote: z.string() });
/** An id of a pack's scale with its word. */
const worded = z.object({ id: z.string(), title: z.string() });

/** What one line rests on: inputs, rule and clauses. */
const shownLine = z.object({
  line: z.string(), score: z.string().nullable(), served: z.boolean().nullable(), result: z.string().nullable(), grade: worded.nullable(), level: worded.nullable(), colour: worded.nullable(),
  rule: z.string().nullable(), because: z.string().nullable(), reason: z.string().nullable(), clauses: z.array(quoted),
});
/** What is put up of one body, and later published of it. */
export const entryContent = z.object({
  year: z.number().int(), basisYear: z.number().int(), colour: worded.nullable(), /** 同一年度此前的颜色 */ before: worded.nullable(), /** 此前年度最近一次公开的颜色 */ lastYear: z.object({ year: z.number().int(), colour: worded }).nullable(),
  /** 连续红色的年数，以公示、公开之时为准 */ redYears: z.number().int(), /** 几项资质取哪一种颜色，按政策包；此前公示的没有这一项 */ combine: z.enum(['worst', 'best']).nullable().optional(), lines: z.array(shownLine), clauses: z.array(quoted), pack: z.string(),
});
export type EntryContent = z.infer<typeof entryContent>;

/** The document a notice stands on: named, never published (依申请公开的尤其不公开). */
const shownDocument = z.object({ title: z.string(), issuer: z.string().nullable(), number: z.string().nullable(), onRequest: z.boolean() });

/** What must hold before a notice can be posted, each with its answer. */
const check = z.object({ id: z.enum(['complete', 'bodies', 'rule', 'calendar', 'undetermined']), ok: z.boolean().nullable(), text: z.string() });

export const shownNotice = z.object({
  noticeId: z.string(), version: z.number().int(), runId: z.string(), jurisdiction: z.string(), year: z.number().int(), because: z.enum(noticeReasons), state: z.enum(noticeStates), title: z.string(),
  madeAt: zInstant, entries: z.number().int(), undetermined: z.number().int(), published: z.number().int(), ready: z.number().int(), waiting: z.number().int(), openObjections: z.number().int(), objections: z.number().int(),
  follows: z.string().nullable(), postedOn: zDate.nullable(), lastDay: zDate.nullable(), until: zInstant.nullable(), daysLeft: z.number().int().nullable(), workingDaysLeft: z.number().int().nullable(), counted: z.array(zDate),
  site: z.enum(['portal', 'elsewhere']).nullable(), address: z.string().nullable(), proofSha256: z.string().nullable(), explanation: z.string().nullable(), withdrawnAt: zInstant.nullable(), withdrawnReason: z.string().nullable(),
  document: shownDocument, ...zCited,
});
export type ShownNotice = z.infer<typeof shownNotice>;

export const shownEntry = z.object({
  institutionId: z.string(), name: z.string().nullable(), creditCode: z.string().nullable(), kind: z.string().nullable(), jurisdiction: z.string().nullable(), invented: z.boolean(), revision: z.number().int(),
  state: z.enum(entryStates), /** 公示期满、无未处理异议，等待登记官方网站的公开 */ ready: z.boolean(), content: entryContent, objection: z.object({ objectionId: z.string(), state: z.enum(['open', 'answered']), outcome: z.enum(objectionOutcomes).nullable() }).nullable(),
});

export const listNotices = defineRoute({
  room, method: 'GET', path: '/api/v1/notices', summary: '公示：拟定中的、公示中的和已结束的，新的在前', roles: readers,
  query: z.strictObject({ ...page, state: z.enum(noticeStates).optional(), year: z.coerce.number().int().optional() }), answer: pageOf(shownNotice),
});
export const getNotice = defineRoute({
  room, method: 'GET', path: '/api/v1/notices/{noticeId}', summary: '一次公示：期限的算法、发布前的核对事项、公开情况', roles: readers,
  params: z.strictObject({ noticeId: z.string() }),
  answer: shownNotice.extend({ checks: z.array(check), /** 今天发布的话，公示期的末日 */ planned: z.object({ lastDay: zDate, firm: z.boolean(), counted: z.array(zDate), because: z.string(), clauses: z.array(z.string()), calendar: z.string() }).nullable() }),
});
export const listNoticeEntries = defineRoute({
  room, method: 'GET', path: '/api/v1/notices/{noticeId}/entries', summary: '公示的各家机构：结果、依据、此前的颜色、异议', roles: readers,
  params: z.strictObject({ noticeId: z.string() }), query: z.strictObject({ ...page, institutionId: z.string().optional(), colour: z.string().max(40).optional(), state: z.enum(entryStates).optional() }), answer: pageOf(shownEntry),
});
export const postNotice = defineRoute({
  room, method: 'POST', path: '/api/v1/notices/{noticeId}/posting', summary: '发布公示：自次日起不少于文件规定的工作日；发布后期限不能缩短', roles: posters, stepUp: true, ifMatch: true, says: ['/explanation', '/address', '/proof'],
  params: z.strictObject({ noticeId: z.string() }), answer: shownNotice,
  body: z.strictObject({
    /** portal：本系统的公示页即官方网站；elsewhere：另在官方网站发布，须登记网址和凭证 */ site: z.enum(['portal', 'elsewhere']), address: zAddress.nullable().default(null), /** 网页凭证的 SHA-256 */ proof: zSha256.nullable().default(null),
    /** 公示期比规定更长的，写明末日 */ lastDay: zDate.nullable().default(null), /** 更正或者因异议另行公示的，写明改了什么、为什么 */ explanation: text(1000).nullable().default(null),
  }),
});
export const withdrawNotice = defineRoute({
  room, method: 'POST', path: '/api/v1/notices/{noticeId}/withdrawal', summary: '公示期满以前撤回公示，写明理由；原内容可以另行公示', roles: posters, stepUp: true, ifMatch: true, says: ['/reason'],
  params: z.strictObject({ noticeId: z.string() }), body: z.strictObject({ reason: text(1000) }), answer: shownNotice,
});
export const recordPublication = defineRoute({
  room, method: 'POST', path: '/api/v1/notices/{noticeId}/publications', summary: '登记在官方网站的公开：日期、网址和凭证（公示期满以后）', roles: posters, stepUp: true, ifMatch: true, says: ['/address', '/proof'],
  params: z.strictObject({ noticeId: z.string() }), body: z.strictObject({ publishedOn: zDate, address: zAddress, /** 网页凭证的 SHA-256 */ proof: zSha256 }), answer: shownNotice,
});

export const publishedColour = z.object({
  publicationId: z.string(), noticeId: z.string(), institutionId: z.string(), name: z.string(), creditCode: z.string(), jurisdiction: z.string(), year: z.number().int(), revision: z.number().int(), withdrawn: z.boolean(), colour: worded.nullable(), before: worded.nullable(),
  erratum: z.boolean(), reason: z.string().nullable(), publishedOn: zDate, publishedAt: zInstant, site: z.enum(['portal', 'elsewhere']), address: z.string(), proofSha256: z.string(), /** 这一年度现行的一份 */ current: z.boolean(), ...zCited,
});
export const listPublications = defineRoute({
  room, method: 'GET', path: '/api/v1/publications', summary: '公开的颜色，连同此前的和撤下的', roles: readers,
  query: z.strictObject({ ...page, noticeId: z.string().optional(), institutionId: z.string().optional(), year: z.coerce.number().int().optional(), current: z.enum(['true', 'false']).default('true') }), answer: pageOf(publishedColour),
});
export const withdrawPublication = defineRoute({
  room, method: 'POST', path: '/api/v1/publications/{publicationId}/withdrawal', summary: '撤下已公开的颜色，写明理由；原内容和理由仍可查', roles: posters, stepUp: true, says: ['/reason'],
  params: z.strictObject({ publicationId: z.string() }), body: z.strictObject({ reason: text(1000) }), answer: publishedColour,
});

export const shownObjection = z.object({
  objectionId: z.string(), version: z.number().int(), noticeId: z.string(), noticeTitle: z.string(), jurisdiction: z.string(), institutionId: z.string(), name: z.string(), colour: worded.nullable(), raisedAt: zInstant, grounds: z.string(),
  source: z.object({ receivedOn: zDate, document: z.string() }).nullable(), state: z.enum(['open', 'answered']), outcome: z.enum(objectionOutcomes).nullable(), reasons: z.string().nullable(), answeredAt: zInstant.nullable(),
  dueOn: zDate.nullable(), /** 期限是文件规定的；否则由经办人指定（文件未规定） */ dueStated: z.boolean(), /** 期限怎么算的；没有期限的为空 */ because: z.string().nullable(), counted: z.array(zDate), firm: z.boolean(), overdue: z.boolean(), daysLeft: z.number().int().nullable(), /** 已改动并另行公示，或者维持 */ settled: z.boolean(), ...zCited,
});
const objection = z.strictObject({ objectionId: z.string() });
export const raiseObjection = defineRoute({
  room, method: 'POST', path: '/api/v1/notices/{noticeId}/objections', summary: '对公示的结果提出异议，须在公示期内提出或者收到（机构本身，或者经办人凭收到的书面材料代录）', roles: [...bodies, ...officers],
  params: z.strictObject({ noticeId: z.string() }), answer: shownObjection,
  body: z.strictObject({ institutionId: z.string(), grounds: text(5000), source: z.strictObject({ receivedOn: zDate, document: text(300) }).nullable().default(null) }),
});
export const listObjections = defineRoute({
  room, method: 'GET', path: '/api/v1/objections', summary: '异议：待答复的在前，期限近的在前', roles: readers,
  query: z.strictObject({ ...page, noticeId: z.string().optional(), institutionId: z.string().optional(), state: z.enum(['open', 'answered']).optional() }), answer: pageOf(shownObjection),
});
export const getObjection = defineRoute({ room, method: 'GET', path: '/api/v1/objections/{objectionId}', summary: '一件异议', roles: readers, params: objection, answer: shownObjection });
export const setObjectionDue = defineRoute({
  room, method: 'POST', path: '/api/v1/objections/{objectionId}/due', summary: '文件没有规定答复期限的，指定答复的日期', roles: officers, ifMatch: true, params: objection, body: z.strictObject({ dueOn: zDate }), answer: shownObjection,
});
export const answerObjection = defineRoute({
  room, method: 'POST', path: '/api/v1/objections/{objectionId}/answer', summary: '答复异议：维持，或者交质控机构更正；由发布人、代录人以外的人答复，写明理由。应予改动而经核实无须更正的，由另一人再答复维持', roles: [...officers, 'approver'], ifMatch: true, params: objection,
  body: z.strictObject({ outcome: z.enum(['kept', 'to-be-changed']), reasons: text(5000) }), answer: shownObjection,
});
export const withdrawObjection = defineRoute({
  room, method: 'POST', path: '/api/v1/objections/{objectionId}/withdrawal', summary: '机构撤回异议（经办人凭收到的书面材料代录）', roles: [...bodies, ...officers], ifMatch: true, params: objection,
  body: z.strictObject({ source: z.strictObject({ receivedOn: zDate, document: text(300) }).nullable().default(null) }), answer: shownObjection,
});
