import { addDays, localDate } from '@zhijian/calendar';
import type { ClockDay } from './clocks.js';

const escaped = (text: string): string => text.replace(/[\\;,]/g, (letter) => `\\${letter}`).replace(/\r?\n/g, '\\n');
const bare = (on: string): string => on.replaceAll('-', '');

/** RFC 5545, 3.1: no line over 75 octets; what is longer goes on after a blank. No character is cut in two. */
export function folded(line: string): string {
  const lines: string[] = [];
  let now = '';
  let octets = 0;
  for (const letter of line) {
    const size = Buffer.byteLength(letter);
    if (octets + size > 75) {
      lines.push(now);
      now = ' ';
      octets = 1;
    }
    now += letter;
    octets += size;
  }
  return [...lines, now].join('\r\n');
}

/** The same clock keeps its UID when its day moves; where one duty ends on several days, each day is a clock of its own. */
const uidOf = ({ kind, campaignId, unit, duty, dueOn }: ClockDay, several: boolean): string => `${campaignId ?? (kind === 'rectification-report' ? 'rectification' : kind)}.${unit === '*' ? 'all' : unit}.${duty}${several ? `.${dueOn}` : ''}@zhijian`;

const running = { notice: ['公示中', '公示期满'], objection: ['待答复', '已答复'] } as const;
/** How far what ends on that day has come. */
function standingOf({ kind, planned, open, overdue, done }: ClockDay): string {
  if (kind === 'notice' || kind === 'objection') return overdue ? '逾期未答复' : running[kind][open ? 0 : 1];
  return planned ? '所在阶段尚未开始' : `待办 ${open}，逾期 ${overdue}，已完成 ${done}`;
}

function eventOf(clock: ClockDay, several: boolean, stamp: string): string[] {
  const { kind, unitName, institution, title, dueOn, firm, because, clauses, campaign, pack } = clock;
  return [
    'BEGIN:VEVENT', `UID:${uidOf(clock, several)}`, `DTSTAMP:${stamp}`, `DTSTART;VALUE=DATE:${bare(dueOn)}`, `DTEND;VALUE=DATE:${bare(addDays(localDate(dueOn), 1))}`,
    `SUMMARY:${escaped(`${unitName} ${title}${institution ? ` ${institution}` : ''}${firm ? '' : '（暂定）'}`)}`,
    `DESCRIPTION:${escaped([campaign, `${dueOn} 24:00 ${kind === 'notice' ? '止' : '前'}。${standingOf(clock)}`, ...(because ? [because] : []), `依据 ${clauses.join('、')}（${pack}）`].join('\n'))}`,
    `STATUS:${firm ? 'CONFIRMED' : 'TENTATIVE'}`, 'TRANSP:TRANSPARENT', 'END:VEVENT',
  ];
}

/** Clocks as an iCalendar file of all-day events. Takes them and the instant of the answer (ISO 8601); gives text with CRLF. */
export function icsOf(clocks: readonly ClockDay[], at: string): string {
  const stamp = `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  const key = ({ campaignId, unit, duty }: ClockDay): string => `${campaignId ?? ''} ${unit} ${duty}`;
  const days = Map.groupBy(clocks, key);
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Zhijian//Clocks//ZH', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', 'X-WR-CALNAME:职监 期限', ...clocks.flatMap((clock) => eventOf(clock, (days.get(key(clock))?.length ?? 0) > 1, stamp)), 'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
