import { z } from 'zod';
import { newId } from './ids.js';

/** Who did it: role, person and place, as one string without personal data: `county:xian@330106`, `workflow:campaign/…`. */
export type Actor = string;

/** Which pack and version decided, and the clauses it rests on. */
export const policyRef = z.strictObject({ pack: z.string(), version: z.number().int(), clauses: z.array(z.string()) });
export type PolicyRef = z.infer<typeof policyRef>;

/** Calendar days and instants as they travel. A day in no century of ours is a slip of the hand: neither the calendar nor the database reckons with it. */
export const zDate = z.iso.date({ abort: true }).refine((on) => on >= '1900-01-01' && on < '2200-01-01', '日期应在1900年至2199年之间');
export const zInstant = z.iso.datetime({ offset: true });

/** A fact as it travels: CloudEvents 1.0 JSON, with four extensions (`factversion`, `actor`, `cause`, `jurisdiction`). */
export const envelope = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  source: z.string(),
  type: z.string(),
  factversion: z.number().int().positive(),
  subject: z.string(),
  time: zInstant,
  datacontenttype: z.literal('application/json'),
  actor: z.string(),
  cause: z.string(),
  jurisdiction: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export interface Fact<T = Record<string, unknown>> {
  specversion: '1.0'; id: string; source: string; type: string; factversion: number; subject: string; time: string;
  datacontenttype: 'application/json'; actor: Actor; cause: string; jurisdiction: string; data: T;
}

/** A kind of fact: `<service>.<thing>-<past participle>`, its version beside it, and the schema of its data. */
export interface FactKind<T = unknown> {
  readonly type: string;
  readonly version: number;
  readonly data: z.ZodType<T>;
}

const kinds = new Map<string, FactKind>();

/**
 * Declares a kind of fact. Anything but a new optional field is a new version beside the old one.
 * @throws when the same type and version is declared twice.
 */
export function defineFact<T>(type: string, version: number, data: z.ZodType<T>): FactKind<T> {
  const key = `${type}.v${version}`;
  if (kinds.has(key)) throw new Error(`${key} is declared twice`);
  const kind = { type, version, data };
  kinds.set(key, kind);
  return kind;
}

/** Every declared kind, in order of declaration: the event catalogue. */
export const factKinds = (): FactKind[] => [...kinds.values()];

export const factKindOf = (type: string, version: number): FactKind | undefined => kinds.get(`${type}.v${version}`);

/** Builds the travelling form; the data are checked here, so that nothing malformed is ever committed. */
export function envelop<T>(kind: FactKind<T>, subject: string, data: T, by: { actor: Actor; cause: string; jurisdiction: string; time: string; id?: string }): Fact<T> {
  return {
    specversion: '1.0', id: by.id ?? newId(), source: `/${kind.type.split('.')[0]}`, type: kind.type, factversion: kind.version, subject,
    time: by.time, datacontenttype: 'application/json', actor: by.actor, cause: by.cause, jurisdiction: by.jurisdiction, data: kind.data.parse(data),
  };
}
