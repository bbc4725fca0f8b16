import { pino } from 'pino';

/** Logs are objects with jurisdiction, subject, cause; personal data never. */
export const log = pino({ level: process.env['LOG_LEVEL'] ?? 'info', base: { room: process.env['ROOM'] }, timestamp: pino.stdTimeFunctions.isoTime });
