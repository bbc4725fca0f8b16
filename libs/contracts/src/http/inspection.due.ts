import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { defineRoute, pageOf } from './route.js';

const room = 'inspection' as const;
const readers = ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor', 'operator', 'expert'] as const;
const quoted = z.array(z.object({ id: z.string(), quote: z.string() }));
const span = z.number().int().optional();

/** 怎么算的: the rule of the pack, what it is counted from, the days that were counted, and what changed the day since. */
export const getObligationDue = defineRoute({
  room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/obligations/{obligationId}/due', summary: '一项任务的期限是怎么算的（规则、起算、计入的日子、条款原文）', roles: [...readers, 'institution', 'institution-head'],
  params: z.strictObject({ campaignId: z.string(), obligationId: z.string() }),
  answer: z.object({
    obligationId: z.string(), unit: z.string(), duty: z.string(), title: z.string(),
    /** The day that stands; `rule…on` of the explanation is what the rule alone gives. */
    dueOn: zDate.nullable(), dueAt: zInstant.nullable(), firm: z.boolean(),
    rule: z.object({ kind: z.string(), workingDays: span, days: span, months: span, years: span, immediately: z.literal(true).optional(), roll: z.enum(['none', 'forward']), inclusive: z.boolean(), wording: z.string().nullable(), printed: zDate.nullable() }).nullable(),
    start: z.object({ event: z.string(), title: z.string(), on: zDate.nullable() }).nullable(), ruleOn: zDate.nullable(), counted: z.array(zDate), because: z.string(),
    changes: z.array(z.object({ kind: z.string(), on: zDate.nullable(), reason: z.string(), clause: z.string().nullable(), at: zInstant.nullable() })),
    clauses: quoted, pack: z.string(), calendar: z.string(),
  }),
});

/** What happens in a unit and when, each instant with its reason. */
export const listMoments = defineRoute({
  room, method: 'GET', path: '/api/v1/campaigns/{campaignId}/units/{unit}/moments', summary: '一个填报单位的时间安排：每个时点为什么在这一刻', roles: readers,
  params: z.strictObject({ campaignId: z.string(), unit: z.string() }),
  answer: pageOf(z.object({
    momentId: z.string(), kind: z.string(), stage: z.string(), duty: z.string().nullable(), title: z.string(), dueAt: zInstant, firm: z.boolean(), state: z.enum(['pending', 'done']), doneAt: zInstant.nullable(),
    because: z.string(), counted: z.array(zDate), clauses: z.array(z.string()), pack: z.string(), calendar: z.string(),
  })),
});
