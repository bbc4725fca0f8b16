/** Official forms and ledgers out to spreadsheets, and back from spreadsheets nobody trusts. */
export { pathOf, type DocumentFault } from './address.js';
export { leavesOf, printedNotes, sheetNameOf, type Cell, type FormContent, type FormLayout, type LayoutColumn, type LayoutGroup, type LayoutLeaf } from './layout.js';
export { writeForm } from './write-form.js';
export { readForm, type FormResult } from './read-form.js';
export { fenOf, wanOf } from './money.js';
export { type TableColumn, type TableLayout } from './table-layout.js';
export { freeCells } from './free-cells.js';
export { mostRows, readTable, type TableResult, type TableRow } from './read-table.js';
export { streamTable, type TableTaker } from './stream-table.js';
export { defaultRowLimits, readRows, type Merge, type RawRow, type RowLimits, type RowTaker } from './read-rows.js';
export { writeTable, writeTables, type TablePart } from './write-table.js';
export { measureTable, measureWords } from './measure-table.js';
export { registerTable, type RegisterRow } from './register-table.js';
export { defaultLimits, readSafely, type ReadLimits, type ReadResult } from './read-safely.js';
export { gridOf, type CellGrid, type RawCell, type RawSheet } from './raw-cell.js';
export { printedText } from './typed-text.js';
