import type { Class } from './spread.js';

/** Limits of a score: up to which it is satisfactory, from which it is not. */
export interface Limits { readonly satisfactory: string; readonly unsatisfactory: string }

/** So many characters a plot reaches to each side of zero, or a histogram to the right. */
const side = 20;
const [blank, bar, zero, inner, outer, crossed, further] = ['　', '█', '┃', '┊', '║', '▓', '►'] as const;
export const plotKey = `${zero} 为 0，${inner} 为满意的界限，${outer} 为不满意的界限，${crossed} 为条形越过界限处，${further} 为超出图示范围`;

/**
 * A score as a line of characters of one width, with zero and the limits: what a table processor prints as it stands, without
 * pictures. Beyond twice the outer limit it is cut and says so.
 */
export function scoreLine(score: string, { satisfactory, unsatisfactory }: Limits): string {
  const [near, far, value] = [Number(satisfactory), Number(unsatisfactory), Number(score)];
  const reach = 2 * Math.max(near, far);
  const at = (it: number): number => Math.round((Math.max(-reach, Math.min(reach, it)) / reach) * side);
  const end = at(value);
  return Array.from({ length: 2 * side + 1 }, (_, place) => {
    const here = place - side;
    const filled = here !== 0 && Math.sign(here) === Math.sign(end) && Math.abs(here) <= Math.abs(end);
    const limit = Math.abs(here) === at(far) ? outer : Math.abs(here) === at(near) ? inner : null;
    if (here === 0) return zero;
    if (filled && here === end && Math.abs(value) > reach) return further;
    return filled ? (limit ? crossed : bar) : (limit ?? blank);
  }).join('');
}

/** Does a value lie in a class? The last one has its upper end. */
export const liesIn = ({ from, to }: Class, value: number, last: boolean): boolean => value >= from && (value < to || (last && value === to));
/** How many there are as a line: one character each, or in proportion where there are more than fit. */
export const countLine = (count: number, most: number): string => bar.repeat(most <= 2 * side ? count : Math.ceil((count / most) * 2 * side));
/** A number as short as it reads. */
export const short = (value: number): string => String(Number(value.toPrecision(4)));
