/** The driver's own connection inside a transaction: statements written by hand go straight to it. */
export interface Connection {
  query(statement: string | Statement): Promise<{ rows: unknown[]; rowCount: number | null }>;
}
export interface Statement { name?: string; text: string; values: unknown[] }

const names = new Map<string, string>();
const most = 300;

/**
 * A statement that each connection parses and plans once. Texts are constants of the program; should they ever be
 * put together at run time, those past the three hundredth go unnamed instead of filling the server.
 */
export function prepared(text: string, values: unknown[]): Statement {
  let name = names.get(text);
  if (!name && names.size < most) {
    name = `z${names.size}`;
    names.set(text, name);
  }
  return name ? { name, text, values } : { text, values };
}
