/** What of a person can be told from the characters alone. A name cannot: what people write freely is kept apart instead. */
export type PersonalKind = 'id-number' | 'phone';
export const personalWords = { 'id-number': '居民身份证号码', phone: '手机号码' } satisfies Record<PersonalKind, string>;

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checks = '10X98765432';

/** A citizen's number: a day of birth that exists and a check character that fits (GB 11643). */
export function isIdNumber(text: string): boolean {
  const [, year, month, day] = /^\d{6}((?:18|19|20)\d{2})(\d{2})(\d{2})\d{3}[\dX]$/.exec(text) ?? [];
  if (!year) return false;
  const born = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (born.getUTCMonth() !== Number(month) - 1 || born.getUTCDate() !== Number(day)) return false;
  return checks[weights.reduce((sum, weight, at) => sum + weight * Number(text[at]), 0) % 11] === text[17];
}

/** As people type them: full width or half, in their usual groups; a longer code (a credit code, a hash) that contains such digits is none. */
const shapes = /(?<![\dA-Za-z])(?:\d{6}[\s-]?\d{4}[\s-]?\d{2}[\s-]?\d{2}[\s-]?\d{3}[\s-]?[\dXx]|(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4})(?![\dA-Za-z])/g;
const kindOf = (typed: string): PersonalKind | null => {
  const digits = typed.replaceAll(/[^\dXx]/g, '').toUpperCase();
  return digits.length === 18 ? (isIdNumber(digits) ? 'id-number' : null) : 'phone';
};

/** The first number of a person in a text, and what it is; null when there is none. */
export function personalIn(text: string): PersonalKind | null {
  for (const [typed] of text.normalize('NFKC').matchAll(shapes)) {
    const kind = kindOf(typed);
    if (kind) return kind;
  }
  return null;
}

/** The text with every such number replaced by what it was. */
export const withoutPersonal = (text: string): string =>
  text.normalize('NFKC').replaceAll(shapes, (typed) => {
    const kind = kindOf(typed);
    return kind ? `［${personalWords[kind]}］` : typed;
  });

/** A person's name as it is shown where no clause asks for it: 张*. */
export const maskedName = (name: string): string => (name ? `${[...name.trim()][0] ?? ''}*` : '');
