/** The millisecond of the last id made here, and how many it has had. */
let last = 0;
let count = 0;

/**
 * A new id that sorts by the time it was made (UUID version 7): the millisecond, a count within it, 62 random bits. Ids of
 * one process sort in the order in which they were made.
 */
export function newId(): string {
  const now = Date.now();
  if (now > last) [last, count] = [now, 0];
  else if ((count += 1) > 0xfff) [last, count] = [last + 1, 0]; // ahead of the clock rather than out of order
  const time = last.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count.toString(16).padStart(3, '0')}-${crypto.randomUUID().slice(19)}`;
}

/** One topic per producing service. */
export const services = ['qualification', 'quality-control', 'inspection', 'publication', 'gateway'] as const;
export type ServiceName = (typeof services)[number];

/** The database schema of a room: hyphens become underscores. */
export const schemaOf = (room: string): string => room.replaceAll('-', '_');
