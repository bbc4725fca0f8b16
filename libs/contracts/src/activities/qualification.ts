export interface FrozenRoster { rosterId: string; digest: string; counts: Record<string, number> }

/** Orders to qualification, on the task queue `qualification`. */
export interface QualificationActivities {
  /** Freezes the list of institutions of the unit whose workflow asks, as the pinned pack's scope says. */
  freezeRoster(): Promise<FrozenRoster>;
  /** Freezes the lists of several units at once; one that is frozen stays as it is. @returns digests by unit */
  freezeRosters(run: { units: string[] }): Promise<Record<string, string>>;
}
