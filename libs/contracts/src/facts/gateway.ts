import { z } from 'zod';
import { defineFact, zDate } from '../envelope.js';

/** A State Council holiday notice, as it was entered. */
const notice = { noticeId: z.string(), year: z.number().int(), number: z.string().nullable(), title: z.string().nullable(), off: z.array(zDate), workdays: z.array(zDate) };

/** A holiday notice was entered and moves nothing yet: each service lists the clocks it would move. */
export const calendarProposed = defineFact('gateway.calendar-proposed', 1, z.strictObject(notice));

/** A holiday notice was confirmed by an officer: every open clock may be asked again. `calendar` is the version from now on. */
export const calendarLoaded = defineFact('gateway.calendar-loaded', 1, z.strictObject({ ...notice, calendar: z.string() }));
