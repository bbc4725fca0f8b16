import { sha256 } from './digest.js';

/** A comparison of an invented place, for tests of whoever evaluates rounds. */
export const schemeSource = `测试市职业卫生检测能力比对方案（2024年）
一、参加范围：全市职业卫生技术服务机构，应参加尽参加。
二、项目和评分：滤膜中铅、活性炭管中苯、水中氟化物，以z值评分。
三、综合评定：各项均满意的为优秀；满意的不少于三分之二、没有不满意的为合格；其余为不合格。
四、未参加的不作评定；逾期报送的仍作评定；只报送部分项目的为不合格。
`;
const clauses = {
  'TC-2024-01': '全市职业卫生技术服务机构，应参加尽参加', 'TC-2024-02': '滤膜中铅、活性炭管中苯、水中氟化物，以z值评分',
  'TC-2024-03': '各项均满意的为优秀；满意的不少于三分之二、没有不满意的为合格；其余为不合格', 'TC-2024-04': '未参加的不作评定；逾期报送的仍作评定；只报送部分项目的为不合格',
};

type GradeRow = readonly [id: string, because: string, share: string, unsatisfactory: string, grade: string];
const rows: readonly GradeRow[] = [
  ['excellent', '各项均满意', '100', '0', '优秀'], ['fit', '满意的不少于三分之二，没有不满意的', '[66.6..100)', '0', '合格'],
  ['few', '满意的不足三分之二', '< 66.6', '0', '不合格'], ['unfit', '有不满意的', '-', '> 0', '不合格'],
];

/** A table of grades by the share of satisfactory results and the count of unsatisfactory ones. */
export function gradeTable(id = 'comparison-grade', given: readonly GradeRow[] = rows, grades = ['优秀', '合格', '不合格'], clause = 'TC-2024-03'): string {
  const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const rules = given.map(([rule, because, share, unsatisfactory, grade]) => `<rule id="${rule}"><description>${because}</description><inputEntry id="${rule}-1"><text>${escape(share)}</text></inputEntry>`
    + `<inputEntry id="${rule}-2"><text>${escape(unsatisfactory)}</text></inputEntry><outputEntry id="${rule}-3"><text>"${grade}"</text></outputEntry><annotationEntry><text>${clause}</text></annotationEntry></rule>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="https://zhijian.example/policy">
  <decision id="${id}" name="综合评定结果"><decisionTable id="t" hitPolicy="UNIQUE">
    <input id="i1" label="满意项目的百分比"><inputExpression id="e1" typeRef="number"><text>satisfactory</text></inputExpression><inputValues id="v1"><text>[0..100]</text></inputValues></input>
    <input id="i2" label="不满意项目数"><inputExpression id="e2" typeRef="number"><text>unsatisfactory</text></inputExpression><inputValues id="v2"><text>&gt;= 0</text></inputValues></input>
    <output id="o" name="grade" typeRef="string"><outputValues id="w"><text>${grades.map((it) => `"${it}"`).join(',')}</text></outputValues></output>
    ${rules.join('\n    ')}
  </decisionTable></decision>
</definitions>`;
}

export const schemeRules = `schemes:
  occupational:
    title: 职业卫生检测能力比对
    line: occupational-health-service
    measurands:
      - { id: lead, title: 滤膜中铅, unit: μg/张, places: 2, score: z, assigned: { by: fixed }, deviation: { by: percent, percent: '10' } }
      - { id: benzene, title: 活性炭管中苯, unit: mg/L, places: 2, score: z, assigned: { by: algorithm-a, places: 3, least: 5 }, deviation: { by: algorithm-a, places: 3, least: 5 } }
      - { id: fluoride, title: 水中氟化物, unit: mg/L, places: 3, score: zeta, assigned: { by: fixed, value: '1.000', uncertainty: '0.03' } }
    grades: [{ id: 优秀, passes: true }, { id: 合格, passes: true }, { id: 不合格, passes: false }]
    decision: comparison-grade
    inputs: { satisfactory: { count: satisfactory, per: items }, unsatisfactory: { count: unsatisfactory } }
    without: { absent: undetermined, late: table, withdrawn: undetermined, partial: { result: 不合格, clauses: [TC-2024-04] } }
    published: { of: evaluated, includesBetter: false }
    clauses: [TC-2024-01, TC-2024-02, TC-2024-04]
`;

/** The pack's files; change them before they are parsed. */
export const schemeFiles = (): Record<string, string> => ({
  'pack.yaml': `id: testland/comparison-2024
version: 1
title: 测试市职业卫生检测能力比对
jurisdiction: '990100'
document: { title: 测试市职业卫生检测能力比对方案（2024年）, issued: 2024-03-01, source: testland-comparison.txt, sourceSha256: ${sha256(schemeSource)} }
inForce: { from: 2024-03-01 }
clauses:
${Object.entries(clauses).map(([id, quote]) => `  ${id}: { normative: true, quote: ${quote} }`).join('\n')}
readings: {}
`,
  'rules.yaml': schemeRules,
  'decisions/comparison-grade.dmn': gradeTable(),
  'tests/cases.yaml': `cases:
  - { title: 各项满意为优秀, clauses: [TC-2024-03], decision: comparison-grade, inputs: { satisfactory: 100, unsatisfactory: 0 }, expect: 优秀 }
  - { title: 三分之二满意为合格, clauses: [TC-2024-03], decision: comparison-grade, inputs: { satisfactory: 66.66666666666667, unsatisfactory: 0 }, expect: 合格 }
  - { title: 有不满意的为不合格, clauses: [TC-2024-03], decision: comparison-grade, inputs: { satisfactory: 66.66666666666667, unsatisfactory: 1 }, expect: 不合格 }
  - { title: 方案的项目, clauses: [TC-2024-01, TC-2024-02, TC-2024-04], rule: schemes/occupational, expect: { line: occupational-health-service, without: { late: table } } }
`,
});
