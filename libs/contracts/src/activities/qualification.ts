/** Orders to qualification, on the task queue `qualification`. */
export interface QualificationActivities {
  /** Freezes the list of institutions of one unit for a campaign, as the pinned pack's scope says. */
  freezeRoster(input: { campaignId: string; unit: string }): Promise<{ rosterId: string; digest: string; counts: Record<string, number> }>;
}
