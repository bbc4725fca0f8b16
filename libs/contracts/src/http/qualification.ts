import { z } from 'zod';
import { filing, institutionRef, qualificationLine, rosterStates } from '../facts/qualification.js';
import { zDate, zInstant } from '../envelope.js';
import { institutionKinds, lineEnds, lineSuspensions } from '../vocabulary.js';
import { defineRoute, page, pageOf, text, zArea } from './route.js';

export * from './qualification.review.js';

const officers = ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor', 'operator', 'expert'] as const;
const room = 'qualification' as const;

export const operation = z.object({ unit: z.string(), operating: z.boolean(), observedOn: zDate, evidence: z.string(), recordedBy: z.string() });
/** A published colour, as whoever decides about a qualification or a filing must bear it in mind. `use` is the pack's word for it. */
export const colourInReview = z.object({ jurisdiction: z.string(), year: z.number().int(), colour: z.string(), title: z.string(), publishedOn: zDate, use: z.string(), clauses: z.array(z.string()), pack: z.string() });
/** 暂停及恢复的登记，一次一条。`lapsed`：暂停期间该项资质终止 */
const suspensionOf = z.object({ kind: z.enum(institutionKinds), from: zDate, how: z.enum(lineSuspensions), basis: z.string(), reason: z.string(), resumedOn: zDate.nullable(), resumedBasis: z.string().nullable(), resumedReason: z.string().nullable(), lapsed: z.boolean() });
export const institution = institutionRef.extend({ version: z.number().int(), operation: operation.nullable(), /** Where any was ever recorded. */ suspensions: z.array(suspensionOf).optional(), /** Of one body only. */ colours: z.array(colourInReview).optional() });

/** An area of the directory: six digits, or the id of one that has no code of its own. */
const zPlace = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/, '区划代码格式不对');
const lineBody = qualificationLine.omit({ ended: true, suspended: true, suspendedBefore: true }).extend({ number: text(60).nullable(), issuer: zPlace.nullable(), categories: z.array(text(60)).max(40).optional(), items: z.array(text(60)).max(400).optional() });
const filingBody = filing.omit({ closedOn: true, filedIn: true }).extend({ categories: z.array(text(60)).min(1), items: z.array(text(60)) });

export const listInstitutions = defineRoute({
  room, method: 'GET', path: '/api/v1/institutions', summary: '机构名录', roles: officers,
  query: z.strictObject({ ...page, kind: z.enum(institutionKinds).optional(), unit: z.string().optional(), q: z.string().max(100).optional() }), answer: pageOf(institution),
});
export const registerInstitution = defineRoute({
  room, method: 'POST', path: '/api/v1/institutions', summary: '登记机构及其备案', says: ['/creditCode', '/name', '/address', '/contactPost', '/filing/*', '/filing/*/*'], roles: ['province', 'city', 'county'],
  body: z.strictObject({
    creditCode: text(40), name: text(120), kind: z.enum(institutionKinds), jurisdiction: zArea, address: text(200),
    contactPost: text(60).nullable().default(null), invented: z.boolean().default(false), filing: filingBody.nullable(),
    /** A body of another province is registered where it serves. */ serves: z.array(zPlace).max(40).default([]),
  }),
  answer: institution,
});
export const getInstitution = defineRoute({
  room, method: 'GET', path: '/api/v1/institutions/{institutionId}', summary: '一家机构的登记、备案与执业情况', roles: [...officers, 'institution', 'institution-head'],
  params: z.strictObject({ institutionId: z.string() }), answer: institution,
});
export const editInstitution = defineRoute({
  room, method: 'PATCH', path: '/api/v1/institutions/{institutionId}', summary: '更正机构的地址与联系岗位', says: ['/address', '/contactPost'], roles: ['province', 'city', 'county'], ifMatch: true,
  params: z.strictObject({ institutionId: z.string() }), body: z.strictObject({ address: text(200).optional(), contactPost: text(60).nullable().optional() }), answer: institution,
});
export const recordFiling = defineRoute({
  room, method: 'POST', path: '/api/v1/institutions/{institutionId}/filings', summary: '登记新的或变更的备案', says: ['/*', '/*/*'], roles: ['province', 'city', 'county'],
  params: z.strictObject({ institutionId: z.string() }), body: filingBody, answer: institution,
});
export const closeFiling = defineRoute({
  room, method: 'POST', path: '/api/v1/institutions/{institutionId}/filing-closures', summary: '注销备案', roles: ['province', 'city', 'county'],
  params: z.strictObject({ institutionId: z.string() }), body: z.strictObject({ closedOn: zDate, reason: text(300) }), answer: institution,
});
export const recordOperation = defineRoute({
  room, method: 'POST', path: '/api/v1/institutions/{institutionId}/operations', summary: '记录机构是否实际开展服务及其证据', roles: ['province', 'city', 'county'],
  params: z.strictObject({ institutionId: z.string() }),
  body: z.strictObject({ unit: z.string(), operating: z.boolean(), observedOn: zDate, evidence: text(500) }), answer: institution,
});

export const recordLine = defineRoute({
  room, method: 'POST', path: '/api/v1/institutions/{institutionId}/lines', summary: '登记机构的一项资质认可或备案（同类再次登记的为延续、变更）', says: ['/number', '/categories/*', '/items/*'], roles: ['province', 'city', 'county'],
  params: z.strictObject({ institutionId: z.string() }), body: lineBody, answer: institution,
});
export const endLine = defineRoute({
  room, method: 'POST', path: '/api/v1/institutions/{institutionId}/line-ends', summary: '登记机构的一项资质到此为止', roles: ['province', 'city', 'county'],
  params: z.strictObject({ institutionId: z.string() }), body: z.strictObject({ kind: z.enum(institutionKinds), to: zDate, /** 注销、撤销或者吊销；没有写明的，只公开其已经终止 */ how: z.enum(lineEnds).default('ended'), reason: text(300) }), answer: institution,
});
export const suspendLine = defineRoute({
  room, method: 'POST', path: '/api/v1/institutions/{institutionId}/line-suspensions', summary: '登记机构的一项资质暂停', says: ['/basis'], roles: ['province', 'city', 'county'],
  params: z.strictObject({ institutionId: z.string() }),
  body: z.strictObject({ kind: z.enum(institutionKinds), from: zDate, /** 机构申请暂停，或者责令暂停 */ how: z.enum(lineSuspensions), /** 暂停所依据的文件或者条款，随资质公开 */ basis: text(200), /** 理由不公开 */ reason: text(300) }), answer: institution,
});
export const resumeLine = defineRoute({
  room, method: 'POST', path: '/api/v1/institutions/{institutionId}/line-resumptions', summary: '登记暂停的资质恢复（自恢复之日起；与暂停同日的，为登记有误的更正）', says: ['/basis'], roles: ['province', 'city', 'county'],
  params: z.strictObject({ institutionId: z.string() }), body: z.strictObject({ kind: z.enum(institutionKinds), on: zDate, basis: text(200), reason: text(300) }), answer: institution,
});
/** By credit code: whoever supervises the place where a body serves does not see it before this is recorded. */
export const recordService = defineRoute({
  room, method: 'POST', path: '/api/v1/service-places', summary: '登记（或终止登记）已在别处登记的机构在本辖区开展服务', says: ['/creditCode'], roles: ['province', 'city', 'county'],
  body: z.strictObject({ creditCode: text(40), place: zPlace, serving: z.boolean() }), answer: institution,
});

const cellError = z.object({ path: z.string(), message: z.string() });
export const registerImport = z.object({
  importId: z.string(), fileName: z.string(), sha256: z.string(), state: z.enum(['preview', 'confirmed']), version: z.number().int(),
  rows: z.number().int(), good: z.array(z.record(z.string(), z.unknown())), errors: z.array(cellError), uploadedAt: zInstant,
});
export const importRegister = defineRoute({
  room, method: 'POST', path: '/api/v1/register-imports', summary: '导入机构名单（xlsx），先预览后确认', roles: ['province', 'city', 'county'],
  query: z.strictObject({ fileName: z.string().max(200).default('名单.xlsx') }), file: { maxBytes: 5_000_000 }, answer: registerImport,
});
export const getRegisterImport = defineRoute({
  room, method: 'GET', path: '/api/v1/register-imports/{importId}', summary: '一次名单导入的预览', roles: ['province', 'city', 'county'],
  params: z.strictObject({ importId: z.string() }), answer: registerImport,
});
export const confirmRegisterImport = defineRoute({
  room, method: 'POST', path: '/api/v1/register-imports/{importId}/confirmation', summary: '确认导入合格的行', roles: ['province', 'city', 'county'],
  params: z.strictObject({ importId: z.string() }), answer: z.object({ registered: z.number().int(), unchanged: z.number().int() }),
});
export const getRoster = defineRoute({
  room, method: 'GET', path: '/api/v1/rosters/{campaignId}/{unit}', summary: '一个辖区的冻结名单（含未开展与待核实者）', roles: officers,
  params: z.strictObject({ campaignId: z.string(), unit: z.string() }),
  answer: z.object({
    rosterId: z.string(), frozenAt: zInstant, digest: z.string(),
    members: z.array(z.object({ institutionId: z.string(), name: z.string(), state: z.enum(rosterStates), addedAt: zInstant, reason: z.string().nullable(), clauses: z.array(z.string()) })),
  }),
});
