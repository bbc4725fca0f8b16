/** An invented place for the tests of this room, so that no city leaks into code. */
export const testlandSource = `测试县职业健康检查机构专项检查方案
一、范围：全县已备案的检查机构。
二、自查（5月6日至5月31日）：各机构5月20日前向县监督所报送自查报告，逾期未报的列为重点检查对象。
三、检查（6月）：监督所检查后10个工作日内反馈结果。
附表 检查情况表
单位 填表人
序号 机构名称 警告
`;

export const testlandFiles = (): Record<string, string> => ({
  'pack.yaml': `
id: testland/campaign-2024
version: 1
title: 测试县专项检查
jurisdiction: '990001'
document: { title: 测试县职业健康检查机构专项检查方案, issued: 2024-04-28, source: testland.txt, sourceSha256: '0000000000000000000000000000000000000000000000000000000000000000' }
inForce: { from: 2024-05-01 }
clauses:
  TEST-2024-01: { normative: true, quote: 全县已备案的检查机构 }
  TEST-2024-02: { normative: true, quote: 自查（5月6日至5月31日）：各机构5月20日前向县监督所报送自查报告 }
  TEST-2024-03: { normative: true, quote: 逾期未报的列为重点检查对象 }
  TEST-2024-04: { normative: true, quote: 监督所检查后10个工作日内反馈结果 }
readings: {}
parameters: {}
`,
  'campaign.yaml': `
agencies:
  county-supervision: { name: 县监督所, level: unit }
scope: { kinds: [health-examination], filed: true, operating: false, clauses: [TEST-2024-01] }
stages:
  - id: self-check
    kind: self-check
    title: 自查
    opens: { on: 2024-05-06 }
    closes: { on: 2024-05-31 }
    clauses: [TEST-2024-02]
    duties:
      - id: report
        kind: self-check-report
        title: 自查报告
        subject: institution
        actor: institution
        receiver: county-supervision
        due: { on: 2024-05-20, wording: 5月20日前 }
        unitMayBringForward: true
        missed: { consequence: key-supervision, clauses: [TEST-2024-03] }
        reminders: [{ daysBefore: 3 }]
        clauses: [TEST-2024-02]
  - id: visits
    kind: enforcement
    title: 检查
    opens: { month: 2024-06 }
    closes: { month: 2024-06 }
    clauses: [TEST-2024-04]
    duties:
      - id: visit
        kind: site-check
        title: 现场检查
        subject: institution
        actor: county-supervision
        receiver: institution
        due: { endOfStage: true }
        unitMayBringForward: true
        clauses: [TEST-2024-04]
      - id: feedback
        kind: summary
        title: 反馈结果
        subject: unit
        actor: county-supervision
        receiver: institution
        due: { after: { event: visit-held }, workingDays: 10 }
        clauses: [TEST-2024-04]
`,
  'decisions/band.dmn': table('band', 'UNIQUE', [
    ['good', '>= 80', '-', '"A"'], ['poor', '< 80', 'true', '"B"'], ['idle', '< 80', 'false', '"C"'],
  ]),
  'forms/f1.json': JSON.stringify({
    id: 'T-F1', title: '检查情况表', head: ['单位', '填表人'], rows: 'checked', orientation: 'portrait', clauses: ['TEST-2024-04'],
    columns: [{ title: '序号', source: 'row-number' }, { title: '机构名称', source: 'institution-name' }, { title: '警告', source: 'sanction:warning' }],
  }),
  'tests/cases.yaml': `
cases:
  - { title: 80分为A, clauses: [TEST-2024-01], decision: band, inputs: { score: 80, served: true }, expect: A }
  - { title: 期限, clauses: [TEST-2024-02], duty: report, expect: { dueOn: 2024-05-20 } }
`,
});

type Row = readonly [id: string, score: string, served: string, then: string];

/** A decision table over a score and a yes-or-no. */
export function table(id: string, hitPolicy: string, rows: readonly Row[], clause = 'TEST-2024-01'): string {
  const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const rules = rows.map(([rule, score, served, then]) => `<rule id="${rule}"><inputEntry id="${rule}-1"><text>${escape(score)}</text></inputEntry>`
    + `<inputEntry id="${rule}-2"><text>${escape(served)}</text></inputEntry><outputEntry id="${rule}-3"><text>${escape(then)}</text></outputEntry>`
    + `<annotationEntry><text>${clause}</text></annotationEntry></rule>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="https://zhijian.example/policy">
  <decision id="${id}" name="分档"><decisionTable id="t" hitPolicy="${hitPolicy}">
    <input id="i1" label="得分"><inputExpression id="e1" typeRef="number"><text>score</text></inputExpression></input>
    <input id="i2" label="是否开展服务"><inputExpression id="e2" typeRef="boolean"><text>served</text></inputExpression></input>
    <output id="o" name="grade" typeRef="string"><outputValues id="v"><text>"A","B","C"</text></outputValues></output>
    ${rules.join('\n    ')}
  </decisionTable></decision>
</definitions>`;
}
