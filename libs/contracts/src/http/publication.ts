import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { defineRoute, page, pageOf } from './route.js';

const room = 'publication' as const;
export const publicInstitution = z.object({
  creditCode: z.string(), name: z.string(), kind: z.string(), jurisdiction: z.string(), address: z.string(), categories: z.array(z.string()), items: z.array(z.string()),
  outreach: z.boolean(), filedOn: zDate.nullable(), filingClosedOn: zDate.nullable(), invented: z.boolean(), publishedAt: zInstant,
});
/** Served by the portal, without sign-in, from what publication has published. */
export const searchPublic = defineRoute({
  room, method: 'GET', path: '/public/v1/institutions', summary: '按名称或统一社会信用代码查询机构', roles: [],
  query: z.strictObject({ ...page, q: z.string().max(100).optional() }), answer: pageOf(publicInstitution),
});
export const getPublic = defineRoute({
  room, method: 'GET', path: '/public/v1/institutions/{code}', summary: '一家机构的公开信息', roles: [],
  params: z.strictObject({ code: z.string() }), query: z.strictObject({ /** 截至这一天 24 时公布的内容 */ asOf: zDate.optional() }), answer: publicInstitution,
});
