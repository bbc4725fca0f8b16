import type { Form, FormColumn, Group, Leaf } from './form.schema.js';

export const isGroup = (column: FormColumn): column is Group => 'columns' in column;

/** The leaf columns of a form from left to right: one for each cell of a row. */
export const formColumns = (form: Pick<Form, 'columns'>): Leaf[] => form.columns.flatMap((column) => (isGroup(column) ? column.columns : [column]));
