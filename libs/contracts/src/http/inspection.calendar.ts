import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { defineRoute, zCited } from './route.js';

const clock = { clock: z.string(), title: z.string(), old: zDate, new: zDate, firm: z.boolean(), clauses: z.array(z.string()), pack: z.string() };

/** What a holiday notice would move in inspection; 404 until the room has heard of it. Computed when it was heard, it moves nothing. */
export const getCalendarPreview = defineRoute({
  room: 'inspection', method: 'GET', path: '/api/v1/calendar-previews/{noticeId}', summary: '放假通知会变动的期限（确认之前一个也不变）', roles: ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'auditor', 'operator'],
  params: z.strictObject({ noticeId: z.uuid() }),
  answer: z.object({
    noticeId: z.string(), calendar: z.string(), heardAt: zInstant, moved: z.array(z.object(clock)),
    /** Would differ and stays all the same: its day has passed, or it would shorten a firm day already binding somebody. */
    kept: z.array(z.object({ ...clock, why: z.enum(['passed', 'shortened']) })),
  }),
});

const readers = ['province', 'city', 'county', 'inspector', 'legal-reviewer', 'approver', 'publisher', 'quality-centre', 'auditor', 'operator', 'expert'] as const;
const asked = z.strictObject({ from: zDate, to: zDate, campaignId: z.uuid().optional(), unit: z.string().max(20).optional() });
/** Days on which duties of running campaigns end. `planned`: its stage has not opened yet, nobody is bound by it so far. */
export const clockDay = z.object({
  campaignId: z.string(), campaign: z.string(), unit: z.string(), unitName: z.string(), duty: z.string(), title: z.string(), dueOn: zDate, firm: z.boolean(), planned: z.boolean(),
  open: z.number().int(), overdue: z.number().int(), done: z.number().int(), because: z.string().nullable(), ...zCited,
});
export const listClocks = defineRoute({
  room: 'inspection', method: 'GET', path: '/api/v1/clocks', summary: '一段日子里到期的期限，按行动、辖区、任务和日期归并', roles: readers, query: asked, answer: z.object({ items: z.array(clockDay), more: z.boolean() }),
});
export const downloadClocks = defineRoute({
  room: 'inspection', method: 'GET', path: '/api/v1/clocks.ics', summary: '同上，供日历软件订阅或导入（iCalendar）', roles: readers, query: asked, answersFile: 'text/calendar',
});
