import { verdictWord } from '@zhijian/web/verdict-words';
import { findingWords, institutionWords } from '@zhijian/web/words';
import { namesIn, valueLine, valuesOf, type GoldenCase, type Pack } from './pack.js';
import { packWord } from './words.js';

/** The words of a pack's cases; what its parts are called is gathered once for all of them. */
export function caseWords(pack: Pack): { asked: (it: GoldenCase) => string; expected: (it: GoldenCase) => string } {
  const names = caseNames(pack);
  const values = new Map(valuesOf(pack).map(({ key, title }) => [key, title]));
  return { asked: (it) => askedWords(pack, it, names, values), expected: (it) => expectedWords(pack, it, names) };
}

type Names = Readonly<Record<string, string>>;

/** What a case asks about: a table with its inputs, or a part of the pack as it stands or for what is given. */
function askedWords(pack: Pack, it: GoldenCase, names: Names, values: ReadonlyMap<string, string>): string {
  if (it.decision) return verdicts(pack, it.decision, it.inputs ?? {});
  const what = partOf(pack, it, values);
  const given = { ...it.facts, ...it.given, ...(it.at ? { at: it.at } : {}) };
  return Object.keys(given).length ? `${what}；${valueLine(given, names)}` : what;
}

/** What must come of it. */
function expectedWords(pack: Pack, it: GoldenCase, names: Names): string {
  if (it.undetermined) return it.missing?.length ? `待核实：缺少${it.missing.map((input) => labelOf(pack, it.decision ?? '', input)).join('、')}` : '待核实';
  if (it.decision) return Array.isArray(it.expect) ? it.expect.map((one) => outcome(pack, it.decision!, one)).join('、') || '无' : outcome(pack, it.decision, it.expect);
  const items = Object.fromEntries((it.checklist ? (pack.checklists[it.checklist]?.items ?? []) : []).map(({ id, text }) => [id, text]));
  return valueLine(it.expect, { ...names, ...items });
}

const outcome = (pack: Pack, decision: string, value: unknown): string =>
  (typeof value === 'object' && value !== null && !Array.isArray(value) ? verdicts(pack, decision, value as Record<string, unknown>) : verdictWord(pack, decision, value));

const labelOf = (pack: Pack, decision: string, input: string): string => {
  const table = pack.decisions[decision];
  return table?.inputs.find(({ expression }) => expression === input)?.label ?? table?.outputs.find(({ name }) => name === input)?.label ?? input;
};

const verdicts = (pack: Pack, decision: string, values: Record<string, unknown>): string =>
  Object.entries(values).map(([input, value]) => `${labelOf(pack, decision, input)}：${Array.isArray(value) ? value.map((one) => verdictWord(pack, decision, one)).join('、') || '无' : verdictWord(pack, decision, value)}`).join('；');

/** Everything in a pack that has an id and a title. Labels of tables' inputs are not among them: the fields of other parts have names of their own. */
function caseNames(pack: Pack): Record<string, string> {
  const own = Object.entries(namesIn(pack)).filter(([id]) => !id.startsWith('input '));
  return { ...findingWords, ...institutionWords, ...Object.fromEntries([...titled([pack.campaign?.stages, pack.forms, pack.checklists, pack.rules, pack.basis]), ...own]), ...inCases };
}
const titled = (part: unknown): [string, string][] => {
  if (typeof part !== 'object' || part === null) return [];
  const { id, title, text } = part as { id?: unknown; title?: unknown; text?: unknown };
  const said = title ?? text;
  return [...(typeof id === 'string' && typeof said === 'string' ? [[id, said] as [string, string]] : []), ...Object.values(part).flatMap(titled)];
};
/** Words that mean this only in a case. */
const inCases: Readonly<Record<string, string>> = {
  preparation: '准备', improvement: '整改提升', summary: '总结', milestone: '没有规定时间的工作', campaign: '整个行动', 'improvement-plan': '整改计划', 'self-check': '自查', enforcement: '执法检查', roster: '名单内的机构', checked: '检查过的机构', issues: '列出的问题', concealment: '按隐瞒有关情况处理',
  'on-request': '依申请公开', general: '各类', 'class-two-nuclear': '第二类核设施', whole: '整体', part: '相应部分',
};

function partOf(pack: Pack, it: GoldenCase, values: ReadonlyMap<string, string>): string {
  const named = (kind: string, id: string, title: string | undefined): string => `${kind}“${title ?? packWord(id)}”`;
  const stages = pack.campaign?.stages ?? [];
  if (it.stage) return named('阶段', it.stage, stages.find(({ id }) => id === it.stage)?.title);
  if (it.duty) return named('任务', it.duty, stages.flatMap(({ duties }) => duties ?? []).find(({ id }) => id === it.duty)?.title);
  if (it.form) return named('表', it.form, pack.forms[it.form]?.title);
  if (it.checklist) return named('清单', it.checklist, pack.checklists[it.checklist]?.title);
  if (it.agency) return named('单位', it.agency, pack.campaign?.agencies[it.agency]?.name);
  if (it.document) return '文件本身';
  if (it.basis) return named('依据的法规', it.basis, pack.basis?.find(({ id }) => id === it.basis)?.title);
  const key = it.rule ?? (it.parameter ? `parameters/${it.parameter}` : '');
  return values.get(key) ?? (key || '适用范围');
}
