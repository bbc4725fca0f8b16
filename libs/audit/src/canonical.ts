import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * JSON in the one form of RFC 8785 (JCS): equal values give equal text, in every language.
 * @throws on what JSON cannot say (undefined at the top, NaN, a lone surrogate)
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('nothing to write as JSON');
  return text;
}

/** SHA-256 of a text (UTF-8) or of bytes, lower-case hex. */
export const sha256 = (content: string | Uint8Array): string => hash('sha256', content, 'hex');
