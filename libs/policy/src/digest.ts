import { createHash } from 'node:crypto';

/** SHA-256 of a text (UTF-8) in lower-case hex. A pure function; the only use of node:crypto in the pure files. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Compares by code point, which is the byte order of UTF-8 (and not JavaScript's own order of UTF-16 units). */
export const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));

/** The content hash of a pack: over path and SHA-256 of every file, in code point order of the paths. */
export function packHash(files: Readonly<Record<string, string>>): string {
  const paths = Object.keys(files).sort(byCodePoint);
  return sha256(paths.map((path) => `${path}\n${sha256(files[path] ?? '')}\n`).join(''));
}

/** JSON with the keys of every object in code point order: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const held = Object.entries(value).filter(([, it]) => it !== undefined).sort(([a], [b]) => byCodePoint(a, b));
  return `{${held.map(([key, it]) => `${JSON.stringify(key)}:${canonicalJson(it)}`).join(',')}}`;
}
