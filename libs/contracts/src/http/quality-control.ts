import { z } from 'zod';
import { zInstant } from '../envelope.js';
import { defineRoute, page, pageOf, text } from './route.js';

const room = 'quality-control' as const;
const circular = z.object({
  circularId: z.string(), year: z.number().int(), title: z.string(), circulatedAt: zInstant,
  institutions: z.array(z.object({ institutionId: z.string(), problems: z.array(z.object({ problemId: z.string(), text: z.string() })) })),
});

export const circulateAssessment = defineRoute({
  room, method: 'POST', path: '/api/v1/assessment-circulars', summary: '登记年度质量考核通报及各机构的问题', says: ['/title', '/institutions/*/problems/*'], roles: ['quality-centre', 'city'],
  body: z.strictObject({
    year: z.number().int().min(2000).max(2100), title: text(120),
    institutions: z.array(z.strictObject({ institutionId: z.string(), problems: z.array(text(500)).min(1).max(50) })).min(1).max(2000),
  }),
  answer: circular,
});
export const listAssessments = defineRoute({
  room, method: 'GET', path: '/api/v1/assessment-circulars', summary: '质量考核通报', roles: ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor', 'expert'],
  query: z.strictObject({ ...page, year: z.coerce.number().int().optional() }), answer: pageOf(circular),
});

export * from './quality-control.evaluation.js';
export * from './quality-control.colour.js';
export * from './quality-control.comparison.js';
export * from './quality-control.monitoring.js';
