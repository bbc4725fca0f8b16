import { createHash, randomBytes } from 'node:crypto';
import { addYears, dayOf, type LocalDate } from '@zhijian/calendar';

/** What somebody wrote freely, with the salt that opens its commitment. Without the salt nobody can tell what it was, nor guess it. */
export interface KeptText { commitment: string; salt: Buffer; text: string }

const mark = 'commitment:';
const hashOf = (salt: Uint8Array, text: string): string => `${mark}${createHash('sha256').update(salt).update(text, 'utf8').digest('hex')}`;

/** Commits to a text: SHA-256 over a salt of 32 random bytes and the text (UTF-8). */
export function commit(text: string, salt: Buffer = randomBytes(32)): KeptText {
  return { commitment: hashOf(salt, text), salt, text };
}

/** Is this the text that was committed to? */
export const opens = (commitment: string, salt: Uint8Array, text: string): boolean => hashOf(salt, text) === commitment;

/** Where one text stands in another: a short one only as a whole or as what a sentence of ours names (`：…；`), so that no word of ours is torn. */
function without(text: string, part: string, commitment: string): string {
  if (text === part) return commitment;
  if (part.length >= 4) return text.replaceAll(part, commitment);
  return text.split(/([：；、])/).map((piece, at, all) => (piece === part && at > 0 && /[：；、]/.test(all[at - 1] ?? '') ? commitment : piece)).join('');
}

/**
 * The value with every text of the list replaced by its commitment, wherever it stands.
 * @param commitmentOf asked once a text is really there
 */
export function withheld<T>(value: T, texts: readonly string[], commitmentOf: (text: string) => string): T {
  if (texts.length === 0) return value;
  const inText = (text: string): string => texts.reduce((whole, part) => (part !== '' && whole.includes(part) ? without(whole, part, commitmentOf(part)) : whole), text);
  const walk = (it: unknown): unknown => {
    if (typeof it === 'string') return inText(it);
    if (Array.isArray(it)) return it.map(walk);
    if (typeof it !== 'object' || it === null) return it;
    return Object.fromEntries(Object.entries(it).map(([name, one]) => [inText(name), walk(one)]));
  };
  return walk(value) as T;
}

/** How long what was written about a matter must be kept. */
export interface Hold { until: LocalDate; basis: string }

/**
 * What was found may be pursued for five years where people's life and health are concerned (行政处罚法 art. 36), and these
 * matters all concern workers' health: until then what was written is kept, whoever asks for its deletion.
 */
export const holdOf = (at: string): Hold => ({ until: addYears(dayOf(at), 5), basis: '《中华人民共和国行政处罚法》第三十六条（涉及公民生命健康安全的，追究期限为五年）' });
