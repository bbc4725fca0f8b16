import type { Cell } from '@zhijian/documents';
import { formColumns, type Checklist, type Form } from '@zhijian/policy';
import { otherItem, type ProblemClass } from '../self-check/item.rules.js';

/** One line of a list of problems, whichever duty it was reported with. */
export interface IssueLine {
  institutionName: string | null; item: string | null; class: ProblemClass | null; standard: string; text: string; cause: string; measure: string; responsible: string; due: string | null; correctedOn: string | null;
}

const classWords = { violation: '违法违规', gap: '问题和差距' } satisfies Record<ProblemClass, string>;
export const stateWords = { open: '未整改', done: '已整改' } as const;

/** The lines of a list in the columns of the pack's form, as it is printed. */
export const issueRows = (form: Form, lines: readonly IssueLine[], checklist: Checklist | undefined): Cell[][] =>
  lines.map((line, at) => formColumns(form).map(({ source }) => cellOf(source, line, { at, checklist })));

function cellOf(source: string, line: IssueLine, { at, checklist }: { at: number; checklist: Checklist | undefined }): Cell {
  const listed = checklist?.items.find(({ id }) => id === line.item);
  switch (source) {
    case 'row-number': return at + 1;
    case 'institution-name': return line.institutionName;
    case 'issue-item': return listed?.text ?? (line.item === null || line.item === otherItem ? '其他' : line.item);
    case 'issue-class': { const kind = listed?.class ?? line.class; return kind ? classWords[kind] : null; }
    case 'issue-standard': return line.standard || null;
    case 'issue-text': return line.text;
    case 'issue-cause': return line.cause || null;
    case 'issue-measure': return line.measure || null;
    case 'issue-responsible': return line.responsible || null;
    case 'issue-due': return line.due;
    case 'issue-state': return line.correctedOn ? `${line.correctedOn} ${stateWords.done}` : stateWords.open;
    default: throw new Error(`no rule fills the column ${source} of a list`);
  }
}
