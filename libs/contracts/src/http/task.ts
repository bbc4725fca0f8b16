import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { roles } from '../vocabulary.js';
import { dateReason, defineRoute, page, pageOf, text } from './route.js';

/** Rooms in which something can be open; each is asked by its name. */
export const taskRooms = ['inspection', 'qualification', 'quality-control', 'publication'] as const;
const room = z.enum(taskRooms);
/** What can be open, in the order of the rooms. */
export const taskKinds = [
  'visit', 'case', 'self-check', 'duty', 'rectification', 'check-quota', 'inspection-summary', 'review', 'colour-year', 'signature', 'revision', 'correction', 'result-objection', 'result-correction', 'comparison-missed', 'second-look', 'sign-off', 'monitoring', 'monitoring-summary', 'objection', 'notice', 'publication',
] as const;
export type TaskKind = (typeof taskKinds)[number];
const officers = ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre'] as const;

/**
 * Something open that an agency must do. `holder`: whom it was given to, as long as they hold an office there; otherwise the
 * agency itself. So nothing is without an owner, whoever leaves and however.
 */
export const task = z.object({
  taskId: z.string(), room, kind: z.enum(taskKinds), title: z.string(), jurisdiction: z.string(), agency: z.string(), dueOn: zDate.nullable(), /** 期限怎么算的；没有期限的为空 */ why: dateReason.nullable(), campaignId: z.string().nullable(), /** 期限所属的任务：规则、起算和计入的日子由 `getObligationDue` 说明 */ obligationId: z.string().optional(), link: z.string().nullable(), version: z.number().int(),
  holder: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('person'), personId: z.string(), accounts: z.array(z.string()), since: zInstant, /** 交办的理由，或移交的缘由 */ reason: z.string() }),
    z.object({ kind: z.literal('agency'), name: z.string() }),
  ]),
});
export type Task = z.infer<typeof task>;
export const listTasks = defineRoute({
  room: 'gateway', method: 'GET', path: '/api/v1/tasks', summary: '未办事项及其承办人：本人的、机关的或全部', roles: [...officers, 'auditor'],
  query: z.strictObject({ ...page, room, /** 只列由此人承办的；`me` 为本人，`agency` 为未指定到人的 */ holder: z.string().max(60).optional(), unit: z.string().max(40).optional() }), answer: pageOf(task),
});
export const assignTask = defineRoute({
  room: 'gateway', method: 'POST', path: '/api/v1/tasks/assignments', summary: '将未办事项交某人承办，或退回机关', roles: ['province', 'city', 'county'], ifMatch: true,
  query: z.strictObject({ room }), body: z.strictObject({ taskId: z.string().max(120), /** 空为退回机关 */ personId: z.uuid().nullable(), reason: text(300) }), answer: task,
});

/** Who holds an office in a place: to be named as officers of a visit, or given a task. */
export const listOfficers = defineRoute({
  room: 'gateway', method: 'GET', path: '/api/v1/officers', summary: '某辖区某日在任的工作人员', roles: ['province', 'city', 'county', 'inspector'],
  query: z.strictObject({ place: z.string().max(40), on: zDate.optional() }),
  answer: z.object({ place: z.string(), on: zDate, items: z.array(z.object({ personId: z.string(), account: z.string(), label: z.string(), roles: z.array(z.enum(roles)) })) }),
});
