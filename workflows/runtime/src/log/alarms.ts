import { newId } from '@zhijian/contracts';
import type { Finding } from './finding.js';
import type { KeptFile } from './kept-file.js';

export interface Alarm extends Finding {
  id: string;
  firstAt: string;
  lastAt: string;
  /** When it was looked at again and was not so any more; the alarm stays on the list. */
  clearedAt: string | null;
}

const nameOf = ({ kind, room, subject }: Finding): string => `${kind}/${room ?? ''}/${subject}`;
/** Of one kind in one room at most so many stand on the list: a rebuilt tree is one piece of news, not a million. */
const mostOfAKind = 100;

/** What was found wrong, kept outside the database. */
export class Alarms {
  private readonly list: Alarm[];

  constructor(private readonly file: KeptFile<Alarm[]>, private readonly now: () => string, private readonly tell: (alarm: Alarm) => void) {
    this.list = file.read() ?? [];
  }

  /** Newest first. */
  all(): readonly Alarm[] {
    return [...this.list].reverse();
  }

  open(): number {
    return this.list.filter(({ clearedAt }) => clearedAt === null).length;
  }

  /** What one look found, of the kinds it looks for: new alarms are told, those not found again are cleared. */
  settle(kinds: readonly Finding['kind'][], found: readonly Finding[]): void {
    const at = this.now();
    const open = new Map(this.list.filter(({ kind, clearedAt }) => clearedAt === null && kinds.includes(kind)).map((alarm) => [nameOf(alarm), alarm]));
    let changed = false;
    for (const finding of few(found)) {
      const known = open.get(nameOf(finding));
      if (known) {
        open.delete(nameOf(finding));
        known.lastAt = at;
        continue;
      }
      const alarm: Alarm = { id: newId(), ...finding, firstAt: at, lastAt: at, clearedAt: null };
      this.list.push(alarm);
      this.tell(alarm);
      changed = true;
    }
    for (const alarm of open.values()) {
      alarm.clearedAt = at;
      changed = true;
    }
    if (changed) this.file.write(this.list);
  }
}

function few(found: readonly Finding[]): Finding[] {
  const counts = new Map<string, number>();
  return found.filter(({ kind, room }) => {
    const name = `${kind}/${room ?? ''}`;
    const n = (counts.get(name) ?? 0) + 1;
    counts.set(name, n);
    return n <= mostOfAKind;
  });
}
