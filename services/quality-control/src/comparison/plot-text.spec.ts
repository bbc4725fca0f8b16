import { describe, expect, it } from '@jest/globals';
import { countLine, scoreLine } from './plot-text.js';

const limits = { satisfactory: '2', unsatisfactory: '3' };
/** Six to a side is one deviation of score in twenty places to the outer limit doubled. */
const [left, right] = [(line: string) => line.slice(0, 20), (line: string) => line.slice(21)];

describe('a score as a line', () => {
  it('is as wide whatever it is, with zero in the middle and the limits on both sides', () => {
    const line = scoreLine('0.00', limits);
    expect([...line]).toHaveLength(41);
    expect(line[20]).toBe('┃');
    expect(right(line)).toBe(`${'　'.repeat(6)}┊${'　'.repeat(2)}║${'　'.repeat(10)}`);
    expect([...left(line)].reverse().join('')).toBe(right(line));
  });
  it('goes to the side of its sign and shows where it passes a limit', () => {
    expect(right(scoreLine('1.50', limits))).toBe(`${'█'.repeat(5)}　┊　　║${'　'.repeat(10)}`);
    expect(right(scoreLine('3.00', limits))).toBe(`${'█'.repeat(6)}▓██▓${'　'.repeat(10)}`);
    expect(left(scoreLine('-1.50', limits))).toBe(`${'　'.repeat(10)}║　　┊　${'█'.repeat(5)}`);
    expect(right(scoreLine('-1.50', limits))).toBe(right(scoreLine('0', limits)));
  });
  it('beyond the scale is cut and says so; one limit for both is the outer', () => {
    expect(right(scoreLine('25', limits)).at(-1)).toBe('►');
    expect(right(scoreLine('0.5', { satisfactory: '1', unsatisfactory: '1' }))).toBe(`${'█'.repeat(5)}${'　'.repeat(4)}║${'　'.repeat(10)}`);
  });
});

it('a histogram’s line is one character each while they fit, else in proportion', () => {
  expect([countLine(3, 7), countLine(0, 7), countLine(50, 100)]).toEqual(['███', '', '█'.repeat(20)]);
});
