import { withoutPersonal } from '@zhijian/policy';

/** What a line of the log may say. Anything else is left out by name, whoever adds it. */
const allowed = new Set([
  'msg', 'room', 'reference', 'error', 'cause', 'status', 'actor', 'role', 'route', 'url', 'jurisdiction', 'subject', 'reason', 'topic', 'key', 'type', 'factId', 'taskQueue', 'attempts', 'schema', 'partition', 'offset',
  'pack', 'problems', 'kind', 'detail', 'wait', 'waiting', 'count', 'age', 'files', 'head', 'size', 'port', 'event', 'name', 'code', 'fact', 'then', 'dropped',
]);

/** An error as the log may have it: its name, its code, where it came from. Words that hold what somebody sent stay out. */
function errorOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const [first = '', ...frames] = text.split('\n');
  const { code } = (error ?? {}) as { code?: unknown };
  return [`${withoutQuoted(first)}${typeof code === 'string' && !first.includes(code) ? ` (${code})` : ''}`, ...frames.filter((line) => /^\s+at /.test(line))].join('\n');
}

/** Databases and parsers quote what they were given. */
const withoutQuoted = (text: string): string => withoutPersonal(text).replaceAll(/"[^"]*"|“[^”]*”|'[^']*'|`[^`]*`|=\([^)]*\)/g, '"…"').slice(0, 400);

/** A log entry as it is written: known fields only, errors without the words of others, no numbers of people. */
export function loggable(entry: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  const left: string[] = [];
  for (const [name, value] of Object.entries(entry)) {
    if (!allowed.has(name)) left.push(name);
    else if (name === 'error' || name === 'cause') kept[name] = errorOf(value);
    else kept[name] = typeof value === 'string' ? withoutPersonal(value) : value;
  }
  return left.length ? { ...kept, left } : kept;
}
