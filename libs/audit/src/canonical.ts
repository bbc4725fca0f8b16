import { hash } from 'node:crypto';
import { configure } from 'safe-stable-stringify';

const inOrder = configure({ bigint: false, circularValue: Error, strict: true });
/** Half a character of two halves, as JSON escapes it: RFC 8785 has no form for one. */
const half = /(?:^|[^\\])(?:\\\\)*\\ud[89a-f]/;

/**
 * JSON in the one form of RFC 8785 (JCS): equal values give equal text, in every language.
 * @throws on what JSON cannot say (undefined at the top, NaN, a lone surrogate, a circle)
 */
export function canonicalJson(value: unknown): string {
  const text = inOrder(value);
  if (text === undefined) throw new Error('nothing to write as JSON');
  if (text.includes('\\ud') && half.test(text)) throw new Error('a lone surrogate cannot be written as JSON');
  return text;
}

/** SHA-256 of a text (UTF-8) or of bytes, lower-case hex. */
export const sha256 = (content: string | Uint8Array): string => hash('sha256', content, 'hex');
