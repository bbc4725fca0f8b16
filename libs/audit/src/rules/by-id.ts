/** A record whose names are ids, thousands that no other record has: as a dictionary from the start, for V8 would make a class of each name (5 µs instead of 0.5). */
export function byId<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  const made = Object.create(null) as Record<string, T>;
  for (const [id, value] of entries) made[id] = value;
  return made;
}
