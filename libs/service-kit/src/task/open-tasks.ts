import type { task } from '@zhijian/contracts/http';

/** Something open in a room's own rows: whose agency's it is, and where. */
export type OpenTask = Omit<task.Task, 'holder' | 'room' | 'version'>;
/** Which of the open tasks: in order of their names, behind a cursor, of one unit, or only the named ones. */
export interface AskedTasks { limit: number; cursor?: string | undefined; unit?: string | undefined; only?: readonly string[] }

/** What is open in a room, in the scope of whoever asks; a room that keeps no tasks has none. */
export class OpenTasks {
  constructor(readonly of: (asked: AskedTasks) => Promise<OpenTask[]>) {}
}
