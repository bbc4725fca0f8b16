const fullWidth = (text: string): string => text.replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replaceAll('\u3000', ' ');

/** A name or what somebody types, as both are compared: blanks do not count, case does not count, full-width letters are letters. */
export const plain = (text: string): string => fullWidth(text).replace(/\s+/g, '').toUpperCase();

/** How many signs of a search count; fewer than two find nothing. */
export const lengthOf = (typed: string): number => [...plain(typed)].length;

/** A page begins after the last row of the one before it: its name and its code. */
export interface After { name: string; code: string }
export const cursorOf = ({ name, creditCode }: { name: string; creditCode: string }): string => Buffer.from(JSON.stringify([name, creditCode])).toString('base64url');

/** @returns null when it was not made by us */
export function afterOf(cursor: string): After | null {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(read) && typeof read[0] === 'string' && typeof read[1] === 'string' ? { name: read[0], code: read[1] } : null;
  } catch {
    return null;
  }
}
