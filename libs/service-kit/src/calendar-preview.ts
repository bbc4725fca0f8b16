import type { KeptBecause, LocalDate } from '@zhijian/calendar';
import type { Tx } from '@zhijian/persistence';

/** A clock as its preview is kept: names that may change are read when it is shown. */
export interface ClockLine {
  clock: string; kind: 'duty' | 'rectification-report' | 'notice' | 'objection'; title: string; place: string; placeName?: string; institutionId: string | null; bodies: number;
  old: LocalDate; new: LocalDate; firm: boolean; clauses: readonly string[]; pack: string;
}
export interface KeptLine extends ClockLine { why: KeptBecause }
/** `old` is the provisional day on which it was done, `new` the day that is certain now. */
export interface ReviewLine extends ClockLine { doneAt: string }
export interface Preview { moved: ClockLine[]; kept: KeptLine[] }

const perFact = 500; // clocks in one fact, far below what Kafka takes

/** Long lists of clocks go out in parts, with nothing but ids and days. */
export function inParts(lines: readonly ClockLine[]): { part: number; parts: number; moved: { clock: string; old: LocalDate; new: LocalDate; firm: boolean }[] }[] {
  const parts = Math.ceil(lines.length / perFact);
  return Array.from({ length: parts }, (_, at) => ({ part: at + 1, parts, moved: lines.slice(at * perFact, (at + 1) * perFact).map(({ clock, old, new: next, firm }) => ({ clock, old, new: next, firm })) }));
}

/** What a notice would move here, as it was reckoned last; each room with clocks has a table `calendar_preview`. */
export async function keepPreview(tx: Tx, noticeId: string, calendar: string, { moved, kept }: { moved: readonly ClockLine[]; kept: readonly KeptLine[] }): Promise<void> {
  await tx.query(
    `insert into calendar_preview (notice_id, calendar, heard_at, moved, kept) values ($1, $2, $3, $4, $5)
     on conflict (notice_id) do update set calendar = excluded.calendar, heard_at = excluded.heard_at, moved = excluded.moved, kept = excluded.kept`,
    [noticeId, calendar, tx.now, JSON.stringify(moved), JSON.stringify(kept)]);
}

/** What was done on days that this notice, once confirmed, has made certain at an earlier one. A notice that was heard of here as confirmed only has a list with nothing else in it. */
export async function keepForReview(tx: Tx, noticeId: string, calendar: string, lines: readonly ReviewLine[]): Promise<void> {
  if (lines.length === 0) return;
  await tx.query(
    `insert into calendar_preview (notice_id, calendar, heard_at, moved, kept, review) values ($1, $2, $3, '[]', '[]', $4) on conflict (notice_id) do update set review = calendar_preview.review || excluded.review`,
    [noticeId, calendar, tx.now, JSON.stringify(lines)]);
}
