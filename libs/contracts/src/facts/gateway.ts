import { z } from 'zod';
import { defineFact, zDate } from '../envelope.js';

/** A holiday notice was confirmed by an officer: every open clock may be asked again. */
export const calendarLoaded = defineFact('gateway.calendar-loaded', 1, z.strictObject({
  year: z.number().int(), number: z.string().nullable(), calendar: z.string(), off: z.array(zDate), workdays: z.array(zDate),
}));
