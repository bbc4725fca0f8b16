/** A row of a table that grades a comparison: the cell as FEEL, and what it comes to. */
export interface GradeRow { readonly id: string; readonly when: string; readonly grade: string; readonly why: string }
export interface GradeTable {
  /** What the table asks, by the name the scheme gives it, in words, and between which figures. */
  readonly input: string; readonly label: string; readonly range: string;
  readonly grades: readonly string[]; readonly rows: readonly GradeRow[];
  /** The clause every row cites. */ readonly clause: string;
}

const escaped = (cell: string): string => cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const ruleOf = ({ id, when, grade, why }: GradeRow, clause: string): string =>
  `<rule id="${id}"><description>${escaped(why)}</description><inputEntry id="${id}-1"><text>${escaped(when)}</text></inputEntry><outputEntry id="${id}-2"><text>"${grade}"</text></outputEntry><annotationEntry><text>${clause}</text></annotationEntry></rule>`;

/** The decision `comparison-grade` of a test's own pack, as a DMN file. */
export const gradeTable = ({ input, label, range, grades, rows, clause }: GradeTable): string => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="definitions" name="grade" namespace="https://zhijian.example/policy">
  <decision id="comparison-grade" name="综合评定结果"><decisionTable id="grade-table" hitPolicy="UNIQUE">
    <input id="input" label="${label}"><inputExpression id="expression" typeRef="number"><text>${input}</text></inputExpression><inputValues id="values"><text>${range}</text></inputValues></input>
    <output id="output" name="grade" typeRef="string"><outputValues id="grades"><text>${grades.map((it) => `"${it}"`).join(',')}</text></outputValues></output>
    ${rows.map((row) => ruleOf(row, clause)).join('')}
  </decisionTable></decision>
</definitions>
`;
