export interface Statement { name?: string; text: string; values: unknown[] }
/** The columns a statement answers, and how each is read. */
export interface Shape { names: string[]; read: ((text: string) => unknown)[] }

const names = new Map<string, string>();
const most = 300;
/** What each connection has parsed so far. */
const known = new WeakMap<object, Map<string, Shape>>();

/**
 * A statement that each connection parses and plans once. Texts are constants of the program; should they ever be
 * put together at run time, those past the three hundredth go unnamed instead of filling the server.
 */
export function prepared(text: string, values: unknown[] = []): Statement {
  let name = names.get(text);
  if (!name && names.size < most) {
    name = `z${names.size}`;
    names.set(text, name);
  }
  return name ? { name, text, values } : { text, values };
}

export const shapeOf = (connection: object, name: string): Shape | undefined => known.get(connection)?.get(name);

export function noteShape(connection: object, name: string, shape: Shape): void {
  const shapes = known.get(connection) ?? new Map<string, Shape>();
  known.set(connection, shapes.set(name, shape));
}
