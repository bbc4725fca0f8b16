import { fieldWords, sectionWords } from './pack.js';

/** What parts of a pack are called where a difference lies; those that only hold others say nothing. */
const partWords: Readonly<Record<string, string>> = {
  campaign: '', rules: '', stages: '', milestones: '', duties: '', clauses: '条款', quote: '引文', normative: '须执行', document: '文件', source: '原文', sourceSha256: '原文的摘要值', issued: '印发日期', number: '文号', issuer: '印发机关', forms: '表式', notes: '说明', columns: '栏目', decisions: '决策表', when: '条件',
  then: '结论', because: '说明', checklists: '检查项目', readings: '理解', chosen: '所取', otherWording: '另一表述', why: '理由', decidedBy: '决定人', decidedOn: '决定日期', answers: '所解决的问题', title: '名称', due: '期限', on: '日期', wording: '原文', opens: '开始', closes: '结束', month: '月份', inForce: '适用', missed: '未完成的后果',
  consequence: '后果', text: '内容', reminders: '提醒', supersedes: '另一处的日期', jurisdiction: '地区', units: '填报单位', agencies: '办理单位', actor: '由谁办理', receiver: '报送', copyTo: '抄送', form: '表式', checklist: '检查项目', subject: '对象', scope: '范围', endOfStage: '阶段结束', unitMayBringForward: '单位可以提前', inputs: '输入',
  outputs: '结论', allowed: '可取的值', label: '名称', hitPolicy: '命中方式', name: '名称', scoring: '评分', sealed: '须盖章', decision: '决策表', description: '说明', otherTitles: '其他名称', under: '上级方案', items: '', entries: '',
};

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;
/** An entry of a list goes by its id or its code. */
const within = (value: unknown, key: string): unknown =>
  Array.isArray(value) ? (value as unknown[]).find((it) => isTree(it) && (it['id'] === key || it['code'] === key)) : isTree(value) ? value[key] : undefined;
const titleOf = (value: unknown): string | undefined => {
  if (!isTree(value) || Array.isArray(value)) return undefined;
  return ['title', 'name', 'text'].map((field) => value[field]).find((it): it is string => typeof it === 'string');
};

/**
 * Where in a pack a value stands, as people say it: `/campaign/stages/self-check/duties/report/due/on` is the stage, the duty, 期限, 日期.
 * @param packs the packs compared: a part that only one of them has is called by that one
 */
export function placeIn(packs: readonly unknown[], path: string): string {
  let trees = packs;
  const words = path.split('/').slice(1).map((key) => {
    trees = trees.map((tree) => within(tree, key));
    const title = trees.map(titleOf).find((it) => it !== undefined);
    return title ?? partWords[key] ?? sectionWords[key] ?? fieldWords[key] ?? key;
  });
  return words.filter(Boolean).join(' · ');
}
