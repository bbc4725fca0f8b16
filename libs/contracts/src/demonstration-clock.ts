/** The file of the demonstration clock: the starter alone writes it, everybody else reads it. Real times in ms, paces in simulated ms a real one. */
export interface DemonstrationClock {
  anchorReal: number; anchorSimulated: number;
  /** Holds up to the anchor: a slower pace begins when every reader knows of it. */ scaleBefore?: number;
  scale: number; cruise: number; leaseUntilReal: number;
}

/** The simulated instant (ms) that the file means at a real one (ms); time stands still at the end of the lease. */
export function demonstratedAt(clock: DemonstrationClock, real: number): number {
  const since = Math.min(real, clock.leaseUntilReal) - clock.anchorReal;
  return Math.floor(clock.anchorSimulated + since * (since < 0 ? (clock.scaleBefore ?? clock.scale) : clock.scale));
}
