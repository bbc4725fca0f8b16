/** Matters in whose recorded state it lies what may still be done to them, and each state as officers say it. */
export const matters = {
  campaign: { title: '行动', states: { draft: '拟定中', approved: '进行中', finished: '已结束' } },
  unit: { title: '辖区', states: { planned: '未开始', running: '进行中', suspended: '已中止', finished: '已完成' } },
  'self-check': { title: '自查报告', states: { submitted: '已报送', returned: '已退回', accepted: '已接收', superseded: '已被后报替代' } },
  visit: { title: '检查', states: { open: '进行中', recorded: '已记录' } },
  case: { title: '案件', states: { open: '未处理', decided: '已处理' } },
  rectification: { title: '整改', states: { open: '待报送', submitted: '待审核', returned: '已退回', accepted: '已通过', released: '不再要求' } },
  review: { title: '资质审查', states: { open: '待办', kept: '维持', referred: '已转入法定程序' } },
  evaluation: { title: '评分表', states: { draft: '填写中', submitted: '待复核', looked: '待审签', signed: '已审签', returned: '已退回' } },
  comparison: { title: '比对', states: { planned: '尚未启动', open: '正在进行', evaluated: '已评定' } },
  'comparison-objection': { title: '比对异议', states: { open: '待答复', kept: '维持', 'to-be-changed': '拟更正' } },
  'comparison-correction': { title: '比对更正', states: { proposed: '待决定', approved: '已更正', rejected: '不予更正' } },
  'colour-correction': { title: '颜色更正', states: { draft: '待决定', accepted: '已更正', rejected: '未采纳' } },
  notice: { title: '公示', states: { collecting: '正在收齐', draft: '待发布', posted: '公示中', ended: '已期满', settled: '已办结', withdrawn: '已撤回' } },
  objection: { title: '异议', states: { open: '待答复', answered: '已答复' } },
  appointment: { title: '任职', states: { granted: '在任', ended: '已终止' } },
} as const satisfies Record<string, { title: string; states: Record<string, string> }>;

export type Matter = keyof typeof matters;
/** The states of some matters as an operation finds them. */
export type Standings = Readonly<Partial<Record<Matter, string>>>;

/** Reads a cell, `campaign:approved unit:running unit:suspended`: per matter the states in which the operation may be done. */
export function readStates(cell: string, line: string): ReadonlyMap<Matter, readonly string[]> {
  const read = new Map<Matter, string[]>();
  for (const word of cell.split(' ').filter(Boolean)) {
    const [matter = '', state = ''] = word.split(':');
    if (!Object.hasOwn(matters, matter) || !Object.hasOwn(matters[matter as Matter].states, state)) throw new Error(`access.csv: “${word}” is no state of a matter: ${line}`);
    read.set(matter as Matter, [...(read.get(matter as Matter) ?? []), state]);
  }
  return read;
}

/** As officers read it: `行动为“进行中”，辖区为“未开始”或“进行中”`; empty where any state will do. */
export const statesText = (states: ReadonlyMap<Matter, readonly string[]>): string =>
  [...states].map(([matter, list]) => `${matters[matter].title}为${list.map((state) => `“${(matters[matter].states as Record<string, string>)[state]}”`).join('或')}`).join('，');
