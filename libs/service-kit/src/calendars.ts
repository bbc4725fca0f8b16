import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtInCalendar, parseNotice, withNotice, type Calendar } from '@zhijian/calendar';

/** The calendar in force: the built-in notices and those an officer has confirmed (files in `CALENDAR_DIR`). */
export class Calendars {
  private cached: { key: string; calendar: Calendar } | undefined;

  constructor(private readonly folder = process.env['CALENDAR_DIR']) {}

  current(): Calendar {
    if (!this.folder || !existsSync(this.folder)) return builtInCalendar;
    const files = readdirSync(this.folder).filter((name) => name.endsWith('.json')).sort();
    const key = files.join('|');
    if (this.cached?.key !== key) this.cached = { key, calendar: files.reduce((calendar, name) => withNotice(calendar, parseNotice(JSON.parse(readFileSync(join(this.folder!, name), 'utf8')))), builtInCalendar) };
    return this.cached.calendar;
  }
}
