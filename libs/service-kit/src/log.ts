import { pino } from 'pino';
import { loggable } from './loggable.js';

/**
 * Logs are objects with jurisdiction, subject, cause; personal data never: what may be said is an allow-list.
 * `LOG_FILE` names a file instead of the standard output.
 */
export const log = pino(
  { level: process.env['LOG_LEVEL'] ?? 'info', base: { room: process.env['ROOM'] }, timestamp: pino.stdTimeFunctions.isoTime, formatters: { log: loggable } },
  pino.destination(process.env['LOG_FILE'] ? { dest: process.env['LOG_FILE'], append: true, mkdir: true } : 1),
);
