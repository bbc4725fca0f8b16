import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtInCalendar, parseNotice, withNotice, type Calendar, type HolidayNotice } from '@zhijian/calendar';

/** A confirmed notice and its place in the order of confirmations. */
export interface Confirmed { id: string; ord: number; notice: HolidayNotice }

/** The folder every room reads its calendar from: the last file of a year stands. */
export class NoticeFiles {
  constructor(private readonly folder: string) {}

  /** The calendar as the rooms read it now. */
  calendar(): Calendar {
    return this.names().reduce((calendar, name) => withNotice(calendar, parseNotice(JSON.parse(readFileSync(join(this.folder, name), 'utf8')))), builtInCalendar);
  }

  /** Writes what is confirmed and not there yet: whole files only, named in the order of confirmation, never changed again. */
  complete(confirmed: readonly Confirmed[]): void {
    if (confirmed.length === 0) return;
    mkdirSync(this.folder, { recursive: true });
    const there = new Set(this.names());
    for (const { id, ord, notice } of confirmed) {
      const name = `${notice.year}-${String(ord).padStart(6, '0')}-${id}.json`;
      if (there.has(name)) continue;
      const draft = join(this.folder, `.${name}.${process.pid}`);
      writeFileSync(draft, `${JSON.stringify(notice, null, 2)}\n`);
      renameSync(draft, join(this.folder, name));
    }
  }

  private names(): string[] {
    return existsSync(this.folder) ? readdirSync(this.folder).filter((name) => name.endsWith('.json')).sort() : [];
  }
}
