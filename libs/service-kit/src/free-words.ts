import { likeCode } from '@zhijian/audit';
import { z } from 'zod';

interface Schema { type?: string; properties?: Record<string, Schema>; additionalProperties?: Schema | boolean; items?: Schema; anyOf?: Schema[]; oneOf?: Schema[]; allOf?: Schema[]; enum?: unknown[]; pattern?: string; format?: string; maxLength?: number; 'x-words'?: true }

/** Does a field stand under one of these pointers? */
const among = (path: readonly string[], says: readonly string[]): boolean =>
  says.some((pointer) => { const steps = pointer.split('/').slice(1); return steps.length === path.length && steps.every((step, at) => step === '*' || step === path[at]); });

/** A field made for words (`text` of the contracts, or as long as sentences are), not for an id that is written back. */
const forWords = ({ type, pattern, format, enum: some, maxLength = 0, 'x-words': words }: Schema): boolean => type === 'string' && !pattern && !format && !some && (words === true || maxLength >= 300);

const inside = (schemas: readonly Schema[]): Schema[] => schemas.flatMap((one): Schema[] => [one, ...inside([...(one.anyOf ?? []), ...(one.oneOf ?? []), ...(one.allOf ?? [])])]);

/** What a schema says of one place in a body; each is worked out once, not for each body. */
class Place {
  readonly words: boolean;
  private readonly schemas: readonly Schema[];
  private readonly named = new Map<string, Place>();
  private each: Place | undefined;
  private other: Place | undefined;

  constructor(schemas: readonly Schema[]) {
    this.schemas = inside(schemas);
    this.words = this.schemas.some(forWords);
  }

  get items(): Place {
    return (this.each ??= new Place(this.schemas.flatMap(({ items }): Schema[] => (items ? [items] : []))));
  }

  field(name: string): Place {
    const known = this.named.get(name);
    if (known) return known;
    if (!this.schemas.some(({ properties }) => properties && Object.hasOwn(properties, name))) return (this.other ??= this.under(null)); // any name that came from outside
    const made = this.under(name);
    this.named.set(name, made);
    return made;
  }

  private under(name: string | null): Place {
    return new Place(this.schemas.flatMap(({ properties, additionalProperties }): Schema[] => {
      const one = (name !== null && properties && Object.hasOwn(properties, name) ? properties[name] : undefined) ?? additionalProperties;
      return typeof one === 'object' ? [one] : [];
    }));
  }
}

const read = new WeakMap<z.ZodType, Place>();
function placeOf(schema: z.ZodType): Place {
  const known = read.get(schema) ?? new Place([z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema]);
  read.set(schema, known);
  return known;
}

/** Texts that were written freely, and the names of the fields they stand in; `open`: what was written for everybody to read. */
export interface FreeWords { texts: string[]; names: string[]; open: string[] }

/**
 * What was written freely in a parsed body: every text of a field made for words, whatever it looks like, and every other
 * text that looks like no code; except in fields whose words are about bodies and documents (`says`). Longest first, so that
 * a text that contains another is taken as a whole.
 */
export function freeWords(body: unknown, schema: z.ZodType, says: readonly string[] = []): FreeWords {
  const texts = new Set<string>();
  const names = new Set<string>();
  const open = new Set<string>();
  const text = (it: string, field: string, words: boolean): void => {
    if (!it.trim() || (likeCode(it) && !words)) return;
    texts.add(it);
    if (words && field) names.add(field);
  };
  const walk = (it: unknown, path: readonly string[], field: string, place: Place): void => {
    if (typeof it === 'string') {
      if (among(path, says)) open.add(it);
      else text(it, field, place.words);
    } else if (Array.isArray(it)) it.forEach((one, at) => walk(one, [...path, String(at)], field, place.items));
    else if (typeof it === 'object' && it !== null) for (const [name, one] of Object.entries(it)) { text(name, '', false); walk(one, [...path, name], name, place.field(name)); }
  };
  walk(body, [], '', placeOf(schema));
  return { texts: [...texts].sort((a, b) => b.length - a.length), names: [...names], open: [...open] };
}
