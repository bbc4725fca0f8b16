import { sha256 } from './digest.js';

/** The law of an invented nation, with a bound of every kind, for the invented place: nothing in `ruledFiles` leaves it. */
export const lawSource = `测试国检查法（2020年1月1日起施行）
第一条：检查结果公示不少于五个工作日，不多于十个工作日。
第二条：许可自受理之日起二十日内决定，以工作日计算。
第三条：对红色机构每年至少检查一次。
第四条：监管覆盖率不低于百分之90。
第五条：执法人员不得少于两人。
第六条：依法处理不得例外。
第七条：检查由卫生监督机构实施。
第八条：许可证有效期为五年。
测试国许可法（2024年7月1日起施行）
第一条：许可自受理之日起十五日内决定，以工作日计算；测试国旧规定同时失效。
`;

export const lawFiles = (): Record<string, string> => ({
  'pack.yaml': `
id: testland/law
version: 1
title: 测试国上位法
jurisdiction: '000000'
document: { title: 测试国上位法, source: testland-law.txt, sourceSha256: ${sha256(lawSource)} }
inForce: { from: 2020-01-01 }
clauses:
  LAW-2020-01: { normative: true, quote: 检查结果公示不少于五个工作日，不多于十个工作日 }
  LAW-2020-02: { normative: true, quote: 许可自受理之日起二十日内决定，以工作日计算 }
  LAW-2020-03: { normative: true, quote: 对红色机构每年至少检查一次 }
  LAW-2020-04: { normative: true, quote: 监管覆盖率不低于百分之90 }
  LAW-2020-05: { normative: true, quote: 执法人员不得少于两人 }
  LAW-2020-06: { normative: true, quote: 依法处理不得例外 }
  LAW-2020-07: { normative: true, quote: 检查由卫生监督机构实施 }
  LAW-2020-08: { normative: true, quote: 许可证有效期为五年 }
  LAW-2024-01: { normative: true, quote: 许可自受理之日起十五日内决定，以工作日计算 }
  LAW-2024-02: { normative: true, quote: 测试国旧规定同时失效 }
`,
  'law.yaml': `
acts:
  inspection: { title: 测试国检查法, rank: law, from: 2020-01-01, seen: text, articles: { LAW-2020-01: 第一条, LAW-2020-03: 第三条, LAW-2020-04: 第四条, LAW-2020-05: 第五条, LAW-2020-06: 第六条, LAW-2020-07: 第七条, LAW-2020-08: 第八条 } }
  old-permits: { title: 测试国旧规定, number: 测令第1号, rank: rule, from: 2020-01-01, to: 2024-06-30, replacedBy: permits, ended: [LAW-2024-02], seen: text, articles: { LAW-2020-02: 第二条 } }
  permits: { title: 测试国许可法, number: 测令第2号, rank: rule, from: 2024-07-01, seen: text, articles: { LAW-2024-01: 第一条, LAW-2024-02: 第一条 } }
periods:
  posting: { title: 公示检查结果, names: [notice], event: results-posted, atLeast: { workingDays: 5 }, atMost: { workingDays: 10 }, clauses: [LAW-2020-01] }
  decision: { title: 自受理之日起决定, names: [permit], event: application-accepted, atMost: { workingDays: 20 }, clauses: [LAW-2020-02] }
  decision-2024: { title: 自受理之日起决定, names: [permit], event: application-accepted, atMost: { workingDays: 15 }, clauses: [LAW-2024-01] }
  validity: { title: 许可证的有效期, names: [validity], atLeast: { years: 5 }, atMost: { years: 5 }, clauses: [LAW-2020-08] }
frequencies:
  red: { title: 检查机构, activity: quality-assessment, kinds: [health-examination], min: 1, per: calendar-year, severity: warning, why: 条文只写红色机构, clauses: [LAW-2020-03] }
shares:
  coverage: { title: 监管覆盖率, numerator: institutions-inspected, atLeast: 90, clauses: [LAW-2020-04] }
numbers:
  officers: { title: 执法人员, names: [officers], atLeast: 2, clauses: [LAW-2020-05] }
values:
  lawful: { title: 依法处理, names: [lawful], equals: true, clauses: [LAW-2020-06] }
deciders:
  visits: { title: 实施检查的机关, duties: [site-check], activities: [inspection], names: [checked-by], agencies: [supervision-bureau], levels: [county], clauses: [LAW-2020-07] }
`,
  'tests/cases.yaml': `
cases:
  - { title: 许可20个工作日, clauses: [LAW-2020-02], bound: periods/decision, at: 2024-06-30, expect: { atMost: { workingDays: 20 } } }
  - { title: 旧规定被取代, clauses: [LAW-2024-02], act: old-permits, expect: { replacedBy: permits } }
`,
});
