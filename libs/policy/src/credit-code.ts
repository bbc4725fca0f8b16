/** The unified social credit code of GB 32100-2015: 18 characters, no I O Z S V, the last one a check character. */
export type CreditCode = string & { readonly __creditCode: true };

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

export type CreditCodeRefusal = 'credit-code-empty' | 'credit-code-length' | 'credit-code-character' | 'credit-code-check-digit';
export const creditCodeSentences = {
  'credit-code-empty': '未填写统一社会信用代码',
  'credit-code-length': '统一社会信用代码应为18位',
  'credit-code-character': '统一社会信用代码只含数字和大写字母，且不含 I、O、Z、S、V',
  'credit-code-check-digit': '统一社会信用代码校验码不符，请核对',
} satisfies Record<CreditCodeRefusal, string>;

export type CreditCodeResult =
  | { readonly ok: true; readonly code: CreditCode }
  | { readonly ok: false; readonly reason: CreditCodeRefusal; readonly message: string };

/** The whole code for its first 17 characters. Throws RangeError on a wrong length or character; made for invented, valid codes. */
export function creditCodeOf(first17: string): CreditCode {
  const sum = [...first17].reduce((total, char, i) => total + alphabet.indexOf(char) * (weights[i] ?? 0), 0);
  if (first17.length !== 17 || [...first17].some((char) => !alphabet.includes(char))) throw new RangeError('前17位不合 GB 32100');
  return `${first17}${alphabet[(31 - (sum % 31)) % 31] ?? ''}` as CreditCode;
}

const refuse = (reason: CreditCodeRefusal): CreditCodeResult => ({ ok: false, reason, message: creditCodeSentences[reason] });

export const creditCode = {
  /** Reads a code as people type it: lower case and spaces are accepted, anything else wrong is refused with its reason. */
  parse(text: string): CreditCodeResult {
    const code = text.normalize('NFKC').replace(/\s+/gu, '').toUpperCase();
    if (code === '') return refuse('credit-code-empty');
    if ([...code].some((char) => !alphabet.includes(char))) return refuse('credit-code-character');
    if (code.length !== 18) return refuse('credit-code-length');
    return creditCodeOf(code.slice(0, 17)) === code ? { ok: true, code: code as CreditCode } : refuse('credit-code-check-digit');
  },
  /** Grouped for reading: authority and kind, division, organisation, check character. */
  show: (code: string): string => [code.slice(0, 2), code.slice(2, 8), code.slice(8, 17), code.slice(17)].join(' '),
};
