/** When a notice is over. `dueAt` is the legal instant, `wakeAt` the real one a timer waits for. */
export interface NoticeStep { state: 'posted' | 'ended' | 'withdrawn'; dueAt: string; wakeAt: string; passed: boolean; pack: string; calendar: string; clauses: string[] }

/** What has come of a notice: published, ready for a posting on another official site, held back by objections. */
export interface Settled { published: number; ready: number; waiting: number; settled: boolean }

/** Orders to publication, on the task queue `publication`. */
export interface PublicationActivities {
  /** When the notice is over, asked again on each waking. */
  noticeStep(run: { noticeId: string }): Promise<NoticeStep>;
  /** Ends a notice whose time is up and publishes every entry that no objection holds back; before its instant the step is given again. */
  publishReady(run: { noticeId: string }): Promise<Settled>;
}
