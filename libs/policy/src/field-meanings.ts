/** What a field of a pack means wherever it has this name and says nothing more of itself: for people who write packs. */
export const meanings: Readonly<Record<string, string>> = {
  id: '编号，供别处引用', version: '版本，从 1 起；已发布的版本不再改动', title: '名称', jurisdiction: '六位区划代码', name: '名称', code: '六位区划代码',
  document: '所依的文件', issuer: '发文机关', number: '文号', issued: '发文日期', source: '来源：来源文件名，或表格各栏取自何处', inForce: '有效期', from: '起：日期（含当日），或旧条目的编号', to: '止：日期（含当日），或新条目的编号',
  clauses: '依据的条款', reading: '所依的理解（AMB 编号）', normative: '是否由软件计算或执行；是的须有取值和样例', quote: '原文，一字不差（空白除外）',
  what: '对什么放宽，如 duty:report', notBefore: '不早于', notAfter: '不晚于', atLeast: '不少于', atMost: '不多于',
  readings: '理解：文件有矛盾、空缺或歧义时选定的意思', answers: '解决哪几种问题', chosen: '选定的意思', otherWording: '另一种写法或读法', why: '理由', decidedBy: '由谁决定', decidedOn: '何时决定',
  parameters: '固定名称的参数', volumes: '业务量的统计期间', includeLastYearAssessment: '自查是否汇总上年度质量考核通报的问题', value: '取值', archiveSample: '抽取档案的数量', min: '至少', stated: '文件是否写明；不写明的由我们设定',
  priorityViolations: '重点查处的违法行为', baseList: '机构台账', fields: '台账的内容', keptUpToDate: '是否随备案更新', notification: '通知机构的方式', modes: '可用的方式', everyBody: '是否每一家', siteCheck: '现场检查', caseNumbering: '立案文号', pattern: '文号格式，含 {serial}',
  level: '层级', kind: '种类，取自规定的词', functions: '职能', kinds: '机构的种类', filed: '是否须已备案', operating: '是否须实际开展', stages: '阶段，可以重叠', duties: '阶段中的工作',
  on: '日期', year: '年份', opens: '开始', closes: '结束', wording: '原文的字句，检查时在来源中查找', endOfStage: '阶段的最后一日', after: '某事之后', event: '自何事起算', limit: '没有给出时间的写 none',
  workingDays: '工作日', days: '自然日', months: '月', years: '年', immediately: '立即，当日', roll: '末日为休息日时：none 不顺延，forward 顺延', consequence: '后果，取自规定的词；没有条款规定的写 none', until: '到哪一日为止', daysBefore: '期限前几日',
  op: '等于（=）或不少于（>=）', rollingMonths: '连续几个月', values: '各个结果', printed: '原文所印', words: '原文的字句', fromIncluded: '是否含下限', toIncluded: '是否含上限', inputs: '决策的输入', then: '没有时：待核实', of: '对什么',
  size: '数量或比例', count: '数量', percent: '百分之几', ratio: '几分之几', rounding: '取整：up 进，down 舍，nearest 四舍五入', parts: '各部分', searchable: '公众能否查询', items: '各条', text: '文字', group: '所属的组', class: '违法违规（violation）或问题和差距（gap）',
  otherTitles: '文件中另外的标题', head: '表头各项', columns: '各栏', width: '栏宽', rows: '各行：roster 名单中的机构，checked 检查过的机构，issues 问题', notes: '说明', notesTitle: '说明的标题', annex: '附件名', period: '期间', orientation: '纸张方向',
  cases: '样例，检查时逐件核对', decision: '决策表的编号', expect: '应得的结果', undetermined: '应为待核实', missing: '缺少的输入', stage: '阶段的编号', duty: '工作的编号', parameter: '参数的名称', form: '表格的编号', checklist: '检查清单的编号', agency: '机关的编号', basis: '依据的编号', act: '上位法的编号', bound: '上位法的约束，如 periods/permit-decision',
  rule: '规则，如 periods/notice', at: '在哪一日查', given: '已知', eventOn: '事件发生日', entries: '逐项评分', item: '指标的编号', score: '得分', counts: '各扣分情形的次数', notApplicable: '是否不适用', failed: '关键项是否不合格', numerator: '分子', denominator: '分母', facts: '已知的事实',
};
