import { sha256 } from './digest.js';
import { testlandFiles, testlandSource } from './testland.fixture.js';

/** The invented place again, with a second document part that uses every section of rules.yaml, and nothing wrong in it. */
export const ruledSource = `${testlandSource}
四、频次：红色机构每年不少于2次检查，黄色机构每年可1次检查，绿色机构每年可1次检查。
五、指标：到2024年底，监管覆盖率达到100%，按2024年1月1日至12月31日计算。
六、等级：80-100分为A，60-79分为B，60分以下为C。
七、结果公示不少于5个工作日，公示后在县政府网站公开。
八、许可时限：2024年6月30日以前20个工作日，7月1日起10个工作日。
九、抽取三分之一的档案；评分由制度40分、现场60分组成。
十、申请材料：申请表、人员名单，2024年7月1日起不再提供单位简介。
十一、连续三年红色的，依法处理。每年年底前汇总情况。
十二、质量指标：制度40分，每缺一项扣0.5分；现场60分，为关键项，低于36分的总分不超过59.5分；没有现场的，按其余各项折算，保留两位小数。
`;

const clauses = {
  'TEST-2024-05': '红色机构每年不少于2次检查，黄色机构每年可1次检查，绿色机构每年可1次检查', 'TEST-2024-06': '到2024年底，监管覆盖率达到100%，按2024年1月1日至12月31日计算',
  'TEST-2024-07': '80-100分为A，60-79分为B，60分以下为C', 'TEST-2024-08': '结果公示不少于5个工作日，公示后在县政府网站公开',
  'TEST-2024-09': '2024年6月30日以前20个工作日，7月1日起10个工作日', 'TEST-2024-10': '抽取三分之一的档案；评分由制度40分、现场60分组成',
  'TEST-2024-11': '申请表、人员名单，2024年7月1日起不再提供单位简介', 'TEST-2024-12': '连续三年红色的，依法处理', 'TEST-2024-13': '每年年底前汇总情况',
  'TEST-2024-14': '制度40分，每缺一项扣0.5分；现场60分，为关键项，低于36分的总分不超过59.5分；没有现场的，按其余各项折算，保留两位小数',
};

const rules = `
periods:
  notice: { title: 公示, event: results-posted, workingDays: 5, atLeast: true, wording: 不少于5个工作日, clauses: [TEST-2024-08] }
  permit:
    title: 许可时限
    event: application-accepted
    by: application-date
    roll: forward
    counted: false
    variants:
      - { to: 2024-06-30, workingDays: 20, clauses: [TEST-2024-09] }
      - { from: 2024-07-01, workingDays: 10, clauses: [TEST-2024-09] }
    clauses: [TEST-2024-09]
frequencies:
  red: { title: 红色机构检查, activity: inspection, when: { colour: red }, min: 2, per: calendar-year, clauses: [TEST-2024-05] }
  yellow: { title: 黄色机构检查, activity: inspection, when: { colour: yellow }, min: 0, target: 1, per: { years: 1 }, permitted: true, clauses: [TEST-2024-05] }
  green: { title: 绿色机构检查, activity: inspection, when: { colour: green }, min: 0, target: 1, per: { years: 1 }, permitted: true, clauses: [TEST-2024-05] }
targets:
  coverage:
    title: 监管覆盖率
    kinds: [health-examination]
    numerator: institutions-inspected
    denominator: institutions
    op: '='
    percent: '100'
    period: { from: 2024-01-01, to: 2024-12-31 }
    data: computed
    wording: 监管覆盖率达到100%
    clauses: [TEST-2024-06]
scales:
  colour: { title: 颜色, direction: worst-first, combine: worst, values: [ { id: red, title: 红 }, { id: yellow, title: 黄 }, { id: green, title: 绿 } ], clauses: [TEST-2024-05] }
bands:
  grade:
    title: 等级
    decision: band
    step: 1
    printed:
      - { words: 80-100分, from: 80, to: 100, value: A }
      - { words: 60-79分, from: 60, to: 79, value: B }
      - { words: 60分以下, to: 60, toIncluded: false, value: C }
    clauses: [TEST-2024-07]
inputs:
  served: { title: 是否开展服务, decision: band, input: served, have: [health-examination], clauses: [TEST-2024-07] }
  score: { title: 得分, decision: band, subjects: [ { title: 新设立的机构, inputs: { score: 60, served: false } } ], clauses: [TEST-2024-07] }
samples:
  archives: { title: 抽取档案, of: archives, size: { ratio: 1/3 }, rounding: up, min: 2, clauses: [TEST-2024-10] }
shares:
  scoring: { title: 评分, parts: { system: 40, site: 60 }, sum: 100, clauses: [TEST-2024-10] }
notices:
  posting: { title: 公示, kind: posting, period: notice, changedEntry: own-period, objection: entry-waits, clauses: [TEST-2024-08] }
  public: { title: 公开, kind: publication, after: posting, place: 县政府网站, clauses: [TEST-2024-08] }
lists:
  materials:
    title: 申请材料
    by: application-date
    count: 3
    items:
      - { id: form, text: 申请表, printed: true }
      - { id: staff, text: 人员名单, printed: true }
      - { id: profile, text: 单位简介, to: 2024-06-30, printed: true }
    mapping: [ { from: old-form, to: [form], automatic: true } ]
    clauses: [TEST-2024-11]
runs:
  red-three: { title: 连续三年红色, of: colour, value: red, times: 3, gapBreaks: true, warnAt: 2, clauses: [TEST-2024-12] }
indicators:
  quality:
    title: 质量指标
    lines: [health-examination]
    total: 100
    grid: 0.5
    groups: { all: { title: 全部, points: 100 } }
    items:
      - { id: system, number: '1', text: 制度40分, group: all, points: 40, deductions: [ { id: lacking, text: 每缺一项扣0.5分, points: 0.5 } ], printed: true }
      - { id: site, number: '2', text: 现场60分, group: all, points: 60, key: true, failsBelow: 36, mayNotApply: true, printed: true }
    notApplicable: rescale
    rounded: { places: 2, rounding: cut }
    caps: [ { id: key, text: 关键项不合格, keyFailed: 1, most: 59.5 } ]
    wording: 质量指标
    clauses: [TEST-2024-14]
values:
  lawful: { title: 依法处理, value: true, clauses: [TEST-2024-12] }
`;

const milestone = `
  - id: yearly
    kind: milestone
    title: 每年年底前汇总情况
    undated: true
    clauses: [TEST-2024-13]
    duties:
      - id: yearly-summary
        kind: annual-summary
        title: 年度汇总
        subject: campaign
        actor: county-supervision
        jointly: [county-cdc]
        receiver: county-health
        due: { yearly: 12-31, wording: 每年年底前 }
        clauses: [TEST-2024-13]
`;

const golden = `
  - { title: 六月申请的20个工作日, clauses: [TEST-2024-09], rule: periods/permit, at: 2024-06-30, given: { eventOn: 2024-06-28 }, expect: { after: { workingDays: 20 }, dueOn: 2024-07-26 } }
  - { title: 七月申请的10个工作日, clauses: [TEST-2024-09], rule: periods/permit, at: 2024-07-01, expect: { after: { workingDays: 10 }, roll: forward } }
  - { title: 公示不少于5个工作日, clauses: [TEST-2024-08], rule: periods/notice, expect: { atLeast: true, after: { event: results-posted, workingDays: 5 } } }
  - { title: 红色两次, clauses: [TEST-2024-05], rule: frequencies/red, expect: { min: 2, per: calendar-year } }
  - { title: 九家查了八家的不达标, clauses: [TEST-2024-06], rule: targets/coverage, given: { numerator: 8, denominator: 9 }, expect: { outcome: not-met } }
  - { title: 十家抽四家, clauses: [TEST-2024-10], rule: samples/archives, given: { of: 10 }, expect: { drawn: 4 } }
  - { title: 七月的材料, clauses: [TEST-2024-11], rule: lists/materials, at: 2024-07-01, expect: { items: [ { id: form }, { id: staff } ] } }
  - { title: 六月的材料, clauses: [TEST-2024-11], rule: lists/materials, at: 2024-06-30, expect: { items: [ { id: form }, { id: staff }, { id: profile } ] } }
  - { title: 三年红色, clauses: [TEST-2024-12], rule: runs/red-three, expect: { times: 3, gapBreaks: true } }
  - { title: 现场不合格的不超过59.5分, clauses: [TEST-2024-14], rule: indicators/quality, given: { entries: [ { item: system, counts: { lacking: 3 } }, { item: site, score: '35.5' } ] }, expect: { scored: { score: '59.5', before: '74', failed: [site] } } }
  - { title: 没有现场的折算, clauses: [TEST-2024-14], rule: indicators/quality, given: { entries: [ { item: system, score: '31.5' }, { item: site, notApplicable: true } ] }, expect: { scored: { score: '78.75', failed: [] } } }
  - { title: 年度汇总, clauses: [TEST-2024-13], duty: yearly-summary, expect: { dueOn: null, yearly: 12-31, jointly: [county-cdc] } }
  - { title: 汇总没有日期, clauses: [TEST-2024-13], stage: yearly, expect: { kind: milestone } }
  - { title: 县监督所六月底由县疾控接替, clauses: [TEST-2024-13], agency: county-cdc, at: 2024-07-01, expect: { id: county-cdc } }
`;

/** The pack's files; the source is `ruledSource` and its hash is right. */
export function ruledFiles(): Record<string, string> {
  const files = testlandFiles();
  const quotes = Object.entries(clauses).map(([id, quote]) => `  ${id}: { normative: true, quote: '${quote}' }\n`).join('');
  return {
    ...files,
    'pack.yaml': files['pack.yaml']!.replace('readings: {}', `${quotes}basis:\n  - { id: measures, title: 管理办法, number: 第4号, from: 2021-02-01, clauses: [TEST-2024-12] }\nreadings: {}`).replace('0'.repeat(64), sha256(ruledSource)),
    'campaign.yaml': files['campaign.yaml']!.replace('{ name: 县监督所, level: unit }', '{ name: 县监督所, level: county, kind: supervision-bureau, to: 2024-06-30, replacedBy: county-cdc }\n  county-cdc: { name: 县疾控中心, level: county, kind: cdc, from: 2024-07-01 }\n  county-health: { name: 县卫生健康局, level: county, kind: health-commission }') + milestone.slice(1),
    'rules.yaml': rules,
    'tests/cases.yaml': files['tests/cases.yaml']!.trimEnd() + golden,
  };
}
