/** Legal time: civil days, State Council calendars, statutory periods. Pure; imports nothing. */
export {
  addDays, addMonths, addYears, compareDates, daysBetween, endOfMonth, isLocalDate, localDate, monthWindow,
  startOfMonth, weekday, type LocalDate,
} from './local-date.js';
export { dayOf, dueAt, startOfDay } from './instants.js';
export { nameOfNotice, NoticeError, parseNotice, type HolidayNotice, type NoticeAmendment } from './notice.js';
export { calendarOf, withNotice, type Calendar } from './calendar.js';
export { builtInCalendar } from './built-in.js';
export { addWorkingDays, dayKind, isWorkingDay, workingDaysBetween, type DayKind } from './working-days.js';
export { due, fixed, type Due, type DueRule, type FixedRule, type Pause, type Roll } from './due.js';
export { moved, type Clock, type Move } from './moved.js';
export { keptBecause, takenOver, type DatedDay, type KeptBecause } from './taken-over.js';
