import { personalIn } from '@zhijian/policy';

/**
 * What was typed into a cell, as the sentence of its fault may repeat it: figures and days only, else nothing. Lists of faults
 * are kept, and words in a cell (in a wrong column, say) may be somebody's name; the cell's address finds them in the file.
 */
export function saidBack(text: string): string {
  return figures.test(text.normalize('NFKC')) && !personalIn(text) ? `，实为“${text}”` : '';
}
const figures = /^[\d\s.,:/年月日+-]{1,30}$/u;
