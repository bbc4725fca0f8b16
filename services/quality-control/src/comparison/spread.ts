import type { AnswerOf, qualityControl as http } from '@zhijian/contracts/http';
import type { Figures } from './comparison.store.js';

export type Spread = AnswerOf<typeof http.getComparisonEvaluation>['spread'];
export type Class = Spread[number]['classes'][number];

/** How many results of each measurand lie where: what the round's page draws and its reports print. */
export const spreadOf = (figures: Figures): Spread => Object.entries(figures).map(([measurand, { values }]) => ({ measurand, classes: classesOf(values) }));

/** Equal classes from the least to the greatest value, about as many as the square root of how many there are (5 to 12); all alike: one. */
export function classesOf(values: readonly string[]): Class[] {
  const numbers = values.map(Number);
  if (numbers.length === 0) return [];
  const [least, greatest] = [Math.min(...numbers), Math.max(...numbers)];
  if (least === greatest) return [{ from: least, to: greatest, count: numbers.length }];
  const many = Math.min(12, Math.max(5, Math.ceil(Math.sqrt(numbers.length))));
  const width = (greatest - least) / many;
  const counts = new Array<number>(many).fill(0);
  for (const one of numbers) counts[Math.min(many - 1, Math.floor((one - least) / width))]! += 1;
  return counts.map((count, place) => ({ from: least + place * width, to: least + (place + 1) * width, count }));
}
