const FEN_IN_WAN = 1_000_000;

/**
 * Takes fen (a whole number, not negative), gives the same sum in 万元 with up to six decimals, never rounded: a number
 * where it prints exactly so, else the decimal text. Throws RangeError (Chinese) on anything but a safe whole number.
 */
export function wanOf(fen: number): number | string {
  if (!Number.isSafeInteger(fen) || fen < 0) throw new RangeError(`金额（分）应为非负整数，收到“${String(fen)}”`);
  const decimals = String(fen % FEN_IN_WAN).padStart(6, '0').replace(/0+$/u, '');
  const whole = String(Math.floor(fen / FEN_IN_WAN));
  const text = decimals === '' ? whole : `${whole}.${decimals}`;
  return String(Number(text)) === text ? Number(text) : text;
}

/** Takes 万元 as printed by `wanOf` or typed, gives fen. Throws RangeError (Chinese) on more than six decimals or no amount. */
export function fenOf(wan: number | string): number {
  const text = (typeof wan === 'number' ? plain(wan) : wan).normalize('NFKC').trim();
  const match = /^(\d{1,10})(?:\.(\d{1,6}))?$/u.exec(text);
  const fen = match ? Number((match[1] ?? '') + (match[2] ?? '').padEnd(6, '0')) : NaN;
  if (!Number.isSafeInteger(fen)) throw new RangeError(`金额（万元）应为非负数，小数不超过6位，收到“${text}”`);
  return fen;
}

/** JavaScript writes numbers below 0.000001 with an exponent; such sums are refused by their form. */
const plain = (wan: number): string => (Number.isFinite(wan) ? String(wan) : '');
