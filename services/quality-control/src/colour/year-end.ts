import type { Tx } from '@zhijian/persistence';

/** What monitoring owed a body in a year, and what of it was done. */
export interface OwedMonitoring { readonly institutionId: string; readonly what: string; readonly owed: number; readonly done: number }

/** Whoever keeps the quotas of monitoring tells at the end of a year what was not done; a room without one has nothing to tell. */
export abstract class MonitoringOwed {
  abstract notDone(tx: Tx, place: string, year: number): Promise<OwedMonitoring[]>;
}
