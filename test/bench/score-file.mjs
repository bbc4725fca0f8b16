// Writes the sheet of scores that is imported: as many lines as asked, with the faults where they were put.
import exceljs from 'exceljs';
import { built } from './ground.mjs';
import { bodiesOf, items, lineOf } from './score-ground.mjs';
import { faultsIn } from './score-faults.mjs';

const { scoreTable } = await built('services/quality-control/dist/score-import/score-table.js');

/** @returns where each fault stands, as the import must name it */
export async function writeScores(filename, lines, faults) {
  const book = new exceljs.stream.xlsx.WorkbookWriter({ filename, useSharedStrings: true, useStyles: false });
  const sheet = book.addWorksheet(scoreTable.sheet);
  const keys = scoreTable.columns.map(({ key }) => key);
  sheet.addRow(scoreTable.columns.map(({ title }) => title)).commit();
  const bodies = bodiesOf(lines / items.length);
  const put = faultsIn(lines, faults);
  const places = [];
  for (let at = 0; at < lines; at += 1) {
    const fault = put.get(at);
    const shown = lineOf(bodies[Math.floor(at / items.length)], items[at % items.length], at);
    const line = fault ? fault.put({ shown, turn: fault.turn }) : shown;
    sheet.addRow(keys.map((key) => line[key])).commit();
    if (fault) places.push({ path: `${scoreTable.sheet}!${String.fromCharCode(65 + keys.indexOf(fault.column))}${at + 2}`, kind: fault.kind });
  }
  sheet.commit();
  await book.commit();
  return places;
}
