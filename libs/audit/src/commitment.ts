import { hash, randomBytes } from 'node:crypto';
import { addYears, dayOf, type LocalDate } from '@zhijian/calendar';

/** What somebody wrote freely, with the salt that opens its commitment. Without the salt nobody can tell what it was, nor guess it. */
export interface KeptText { commitment: string; salt: Buffer; text: string }

const mark = 'commitment:';
const hashOf = (salt: Uint8Array, text: string): string => `${mark}${hash('sha256', Buffer.concat([salt, Buffer.from(text, 'utf8')]), 'hex')}`;

const saltBytes = 32;
let drawn = Buffer.alloc(0);
/** 32 random bytes nobody had before, of some that were drawn together: asking the system for each costs more than the hash. */
function newSalt(): Buffer {
  if (drawn.length < saltBytes) drawn = randomBytes(128 * saltBytes);
  const salt = drawn.subarray(0, saltBytes);
  drawn = drawn.subarray(saltBytes);
  return salt;
}

/** Commits to a text: SHA-256 over a salt of 32 random bytes and the text (UTF-8). */
export function commit(text: string, salt: Buffer = newSalt()): KeptText {
  return { commitment: hashOf(salt, text), salt, text };
}

/** Is this the text that was committed to? */
export const opens = (commitment: string, salt: Uint8Array, text: string): boolean => hashOf(salt, text) === commitment;

/** What looks like an id, a code, a hash (SHA-256) or a day: the digest somebody signs is nobody’s words. */
export const likeCode = (text: string): boolean => /^(?:[A-Za-z0-9*][A-Za-z0-9@/.:_*-]{0,39}|\d{4}-\d{2}-\d{2}(?:T[\d:.+Z-]*)?|[0-9a-f]{64})$/.test(text);

/** Names of fields that hold what somebody said, whatever it looks like. */
export const saidUnder: readonly string[] = ['reason', 'reasons', 'note', 'notes', 'text', 'texts', 'remarks', 'because', 'evidence', 'words', 'comment', 'summary', 'explanation'];

/** A piece of a sentence that a mark stands before. */
const pieceOf = (text: string, part: string, marks: RegExp, commitment: () => string): string => text.split(marks).map((piece, at, all) => (piece === part && at > 0 && marks.test(all[at - 1] ?? '') ? commitment() : piece)).join('');

/**
 * Where one text stands in another: a short one only as a whole or as what a sentence of ours names (`：…；`), so that no word
 * of ours is torn. What looks like a code is what somebody said only where words are `said`, or named in a sentence: anywhere
 * else it is an id, a state or a day of ours.
 */
function without(text: string, part: string, said: boolean, commitment: () => string): string {
  if (part === '' || !text.includes(part)) return text;
  if (text === part) return said || !likeCode(part) ? commitment() : text;
  if (likeCode(part)) return /[\u4e00-\u9fff]/.test(text) ? pieceOf(text, part, /([：；、，。（）“”])/, commitment) : text;
  return part.length >= 4 ? text.replaceAll(part, commitment) : pieceOf(text, part, /([：；、])/, commitment);
}

/**
 * The value with every text of the list replaced by its commitment, wherever it stands; one that looks like a code only where
 * somebody's words stand.
 * @param commitmentOf asked once a text is really there
 * @param names of the fields in which these texts were written
 * @param open texts that were written for everybody: as a whole they stand, also where one of the list is a part of them
 */
export function withheld<T>(value: T, texts: readonly string[], commitmentOf: (text: string) => string, { names = [], open = [] }: { readonly names?: readonly string[]; readonly open?: readonly string[] } = {}): T {
  if (texts.length === 0) return value;
  const inText = (text: string, name: string): string => (open.includes(text) ? text : texts.reduce((whole, part) => without(whole, part, saidUnder.includes(name) || names.includes(name), () => commitmentOf(part)), text));
  const walk = (it: unknown, name: string): unknown => {
    if (typeof it === 'string') return inText(it, name);
    if (Array.isArray(it)) return it.map((one) => walk(one, name));
    if (typeof it !== 'object' || it === null) return it;
    return Object.fromEntries(Object.entries(it).map(([field, one]) => [inText(field, ''), walk(one, field)]));
  };
  return walk(value, '') as T;
}

/** How long what was written about a matter must be kept. */
export interface Hold { until: LocalDate; basis: string }

/**
 * What was found may be pursued for five years where people's life and health are concerned (行政处罚法 art. 36), and these
 * matters all concern workers' health: until then what was written is kept, whoever asks for its deletion.
 */
export const holdOf = (at: string): Hold => ({ until: addYears(dayOf(at), 5), basis: '《中华人民共和国行政处罚法》第三十六条（涉及公民生命健康安全的，追究期限为五年）' });
