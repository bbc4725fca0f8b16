import { sha256 } from '../canonical.js';

/** A history as Temporal's own JSON. */
export interface History { events: HistoryEvent[] }
export interface HistoryEvent { eventId: string; eventTime: string; eventType: string; [attributes: string]: unknown }

interface Payload { metadata?: unknown; data?: string }

/**
 * The bytes of each event of a history in protobuf form (`History { repeated HistoryEvent events = 1 }`).
 * @throws when the bytes are no such history
 */
export function eventBytes(history: Uint8Array): Uint8Array[] {
  const events: Uint8Array[] = [];
  for (let at = 0; at < history.length;) {
    if (history[at++] !== 0x0a) throw new Error('no history: another field where an event should stand');
    let length = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = history[at++];
      if (byte === undefined || shift > 2 ** 35) throw new Error('no history: cut short');
      length += (byte & 0x7f) * shift;
      if (byte < 0x80) break;
    }
    if (at + length > history.length) throw new Error('no history: cut short');
    events.push(history.subarray(at, at + length));
    at += length;
  }
  return events;
}

/** The hashes of the events, one a line, in order. */
export const eventHashes = (history: Uint8Array): string => eventBytes(history).map((bytes) => `${sha256(bytes)}\n`).join('');

/** What an event carries beside its type: the one object named `…EventAttributes`. */
export function attributesOf(event: HistoryEvent): Record<string, unknown> {
  const name = Object.keys(event).find((key) => key.endsWith('EventAttributes'));
  return name ? (event[name] as Record<string, unknown>) : {};
}

/** The values an event carries, decoded; what is no JSON is left out. */
export function payloadsOf(event: HistoryEvent): unknown[] {
  return ['input', 'result', 'details'].flatMap((name) => {
    const { payloads } = (attributesOf(event)[name] ?? {}) as { payloads?: Payload[] };
    return (payloads ?? []).flatMap(valueOf);
  });
}

function valueOf({ data }: Payload): unknown[] {
  if (data === undefined) return [];
  try {
    return [JSON.parse(Buffer.from(data, 'base64').toString('utf8'))];
  } catch {
    return [];
  }
}

/** Every object inside a value, the outer ones first. */
export function* objectsIn(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}

/** `ACTIVITY_TASK_COMPLETED` of `EVENT_TYPE_ACTIVITY_TASK_COMPLETED`. */
export const kindOf = ({ eventType }: HistoryEvent): string => eventType.replace(/^EVENT_TYPE_/, '');

/** SHA-256 of the bundle that completed the last workflow task, as the worker said; null where it did not. */
export function bundleOf({ events }: History): string | null {
  const last = events.filter((event) => kindOf(event) === 'WORKFLOW_TASK_COMPLETED').at(-1);
  const said = last && (attributesOf(last)['workerVersion'] as { buildId?: string } | undefined)?.buildId;
  return /\+([0-9a-f]{64})$/.exec(said ?? '')?.[1] ?? null;
}

/** The names of packs and calendars that a history says it went by. */
export function basisOf({ events }: History): { packs: string[]; calendars: string[] } {
  const packs = new Set<string>();
  const calendars = new Set<string>();
  for (const event of events) {
    for (const value of payloadsOf(event)) {
      for (const { pack, calendar } of objectsIn(value)) {
        if (typeof pack === 'string' && /@\d+$/.test(pack)) packs.add(pack);
        if (typeof calendar === 'string') calendars.add(calendar);
      }
    }
  }
  return { packs: [...packs].sort(), calendars: [...calendars].sort() };
}
