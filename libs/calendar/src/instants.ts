import { addDays, dateOfOrdinal, type LocalDate } from './local-date.js';

const BEIJING_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
const WITH_OFFSET = /T.*(?:Z|[+-]\d{2}:?\d{2})$/i;

/**
 * The Beijing day of an instant (ISO text with offset, or a Date).
 * The offset is +08:00 throughout. That is the law's time since 1992; in the summers of 1986–1991
 * clocks showed +09:00, so for an instant of those summers between 23:00 and 24:00 (+08:00) a wall
 * clock already showed the next day. Dates of that age must come in as a LocalDate, not as an instant.
 * Throws RangeError on text without offset (the host zone would decide) and on an invalid instant.
 */
export function dayOf(instant: string | Date): LocalDate {
  if (typeof instant === 'string' && !WITH_OFFSET.test(instant)) {
    throw new RangeError(`时刻须带时区偏移（如 2024-09-12T09:30:00+08:00），收到“${instant}”`);
  }
  const epoch = typeof instant === 'string' ? Date.parse(instant) : instant.getTime();
  if (Number.isNaN(epoch)) throw new RangeError(`无效的时刻“${String(instant)}”`);
  return dateOfOrdinal(Math.floor((epoch + BEIJING_OFFSET_MS) / DAY_MS));
}

/** The instant a day begins in Beijing. */
export const startOfDay = (on: LocalDate): string => `${on}T00:00:00+08:00`;

/** The instant a day is over in Beijing, 24:00: what is due on a day is in time until then. */
export const dueAt = (on: LocalDate): string => startOfDay(addDays(on, 1));
