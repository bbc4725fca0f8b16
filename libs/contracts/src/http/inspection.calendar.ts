import { z } from 'zod';
import { zDate, zInstant } from '../envelope.js';
import { defineRoute } from './route.js';

const clock = { clock: z.string(), title: z.string(), old: zDate, new: zDate, firm: z.boolean(), clauses: z.array(z.string()), pack: z.string() };

/** What a holiday notice would move in inspection; 404 until the room has heard of it. Computed when it was heard, it moves nothing. */
export const getCalendarPreview = defineRoute({
  room: 'inspection', method: 'GET', path: '/api/v1/calendar-previews/{noticeId}', summary: '放假通知会变动的期限（确认之前一个也不变）', roles: ['province', 'city', 'county', 'auditor', 'operator'],
  params: z.strictObject({ noticeId: z.uuid() }),
  answer: z.object({
    noticeId: z.string(), calendar: z.string(), heardAt: zInstant, moved: z.array(z.object(clock)),
    /** Would differ and stays all the same: its day has passed, or it would shorten a firm day already binding somebody. */
    kept: z.array(z.object({ ...clock, why: z.enum(['passed', 'shortened']) })),
  }),
});
