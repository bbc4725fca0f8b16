import type { DecisionTable } from './decision-table.js';
import type { Form, FormColumn, Group, Leaf } from './form.schema.js';
import type { Pack } from './pack.js';
import { listingFacts } from './vocabulary.js';

export const isGroup = (column: FormColumn): column is Group => 'columns' in column;

/** The leaf columns of a form from left to right: one for each cell of a row. */
export const formColumns = (form: Pick<Form, 'columns'>): Leaf[] => form.columns.flatMap((column) => (isGroup(column) ? column.columns : [column]));

/** Says of a body whether a form lists it: answers `listing` and asks nothing but what a form knows of a body. */
const saysListing = ({ inputs, outputs }: DecisionTable): boolean =>
  outputs.length === 1 && outputs[0]?.name === 'listing' && inputs.every(({ expression }) => (listingFacts as readonly string[]).includes(expression));

/** Tables of a pack that could say whom a form lists. A pack calls them what it likes. */
export const listingTables = (pack: Pick<Pack, 'decisions'>): string[] => Object.values(pack.decisions).filter(saysListing).map(({ id }) => id);

/**
 * The table that says which of the checked bodies a form lists: the one it names, or the only one there is.
 * @returns null where the pack has none: the form then lists all of them
 */
export function listingTableOf(pack: Pick<Pack, 'decisions'>, form: Pick<Form, 'rows' | 'listedBy'>): string | null {
  if (form.rows !== 'checked') return null;
  return form.listedBy ?? listingTables(pack)[0] ?? null;
}
