import { v7 } from 'uuid';

/** A new id that sorts by the time it was made (UUID version 7). */
export const newId = (): string => v7();

/** One topic per producing service. */
export const services = ['qualification', 'quality-control', 'inspection', 'publication', 'gateway'] as const;
export type ServiceName = (typeof services)[number];

/** The database schema of a room: hyphens become underscores. */
export const schemaOf = (room: string): string => room.replaceAll('-', '_');
