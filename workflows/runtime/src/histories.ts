import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where stored histories lie: `<workflow>/<situation>.<yyyy-mm>.json`. */
export const historiesFolder = fileURLToPath(new URL('../../histories/', import.meta.url));

/** Paths of the stored histories, relative to their folder. */
export const storedHistories = (folder = historiesFolder): string[] =>
  (existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []).filter((path) => path.endsWith('.json')).sort();

/** A history as Temporal's own JSON, with the SDK flags inside. */
export interface StoredHistory { events: HistoryEvent[] }
export interface HistoryEvent { eventId: string; eventTime: string; eventType: string; [attributes: string]: unknown }

export const loadHistory = (path: string, folder = historiesFolder): StoredHistory => JSON.parse(readFileSync(`${folder}/${path}`, 'utf8')) as StoredHistory;

const worker = /(?<![\w-])\d+@[\w.-]+/g; // pid@host; `pack-2023@1` is none

/**
 * Takes out of a history what says where it ran: process and host (`identity`, names of sticky queues) and stack traces.
 * Nothing that replay compares is touched.
 */
export function withoutTraces<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutTraces) as T;
  if (typeof value !== 'object' || value === null) return (typeof value === 'string' ? value.replaceAll(worker, 'worker') : value) as T;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => {
    if (key === 'identity') return [key, 'worker'];
    if (key === 'stackTrace') return [key, ''];
    return [key, key === 'data' ? inner : withoutTraces(inner)]; // payloads are base64 and stay as they are
  })) as T;
}

/** Everything readable in a history: its own strings, and its payloads decoded. */
export function wordsOf(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return [key === 'data' ? Buffer.from(value, 'base64').toString('utf8') : value];
  if (Array.isArray(value)) return value.flatMap((inner) => wordsOf(inner));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => wordsOf(inner, name));
}
