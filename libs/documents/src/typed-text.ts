/** The longest text Excel keeps in a cell. */
export const longestText = 32_767;

/**
 * A text for a typed text cell: whatever it begins with, it is never a formula. What XML cannot hold goes as the
 * `_xHHHH_` of ECMA-376 §22.4.2.4, and so does a text that only looks like one. Line ends become `\n`.
 * Throws RangeError (Chinese) when the text is longer than a cell may be.
 */
export function typedText(text: string): string {
  const plain = printedText(text);
  if (plain.length > longestText) throw new RangeError(`单元格文字超过${longestText}个字符`);
  return plain
    .replaceAll(/_(?=x[0-9a-f]{4}_)/giu, '_x005F_')
    .replaceAll(unprintable, (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);
}

/** What a reader of the sheet gets back for a text: the same, with `\n` line ends and no half characters. */
export const printedText = (text: string): string => text.replaceAll(/\r\n?/gu, '\n').toWellFormed();

// eslint-disable-next-line no-control-regex -- these are the characters XML 1.0 has no place for
const unprintable = /[\u0000-\u0008\u000B-\u001F\u007F\uFFFE\uFFFF]/gu;
