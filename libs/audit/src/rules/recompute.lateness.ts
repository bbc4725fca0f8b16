import { dueAt, localDate } from '@zhijian/calendar';
import { byId } from './by-id.js';
import { determined, undetermined, type Recomputed } from './recomputed.js';

export interface LatenessInputs {
  readonly dueOn: string | null;
  readonly firm: boolean;
  /** When each was done, by its id; null: not yet. */
  readonly done: Readonly<Record<string, string | null>>;
  /** When it was looked at; what is not done by then is overdue once its day has ended. */
  readonly asOf: string;
  /** Reports that correct one received in time are in time. */
  readonly corrects?: readonly string[];
}
export type Timeliness = 'in-time' | 'late' | 'overdue' | 'open';

/** By id: in time, late, overdue, or still open. Undetermined while the day is not known or provisional. */
export function lateness({ dueOn, firm, done, asOf, corrects = [] }: LatenessInputs): Recomputed {
  if (dueOn === null || !firm) return undetermined;
  const end = Date.parse(dueAt(localDate(dueOn)));
  const ended = Date.parse(asOf) >= end;
  const said = (id: string, at: string | null): Timeliness =>
    (corrects.includes(id) ? 'in-time' : at === null ? (ended ? 'overdue' : 'open') : Date.parse(at) >= end ? 'late' : 'in-time');
  return determined(byId(Object.entries(done).map(([id, at]) => [id, said(id, at)])));
}
