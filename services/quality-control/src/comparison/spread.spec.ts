import { describe, expect, it } from '@jest/globals';
import { liesIn } from './plot-text.js';
import { classesOf } from './spread.js';

describe('how many results lie where', () => {
  it('counts everybody once, the greatest in the last class', () => {
    const classes = classesOf(['1', '2', '3', '4', '6']);
    expect(classes.map(({ from, to, count }) => [from, to, count])).toEqual([[1, 2, 1], [2, 3, 1], [3, 4, 1], [4, 5, 1], [5, 6, 1]]);
    expect(classes.map((one, at) => liesIn(one, 6, at === 4))).toEqual([false, false, false, false, true]);
    expect([classesOf([]), classesOf(['5', '5'])]).toEqual([[], [{ from: 5, to: 5, count: 2 }]]);
  });
  it('has equal classes, about as many as the square root of how many results there are', () => {
    const classes = classesOf(['1', '2', '2', '3', '9', '10.0']);
    expect([classes.length, classes[0]?.from, classes.at(-1)?.to, classes.reduce((all, { count }) => all + count, 0)]).toEqual([5, 1, 10, 6]);
    expect([49, 400].map((many) => classesOf(Array.from({ length: many }, (_, n) => String(n))).length)).toEqual([7, 12]);
    expect(classesOf(['2.0', '2.00'])).toEqual([{ from: 2, to: 2, count: 2 }]);
  });
});
